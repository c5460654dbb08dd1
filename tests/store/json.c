#include "store/json.h"

#include <criterion/criterion.h>
#include <math.h>

static void expect_string(const char *string, const char *json)
{
    struct text out = {0};
    json_string(&out, string);
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
        json_number(&out, cases[i].value);
        cr_expect_str_eq(out.bytes, cases[i].json);
        text_clear(&out);
    }
}
