#include "cli/options.h"

#include "base/text.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COMMAND_ROW(upper, lower, ...) [COMMAND_##upper] = {#lower, __VA_ARGS__},
const struct command_row command_rows[COMMAND_COUNT] = {COMMAND_TABLE(COMMAND_ROW)};

#define OPTION_ROW(upper, name, kind, ...) [OPTION_ID_##upper] = {name, OPTION_##kind, __VA_ARGS__},
const struct option_row option_rows[OPTION_ID_COUNT] = {OPTION_TABLE(OPTION_ROW)};

static const struct place command_line = {0};

static const char *or_empty(const char *text)
{
    return text == NULL ? "" : text;
}

bool command_needs_operand(enum command_id command)
{
    const char *operand = command_rows[command].operand;
    return operand[0] != '\0' && operand[0] != '[';
}

enum command_id command_find(const char *name, struct faults *faults)
{
    const char *names[COMMAND_COUNT];
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        names[i] = command_rows[i].name;
        if (strcmp(names[i], name) == 0)
            return (enum command_id)i;
    }
    const char *near = text_nearest(name, names, COMMAND_COUNT);
    fault_input(faults, command_line, "unknown command %s%s%s; neobay help lists them", name,
                near == NULL ? "" : "; nearest: ", or_empty(near));
    return COMMAND_COUNT;
}

/* ------------------------------------------------------------------ values */

static bool outside(const struct option_row *row, const char *word, struct faults *faults)
{
    char low[TEXT_NUMBER_BYTES], high[TEXT_NUMBER_BYTES];
    return fault_input(faults, command_line, "--%s = %s is outside [%s, %s]%s%s", row->name, word,
                       text_number(low, row->lowest), text_number(high, row->highest),
                       row->standard[0] == '\0' ? "" : "; default ", row->standard);
}

static bool read_whole(const struct option_row *row, const char *word, uint64_t *value,
                       struct faults *faults)
{
    char *end;
    errno = 0;
    *value = strtoull(word, &end, 10);
    if (*word == '\0' || *end != '\0' || strspn(word, "0123456789") != strlen(word))
        return fault_input(faults, command_line, "--%s = %s is not a whole number", row->name,
                           word);
    if (errno != 0 || (double)*value < row->lowest || (double)*value > row->highest)
        return outside(row, word, faults);
    return true;
}

static bool read_real(const struct option_row *row, const char *word, double *value,
                      struct faults *faults)
{
    if (!text_number_read(word, value))
        return fault_input(faults, command_line, "--%s = %s is not a number", row->name, word);
    return (*value >= row->lowest && *value <= row->highest) || outside(row, word, faults);
}

/* Whether a word is one of "latin|plain". */
static bool is_choice(const char *choices, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = choices; at != NULL; at = strchr(at, '|')) {
        at += *at == '|';
        if (strncmp(at, word, length) == 0 && (at[length] == '|' || at[length] == '\0'))
            return true;
    }
    return false;
}

static bool read_words(struct call *call, enum option_id id, const char *word,
                       struct faults *faults)
{
    const struct option_row *row = &option_rows[id];
    if (*word == '\0')
        return fault_input(faults, command_line, "--%s needs %s", row->name, row->argument);
    if (strchr(row->argument, '|') != NULL && !is_choice(row->argument, word))
        return fault_input(faults, command_line, "--%s = %s is not one of %s", row->name, word,
                           row->argument);
    if (id != OPTION_ID_SET)
        call->words[id] = word;
    else if (strchr(word, '=') == NULL || word[0] == '=')
        return fault_input(faults, command_line, "--set %s is not of the form path=value", word);
    else
        call->overrides[call->override_count++] = word;
    return true;
}

static bool read_value(struct call *call, enum option_id id, const char *word,
                       struct faults *faults)
{
    const struct option_row *row = &option_rows[id];
    switch (row->kind) {
    case OPTION_WHOLE:
        return read_whole(row, word, &call->whole[id], faults);
    case OPTION_REAL:
        return read_real(row, word, &call->real[id], faults);
    case OPTION_WORDS:
        return read_words(call, id, word, faults);
    case OPTION_FLAG:
        break;
    }
    return true;
}

static void set_standards(struct call *call)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if (option_rows[i].kind == OPTION_WHOLE && option_rows[i].standard[0] != '(')
            call->whole[i] = strtoull(option_rows[i].standard, NULL, 10);
}

/* ------------------------------------------------------------------ words of the command line */

/* The words still to be read. */
struct words {
    char *const *next;
    int left;
    bool options_over; /* after -- */
};

/* The option of this name (`length` bytes), or OPTION_ID_COUNT. */
static enum option_id option_find(const char *name, size_t length)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if (strlen(option_rows[i].name) == length &&
            strncmp(option_rows[i].name, name, length) == 0)
            return (enum option_id)i;
    return OPTION_ID_COUNT;
}

/* Reports an option that there is not; `dashes` is how the user wrote it: - or --. Returns the one
 * that was probably meant, or OPTION_ID_COUNT. */
static enum option_id unknown_option(const char *dashes, const char *name, size_t length,
                                     struct faults *faults)
{
    const char *names[OPTION_ID_COUNT];
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        names[i] = option_rows[i].name;
    struct text word = {0};
    text_append(&word, "%.*s", (int)length, name);
    const char *near = word.failed ? NULL : text_nearest(word.bytes, names, OPTION_ID_COUNT);
    fault_input(faults, command_line, "unknown option %s%s%s%s", dashes, or_empty(word.bytes),
                near == NULL ? "" : "; nearest: --", or_empty(near));
    text_clear(&word);
    return option_find(or_empty(near), strlen(or_empty(near)));
}

static const char *next_word(struct words *words)
{
    words->left--;
    return *words->next++;
}

/* Reads the option of which `word` is the text after --, with its value from the next word where
 * there is no "=value". */
static bool read_option(struct call *call, struct words *words, const char *word,
                        struct faults *faults)
{
    size_t length = strcspn(word, "=");
    const char *value = word[length] == '=' ? word + length + 1 : NULL;
    enum option_id id = option_find(word, length);
    if (id == OPTION_ID_COUNT) {
        enum option_id meant = unknown_option("--", word, length, faults);
        if (meant != OPTION_ID_COUNT && option_rows[meant].kind != OPTION_FLAG && value == NULL &&
            words->left > 0)
            next_word(words); /* its value, and no fault of its own */
        return false;
    }
    const struct option_row *row = &option_rows[id];
    call->given[id] = true;
    if (row->kind == OPTION_FLAG)
        return value == NULL || fault_input(faults, command_line, "--%s takes no value", row->name);
    if (value == NULL && words->left == 0)
        return fault_input(faults, command_line, "--%s needs %s", row->name, row->argument);
    return read_value(call, id, value == NULL ? next_word(words) : value, faults);
}

/* A word that is no option: first the command, then its operand. */
static bool read_bare(struct call *call, const char *word, bool *has_command, struct faults *faults)
{
    if (!*has_command) {
        *has_command = true;
        call->command = command_find(word, faults);
        return call->command != COMMAND_COUNT;
    }
    if (call->command == COMMAND_COUNT)
        return false;
    const char *takes = command_rows[call->command].operand;
    bool many = strlen(takes) > 3 && strcmp(takes + strlen(takes) - 3, "...") == 0;
    if ((call->operand != NULL && !many) || takes[0] == '\0')
        return fault_input(faults, command_line, "one word too many: %s; usage: neobay %s %s", word,
                           command_rows[call->command].name, command_rows[call->command].operand);
    call->operand = call->operand == NULL ? word : call->operand;
    call->operands[call->operand_count++] = word;
    return true;
}

static void read_word(struct call *call, struct words *words, bool *has_command,
                      struct faults *faults)
{
    const char *word = next_word(words);
    if (words->options_over || word[0] != '-' || word[1] == '\0')
        read_bare(call, word, has_command, faults);
    else if (strcmp(word, "--") == 0)
        words->options_over = true;
    else if (strcmp(word, "-h") == 0)
        call->given[OPTION_ID_HELP] = true;
    else if (word[1] == '-')
        read_option(call, words, word + 2, faults);
    else
        unknown_option("-", word + 1, strlen(word + 1), faults);
}

/* ------------------------------------------------------------------ the whole line */

/* An option that belongs to other commands; the user may have meant one of this command. */
static void foreign_option(enum command_id command, enum option_id id, struct faults *faults)
{
    const char *names[OPTION_ID_COUNT], *near;
    size_t count = 0;
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if ((option_rows[i].commands >> command & 1) != 0)
            names[count++] = option_rows[i].name;
    near = text_nearest(option_rows[id].name, names, count);
    fault_input(faults, command_line, "neobay %s has no option --%s%s%s",
                command_rows[command].name, option_rows[id].name,
                near == NULL ? "" : "; nearest: --", or_empty(near));
}

/* Each option must belong to the command. */
static void check_options(const struct call *call, struct faults *faults)
{
    for (size_t i = 0; i < OPTION_ID_COUNT; i++)
        if (call->given[i] && (option_rows[i].commands >> call->command & 1) == 0)
            foreign_option(call->command, (enum option_id)i, faults);
}

static void check_call(const struct call *call, struct faults *faults)
{
    if (call->command == COMMAND_COUNT)
        return;
    check_options(call, faults);
    bool informs = call->given[OPTION_ID_HELP] || call->given[OPTION_ID_VERSION];
    if (call->operand == NULL && command_needs_operand(call->command) && !informs)
        fault_input(faults, command_line, "usage: neobay %s %s; see neobay help %s",
                    command_rows[call->command].name, command_rows[call->command].operand,
                    command_rows[call->command].name);
}

/* Names of files and what else is said go into results, which others have to read. */
static void check_words(int count, char *const *arguments, struct faults *faults)
{
    for (int i = 0; i < count; i++)
        if (!text_is_utf8(arguments[i]))
            fault_input(faults, command_line,
                        "word %d of the command line is not text in UTF-8, and could not be read "
                        "back from the results",
                        i + 1);
}

bool call_read(struct call *call, int count, char *const *arguments, struct faults *faults)
{
    *call = (struct call){.command = COMMAND_HELP};
    size_t before = faults->count;
    call->overrides = calloc((size_t)count + 1, sizeof *call->overrides);
    call->operands = calloc((size_t)count + 1, sizeof *call->operands);
    if (call->overrides == NULL || call->operands == NULL)
        return fault_memory(faults, "reading the command line");
    set_standards(call);
    check_words(count, arguments, faults);
    struct words words = {.next = arguments, .left = count};
    bool has_command = false;
    while (words.left > 0)
        read_word(call, &words, &has_command, faults);
    check_call(call, faults);
    return faults->count == before && !faults->truncated;
}

void call_clear(struct call *call)
{
    free(call->overrides);
    free(call->operands);
    call->overrides = NULL;
    call->operands = NULL;
}
