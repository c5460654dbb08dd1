#include "store/json.h"

#include <math.h>

static void append_character(struct text *out, unsigned char c)
{
    if (c == '"' || c == '\\')
        text_append(out, "\\%c", c);
    else if (c < 0x20 || c == 0x7f)
        text_append(out, "\\u%04x", c);
    else
        text_append(out, "%c", c);
}

void json_string(struct text *out, const char *string)
{
    if (string == NULL) {
        text_append(out, "null");
        return;
    }
    text_append(out, "\"");
    for (; *string != '\0'; string++)
        append_character(out, (unsigned char)*string);
    text_append(out, "\"");
}

void json_number(struct text *out, double value)
{
    char number[TEXT_NUMBER_BYTES];
    text_append(out, "%s", isfinite(value) ? text_number(number, value) : "null");
}
