/* Numbers as bytes, for the store: exact, short where they are small, and read back with suspicion.
 *
 * Whole numbers have seven bits a byte, the lowest first; the high bit says that more follow. A
 * reader that meets what cannot be one stands at NULL from then on and gives zeros, so one check at
 * the end is enough; it never reads beyond its end.
 */
#ifndef NEOBAY_BASE_BYTES_H
#define NEOBAY_BASE_BYTES_H

#include "base/text.h"

__extension__ typedef unsigned __int128 bytes_wide;
__extension__ typedef __int128 bytes_signed;

struct bytes_reader {
    const unsigned char *at, *end; /* at NULL: what was read was none of ours */
};

void bytes_put(struct text *out, bytes_wide number);
bytes_wide bytes_take(struct bytes_reader *reader);

/* A number of at most `most`; a larger one is none of ours. */
uint64_t bytes_take_most(struct bytes_reader *reader, uint64_t most);

/* With the sign as the lowest bit, so that small ones are short. */
void bytes_put_signed(struct text *out, bytes_signed number);
bytes_signed bytes_take_signed(struct bytes_reader *reader);

/* Eight bytes, little endian. */
void bytes_put_word(struct text *out, uint64_t word);
uint64_t bytes_take_word(struct bytes_reader *reader);

/* All bits of a double as a word, any NaN among them. */
void bytes_put_double(struct text *out, double number);
double bytes_take_double(struct bytes_reader *reader);

/* Many whole numbers, of which rows of zeros are short. */
void bytes_put_counts(struct text *out, const uint64_t *count, size_t length);
void bytes_take_counts(struct bytes_reader *reader, uint64_t *count, size_t length);

#endif
