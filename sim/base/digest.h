/* Digests: 64 bits that tell bytes from other bytes by accident, not by intent.
 *
 * XXH64 (Collet 2012, xxhash.com), so that `xxhsum -H1 FILE` says the same of a file.
 */
#ifndef NEOBAY_BASE_DIGEST_H
#define NEOBAY_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

uint64_t digest_bytes(const void *bytes, size_t length);

/* Digest of a file's bytes; false with errno set if it cannot be read. */
bool digest_file(const char *path, uint64_t *digest);

enum { DIGEST_TEXT_BYTES = 17 };

/* A digest as 16 hexadecimal digits. Returns `out`. */
const char *digest_text(char out[DIGEST_TEXT_BYTES], uint64_t digest);

/* Reads 16 hexadecimal digits; false if the text is anything else. */
bool digest_read(const char *text, uint64_t *digest);

#endif
