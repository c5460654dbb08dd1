#include "base/json.h"

#include "base/fault.h"

#include <inttypes.h>
#include <math.h>

enum { MOST_DEPTH = 64, INDENT = 2 };

static void append_string(struct text *out, const char *string)
{
    text_append(out, "\"");
    for (; *string != '\0'; string++) {
        unsigned char c = (unsigned char)*string;
        if (c == '"' || c == '\\')
            text_append(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7f)
            text_append(out, "\\u%04x", c);
        else
            text_append(out, "%c", c);
    }
    text_append(out, "\"");
}

static void new_line(struct json *json)
{
    text_append(json->out, "\n%*s", (int)(INDENT * json->depth), "");
}

static bool has_lines(const struct json *json)
{
    return json->depth > 0 && (json->lines >> (json->depth - 1) & 1) != 0;
}

static void begin(struct json *json, const char *key)
{
    if (json->more)
        text_append(json->out, has_lines(json) ? "," : ", ");
    if (has_lines(json))
        new_line(json);
    json->more = true;
    if (key == NULL)
        return;
    append_string(json->out, key);
    text_append(json->out, ": ");
}

static void open_container(struct json *json, const char *key, enum json_layout layout,
                           const char *bracket)
{
    begin(json, key);
    ASSERT(json->depth < MOST_DEPTH);
    uint64_t bit = UINT64_C(1) << json->depth++;
    json->lines = layout == JSON_LINES ? json->lines | bit : json->lines & ~bit;
    json->more = false;
    text_append(json->out, "%s", bracket);
}

static void close_container(struct json *json, const char *bracket)
{
    bool lines = has_lines(json) && json->more;
    ASSERT(json->depth > 0);
    json->depth--;
    if (lines)
        new_line(json);
    json->more = true;
    text_append(json->out, "%s", bracket);
}

void json_open_object(struct json *json, const char *key, enum json_layout layout)
{
    open_container(json, key, layout, "{");
}

void json_close_object(struct json *json)
{
    close_container(json, "}");
}

void json_open_array(struct json *json, const char *key, enum json_layout layout)
{
    open_container(json, key, layout, "[");
}

void json_close_array(struct json *json)
{
    close_container(json, "]");
}

void json_text(struct json *json, const char *key, const char *value)
{
    begin(json, key);
    if (value == NULL)
        text_append(json->out, "null");
    else
        append_string(json->out, value);
}

void json_number(struct json *json, const char *key, double value)
{
    char number[TEXT_NUMBER_BYTES];
    begin(json, key);
    text_append(json->out, "%s", isfinite(value) ? text_number(number, value) : "null");
}

void json_whole(struct json *json, const char *key, uint64_t value)
{
    begin(json, key);
    text_append(json->out, "%" PRIu64, value);
}

void json_bool(struct json *json, const char *key, bool value)
{
    begin(json, key);
    text_append(json->out, "%s", value ? "true" : "false");
}
