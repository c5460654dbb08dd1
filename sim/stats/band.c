#include "stats/band.h"

#include "math/cdf.h"
#include "math/fine.h"

#include <math.h>

enum { BINS = 128, ALL = CROSS_FIT_FOLDS, NEWTON_STEPS = 100, HALVINGS = 45, NUMBERS = 4 };

static const double steepest = 50.0;    /* slope on scores: all but no chance is left */
static const double widest = 0.95;      /* correlation of residuals */
static const double least_width = 0.02; /* of z's part: keeps quantiles smooth */

/* Rows in bins of their standardised prediction, and what inner replicates say, by fold. */
struct binned {
    double low, width, steepest;
    double count[CROSS_FIT_FOLDS][BINS], met[CROSS_FIT_FOLDS][BINS];
    double product[CROSS_FIT_FOLDS], square[CROSS_FIT_FOLDS]; /* of residuals of pairs */
};

/* What is estimated of a set of folds: a bin's probit is (a + b f), already times sqrt(1 + k^2). */
struct fit {
    double a, b, k;
    double count[BINS], rows;
};

/* ------------------------------------------------------------------ bins */

/* The line of scores on predictions. */
struct line {
    double a, b;
};

static struct line line_of(const struct band_rows *rows)
{
    double n = (double)rows->count, f = 0.0, s = 0.0, ff = 0.0, fs = 0.0;
    for (size_t i = 0; i < rows->count; i++) {
        f += rows->predicted[i] / n;
        s += rows->score[i] / n;
    }
    for (size_t i = 0; i < rows->count; i++) {
        double off = rows->predicted[i] - f;
        ff += off * off;
        fs += off * (rows->score[i] - s);
    }
    double b = ff > 0.0 ? fs / ff : 0.0;
    return (struct line){s - b * f, b};
}

/* Of the predictions. */
struct scale {
    double low, high, mean, sd;
};

static struct scale scale_of(const struct band_rows *rows)
{
    struct scale scale = {INFINITY, -INFINITY, 0.0, 0.0};
    double n = (double)rows->count, squares = 0.0;
    for (size_t i = 0; i < rows->count; i++) {
        scale.low = fmin(scale.low, rows->predicted[i]);
        scale.high = fmax(scale.high, rows->predicted[i]);
        scale.mean += rows->predicted[i] / n;
    }
    for (size_t i = 0; i < rows->count; i++) {
        double off = rows->predicted[i] - scale.mean;
        squares += off * off / n;
    }
    scale.sd = squares > 0.0 ? sqrt(squares) : 1.0;
    return scale;
}

static void add_pair(struct binned *binned, size_t fold, double first, double second)
{
    binned->product[fold] += first * second;
    binned->square[fold] += 0.5 * (first * first + second * second);
}

static void bin(struct binned *binned, const struct band_rows *rows)
{
    struct line line = line_of(rows);
    struct scale scale = scale_of(rows);
    double low = (scale.low - scale.mean) / scale.sd, high = (scale.high - scale.mean) / scale.sd;
    *binned = (struct binned){.low = low,
                              .width = high > low ? (high - low) / BINS : 1.0,
                              .steepest = steepest * scale.sd};
    for (size_t i = 0; i < rows->count; i++) {
        size_t fold = cross_fit_fold(i, rows->count);
        double f = (rows->predicted[i] - scale.mean) / scale.sd;
        size_t at = (size_t)fmax(0.0, (f - low) / binned->width);
        at = at < BINS ? at : BINS - 1;
        binned->count[fold][at] += 1.0;
        binned->met[fold][at] += rows->met[i];
        double expected = line.a + line.b * rows->predicted[i];
        if (!isnan(rows->inner[i]))
            add_pair(binned, fold, rows->score[i] - expected, rows->inner[i] - expected);
    }
}

static double centre_of(const struct binned *binned, size_t at)
{
    return binned->low + ((double)at + 0.5) * binned->width;
}

/* ------------------------------------------------------------------ the fit */

static double density(double x)
{
    static const double root = 0.39894228040143267794; /* 1 / sqrt(2 pi) */
    return root * fine_exp(-0.5 * x * x);
}

/* Gradient and information of the probit regression at (a, b). */
struct scoring {
    double gradient[2], information[3];
};

static struct scoring score_at(const struct binned *binned, const double *count, const double *met,
                               struct line line)
{
    struct scoring s = {{0.0}, {0.0}};
    for (size_t i = 0; i < BINS; i++) {
        double f = centre_of(binned, i), eta = line.a + line.b * f;
        double p = fmin(fmax(cdf_normal_below(eta), 1e-12), 1.0 - 1e-12), slope = density(eta);
        double weight = slope / (p * (1.0 - p)), miss = (met[i] - count[i] * p) * weight;
        double w = count[i] * slope * weight;
        s.gradient[0] += miss;
        s.gradient[1] += miss * f;
        s.information[0] += w;
        s.information[1] += w * f;
        s.information[2] += w * f * f;
    }
    return s;
}

static double held(double value, double most)
{
    return fmin(fmax(value, -most), most);
}

/* Fisher's scoring, in steps that are held. */
static struct line probit(const struct binned *binned, const double *count, const double *met)
{
    struct line line = {0.0, 0.0};
    for (int step = 0; step < NEWTON_STEPS; step++) {
        struct scoring s = score_at(binned, count, met, line);
        double i0 = s.information[0] + 1e-9, i2 = s.information[2] + 1e-9;
        double det = i0 * i2 - s.information[1] * s.information[1];
        double da = held((i2 * s.gradient[0] - s.information[1] * s.gradient[1]) / det, 0.7);
        double db = held((i0 * s.gradient[1] - s.information[1] * s.gradient[0]) / det, 0.7);
        line.a += da;
        line.b = fmin(fmax(line.b + db, 0.0), binned->steepest);
        if (fabs(da) + fabs(db) < 1e-9)
            break;
    }
    return line;
}

/* Of all folds but one; of all where it is ALL. */
static void fit_without(struct fit *fit, const struct binned *binned, size_t but)
{
    double met[BINS] = {0.0}, product = 0.0, square = 0.0;
    *fit = (struct fit){.rows = 0.0};
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++) {
        if (fold == but)
            continue;
        for (size_t i = 0; i < BINS; i++) {
            fit->count[i] += binned->count[fold][i];
            met[i] += binned->met[fold][i];
            fit->rows += binned->count[fold][i];
        }
        product += binned->product[fold];
        square += binned->square[fold];
    }
    double r = square > 0.0 ? fmin(fmax(product / square, 0.0), widest) : 0.0;
    struct line line = probit(binned, fit->count, met);
    fit->k = fmax(sqrt(r / (1.0 - r)), least_width);
    double stretch = sqrt(1.0 + fit->k * fit->k);
    fit->a = stretch * line.a;
    fit->b = stretch * line.b;
}

/* ------------------------------------------------------------------ what it says */

/* Share of parameter draws whose probit is below c. */
static double share_below(const struct binned *binned, const struct fit *fit, double c)
{
    double sum = 0.0;
    for (size_t i = 0; i < BINS; i++)
        if (fit->count[i] > 0.0)
            sum += fit->count[i] *
                   cdf_normal_below((c - fit->a - fit->b * centre_of(binned, i)) / fit->k);
    return sum / fit->rows;
}

static double quantile(const struct binned *binned, const struct fit *fit, double share)
{
    double low = fit->a + fit->b * binned->low - 9.0 * fit->k;
    double high = fit->a + fit->b * (binned->low + BINS * binned->width) + 9.0 * fit->k;
    for (int i = 0; i < HALVINGS; i++) {
        double middle = 0.5 * (low + high);
        if (share_below(binned, fit, middle) < share)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* Quantiles as probits; shares as they are. */
static void numbers_of(double number[NUMBERS], const struct binned *binned, const struct fit *fit)
{
    number[0] = quantile(binned, fit, 0.05);
    number[1] = quantile(binned, fit, 0.95);
    number[2] = share_below(binned, fit, cdf_normal_quantile(0.01));
    number[3] = 1.0 - share_below(binned, fit, 0.0);
}

/* Half the width of the jackknife's 95 % interval. */
static double half_width(const double left[CROSS_FIT_FOLDS][NUMBERS], size_t number)
{
    double n = CROSS_FIT_FOLDS, mean = 0.0, squares = 0.0;
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++)
        mean += left[fold][number] / n;
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++) {
        double off = left[fold][number] - mean;
        squares += off * off;
    }
    return cdf_t_quantile(0.975, n - 1.0) * sqrt(squares * (n - 1.0) / n);
}

static struct band_number probability(double probit, double half)
{
    return (struct band_number){cdf_normal_below(probit), cdf_normal_below(probit - half),
                                cdf_normal_below(probit + half)};
}

static struct band_number share(double value, double half)
{
    return (struct band_number){value, fmax(0.0, value - half), fmin(1.0, value + half)};
}

static bool is_told(const struct band_rows *rows)
{
    size_t met = 0, inner = 0;
    for (size_t i = 0; i < rows->count; i++) {
        met += rows->met[i];
        inner += isnan(rows->inner[i]) ? 0u : 1u;
    }
    return met >= BAND_FEWEST && rows->count - met >= BAND_FEWEST && inner >= BAND_FEWEST;
}

struct band band_of(const struct band_rows *rows)
{
    const struct band_number none = {NAN, NAN, NAN};
    double whole[NUMBERS], left[CROSS_FIT_FOLDS][NUMBERS];
    struct binned binned;
    struct fit fit;
    if (!is_told(rows))
        return (struct band){false, none, none, none, none};
    bin(&binned, rows);
    fit_without(&fit, &binned, ALL);
    numbers_of(whole, &binned, &fit);
    for (size_t fold = 0; fold < CROSS_FIT_FOLDS; fold++) {
        fit_without(&fit, &binned, fold);
        numbers_of(left[fold], &binned, &fit);
    }
    return (struct band){true, probability(whole[0], half_width(left, 0)),
                         probability(whole[1], half_width(left, 1)),
                         share(whole[2], half_width(left, 2)),
                         share(whole[3], half_width(left, 3))};
}
