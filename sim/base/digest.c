#include "base/digest.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LANES = 4, STRIPE_BYTES = 32 };
static const uint64_t p1 = UINT64_C(0x9E3779B185EBCA87), p2 = UINT64_C(0xC2B2AE3D27D4EB4F),
                      p3 = UINT64_C(0x165667B19E3779F9), p4 = UINT64_C(0x85EBCA77C2B2AE63),
                      p5 = UINT64_C(0x27D4EB2F165667C5);

static uint64_t turn(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static uint64_t word_at(const unsigned char *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return le64toh(word);
}

static uint64_t half_at(const unsigned char *bytes)
{
    uint32_t half;
    memcpy(&half, bytes, sizeof half);
    return le32toh(half);
}

static uint64_t stir(uint64_t lane, uint64_t word)
{
    return turn(lane + word * p2, 31) * p1;
}

/* All whole stripes, four lanes abreast. */
static uint64_t take_stripes(const unsigned char *bytes, size_t stripes)
{
    uint64_t lane[LANES] = {p1 + p2, p2, 0, -p1};
    for (; stripes > 0; stripes--, bytes += STRIPE_BYTES)
        for (size_t i = 0; i < LANES; i++)
            lane[i] = stir(lane[i], word_at(bytes + 8 * i));
    uint64_t hash = turn(lane[0], 1) + turn(lane[1], 7) + turn(lane[2], 12) + turn(lane[3], 18);
    for (size_t i = 0; i < LANES; i++)
        hash = (hash ^ stir(0, lane[i])) * p1 + p4;
    return hash;
}

/* What no longer fills a stripe. */
static uint64_t take_rest(uint64_t hash, const unsigned char *bytes, size_t length)
{
    for (; length >= 8; length -= 8, bytes += 8)
        hash = turn(hash ^ stir(0, word_at(bytes)), 27) * p1 + p4;
    for (; length >= 4; length -= 4, bytes += 4)
        hash = turn(hash ^ half_at(bytes) * p1, 23) * p2 + p3;
    for (; length > 0; length--, bytes++)
        hash = turn(hash ^ *bytes * p5, 11) * p1;
    return hash;
}

uint64_t digest_bytes(const void *bytes, size_t length)
{
    const unsigned char *from = bytes;
    size_t stripes = length / STRIPE_BYTES;
    uint64_t hash = (stripes > 0 ? take_stripes(from, stripes) : p5) + length;
    hash = take_rest(hash, from + stripes * STRIPE_BYTES, length % STRIPE_BYTES);
    hash = (hash ^ hash >> 33) * p2;
    hash = (hash ^ hash >> 29) * p3;
    return hash ^ hash >> 32;
}

bool digest_file(const char *path, uint64_t *digest)
{
    int file = open(path, O_RDONLY | O_CLOEXEC), why = 0;
    struct stat what;
    if (file < 0)
        return false;
    bool ok = fstat(file, &what) == 0;
    void *bytes = NULL;
    if (ok && what.st_size > 0)
        bytes = mmap(NULL, (size_t)what.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    ok = ok && bytes != MAP_FAILED;
    if (ok)
        *digest = digest_bytes(bytes, (size_t)what.st_size);
    else
        why = errno;
    if (ok && bytes != NULL)
        munmap(bytes, (size_t)what.st_size);
    close(file);
    errno = why;
    return ok;
}

const char *digest_text(char out[DIGEST_TEXT_BYTES], uint64_t digest)
{
    snprintf(out, DIGEST_TEXT_BYTES, "%016" PRIx64, digest);
    return out;
}

bool digest_read(const char *text, uint64_t *digest)
{
    if (strlen(text) != DIGEST_TEXT_BYTES - 1 ||
        strspn(text, "0123456789abcdef") != DIGEST_TEXT_BYTES - 1)
        return false;
    *digest = strtoull(text, NULL, 16);
    return true;
}
