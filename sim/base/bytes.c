#include "base/bytes.h"

#include "base/memory.h"

#include <endian.h>
#include <string.h>

enum { MOST_DIGITS = 19 };

/* Room for so many bytes more; false, with out->failed set, if memory runs out. */
static bool reserve(struct text *out, size_t more)
{
    out->failed |= !memory_reserve((void **)&out->bytes, &out->capacity, out->length + more + 1, 1);
    return !out->failed;
}

void bytes_put(struct text *out, bytes_wide number)
{
    if (!reserve(out, MOST_DIGITS))
        return;
    for (; number > 0x7f; number >>= 7)
        out->bytes[out->length++] = (char)(0x80 | (unsigned)(number & 0x7f));
    out->bytes[out->length++] = (char)(unsigned)number;
}

bytes_wide bytes_take(struct bytes_reader *reader)
{
    bytes_wide number = 0;
    for (int shift = 0; reader->at != NULL && reader->at < reader->end && shift < 128; shift += 7) {
        unsigned char digit = *reader->at++;
        number |= (bytes_wide)(digit & 0x7f) << shift;
        if (digit < 0x80)
            return number;
    }
    reader->at = NULL;
    return 0;
}

uint64_t bytes_take_most(struct bytes_reader *reader, uint64_t most)
{
    bytes_wide number = bytes_take(reader);
    if (number > most)
        reader->at = NULL;
    return number > most ? 0 : (uint64_t)number;
}

void bytes_put_signed(struct text *out, bytes_signed number)
{
    bytes_put(out, (bytes_wide)number << 1 ^ (bytes_wide)(number >> 127));
}

bytes_signed bytes_take_signed(struct bytes_reader *reader)
{
    bytes_wide number = bytes_take(reader);
    return (bytes_signed)(number >> 1 ^ -(number & 1));
}

void bytes_put_word(struct text *out, uint64_t word)
{
    word = htole64(word);
    if (!reserve(out, sizeof word))
        return;
    memcpy(out->bytes + out->length, &word, sizeof word);
    out->length += sizeof word;
}

uint64_t bytes_take_word(struct bytes_reader *reader)
{
    uint64_t word = 0;
    if (reader->at == NULL || (size_t)(reader->end - reader->at) < sizeof word) {
        reader->at = NULL;
        return 0;
    }
    memcpy(&word, reader->at, sizeof word);
    reader->at += sizeof word;
    return le64toh(word);
}

void bytes_put_double(struct text *out, double number)
{
    uint64_t word;
    memcpy(&word, &number, sizeof word);
    bytes_put_word(out, word);
}

double bytes_take_double(struct bytes_reader *reader)
{
    uint64_t word = bytes_take_word(reader);
    double number;
    memcpy(&number, &word, sizeof number);
    return number;
}

/* A zero is followed by how many more follow it. */
void bytes_put_counts(struct text *out, const uint64_t *count, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t more = 0;
        while (count[i] == 0 && i + more + 1 < length && count[i + more + 1] == 0)
            more++;
        bytes_put(out, count[i]);
        if (count[i] == 0)
            bytes_put(out, more);
        i += more;
    }
}

void bytes_take_counts(struct bytes_reader *reader, uint64_t *count, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        count[i] = bytes_take_most(reader, UINT64_MAX);
        if (count[i] != 0)
            continue;
        uint64_t more = bytes_take_most(reader, length - i - 1);
        memset(count + i, 0, (more + 1) * sizeof *count);
        i += more;
    }
}
