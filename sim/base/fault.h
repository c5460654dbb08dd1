/* Faults are values: a function that can fail returns bool and reports here.
 *
 * Three kinds. Input: somebody wrote something wrong; all such faults are collected, each with its
 * place, and the program exits 2. World: memory, disk or a signal; exits 3 (130 and 143 for
 * signals). Bug: an assertion of our own, always on (see fault_bug).
 */
#ifndef NEOBAY_BASE_FAULT_H
#define NEOBAY_BASE_FAULT_H

#include <stdbool.h>
#include <stddef.h>

enum fault_kind { FAULT_NONE, FAULT_INPUT, FAULT_WORLD };

/* Where in the input a thing stands. `file` is borrowed; line and column count from 1, and line 0
 * means that the file has no lines (a command-line override, a default). */
struct place {
    const char *file;
    unsigned line, column;
};

struct fault {
    enum fault_kind kind;
    struct place at;    /* of the input; its file may be gone once all are told */
    char *message;      /* one line, the place in front */
    size_t rank, found; /* for faults_sort */
};

/* All that is wrong, as it is found. Zero-initialise; free with faults_clear. */
struct faults {
    size_t count, capacity;
    struct fault *fault;
    enum fault_kind kind; /* the gravest kind so far: world over input */
    bool truncated;       /* memory ran out while reporting */
};

/* Appends "file:line:column: message" (just "message" without a file). Always returns false, so
 * that a caller can write `return fault_input(...)`. */
bool fault_input(struct faults *faults, struct place at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Appends a message about the world: memory, disk, signals. Always returns false. */
bool fault_world(struct faults *faults, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Appends the one message that memory ran out while doing `what`, unless it is there. Always
 * returns false. */
bool fault_memory(struct faults *faults, const char *what);

/* Moves the messages of `more` behind those of `faults`, and clears it. */
void faults_take(struct faults *faults, struct faults *more);

/* Sorts by kind, then the rank of the file, line, column, and as they were found; of equals the
 * first stays. `rank` orders files, or is NULL where all are of one. */
void faults_sort(struct faults *faults, size_t (*rank)(const void *context, const char *file),
                 const void *context);

/* Moves those messages of `more` that `faults` has not, up to FAULTS_MERGED, and clears it. */
enum { FAULTS_MERGED = 100 };
void faults_merge(struct faults *faults, struct faults *more);

/* Whether both have messages, and the first is the same. */
bool faults_begin_alike(const struct faults *a, const struct faults *b);

void faults_clear(struct faults *faults);

/* An invariant of the program itself is broken: says where, then aborts. */
_Noreturn void fault_bug(const char *file, int line, const char *condition);
#define ASSERT(condition) ((condition) ? (void)0 : fault_bug(__FILE__, __LINE__, #condition))

#endif
