#include "cli/life_words.h"

#include "cli/grid.h"

#include <stdio.h>

/* What a sentence is made of: words of this firm and event. */
struct words {
    const char *zone, *zone_left, *sector, *stage;
    char output[HUMAN_BYTES], staff[HUMAN_BYTES], value[HUMAN_BYTES], raised[HUMAN_BYTES];
    char until[TEXT_MONTH_BYTES], age[HUMAN_BYTES];
};

static void age_words(char out[HUMAN_BYTES], int months)
{
    if (months < 24)
        snprintf(out, HUMAN_BYTES, "%d %s", months, months == 1 ? "month" : "months");
    else
        snprintf(out, HUMAN_BYTES, "%d years", months / 12);
}

static struct words words_of(const struct scenario *scenario, const struct life_event *event)
{
    const struct firm_row *firm = &event->firm;
    struct words words = {
        .zone = scenario->name[SECTION_ZONES][firm->zone],
        .zone_left = scenario->name[SECTION_ZONES][event->zone_left],
        .sector = scenario->name[SECTION_SECTORS][firm->sector],
        .stage = stage_names[firm->stage],
    };
    human_number(words.output, firm->output_myuan);
    human_number(words.staff, firm->staff_heads);
    human_number(words.value, firm->value_myuan);
    human_number(words.raised, event->raised_myuan);
    text_month(words.until, firm->certified_until);
    age_words(words.age, firm->age_months);
    return words;
}

static void say_state(const struct words *words, struct text *out)
{
    text_append(out, "%s myuan a year, staff of %s, stage %s", words->output, words->staff,
                words->stage);
}

static void say_beginning(const struct words *words, const char *how, struct text *out)
{
    text_append(out, "%s in zone %s, sector %s: ", how, words->zone, words->sector);
    say_state(words, out);
}

static void say_exit(const struct words *words, const char *how, struct text *out)
{
    text_append(out, "%s at the age of %s, out of zone %s: ", how, words->age, words->zone);
    say_state(words, out);
}

static void say_rise(const struct words *words, enum life_kind kind, struct text *out)
{
    if (kind == LIFE_FUNDED)
        text_append(out, "closes a round of %s myuan, to stage %s, at a value of %s myuan",
                    words->raised, words->stage, words->value);
    else if (kind == LIFE_LISTED)
        text_append(out, "goes public, at a value of %s myuan", words->value);
    else
        text_append(out, "moves from zone %s to %s, with a staff of %s", words->zone_left,
                    words->zone, words->staff);
}

static void say_certificate(const struct words *words, enum life_kind kind, struct text *out)
{
    if (kind == LIFE_CERTIFIED)
        text_append(out, "is certified as high-tech, until %s", words->until);
    else if (kind == LIFE_RENEWED)
        text_append(out, "is certified again, until %s", words->until);
    else
        text_append(out, "is without its certificate, which ran out");
}

static void say_what(const struct words *words, const struct life_event *event, struct text *out)
{
    switch (event->kind) {
    case LIFE_PRESENT:
        say_beginning(words, "is there from the start", out);
        if (event->firm.certified_until > event->firm.month)
            text_append(out, ", certified until %s", words->until);
        break;
    case LIFE_FOUNDED:
        say_beginning(words, "is founded", out);
        break;
    case LIFE_ARRIVED:
        say_beginning(words, "arrives", out);
        break;
    case LIFE_LICENSED:
        text_append(out, "licenses a result of research");
        break;
    case LIFE_FUNDED:
    case LIFE_LISTED:
    case LIFE_MOVED:
        say_rise(words, event->kind, out);
        break;
    case LIFE_CERTIFIED:
    case LIFE_RENEWED:
    case LIFE_LAPSED:
        say_certificate(words, event->kind, out);
        break;
    case LIFE_FAILED:
        say_exit(words, "fails", out);
        break;
    case LIFE_RELOCATED:
        say_exit(words, "leaves the district", out);
        break;
    case LIFE_COUNT:
        break;
    }
}

void life_words_event(const struct scenario *scenario, const struct life_event *event,
                      struct text *out)
{
    char month[TEXT_MONTH_BYTES];
    struct words words = words_of(scenario, event);
    text_append(out, "  %s  ", text_month(month, event->firm.month));
    say_what(&words, event, out);
    text_append(out, "\n");
}

void life_words_end(const struct scenario *scenario, const struct firm_row *firm, struct text *out)
{
    char month[TEXT_MONTH_BYTES];
    const struct life_event event = {.firm = *firm, .zone_left = firm->zone};
    struct words words = words_of(scenario, &event);
    text_append(out, "  %s  lives on in zone %s: ", text_month(month, firm->month), words.zone);
    say_state(&words, out);
    text_append(out, "\n");
}
