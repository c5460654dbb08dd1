/* Writing JSON (RFC 8259). It is read as YAML, of which it is a part: scenario/yaml.h. */
#ifndef NEOBAY_BASE_JSON_H
#define NEOBAY_BASE_JSON_H

#include "base/text.h"

#include <stdint.h>

/* A document under way: set the text that it is appended to, zero the rest. Keys are NULL in arrays
 * and at the top. */
struct json {
    struct text *out;
    unsigned depth; /* containers that are open; at most 64 */
    uint64_t lines; /* bit i: the members of container i have a line each */
    bool more;      /* the innermost has members already */
};

enum json_layout { JSON_ROW, JSON_LINES };

void json_open_object(struct json *json, const char *key, enum json_layout layout);
void json_close_object(struct json *json);
void json_open_array(struct json *json, const char *key, enum json_layout layout);
void json_close_array(struct json *json);

/* NULL becomes null. */
void json_text(struct json *json, const char *key, const char *value);

/* Numbers read back exactly; what is not finite becomes null. Whole ones above 2^53 are written out
 * in full; a reader that knows only doubles rounds them. */
void json_number(struct json *json, const char *key, double value);
void json_whole(struct json *json, const char *key, uint64_t value);
void json_bool(struct json *json, const char *key, bool value);

#endif
