#include "scenario/show.h"

#include "scenario/layout.h"
#include "scenario/value.h"

#include <math.h>
#include <string.h>
#include <strings.h>

/* One field of one instance, and how it is to be printed. */
struct showing {
    const struct scenario *scenario;
    bool comments, words;
    bool bare; /* names without quotes: for a table, not for a file */
    struct text *out;
    enum section_id section;
    size_t instance;
    const struct field *field;
    size_t effect; /* the next effect to be printed */
};

/* Decodes one character of UTF-8, known to be valid. */
static unsigned next_character(const unsigned char **bytes)
{
    const unsigned char *b = *bytes;
    int more = b[0] < 0x80 ? 0 : b[0] < 0xE0 ? 1 : b[0] < 0xF0 ? 2 : 3;
    unsigned character = more == 0 ? b[0] : b[0] & (0x3Fu >> more);
    for (int i = 1; i <= more; i++)
        character = character << 6 | (b[i] & 0x3Fu);
    *bytes += more + 1;
    return character;
}

static bool is_printable(unsigned character)
{
    return (character >= 0x20 && character < 0x7F) ||
           (character >= 0xA0 && character < 0xFFFE && character != 0x2028 && character != 0x2029 &&
            character != 0xFEFF) ||
           character >= 0x10000;
}

static void show_words(const char *words, struct text *out)
{
    text_append(out, "\"");
    for (const unsigned char *b = (const unsigned char *)words; *b != '\0';) {
        const unsigned char *from = b;
        unsigned character = next_character(&b);
        if (character == '"' || character == '\\')
            text_append(out, "\\%c", (int)character);
        else if (is_printable(character))
            text_append(out, "%.*s", (int)(b - from), (const char *)from);
        else
            text_append(out, "\\u%04X", character);
    }
    text_append(out, "\"");
}

/* Whether YAML 1.1 takes a plain word for a truth or for nothing. */
static bool is_taken_for_else(const char *word)
{
    static const char *const words[] = {"y",   "n",    "yes",   "no",  "on",
                                        "off", "true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcasecmp(word, words[i]) == 0)
            return true;
    return false;
}

static void show_name(const struct showing *showing, const char *name)
{
    const char *quote = !showing->bare && is_taken_for_else(name) ? "\"" : "";
    text_append(showing->out, "%s%s%s", quote, name, quote);
}

/* A name of a file, or an override, on one line. */
static void show_place(const struct showing *showing, struct place at)
{
    text_append(showing->out, "; ");
    for (const char *c = at.file; *c != '\0'; c++)
        text_append(showing->out, "%c", (unsigned char)*c < 0x20 ? ' ' : *c);
    if (at.line > 0)
        text_append(showing->out, ":%u", at.line);
}

static void show_comment(const struct showing *showing, const char *unit, const struct leaf *leaf,
                         size_t count)
{
    if (showing->comments) {
        text_append(showing->out, "  # %s", *unit == '\0' ? "-" : unit);
        for (size_t i = 0; i < count; i++)
            if (i == 0 || leaf[i].at.file != leaf[i - 1].at.file)
                show_place(showing, leaf[i].at);
    }
    text_append(showing->out, "\n");
}

static const char *indent(const struct showing *showing)
{
    return schema()[showing->section].shape == SECTION_ONE ? "  " : "    ";
}

static void show_number(const struct showing *showing, size_t index)
{
    const struct leaf *leaf = &showing->scenario->leaf[index];
    char number[TEXT_NUMBER_BYTES];
    if (leaf->kind == LEAF_DISTRIBUTION)
        value_show_distribution(&leaf->distribution, showing->out);
    else if (leaf->kind == LEAF_SERIES)
        value_show_series(&leaf->series, showing->out);
    else
        text_append(showing->out, "%s",
                    text_number_yaml(number, showing->scenario->centre.value[index]));
}

static void show_targets(const struct showing *showing, double value)
{
    uint64_t mask = (uint64_t)value;
    const char *comma = "";
    text_append(showing->out, "[");
    for (size_t i = 0; i < showing->scenario->centre.count[SECTION_TARGETS]; i++)
        if (mask >> i & 1) {
            text_append(showing->out, "%s", comma);
            show_name(showing, showing->scenario->name[SECTION_TARGETS][i]);
            comma = ", ";
        }
    text_append(showing->out, "]");
}

static void show_value(const struct showing *showing, size_t index)
{
    double value = showing->scenario->centre.value[index];
    char *const *const *name = (char *const *const *)showing->scenario->name;
    char month[TEXT_MONTH_BYTES];
    switch (showing->field->kind) {
    case FIELD_MONTH:
        text_append(showing->out, "%s", text_month(month, (int)value));
        break;
    case FIELD_ZONE:
        show_name(showing, name[SECTION_ZONES][(size_t)value]);
        break;
    case FIELD_TARGET:
        show_name(showing, name[SECTION_TARGETS][(size_t)value]);
        break;
    case FIELD_STAGE:
        text_append(showing->out, "%s", stage_names[(size_t)value]);
        break;
    case FIELD_CLASS:
        text_append(showing->out, "%s", capital_names[(size_t)value]);
        break;
    case FIELD_INDICATOR:
        text_append(showing->out, "%s", indicators[(size_t)value].name);
        break;
    case FIELD_TARGETS:
        show_targets(showing, value);
        break;
    default:
        show_number(showing, index);
    }
}

/* Nothing could be read back from a limit that is infinite or a date that never comes. */
static bool is_absent(const struct showing *showing, double value)
{
    return isinf(value) || (showing->field->kind == FIELD_MONTH && value == MONTH_NEVER);
}

static void show_scalar(const struct showing *showing)
{
    size_t index = layout_scalar(showing->scenario->centre.count, showing->section,
                                 showing->instance, field_slot(showing->field));
    if (is_absent(showing, showing->scenario->centre.value[index]))
        return;
    text_append(showing->out, "%s%s: ", indent(showing), showing->field->name);
    show_value(showing, index);
    show_comment(showing, showing->field->unit, &showing->scenario->leaf[index], 1);
}

static void show_text(const struct showing *showing)
{
    size_t width = schema()[showing->section].text_count;
    const char *words =
        showing->scenario
            ->text[showing->section][showing->instance * width + field_slot(showing->field)];
    if (!showing->words || *words == '\0')
        return;
    text_append(showing->out, "%s%s: ", indent(showing), showing->field->name);
    show_words(words, showing->out);
    text_append(showing->out, "\n");
}

static void show_mix(const struct showing *showing)
{
    enum section_id names = layout_mix_names(showing->field);
    size_t count = showing->scenario->centre.count[names];
    size_t index = scenario_mix(showing->scenario, showing->section, showing->instance,
                                field_slot(showing->field));
    char number[TEXT_NUMBER_BYTES];
    text_append(showing->out, "%s%s: {", indent(showing), showing->field->name);
    for (size_t i = 0; i < count; i++) {
        text_append(showing->out, "%s", i > 0 ? ", " : "");
        show_name(showing, showing->scenario->name[names][i]);
        text_append(showing->out, ": %s",
                    text_number_yaml(number, showing->scenario->centre.value[index + i]));
    }
    text_append(showing->out, "}");
    show_comment(showing, showing->field->unit, &showing->scenario->leaf[index], count);
}

static bool is_next_effect(const struct showing *showing)
{
    const struct scenario *scenario = showing->scenario;
    const struct effect *effect = &scenario->effect[showing->effect];
    return showing->effect < scenario->effect_count && effect->owner == showing->section &&
           effect->instance == showing->instance &&
           scenario->leaf[effect->amount].field == showing->field;
}

/* Paths as they were given: the amount's own path, less lever and field. */
static const char *effect_path(const struct showing *showing, const struct leaf *amount)
{
    return amount->path + strlen(schema()[showing->section].path) + 1 +
           strlen(showing->scenario->name[showing->section][showing->instance]) + 1 +
           strlen(showing->field->name) + 1;
}

static void show_effects(struct showing *showing)
{
    const struct scenario *scenario = showing->scenario;
    if (is_next_effect(showing))
        text_append(showing->out, "%s%s:\n", indent(showing), showing->field->name);
    while (is_next_effect(showing)) {
        const struct effect *effect = &scenario->effect[showing->effect];
        const struct leaf *amount = &scenario->leaf[effect->amount];
        text_append(showing->out, "%s  %s: ", indent(showing), effect_path(showing, amount));
        show_number(showing, effect->amount);
        show_comment(showing,
                     effect->kind == EFFECT_ADDS ? scenario->leaf[effect->target].field->unit : "1",
                     amount, 1);
        while (is_next_effect(showing) &&
               scenario->effect[showing->effect].amount == effect->amount)
            showing->effect++;
    }
}

static void show_instance(struct showing *showing)
{
    const struct section *section = &schema()[showing->section];
    for (size_t i = 0; i < section->field_count; i++) {
        showing->field = &section->field[i];
        if (showing->field->kind == FIELD_TEXT)
            show_text(showing);
        else if (showing->field->kind == FIELD_EFFECTS)
            show_effects(showing);
        else if (field_is_mix(showing->field))
            show_mix(showing);
        else
            show_scalar(showing);
    }
}

static void show_section(struct showing *showing)
{
    const struct section *section = &schema()[showing->section];
    size_t start = showing->out->length;
    text_append(showing->out, "%s:\n", section->path);
    size_t head = showing->out->length;
    for (size_t i = 0; i < showing->scenario->centre.count[showing->section]; i++) {
        showing->instance = i;
        if (section->shape != SECTION_ONE) {
            text_append(showing->out, "  ");
            show_name(showing, showing->scenario->name[showing->section][i]);
            text_append(showing->out, ":\n");
        }
        show_instance(showing);
    }
    if (showing->out->length == head && !showing->out->failed) {
        showing->out->length = start; /* nothing to say: take the heading back */
        showing->out->bytes[start] = '\0';
    }
}

static void show_all(struct showing *showing)
{
    for (size_t s = 0; s < SECTION_COUNT; s++) {
        showing->section = (enum section_id)s;
        show_section(showing);
    }
}

void scenario_show(const struct scenario *scenario, bool comments, struct text *out)
{
    show_all(
        &(struct showing){.scenario = scenario, .comments = comments, .words = true, .out = out});
}

void show_results(const struct scenario *scenario, struct text *out)
{
    show_all(&(struct showing){.scenario = scenario, .out = out});
}

void show_leaf(const struct scenario *scenario, size_t leaf, struct text *out)
{
    const struct showing showing = {
        .scenario = scenario, .bare = true, .out = out, .field = scenario->leaf[leaf].field};
    if (!is_absent(&showing, scenario->centre.value[leaf]))
        show_value(&showing, leaf);
}
