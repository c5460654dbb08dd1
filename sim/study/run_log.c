#include "study/run_log.h"

#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

static size_t singles_of(const struct run_log *log)
{
    return log->scenario->centre.count[SECTION_TARGETS];
}

/* ------------------------------------------------------------------ values as bytes */

static void put_values(struct run_log *log)
{
    size_t targets = singles_of(log), quantities = log->layout.quantity_count;
    log->bytes.length = 0;
    bytes_put(&log->bytes, targets);
    bytes_put(&log->bytes, quantities);
    for (size_t i = 0; i < log->block.key.count; i++) {
        for (size_t t = 0; t < targets; t++) {
            bytes_put_double(&log->bytes, log->target_value[i * targets + t]);
            bytes_put_signed(&log->bytes, log->target_reached[i * targets + t]);
        }
        for (size_t q = 0; q < quantities; q++)
            bytes_put_double(&log->bytes, log->values.value[i * quantities + q]);
    }
}

static bool take_values(struct run_log *log, const void *bytes, size_t length)
{
    struct bytes_reader reader = {bytes, (const unsigned char *)bytes + length};
    size_t targets = singles_of(log), quantities = log->layout.quantity_count;
    if (bytes_take(&reader) != targets || bytes_take(&reader) != quantities)
        return false;
    for (size_t i = 0; i < log->block.key.count; i++) {
        for (size_t t = 0; t < targets; t++) {
            log->target_value[i * targets + t] = bytes_take_double(&reader);
            log->target_reached[i * targets + t] = (int)bytes_take_signed(&reader);
        }
        for (size_t q = 0; q < quantities; q++)
            log->values.value[i * quantities + q] = bytes_take_double(&reader);
    }
    return reader.at == reader.end;
}

/* ------------------------------------------------------------------ the block under way */

static bool begin_block(struct run_log *log, uint64_t first)
{
    log->block.key.first = (uint32_t)first;
    log->block.key.count = 0;
    return block_reset(&log->block, log->layout.target_count, log->layout.quantity_count);
}

bool run_log_flush(struct run_log *log, struct faults *faults)
{
    struct store_record record;
    uint64_t id = 0;
    if (log->block.key.count == 0)
        return true;
    log->values.count = log->block.key.count;
    memset(log->block.cell, 0, log->layout.quantity_count * sizeof *log->block.cell);
    block_sum(&log->block, &log->values, NULL);
    if (!block_bytes(&log->block, &log->bytes, &record))
        return fault_memory(faults, "storing a block");
    if (!store_put(log->store, &record, &id, faults))
        return false;
    put_values(log);
    return log->bytes.failed
               ? fault_memory(faults, "storing a block")
               : store_put_values(log->store, id, log->bytes.bytes, log->bytes.length, faults);
}

bool run_log_add(struct run_log *log, const struct outcome *outcome, struct faults *faults)
{
    size_t targets = singles_of(log), i = log->block.key.count++;
    log->block.met[i] = targets_met(&log->scenario->centre, outcome->target_value);
    layout_measure(&log->layout, &log->panel, outcome->panel,
                   log->values.value + i * log->layout.quantity_count);
    memcpy(log->target_value + i * targets, outcome->target_value,
           targets * sizeof *log->target_value);
    memcpy(log->target_reached + i * targets, outcome->target_reached,
           targets * sizeof *log->target_reached);
    if (log->block.key.count < BLOCK_REPLICATES)
        return true;
    return run_log_flush(log, faults) &&
           (begin_block(log, log->block.key.first + BLOCK_REPLICATES) ||
            fault_memory(faults, "storing a block"));
}

/* ------------------------------------------------------------------ opening */

/* Takes up the last block, of which the store has the first replicates. */
static bool take_up(struct run_log *log, uint32_t count, struct faults *faults)
{
    struct record_key key = log->block.key;
    struct store_record record;
    uint64_t id = 0;
    const void *bytes = NULL;
    size_t length = 0;
    key.count = count;
    bool ok = store_find(log->store, &key, &id, faults) && id != 0 &&
              store_get(log->store, id, &record, faults) && block_of(&log->block, &record) &&
              store_get_values(log->store, id, &bytes, &length, faults) &&
              take_values(log, bytes, length);
    return ok || faults->count > 0 ||
           fault_world(faults, "the run's store lacks replicates that it counts; --force begins "
                               "the run anew");
}

bool run_log_open(struct run_log *log, const struct scenario *scenario, struct store *store,
                  uint64_t seed, uint32_t strata, uint64_t replicates, struct faults *faults)
{
    *log = (struct run_log){.scenario = scenario, .store = store};
    if (!layout_init(&log->layout, scenario, faults) ||
        !panel_layout_init(&log->panel, scenario, faults))
        return false;
    size_t cells = BLOCK_REPLICATES * (singles_of(log) + 1);
    log->values = (struct block_values){
        .layout = &log->layout,
        .value = calloc(BLOCK_REPLICATES * log->layout.quantity_count + 1, sizeof(double))};
    log->target_value = calloc(cells, sizeof *log->target_value);
    log->target_reached = calloc(cells, sizeof *log->target_reached);
    log->block.key =
        (struct record_key){.fingerprint = scenario->fingerprint, .seed = seed, .strata = strata};
    uint64_t partial = replicates % BLOCK_REPLICATES;
    if (log->values.value == NULL || log->target_value == NULL || log->target_reached == NULL ||
        !begin_block(log, replicates - partial))
        return fault_memory(faults, "storing replicates");
    return store_drop_beyond(store, replicates, faults) &&
           (partial == 0 || take_up(log, (uint32_t)partial, faults));
}

void run_log_clear(struct run_log *log)
{
    layout_clear(&log->layout);
    panel_layout_clear(&log->panel);
    block_clear(&log->block);
    free(log->values.value);
    free(log->target_value);
    free(log->target_reached);
    text_clear(&log->bytes);
    *log = (struct run_log){0};
}
