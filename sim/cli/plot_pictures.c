#include "cli/plot_pictures.h"

#include "base/csv_read.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define PICTURE_ROW(upper, name, axes, made_by, ...)                                               \
    [PICTURE_##upper] = {name, axes, made_by, PICTURE_NEEDS(__VA_ARGS__)},
#define PICTURE_NEEDS(...) PICTURE_NEEDS_OF(__VA_ARGS__, NULL, NULL, NULL, NULL, NULL, NULL)
#define PICTURE_NEEDS_OF(f0, c0, f1, c1, f2, c2, f3, c3, ...)                                      \
    {                                                                                              \
        {f0, c0}, {f1, c1}, {f2, c2},                                                              \
        {                                                                                          \
            f3, c3                                                                                 \
        }                                                                                          \
    }
const struct picture pictures[PICTURE_COUNT] = {PICTURE_TABLE(PICTURE_ROW)};

enum picture_id picture_find(const char *name, struct faults *faults)
{
    const char *names[PICTURE_COUNT];
    for (size_t i = 0; i < PICTURE_COUNT; i++) {
        names[i] = pictures[i].name;
        if (strcmp(names[i], name) == 0)
            return (enum picture_id)i;
    }
    const char *near = text_nearest(name, names, PICTURE_COUNT);
    fault_input(faults, (struct place){0},
                "there is no picture %s%s%s; neobay help plot lists them", name,
                near == NULL ? "" : "; nearest: ", near == NULL ? "" : near);
    return PICTURE_COUNT;
}

bool picture_has(const char *folder, const struct picture *picture, size_t need)
{
    return file_is_in(folder, picture->need[need].file);
}

bool picture_fits(const struct picture *picture, int axes)
{
    return picture->axes == ANY_AXES || picture->axes == axes;
}

/* ------------------------------------------------------------------ checking */

enum { MOST_NUMBERS = 32 }; /* of a picture's columns in one table */

/* Columns of a table that have to hold numbers. */
struct wanted {
    size_t cells; /* of the header */
    size_t number[MOST_NUMBERS], count;
};

static bool find_columns(const struct csv_read *table, const char *columns, struct wanted *wanted,
                         struct faults *faults)
{
    wanted->cells = table->count;
    while (*columns != '\0') {
        bool number = *columns == '#';
        const char *name = columns + number;
        size_t length = strcspn(name, " ");
        size_t column = csv_read_column(table, name, length);
        if (column == table->count)
            return fault_input(faults, (struct place){table->path, 1, 1},
                               "no column %.*s; write the results anew", (int)length, name);
        ASSERT(wanted->count < MOST_NUMBERS);
        wanted->number[wanted->count] = column;
        wanted->count += number;
        columns = name + length + (name[length] == ' ');
    }
    return true;
}

static bool is_number(const char *cell)
{
    char *end;
    strtod(cell, &end);
    return *end == '\0';
}

static bool check_row(const struct csv_read *table, const struct wanted *wanted,
                      struct faults *faults)
{
    struct text why = {0};
    if (table->count != wanted->cells)
        text_append(&why, "%zu cells, where the header has %zu", table->count, wanted->cells);
    for (size_t i = 0; i < wanted->count && why.length == 0; i++)
        if (!is_number(csv_read_cell(table, wanted->number[i])))
            text_append(&why, "\"%.40s\" is no number", csv_read_cell(table, wanted->number[i]));
    if (why.length > 0)
        csv_read_broken(table, faults, why.bytes);
    bool ok = why.length == 0;
    text_clear(&why);
    return ok;
}

static bool check_table(struct csv_read *table, const char *columns, size_t *rows,
                        struct faults *faults)
{
    struct wanted wanted = {0};
    size_t before = faults->count;
    bool ok = csv_read_next(table, faults) && find_columns(table, columns, &wanted, faults);
    while (ok && csv_read_next(table, faults)) {
        ok = check_row(table, &wanted, faults);
        ++*rows;
    }
    if (faults->count > before)
        return false;
    return ok || fault_input(faults, (struct place){.file = table->path},
                             "is empty; write the results anew");
}

bool picture_check(const char *folder, const struct picture *picture, const char **empty,
                   struct faults *faults)
{
    struct csv_read table;
    *empty = NULL;
    for (size_t i = 0; i < PICTURE_FILES && picture->need[i].file != NULL; i++) {
        size_t rows = 0;
        if (!picture_has(folder, picture, i))
            continue;
        if (!csv_read_open(&table, folder, picture->need[i].file, faults))
            return false;
        table.advice = CSV_READ_ANEW;
        bool optional = i > 0 && (picture == &pictures[PICTURE_FAN] ||
                                  strcmp(picture->need[i].file, "targets.csv") != 0);
        bool ok = check_table(&table, picture->need[i].columns, &rows, faults);
        csv_read_close(&table);
        if (!ok)
            return false;
        if (rows == 0 && !optional)
            *empty = picture->need[i].file;
    }
    return true;
}

static bool find_target(struct csv_read *table, const char *column_name, const char *target,
                        struct faults *faults)
{
    bool found = false, ok = csv_read_next(table, faults);
    size_t column = ok ? csv_read_column(table, column_name, strlen(column_name)) : 0;
    while (ok && !found && csv_read_next(table, faults))
        found = column < table->count && strcmp(csv_read_cell(table, column), target) == 0;
    return found ||
           fault_input(faults, (struct place){.file = table->path},
                       "no target %s; its column %s has those that there are", target, column_name);
}

bool picture_has_target(const char *folder, const struct picture *picture, const char *target,
                        struct faults *faults)
{
    struct csv_read table;
    bool levers = picture == &pictures[PICTURE_LEVERS];
    bool own = picture == &pictures[PICTURE_LIMITS] || picture == &pictures[PICTURE_SENSITIVITY];
    const char *file = levers || own ? picture->need[0].file : "targets.csv";
    if (!csv_read_open(&table, folder, file, faults))
        return false;
    table.advice = CSV_READ_ANEW;
    bool found = find_target(&table, levers ? "what" : "target", target, faults);
    csv_read_close(&table);
    return found;
}

/* ------------------------------------------------------------------ axes and firms */

static size_t words_in(const char *columns)
{
    size_t words = 1;
    for (; *columns != '\0'; columns++)
        words += *columns == ' ';
    return words;
}

int picture_axes(const char *folder)
{
    struct csv_read table;
    struct faults ignored = {0};
    size_t fixed = words_in(BATCH_POINTS), count = 0;
    if (picture_has(folder, &pictures[PICTURE_DELAY], 0) &&
        csv_read_open(&table, folder, "points.csv", &ignored)) {
        if (csv_read_next(&table, &ignored))
            count = table.count;
        csv_read_close(&table);
    }
    faults_clear(&ignored);
    return count > fixed ? (int)(count - fixed) : 0;
}

/* Whether a line of firms.csv, "replicate,month,firm,…", is of this firm. */
static bool is_of_firm(const char *line, const char *firm)
{
    const char *comma = strchr(line, ',');
    comma = comma == NULL ? NULL : strchr(comma + 1, ',');
    size_t length = strlen(firm);
    return comma != NULL && strncmp(comma + 1, firm, length) == 0 && comma[1 + length] == ',';
}

/* Copies the header and the firm's rows of one replicate; returns how many rows. */
static size_t copy_rows(FILE *from, FILE *to, const char *firm)
{
    char *line = NULL;
    size_t room = 0, rows = 0;
    unsigned long replicate = 0;
    if (getline(&line, &room, from) > 0)
        fputs(line, to);
    while (getline(&line, &room, from) > 0) {
        if (!is_of_firm(line, firm))
            continue;
        unsigned long own = strtoul(line, NULL, 10);
        if (rows > 0 && own != replicate)
            break;
        replicate = own;
        fputs(line, to);
        rows++;
    }
    free(line);
    return rows;
}

bool picture_take_firm(const char *folder, const char *firm, const char *to, struct faults *faults)
{
    struct text path = {0};
    text_append(&path, "%s/firms.csv", folder);
    FILE *in = path.failed ? NULL : fopen(path.bytes, "re"), *out = fopen(to, "we");
    bool ok = false;
    if (path.failed)
        fault_memory(faults, "looking for a firm");
    else if (in == NULL)
        fault_input(faults, (struct place){.file = path.bytes},
                    "cannot be read: %s; neobay run --firms K writes it", strerror(errno));
    else if (out == NULL)
        fault_world(faults, "cannot write %s: %s", to, strerror(errno));
    else
        ok = copy_rows(in, out, firm) > 0 ||
             fault_input(faults, (struct place){.file = path.bytes},
                         "no firm %s; its column firm has those that there are", firm);
    if (out != NULL && fclose(out) != 0 && ok)
        ok = fault_world(faults, "cannot write %s: %s", to, strerror(errno));
    if (in != NULL)
        fclose(in);
    text_clear(&path);
    return ok;
}
