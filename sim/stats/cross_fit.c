#include "stats/cross_fit.h"

#include "base/memory.h"
#include "math/cholesky.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Penalties, as shares of the number of rows. */
static const double penalties[] = {0.003, 0.03, 0.2, 1.0};
enum { PENALTIES = sizeof penalties / sizeof *penalties };

/* Sums over rows: of z z' (lower triangle), z y, z and y. */
struct sums {
    double *gram, *cross, *feature, *response; /* [d * d], [k * d], [d], [k] */
    double rows;
};

struct fitting {
    const struct cross_fit_rows *data;
    struct sums fold[CROSS_FIT_FOLDS], all;
    double *centre, *scale;        /* [d] */
    double *z, *factor, *line;     /* [d], [d * d], [d] */
    double *trial, *error, *least; /* [row * k], [k], [k] */
    double *store;
};

static size_t sums_size(size_t d, size_t k)
{
    return d * d + k * d + d + k;
}

static double *cut(double **store, size_t count)
{
    double *part = *store;
    *store += count;
    return part;
}

static void cut_sums(struct sums *sums, double **store, size_t d, size_t k)
{
    sums->gram = cut(store, d * d);
    sums->cross = cut(store, k * d);
    sums->feature = cut(store, d);
    sums->response = cut(store, k);
}

static bool fitting_init(struct fitting *fitting, const struct cross_fit_rows *data,
                         struct faults *faults)
{
    size_t d = data->features, k = data->responses;
    size_t size = (CROSS_FIT_FOLDS + 1) * sums_size(d, k) + d * d + 4 * d + 2 * k + data->rows * k;
    *fitting = (struct fitting){.data = data, .store = memory_aligned(size + 1, sizeof(double))};
    double *store = fitting->store;
    if (store == NULL)
        return fault_memory(faults, "fitting a regression");
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++)
        cut_sums(&fitting->fold[fold], &store, d, k);
    cut_sums(&fitting->all, &store, d, k);
    fitting->factor = cut(&store, d * d);
    fitting->centre = cut(&store, d);
    fitting->scale = cut(&store, d);
    fitting->z = cut(&store, d);
    fitting->line = cut(&store, d);
    fitting->error = cut(&store, k);
    fitting->least = cut(&store, k);
    fitting->trial = store;
    return true;
}

/* ------------------------------------------------------------------ sums */

static const float *features_of(const struct cross_fit_rows *data, size_t row)
{
    return data->feature + data->at[row] * data->features;
}

/* Centre and standard deviation of each feature; of one that does not vary 1. */
static void scale_features(struct fitting *fitting)
{
    const struct cross_fit_rows *data = fitting->data;
    size_t d = data->features;
    double n = (double)data->rows;
    for (size_t row = 0; row < data->rows; row++)
        for (size_t i = 0; i < d; i++)
            fitting->centre[i] += (double)features_of(data, row)[i] / n;
    for (size_t row = 0; row < data->rows; row++)
        for (size_t i = 0; i < d; i++) {
            double off = (double)features_of(data, row)[i] - fitting->centre[i];
            fitting->scale[i] += off * off / n;
        }
    for (size_t i = 0; i < d; i++)
        fitting->scale[i] = fitting->scale[i] > 0.0 ? sqrt(fitting->scale[i]) : 1.0;
}

static void add_row(struct fitting *fitting, size_t row)
{
    const struct cross_fit_rows *data = fitting->data;
    struct sums *sums = &fitting->fold[cross_fit_fold(row, data->rows)];
    size_t d = data->features, k = data->responses;
    double *z = fitting->z;
    for (size_t i = 0; i < d; i++)
        z[i] = ((double)features_of(data, row)[i] - fitting->centre[i]) / fitting->scale[i];
    for (size_t i = 0; i < d; i++) {
        double *gram = sums->gram + i * d;
        for (size_t j = 0; j <= i; j++)
            gram[j] += z[i] * z[j];
        sums->feature[i] += z[i];
    }
    for (size_t r = 0; r < k; r++) {
        double y = data->response[row * k + r];
        for (size_t i = 0; i < d; i++)
            sums->cross[r * d + i] += z[i] * y;
        sums->response[r] += y;
    }
    sums->rows += 1.0;
}

/* The sums of a fold lie in one piece. */
static void add_up(struct fitting *fitting)
{
    size_t size = sums_size(fitting->data->features, fitting->data->responses);
    for (size_t row = 0; row < fitting->data->rows; row++)
        add_row(fitting, row);
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++) {
        for (size_t i = 0; i < size; i++)
            fitting->all.gram[i] += fitting->fold[fold].gram[i];
        fitting->all.rows += fitting->fold[fold].rows;
    }
}

/* ------------------------------------------------------------------ predictions */

static double predict(const struct fitting *fitting, double intercept, const float *feature)
{
    size_t d = fitting->data->features;
    for (size_t i = 0; i < d; i++)
        fitting->z[i] = (double)feature[i];
    return intercept + cholesky_dot(fitting->line, fitting->z, d);
}

/* Predicts a response in a fold by the factor of the others' Gram matrix. */
static void predict_fold(struct fitting *fitting, size_t fold, size_t response)
{
    const struct cross_fit_rows *data = fitting->data;
    const struct sums *all = &fitting->all, *own = &fitting->fold[fold];
    size_t d = data->features, k = data->responses;
    double mean = (all->response[response] - own->response[response]) / (all->rows - own->rows);
    double intercept = mean;
    for (size_t i = 0; i < d; i++)
        fitting->line[i] = all->cross[response * d + i] - own->cross[response * d + i] -
                           mean * (all->feature[i] - own->feature[i]);
    cholesky_lower(fitting->factor, d, fitting->line);
    cholesky_upper(fitting->factor, d, fitting->line);
    for (size_t i = 0; i < d; i++) {
        fitting->line[i] /= fitting->scale[i];
        intercept -= fitting->line[i] * fitting->centre[i];
    }
    for (size_t row = 0; row < data->rows; row++) {
        if (cross_fit_fold(row, data->rows) != fold)
            continue;
        double guess = predict(fitting, intercept, features_of(data, row));
        double miss = data->response[row * k + response] - guess;
        fitting->trial[row * k + response] = guess;
        fitting->error[response] += miss * miss;
    }
}

static void try_penalty(struct fitting *fitting, double penalty)
{
    size_t d = fitting->data->features, k = fitting->data->responses;
    memset(fitting->error, 0, k * sizeof *fitting->error);
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++) {
        const struct sums *own = &fitting->fold[fold];
        for (size_t i = 0; i < d * d; i++)
            fitting->factor[i] = fitting->all.gram[i] - own->gram[i];
        cholesky_factorise(fitting->factor, penalty * (fitting->all.rows - own->rows), d);
        for (size_t r = 0; r < k; r++)
            predict_fold(fitting, fold, r);
    }
}

/* Keeps the trial of each response that misses least so far. */
static void keep_best(struct fitting *fitting, bool first, double *predicted)
{
    size_t k = fitting->data->responses;
    for (size_t r = 0; r < k; r++) {
        if (!first && !(fitting->error[r] < fitting->least[r]))
            continue;
        fitting->least[r] = fitting->error[r];
        for (size_t row = 0; row < fitting->data->rows; row++)
            predicted[row * k + r] = fitting->trial[row * k + r];
    }
}

bool cross_fit(const struct cross_fit_rows *data, double *predicted, struct faults *faults)
{
    struct fitting fitting;
    ASSERT(data->rows >= CROSS_FIT_FOLDS);
    if (!fitting_init(&fitting, data, faults))
        return false;
    scale_features(&fitting);
    add_up(&fitting);
    for (size_t p = 0; p < PENALTIES; p++) {
        try_penalty(&fitting, penalties[p]);
        keep_best(&fitting, p == 0, predicted);
    }
    free(fitting.store);
    return true;
}
