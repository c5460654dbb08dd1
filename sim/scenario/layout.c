#include "scenario/layout.h"

enum section_id layout_mix_names(const struct field *field)
{
    return field->kind == FIELD_ZONE_MIX ? SECTION_ZONES : SECTION_SECTORS;
}

size_t layout_scalar(const size_t count[SECTION_COUNT], enum section_id section, size_t instance,
                     size_t slot)
{
    size_t at = 0;
    for (size_t s = 0; s < section; s++)
        at += count[s] * schema()[s].scalar_count;
    return at + instance * schema()[section].scalar_count + slot;
}

/* Numbers in the first `slots` mixes of an instance. */
static size_t mix_width(const size_t count[SECTION_COUNT], const struct section *section,
                        size_t slots)
{
    size_t width = 0;
    for (size_t i = 0; i < section->field_count && slots > 0; i++)
        if (field_is_mix(&section->field[i])) {
            width += count[layout_mix_names(&section->field[i])];
            slots--;
        }
    return width;
}

static size_t scalars(const size_t count[SECTION_COUNT])
{
    return layout_scalar(count, SECTION_COUNT - 1, count[SECTION_COUNT - 1], 0);
}

size_t layout_mix(const size_t count[SECTION_COUNT], enum section_id section, size_t instance,
                  size_t slot)
{
    size_t at = scalars(count);
    for (size_t s = 0; s < section; s++)
        at += count[s] * mix_width(count, &schema()[s], schema()[s].mix_count);
    const struct section *row = &schema()[section];
    return at + instance * mix_width(count, row, row->mix_count) + mix_width(count, row, slot);
}

size_t layout_effects(const size_t count[SECTION_COUNT])
{
    return layout_mix(count, SECTION_COUNT - 1, count[SECTION_COUNT - 1], 0);
}
