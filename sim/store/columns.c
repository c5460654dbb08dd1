#include "store/columns.h"

#define FILE_NAME(upper, lower, file) [CSV_##upper] = file,
const char *const csv_file_names[CSV_ALL] = {CSV_TABLE(FILE_NAME) BATCH_CSV_TABLE(FILE_NAME)
                                                 REPLAY_CSV_TABLE(FILE_NAME)};

#define COLUMN_ROW(kind, name, unit, meaning) {#name, unit, meaning},
#define COLUMN_ROWS(upper, lower, file)                                                            \
    static const struct column lower##_columns[] = {upper##_COLUMNS(COLUMN_ROW)};
CSV_TABLE(COLUMN_ROWS)
BATCH_CSV_TABLE(COLUMN_ROWS)
REPLAY_CSV_TABLE(COLUMN_ROWS)

#define CELL_TEXT                       csv_text
#define CELL_NUMBER                     csv_number
#define CELL_WHOLE                      csv_whole
#define CELL_MONTH                      csv_month
#define CELL(kind, name, unit, meaning) CELL_##kind(csv, row->name);
#define ROW_CELLS(upper, lower, file)                                                              \
    void lower##_cells(struct csv *csv, const struct lower##_row *row)                             \
    {                                                                                              \
        upper##_COLUMNS(CELL)                                                                      \
    }
CSV_TABLE(ROW_CELLS)
BATCH_CSV_TABLE(ROW_CELLS)
REPLAY_CSV_TABLE(ROW_CELLS)

struct column_list {
    const struct column *column;
    size_t count;
};
#define COLUMN_LIST(upper, lower, file)                                                            \
    [CSV_##upper] = {lower##_columns, sizeof lower##_columns / sizeof *lower##_columns},
static const struct column_list column_lists[CSV_ALL] = {
    CSV_TABLE(COLUMN_LIST) BATCH_CSV_TABLE(COLUMN_LIST) REPLAY_CSV_TABLE(COLUMN_LIST)};

const struct column *csv_columns(enum csv_id file, size_t *count)
{
    *count = column_lists[file].count;
    return column_lists[file].column;
}

void csv_header(struct csv *csv, enum csv_id file)
{
    for (size_t i = 0; i < column_lists[file].count; i++)
        csv_text(csv, column_lists[file].column[i].name);
}
