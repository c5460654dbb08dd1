/* levers.csv and shapley.csv. */
#include "study/levers.h"

const enum csv_id levers_files[] = {CSV_LEVERS, CSV_SHAPLEY, CSV_ALL};

static bool write_effects(const struct lever_rows *rows, struct file_group *files,
                          struct faults *faults)
{
    struct csv csv;
    if (!tables_begin(&csv, CSV_LEVERS, files, faults))
        return false;
    csv_end_row(&csv);
    for (size_t i = 0; i < rows->count; i++) {
        levers_cells(&csv, &rows->row[i]);
        csv_end_row(&csv);
    }
    return true;
}

static bool write_shapley(const struct shapley_rows *rows, struct file_group *files,
                          struct faults *faults)
{
    struct csv csv;
    if (!tables_begin(&csv, CSV_SHAPLEY, files, faults))
        return false;
    csv_end_row(&csv);
    for (size_t i = 0; i < rows->count; i++) {
        shapley_cells(&csv, &rows->row[i]);
        csv_end_row(&csv);
    }
    return true;
}

bool levers_write(void *context, struct ledger *ledger, struct file_group *files,
                  struct faults *faults)
{
    struct lever_rows effects = {0};
    struct shapley_rows worths = {0};
    bool ok = lever_rows_make(&effects, context, ledger, faults) &&
              shapley_rows_make(&worths, context, &effects, ledger, faults) &&
              write_effects(&effects, files, faults) && write_shapley(&worths, files, faults);
    lever_rows_clear(&effects);
    shapley_rows_clear(&worths);
    return ok;
}
