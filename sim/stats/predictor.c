#include "stats/predictor.h"

#include "base/memory.h"
#include "math/cholesky.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Penalties, as shares of the number of rows. */
static const double penalties[] = {0.01, 0.03, 0.1, 0.3, 1.0};
enum { PENALTIES = sizeof penalties / sizeof *penalties };

/* The workspace of a fit, cut from the predictor's scratch. */
struct work {
    double *z;                     /* [row * features] standardised */
    double *gram, *factor;         /* [features * features], lower triangles */
    double *weight, *slope, *line; /* [feature] */
    double *lever;                 /* [row] how much a row draws its own fit */
    double *left_out;              /* [row] guesses of the row by a fit without it */
    double *best;                  /* [row] those of the best fit so far */
    double error;                  /* its sum of squares */
};

static size_t scratch_size(size_t features)
{
    return PREDICTOR_ROWS * (features + 3) + 2 * features * features + 3 * features;
}

static struct work work_of(const struct predictor *predictor)
{
    size_t d = predictor->features;
    struct work work = {.z = predictor->scratch};
    work.gram = work.z + PREDICTOR_ROWS * d;
    work.factor = work.gram + d * d;
    work.weight = work.factor + d * d;
    work.slope = work.weight + d;
    work.line = work.slope + d;
    work.lever = work.line + d;
    work.left_out = work.lever + PREDICTOR_ROWS;
    work.best = work.left_out + PREDICTOR_ROWS;
    return work;
}

bool predictor_init(struct predictor *predictor, size_t features, size_t responses,
                    struct faults *faults)
{
    *predictor = (struct predictor){
        .features = features,
        .responses = responses,
        .feature = memory_aligned(PREDICTOR_ROWS * features + 1, sizeof(double)),
        .response = memory_aligned(PREDICTOR_ROWS * responses, sizeof(double)),
        .centre = memory_aligned(features + 1, sizeof(double)),
        .scale = memory_aligned(features + 1, sizeof(double)),
        .slope = memory_aligned(responses * features + 1, sizeof(double)),
        .curve = calloc(responses, sizeof *predictor->curve),
        .scratch = memory_aligned(scratch_size(features), sizeof(double)),
    };
    return (predictor->feature && predictor->response && predictor->centre && predictor->scale &&
            predictor->slope && predictor->curve && predictor->scratch) ||
           fault_memory(faults, "setting up a predictor");
}

void predictor_clear(struct predictor *predictor)
{
    free(predictor->feature);
    free(predictor->response);
    free(predictor->centre);
    free(predictor->scale);
    free(predictor->slope);
    free(predictor->curve);
    free(predictor->scratch);
    *predictor = (struct predictor){0};
}

void predictor_add(struct predictor *predictor, const double *feature, const double *response)
{
    size_t d = predictor->features, k = predictor->responses;
    if (predictor->rows == PREDICTOR_ROWS)
        return;
    memcpy(predictor->feature + predictor->rows * d, feature, d * sizeof *feature);
    memcpy(predictor->response + predictor->rows * k, response, k * sizeof *response);
    predictor->rows++;
}

/* ------------------------------------------------------------------ fitting */

/* Mean and sd of a column of a table. */
static void column_moments(const double *table, size_t rows, size_t width, size_t column,
                           double *mean, double *sd)
{
    double sum = 0.0, squares = 0.0;
    for (size_t r = 0; r < rows; r++)
        sum += table[r * width + column];
    *mean = sum / (double)rows;
    for (size_t r = 0; r < rows; r++) {
        double off = table[r * width + column] - *mean;
        squares += off * off;
    }
    *sd = sqrt(squares / (double)rows);
}

static void standardise(const struct predictor *predictor, const double *feature, double *z)
{
    for (size_t i = 0; i < predictor->features; i++)
        z[i] = (feature[i] - predictor->centre[i]) / predictor->scale[i];
}

static void scale_features(struct predictor *predictor, struct work *work)
{
    size_t d = predictor->features, n = predictor->rows;
    for (size_t i = 0; i < d; i++) {
        column_moments(predictor->feature, n, d, i, &predictor->centre[i], &predictor->scale[i]);
        if (!(predictor->scale[i] > 0.0))
            predictor->scale[i] = 1.0;
    }
    memset(work->gram, 0, d * d * sizeof *work->gram);
    for (size_t r = 0; r < n; r++) {
        double *z = work->z + r * d;
        standardise(predictor, predictor->feature + r * d, z);
        for (size_t i = 0; i < d; i++)
            for (size_t j = 0; j <= i; j++)
                work->gram[i * d + j] += z[i] * z[j];
    }
}

/* The factor of the weighted features' Gram matrix, and what each row draws its own fit by,
 * 1/n + z' (Z'Z + penalty)^-1 z. */
static void prepare(const struct predictor *predictor, struct work *work, double penalty)
{
    size_t d = predictor->features, n = predictor->rows;
    for (size_t i = 0; i < d; i++)
        for (size_t j = 0; j <= i; j++)
            work->factor[i * d + j] = work->gram[i * d + j] * work->weight[i] * work->weight[j];
    cholesky_factorise(work->factor, penalty, d);
    for (size_t r = 0; r < n; r++) {
        for (size_t i = 0; i < d; i++)
            work->line[i] = work->z[r * d + i] * work->weight[i];
        cholesky_lower(work->factor, d, work->line);
        work->lever[r] = 1.0 / (double)n + cholesky_dot(work->line, work->line, d);
    }
}

/* Slopes of a response on the features, by the factor that is prepared. */
static void regress(const struct predictor *predictor, struct work *work, size_t response)
{
    size_t d = predictor->features, k = predictor->responses;
    double mean = predictor->curve[response].centre;
    memset(work->slope, 0, d * sizeof *work->slope);
    for (size_t r = 0; r < predictor->rows; r++)
        for (size_t i = 0; i < d; i++)
            work->slope[i] += work->z[r * d + i] * (predictor->response[r * k + response] - mean);
    for (size_t i = 0; i < d; i++)
        work->slope[i] *= work->weight[i];
    cholesky_lower(work->factor, d, work->slope);
    cholesky_upper(work->factor, d, work->slope);
    for (size_t i = 0; i < d; i++)
        work->slope[i] *= work->weight[i];
}

/* Regresses a response with a penalty; keeps it if it is the best so far. */
static void try_penalty(struct predictor *predictor, struct work *work, size_t response,
                        double penalty)
{
    size_t d = predictor->features, k = predictor->responses;
    double mean = predictor->curve[response].centre, error = 0.0;
    prepare(predictor, work, penalty);
    regress(predictor, work, response);
    for (size_t r = 0; r < predictor->rows; r++) {
        double y = predictor->response[r * k + response];
        double miss = y - mean - cholesky_dot(work->slope, work->z + r * d, d);
        miss /= fmax(1.0 - work->lever[r], 1e-6);
        work->left_out[r] = y - miss;
        error += miss * miss;
    }
    if (!(error < work->error))
        return;
    work->error = error;
    memcpy(predictor->slope + response * d, work->slope, d * sizeof *work->slope);
    memcpy(work->best, work->left_out, predictor->rows * sizeof *work->best);
}

/* Weights in proportion to slopes, of mean square 1; as they are where all slopes are 0. */
static void weigh(const struct predictor *predictor, struct work *work, size_t response)
{
    size_t d = predictor->features;
    const double *slope = predictor->slope + response * d;
    double rms = sqrt(cholesky_dot(slope, slope, d) / (double)d);
    for (size_t i = 0; i < d && rms > 0.0; i++)
        work->weight[i] = fabs(slope[i]) / rms;
}

static double bend(const struct predictor_curve *curve, double t)
{
    const double *c = curve->c;
    double turn = c[2] == 0.0 ? INFINITY : -0.5 * c[1] / c[2];
    if (c[2] < 0.0)
        t = fmin(t, turn);
    else if (c[2] > 0.0)
        t = fmax(t, turn);
    return c[0] + t * (c[1] + t * c[2]);
}

/* The curve of a response on its leave-one-out guesses, and what it misses. */
static void fit_curve(struct predictor *predictor, const struct work *work, size_t response)
{
    size_t k = predictor->responses, n = predictor->rows;
    struct predictor_curve *curve = &predictor->curve[response];
    double gram[9] = {0}, squares = 0.0;
    memset(curve->c, 0, sizeof curve->c);
    for (size_t r = 0; r < n; r++) {
        double t = (work->best[r] - curve->centre) / curve->unit;
        double powers[3] = {1.0, t, t * t};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++)
                gram[3 * i + j] += powers[i] * powers[j];
            curve->c[i] += powers[i] * predictor->response[r * k + response];
        }
    }
    cholesky_factorise(gram, 1e-9 * (double)n, 3);
    cholesky_lower(gram, 3, curve->c);
    cholesky_upper(gram, 3, curve->c);
    for (size_t r = 0; r < n; r++) {
        double t = (work->best[r] - curve->centre) / curve->unit;
        double miss = predictor->response[r * k + response] - bend(curve, t);
        squares += miss * miss;
    }
    curve->sd = sqrt(squares / (double)n);
}

static void fit_response(struct predictor *predictor, struct work *work, size_t response)
{
    struct predictor_curve *curve = &predictor->curve[response];
    double n = (double)predictor->rows;
    column_moments(predictor->response, predictor->rows, predictor->responses, response,
                   &curve->centre, &curve->unit);
    if (!(curve->unit > 0.0))
        curve->unit = 1.0;
    work->error = INFINITY;
    for (size_t i = 0; i < predictor->features; i++)
        work->weight[i] = 1.0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t p = 0; p < PENALTIES; p++)
            try_penalty(predictor, work, response, penalties[p] * n);
        weigh(predictor, work, response);
    }
    fit_curve(predictor, work, response);
}

void predictor_fit(struct predictor *predictor)
{
    struct work work = work_of(predictor);
    ASSERT(predictor->rows >= 3);
    scale_features(predictor, &work);
    for (size_t i = 0; i < predictor->responses; i++)
        fit_response(predictor, &work, i);
}

double predictor_guess(const struct predictor *predictor, size_t response, const double *feature)
{
    const double *slope = predictor->slope + response * predictor->features;
    double t = 0.0;
    for (size_t i = 0; i < predictor->features; i++)
        t += slope[i] * ((feature[i] - predictor->centre[i]) / predictor->scale[i]);
    return bend(&predictor->curve[response], t / predictor->curve[response].unit);
}
