#include "base/json.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect_string(const char *string, const char *json)
{
    struct text out = {0};
    json_text(&(struct json){.out = &out}, NULL, string);
    cr_expect_str_eq(out.bytes, json);
    text_clear(&out);
}

Test(json, strings_are_escaped)
{
    expect_string("plain 浦东", "\"plain 浦东\"");
    expect_string("say \"hm\" \\ twice", "\"say \\\"hm\\\" \\\\ twice\"");
    expect_string("a\nb\x7f\x01", "\"a\\u000ab\\u007f\\u0001\"");
    expect_string("", "\"\"");
    expect_string(NULL, "null");
}

Test(json, numbers_read_back_and_what_is_none_is_null)
{
    static const struct {
        double value;
        const char *json;
    } cases[] = {{0.1, "0.1"},
                 {-2.385, "-2.385"},
                 {1e300, "1e+300"},
                 {(double)NAN, "null"},
                 {(double)INFINITY, "null"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct text out = {0};
        json_number(&(struct json){.out = &out}, NULL, cases[i].value);
        cr_expect_str_eq(out.bytes, cases[i].json);
        text_clear(&out);
    }
}

Test(json, containers_are_laid_out_as_asked)
{
    struct text out = {0};
    struct json json = {.out = &out};
    json_open_object(&json, NULL, JSON_LINES);
    json_whole(&json, "most", UINT64_MAX);
    json_open_array(&json, "row", JSON_ROW);
    json_bool(&json, NULL, true);
    json_open_object(&json, NULL, JSON_ROW);
    json_close_object(&json);
    json_bool(&json, NULL, false);
    json_close_array(&json);
    json_open_object(&json, "lines", JSON_LINES);
    json_number(&json, "a \"b\"", 0.25);
    json_close_object(&json);
    json_open_object(&json, "none", JSON_LINES);
    json_close_object(&json);
    json_close_object(&json);
    cr_expect_str_eq(out.bytes,
                     "{\n  \"most\": 18446744073709551615,\n  \"row\": [true, {}, false],"
                     "\n  \"lines\": {\n    \"a \\\"b\\\"\": 0.25\n  },\n  \"none\": {}\n}");
    text_clear(&out);
}
