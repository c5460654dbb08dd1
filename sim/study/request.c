#include "study/request.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void request_write(const struct request *request, struct text *out)
{
    char number[TEXT_NUMBER_BYTES];
    text_append(out, "%s=%s\n", request->levers ? "levers" : "batch", request->file);
    text_append(out, "seed=%" PRIu64 "\nreplicates=%" PRIu64 "\npermutations=%" PRIu64 "\n",
                request->seed, request->replicates, request->permutations);
    text_append(out, "plain=%d\n", request->plain);
    text_append(out, "precision=%s\n", text_number(number, request->precision));
    if (request->best != NULL) {
        text_append(out, "best=%s\n", request->best);
        text_append(out, "confidence=%s\n", text_number(number, request->confidence));
        text_append(out, "indifference=%s\n", text_number(number, request->indifference));
    }
    for (size_t i = 0; i < request->override_count; i++)
        text_append(out, "set=%s\n", request->overrides[i]);
}

static void read_line(struct request *request, const char *key, const char *value,
                      const char **overrides)
{
    const struct {
        const char *key;
        uint64_t *whole;
        double *real;
        const char **words;
    } member[] = {
        {"batch", NULL, NULL, &request->file},
        {"levers", NULL, NULL, &request->file},
        {"seed", &request->seed, NULL, NULL},
        {"replicates", &request->replicates, NULL, NULL},
        {"permutations", &request->permutations, NULL, NULL},
        {"precision", NULL, &request->precision, NULL},
        {"best", NULL, NULL, &request->best},
        {"confidence", NULL, &request->confidence, NULL},
        {"indifference", NULL, &request->indifference, NULL},
    };
    for (size_t i = 0; i < sizeof member / sizeof *member; i++) {
        if (strcmp(member[i].key, key) != 0)
            continue;
        if (member[i].whole != NULL)
            *member[i].whole = strtoull(value, NULL, 10);
        else if (member[i].real != NULL)
            *member[i].real = strtod(value, NULL);
        else
            *member[i].words = value;
    }
    request->levers |= strcmp(key, "levers") == 0;
    request->plain |= strcmp(key, "plain") == 0 && strcmp(value, "1") == 0;
    if (strcmp(key, "set") == 0 && request->override_count < REQUEST_OVERRIDES)
        overrides[request->override_count++] = value;
}

bool request_read(struct request *request, char *lines, const char **overrides)
{
    *request = (struct request){.overrides = overrides};
    char *rest = lines;
    while (rest != NULL && *rest != '\0') {
        char *line = strsep(&rest, "\n"), *equals = strchr(line, '=');
        if (equals == NULL)
            return false;
        *equals = '\0';
        read_line(request, line, equals + 1, overrides);
    }
    return request->file != NULL && request->replicates > 0;
}

static const char *const of_words[] = {[REQUEST_OF_NOBODY] = "",
                                       [REQUEST_OF_RUN] = "run",
                                       [REQUEST_OF_ODDS] = "screening",
                                       [REQUEST_OF_BATCH] = "batch"};

static enum request_of of_lines(const struct text *lines)
{
    if (lines->length == 0)
        return REQUEST_OF_NOBODY;
    if (strncmp(lines->bytes, REQUEST_RUN, strlen(REQUEST_RUN)) == 0)
        return REQUEST_OF_RUN;
    if (strncmp(lines->bytes, REQUEST_ODDS, strlen(REQUEST_ODDS)) == 0)
        return REQUEST_OF_ODDS;
    return REQUEST_OF_BATCH;
}

bool request_expect(struct store *store, enum request_of of, const char *folder,
                    struct faults *faults)
{
    struct text lines = {0};
    bool ok = store_last_request(store, &lines, faults);
    enum request_of is = of_lines(&lines);
    if (ok && is != REQUEST_OF_NOBODY && is != of)
        ok = fault_input(faults, (struct place){0},
                         "%s holds a %s, and no %s to go on with; --out DIR goes elsewhere", folder,
                         of_words[is], of_words[of]);
    text_clear(&lines);
    return ok;
}
