#include "scenario/value.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool value_unexpected(struct faults *faults, const char *path, const struct node *node,
                      const char *expects)
{
    struct text given = {0};
    node_flow(node, &given);
    if (given.failed)
        fault_memory(faults, "reading the scenario");
    else if (node_is_blank(node))
        fault_input(faults, node->at, "%s is blank; give %s, or leave it out", path, expects);
    else if (node_is_null(node))
        fault_input(faults, node->at,
                    "%s is null, which removes what an extended file gives; none gives it", path);
    else
        fault_input(faults, node->at, "%s = %s is not %s", path, given.bytes, expects);
    text_clear(&given);
    return false;
}

/* "outside [0, 2]; default 0.07", for a value given as `text`. */
static bool report_range(struct faults *faults, struct place at, const char *path, const char *text,
                         const struct field *field)
{
    char low[TEXT_NUMBER_BYTES], high[TEXT_NUMBER_BYTES], standard[TEXT_NUMBER_BYTES];
    bool scalar = field_is_scalar(field) && isfinite(field->standard);
    return fault_input(faults, at, "%s %s outside [%s, %s]%s%s", path, text,
                       text_number(low, field->lowest), text_number(high, field->highest),
                       scalar ? "; default " : "",
                       scalar ? text_number(standard, field->standard) : "");
}

static bool is_word(const char *text, const char *word)
{
    while (*text != '\0' && tolower((unsigned char)*text) == *word) {
        text++;
        word++;
    }
    return *text == *word;
}

/* YAML's infinities and nan, so that they are told apart from junk. */
static bool is_endless(const char *text)
{
    text += *text == '+' || *text == '-';
    return is_word(text, ".inf") || is_word(text, ".nan") || is_word(text, "inf") ||
           is_word(text, "nan") || is_word(text, "infinity");
}

static bool read_finite(struct faults *faults, const char *path, const char *expects,
                        const struct node *node, double *value)
{
    if (node->kind != NODE_SCALAR || node->quoted)
        return value_unexpected(faults, path, node, expects);
    char *end;
    *value = strtod(node->text, &end);
    bool endless = is_endless(node->text);
    bool plain = strspn(node->text, "0123456789+-.eE") == strlen(node->text);
    if (!endless && (!plain || end == node->text || *end != '\0'))
        return value_unexpected(faults, path, node, expects);
    if (endless || !isfinite(*value))
        return fault_input(faults, node->at, "%s = %s is not a finite number", path, node->text);
    return true;
}

static bool read_in_range(struct faults *faults, const char *path, const struct field *field,
                          const char *expects, const struct node *node, double *value)
{
    double read;
    if (!read_finite(faults, path, expects, node, &read))
        return false;
    if (read >= field->lowest && read <= field->highest) {
        *value = read;
        return true;
    }
    struct text text = {0};
    text_append(&text, "= %s is", node->text);
    if (text.failed)
        fault_memory(faults, "reading the scenario");
    else
        report_range(faults, node->at, path, text.bytes, field);
    text_clear(&text);
    return false;
}

bool value_number(struct faults *faults, const char *path, const struct field *field,
                  const struct node *node, double *value)
{
    const char *expects = field->kind == FIELD_PLAIN ? field_expects(field) : "a number";
    return read_in_range(faults, path, field, expects, node, value);
}

bool value_whole(struct faults *faults, const char *path, const struct field *field,
                 const struct node *node, double *value)
{
    double read;
    const char *expects = field_expects(field);
    if (!read_in_range(faults, path, field, expects, node, &read))
        return false;
    if (read != floor(read))
        return value_unexpected(faults, path, node, expects);
    *value = read;
    return true;
}

/* Any finite number: the arguments of a distribution are checked together. */
static bool read_arguments(struct faults *faults, struct leaf *leaf, const struct node *list)
{
    const struct distribution_row *row = &distribution_rows[leaf->distribution.kind];
    size_t count = list->kind == NODE_SEQUENCE ? node_count(list) : 0;
    if (count < row->fewest || count > row->most)
        return fault_input(faults, list->at, "%s: %s takes %s", leaf->path, row->name, row->says);
    leaf->distribution.count = count;
    bool read = true;
    double *argument = leaf->distribution.argument;
    for (const struct node *item = list->first; item != NULL; item = item->next)
        read &= read_finite(faults, leaf->path, "a number", item, argument++);
    return read;
}

static bool check_reach(struct faults *faults, const struct leaf *leaf, struct place at)
{
    double lowest = distribution_lowest(&leaf->distribution);
    double highest = distribution_highest(&leaf->distribution);
    if (lowest >= leaf->field->lowest && highest <= leaf->field->highest)
        return true;
    struct text text = {0};
    text_append(&text, "= ");
    value_show_distribution(&leaf->distribution, &text);
    text_append(&text, " reaches from %.9g to %.9g,", lowest, highest);
    if (text.failed)
        fault_memory(faults, "reading the scenario");
    else
        report_range(faults, at, leaf->path, text.bytes, leaf->field);
    text_clear(&text);
    return false;
}

static bool read_distribution(struct faults *faults, struct leaf *leaf, const struct node *node,
                              double *centre)
{
    leaf->kind = LEAF_DISTRIBUTION;
    if (!read_arguments(faults, leaf, node->first))
        return false;
    const char *wrong = distribution_fault(&leaf->distribution);
    if (wrong != NULL)
        return fault_input(faults, node->first->at, "%s: %s %s: %s", leaf->path,
                           distribution_rows[leaf->distribution.kind].name,
                           distribution_rows[leaf->distribution.kind].says, wrong);
    if (!check_reach(faults, leaf, node->at))
        return false;
    *centre = distribution_quantile(&leaf->distribution, 0.5);
    return true;
}

static bool read_point(struct faults *faults, struct leaf *leaf, const struct node *point)
{
    struct series *series = &leaf->series;
    int *month = &series->month[series->count];
    if (!text_month_read(point->key, month))
        return fault_input(faults, point->key_at, "%s: %s is not %s", leaf->path, point->key,
                           "a month such as 2021-01, from 1900-01 to 2200-12");
    char before[TEXT_MONTH_BYTES];
    if (series->count > 0 && month[0] <= month[-1])
        return fault_input(faults, point->key_at, "%s: %s does not come after %s; dates must rise",
                           leaf->path, point->key, text_month(before, month[-1]));
    struct text path = {0};
    text_append(&path, "%s at %s", leaf->path, point->key);
    bool read = !path.failed ? value_number(faults, path.bytes, leaf->field, point,
                                            &series->value[series->count])
                             : fault_memory(faults, "reading the scenario");
    text_clear(&path);
    series->count++;
    return read;
}

static bool read_series(struct faults *faults, struct leaf *leaf, const struct node *node,
                        double *centre)
{
    size_t count = node_count(node);
    leaf->kind = LEAF_SERIES;
    leaf->series.month = calloc(count, sizeof(int));
    leaf->series.value = calloc(count, sizeof(double));
    if (leaf->series.month == NULL || leaf->series.value == NULL)
        return fault_memory(faults, "reading the scenario");
    bool read = true;
    for (const struct node *point = node->first; point != NULL; point = point->next)
        read &= read_point(faults, leaf, point);
    if (read)
        *centre = leaf->series.value[0];
    return read;
}

static const char *nearest_distribution(const char *word)
{
    const char *names[DISTRIBUTION_COUNT];
    for (size_t i = 0; i < DISTRIBUTION_COUNT; i++)
        names[i] = distribution_rows[i].name;
    return text_nearest(word, names, DISTRIBUTION_COUNT);
}

static bool read_mapping(struct faults *faults, struct leaf *leaf, const struct node *node,
                         double *centre)
{
    const struct node *first = node->first;
    if (first == NULL)
        return value_unexpected(faults, leaf->path, node, field_expects(leaf->field));
    if (isdigit((unsigned char)first->key[0]))
        return read_series(faults, leaf, node, centre);
    for (size_t i = 0; i < DISTRIBUTION_COUNT && first->next == NULL; i++)
        if (strcmp(first->key, distribution_rows[i].name) == 0) {
            leaf->distribution.kind = (enum distribution_kind)i;
            return read_distribution(faults, leaf, node, centre);
        }
    if (first->next != NULL)
        return value_unexpected(faults, leaf->path, node, field_expects(leaf->field));
    const char *near = nearest_distribution(first->key);
    return fault_input(faults, first->key_at, "%s: %s is neither a distribution nor a month%s%s%s",
                       leaf->path, first->key, near == NULL ? "" : "; did you mean ",
                       near == NULL ? "" : near, near == NULL ? "" : "?");
}

bool value_leaf(struct faults *faults, struct leaf *leaf, const struct node *node, double *centre)
{
    leaf->at = node->at;
    if (node->kind == NODE_MAPPING)
        return read_mapping(faults, leaf, node, centre);
    return read_in_range(faults, leaf->path, leaf->field,
                         "a number, a distribution or a dated series", node, centre);
}

void value_show_distribution(const struct distribution *distribution, struct text *out)
{
    char number[TEXT_NUMBER_BYTES];
    text_append(out, "{%s: [", distribution_rows[distribution->kind].name);
    for (size_t i = 0; i < distribution->count; i++)
        text_append(out, "%s%s", i > 0 ? ", " : "",
                    text_number_yaml(number, distribution->argument[i]));
    text_append(out, "]}");
}

void value_show_series(const struct series *series, struct text *out)
{
    char month[TEXT_MONTH_BYTES], number[TEXT_NUMBER_BYTES];
    for (size_t i = 0; i < series->count; i++)
        text_append(out, "%s%s: %s", i > 0 ? ", " : "{", text_month(month, series->month[i]),
                    text_number_yaml(number, series->value[i]));
    text_append(out, "}");
}
