/* Leaving: failure, and relocation out of the district.
 *
 *   failure     rate * shelter * (floor + (a/h) exp(1 - a/h)) * exp(-size (x - ln 10) - quality z)
 *   relocation  relocate_rate * exp(crowding * max(0, occupancy - 1))
 *
 * Hazards a year; x = ln of output, a = age, h = hump_years. Listed firms do not fail. The hump
 * after birth is that of Brüderl and Schüssler 1990; the fall with size and age of Evans 1987.
 */
#ifndef NEOBAY_MODEL_EXIT_H
#define NEOBAY_MODEL_EXIT_H

#include <stdbool.h>
#include <stddef.h>

struct district;

/* Fills the numbers of exit and relocation. */
void exit_tables(struct district *district);

enum exit_cause { EXIT_NONE, EXIT_FAILED, EXIT_RELOCATED };

/* Whether this one of the candidates leaves in this step, and why. If it stays, *rest is a uniform,
 * independent of that. Its hazards are from the kernel (kernel_exit.c). */
enum exit_cause exit_cause(const struct district *district, size_t candidate, double *rest);

/* The same; counts it if it leaves. */
bool exit_event(struct district *district, size_t candidate, double *rest);

#endif
