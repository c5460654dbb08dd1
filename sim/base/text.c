#include "base/text.h"

#include "base/decimal.h"
#include "base/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_NAME = 96 };

static void add(struct text *text, const char *bytes, size_t length)
{
    if (text->failed ||
        !memory_reserve((void **)&text->bytes, &text->capacity, text->length + length + 1, 1)) {
        text->failed = true;
        return;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

/* Most formats hold words alone, which need no printf: scenarios are shown and hashed often. */
static bool words_alone(const char *format)
{
    const char *percent = strchr(format, '%');
    while (percent != NULL && percent[1] == 's')
        percent = strchr(percent + 2, '%');
    return percent == NULL;
}

static void append_words(struct text *text, const char *format, va_list arguments)
{
    for (const char *percent; (percent = strchr(format, '%')) != NULL; format = percent + 2) {
        const char *word = va_arg(arguments, const char *);
        text->failed |= word == NULL; /* the bytes of a text that found no memory */
        if (text->failed)
            return;
        add(text, format, (size_t)(percent - format));
        add(text, word, strlen(word));
    }
    add(text, format, strlen(format));
}

static void append_any(struct text *text, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int more = vsnprintf(NULL, 0, format, arguments);
    if (text->failed || more < 0 ||
        !memory_reserve((void **)&text->bytes, &text->capacity, text->length + (size_t)more + 1,
                        1)) {
        text->failed = true;
    } else {
        vsnprintf(text->bytes + text->length, (size_t)more + 1, format, again);
        text->length += (size_t)more;
    }
    va_end(again);
}

void text_append(struct text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (words_alone(format))
        append_words(text, format, arguments);
    else
        append_any(text, format, arguments);
    va_end(arguments);
}

void text_clear(struct text *text)
{
    free(text->bytes);
    *text = (struct text){0};
}

const char *text_number(char out[TEXT_NUMBER_BYTES], double value)
{
    if (decimal_write(out, value))
        return out;
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(out, TEXT_NUMBER_BYTES, "%.*g", digits, value);
        if (strtod(out, NULL) == value)
            break;
    }
    return out;
}

/* Bytes that go on with a character whose first byte this is; -1 if it can be none. */
static int bytes_after(unsigned char first)
{
    if (first < 0x80)
        return 0;
    if (first < 0xC2 || first > 0xF4)
        return -1;
    return first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
}

/* Neither spelled longer than need be, nor half a pair of UTF-16, nor beyond the last character. */
static bool may_follow(unsigned char first, unsigned char second)
{
    bool goes_on = (second & 0xC0) == 0x80;
    return goes_on && !(first == 0xE0 && second < 0xA0) && !(first == 0xED && second > 0x9F) &&
           !(first == 0xF0 && second < 0x90) && !(first == 0xF4 && second > 0x8F);
}

bool text_is_utf8(const char *bytes)
{
    for (const unsigned char *at = (const unsigned char *)bytes; *at != '\0'; at++) {
        unsigned char first = *at;
        int more = bytes_after(first);
        if (more < 0 || (more > 0 && !may_follow(first, at[1])))
            return false;
        for (int i = 0; i < more; i++)
            if ((*++at & 0xC0) != 0x80)
                return false;
    }
    return true;
}

const char *text_number_yaml(char out[TEXT_NUMBER_BYTES], double value)
{
    char number[TEXT_NUMBER_BYTES];
    size_t head = strcspn(text_number(number, value), "e");
    const char *tail = number + head;
    if (*tail == '\0')
        return strcpy(out, number);
    bool point = memchr(number, '.', head) != NULL, sign = tail[1] == '-' || tail[1] == '+';
    snprintf(out, TEXT_NUMBER_BYTES, "%.*s%se%s%s", (int)head, number, point ? "" : ".0",
             sign ? "" : "+", tail + 1);
    return out;
}

bool text_number_read(const char *text, double *value)
{
    char *end;
    size_t length = strlen(text);
    *value = strtod(text, &end);
    return length > 0 && strspn(text, "0123456789+-.eE") == length && end == text + length &&
           isfinite(*value);
}

static unsigned least(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Optimal string alignment distance; names longer than LONGEST_NAME are infinitely far. */
static unsigned edit_distance(const char *a, const char *b)
{
    size_t rows = strlen(a), columns = strlen(b);
    if (rows > LONGEST_NAME || columns > LONGEST_NAME)
        return LONGEST_NAME;
    unsigned cost[3][LONGEST_NAME + 1];
    for (size_t j = 0; j <= columns; j++)
        cost[0][j] = (unsigned)j;
    for (size_t i = 1; i <= rows; i++) {
        unsigned *now = cost[i % 3], *before = cost[(i - 1) % 3], *earlier = cost[(i + 1) % 3];
        now[0] = (unsigned)i;
        for (size_t j = 1; j <= columns; j++) {
            now[j] =
                least(least(now[j - 1], before[j]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], earlier[j - 2] + 1);
        }
    }
    return cost[rows % 3][columns];
}

const char *text_nearest(const char *word, const char *const *names, size_t count)
{
    const char *nearest = NULL;
    unsigned allowed = (unsigned)strlen(word) / 3;
    unsigned best = (allowed > 1 ? allowed : 1) + 1;
    for (size_t i = 0; i < count; i++) {
        unsigned distance = edit_distance(word, names[i]);
        if (distance < best) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

uint32_t text_hash32(const char *text)
{
    uint32_t hash = 2166136261u;
    for (; *text != '\0'; text++)
        hash = (hash ^ (unsigned char)*text) * 16777619u;
    return hash;
}

uint64_t text_hash64(const char *bytes, size_t length)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return hash;
}

bool text_month_read(const char *text, int *month)
{
    int year = 0, of_year = 0, used = 0;
    bool shape = strlen(text) == 7 && strspn(text, "0123456789-") == 7 && text[4] == '-';
    if (!shape || sscanf(text, "%4d-%2d%n", &year, &of_year, &used) != 2 || used != 7)
        return false;
    *month = year * 12 + of_year - 1;
    return of_year >= 1 && of_year <= 12 && *month >= MONTH_FIRST && *month <= MONTH_LAST;
}

const char *text_month(char out[TEXT_MONTH_BYTES], int month)
{
    snprintf(out, TEXT_MONTH_BYTES, "%04d-%02d", month / 12, month % 12 + 1);
    return out;
}
