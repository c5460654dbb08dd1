#include "store/digest_table.h"

#include <inttypes.h>

/* ------------------------------------------------------------------ a row */

static void list(struct text *out, const uint64_t *digest, size_t count)
{
    out->length = 0;
    text_append(out, "%s", "");
    for (size_t i = 0; i < count; i++)
        text_append(out, "%s%0*" PRIx32, i > 0 ? " " : "", DIGEST_LISTED,
                    (uint32_t)(digest[i] >> 32));
}

bool digest_words_fill(struct digest_words *words, const struct imprint *imprint,
                       struct digests_row *row)
{
    list(&words->by_replicate, imprint->replicate, imprint->count);
    list(&words->by_month, imprint->month, imprint->months);
    list(&words->by_column, imprint->column, imprint->columns);
    *row = (struct digests_row){
        .first_replicate = imprint->first,
        .replicates = imprint->count,
        .digest = digest_text(words->whole, imprint_whole(imprint)),
        .drawn = digest_text(words->drawn, imprint->drawn),
        .targets = digest_text(words->reached, imprint->reached),
        .twins = digest_text(words->twins, imprint->twins),
        .by_replicate = words->by_replicate.bytes,
        .by_month = words->by_month.bytes,
        .by_column = words->by_column.bytes,
    };
    return !words->by_replicate.failed && !words->by_month.failed && !words->by_column.failed;
}

void digest_words_clear(struct digest_words *words)
{
    text_clear(&words->by_replicate);
    text_clear(&words->by_month);
    text_clear(&words->by_column);
}

/* ------------------------------------------------------------------ the file */

bool digest_table_open(struct digest_table *table, const struct scenario *scenario,
                       const struct panel_layout *layout, struct file_group *files,
                       struct faults *faults)
{
    *table = (struct digest_table){0};
    if (!imprint_init(&table->imprint, scenario, layout, faults))
        return false;
    table->csv.stream = file_group_add(files, csv_file_names[CSV_DIGESTS], faults);
    if (table->csv.stream == NULL)
        return false;
    csv_header(&table->csv, CSV_DIGESTS);
    csv_end_row(&table->csv);
    return true;
}

void digest_table_clear(struct digest_table *table)
{
    imprint_clear(&table->imprint);
    digest_words_clear(&table->words);
    *table = (struct digest_table){0};
}

static void write_block(struct digest_table *table)
{
    struct digests_row row;
    if (!digest_words_fill(&table->words, &table->imprint, &row)) {
        table->failed = true;
        return;
    }
    digests_cells(&table->csv, &row);
    csv_end_row(&table->csv);
}

void digest_table_add(struct digest_table *table, const struct outcome *outcome)
{
    struct imprint *imprint = &table->imprint;
    if (outcome->replicate % IMPRINT_REPLICATES == 0)
        imprint_begin(imprint, outcome->replicate);
    imprint_add(imprint, outcome);
    if (imprint->count == IMPRINT_REPLICATES)
        write_block(table);
}

bool digest_table_end(struct digest_table *table, struct faults *faults)
{
    if (table->imprint.count % IMPRINT_REPLICATES != 0)
        write_block(table);
    return !table->failed || fault_memory(faults, "writing digests.csv");
}
