/* What each lever of a plan is worth: the points that tell, and what they say.
 *
 * Points: the plan, no plan, each lever alone on top of no plan and taken out of the plan, each
 * action (the levers of one number) likewise, and all sets of actions for their Shapley values; and
 * on request the sets along random orders of the single levers.
 *
 * A lever is off when its scale is 0. A lever that has no effects, and that no review raises,
 * stands for the reviews themselves: without it there are none.
 */
#ifndef NEOBAY_STUDY_LEVERS_H
#define NEOBAY_STUDY_LEVERS_H

#include "study/request.h"
#include "study/tables.h"

enum { LEVERS_MOST_ACTIONS = 8, LEVERS_PLAN = 0, LEVERS_NONE = 1 };

struct lever {
    char *name, *task;
    struct override off;   /* switches it off; the path is of the plan's store */
    bool reviews;          /* stands for the reviews */
    size_t action;         /* of levers->action */
    size_t alone, without; /* points */
};

struct lever_action {
    char label[32]; /* action 3 */
    int number;
    size_t alone, without;
};

struct levers {
    struct lever *lever;
    size_t count;
    struct lever_action *action;
    size_t action_count;
    size_t *set;   /* [set of actions, a bit each] its point; NULL: too many actions */
    size_t *order; /* [permutation * count + turn] the lever whose turn it is */
    size_t *along; /* [permutation * (count + 1) + turn] the point before that turn */
    size_t permutations;
};

/* Makes the plan of a scenario's levers. */
bool levers_plan(struct levers **levers, struct plan *plan, const struct request *request,
                 struct faults *faults);
void levers_free(struct levers *levers);

/* levers.csv and shapley.csv: see tables.h. The context is a struct levers. */
extern const enum csv_id levers_files[];
bool levers_write(void *context, struct ledger *ledger, struct file_group *files,
                  struct faults *faults);

/* The rows of levers.csv; the words are borrowed. `rows` is on the heap. */
struct lever_rows {
    struct levers_row *row;
    size_t count, capacity;
};
bool lever_rows_make(struct lever_rows *rows, const struct levers *levers, struct ledger *ledger,
                     struct faults *faults);
void lever_rows_clear(struct lever_rows *rows);

/* Percentage points of a probability for 100 myuan, of an effect on it and its cost. */
double levers_per_100_myuan(double effect, double cost_myuan);

/* Fills in rank, rank_low and rank_high of the rows of one comparison: see lever_ranks.c. */
bool lever_ranks(struct levers_row *const *row, const size_t *point, size_t count, bool fewer,
                 size_t target, struct ledger *ledger, struct faults *faults);

/* The rows of shapley.csv. */
struct shapley_rows {
    struct shapley_row *row;
    size_t count, capacity;
};
bool shapley_rows_make(struct shapley_rows *rows, const struct levers *levers,
                       const struct lever_rows *effects, struct ledger *ledger,
                       struct faults *faults);
void shapley_rows_clear(struct shapley_rows *rows);

#endif
