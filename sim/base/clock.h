/* The clock that time is measured by. */
#ifndef NEOBAY_BASE_CLOCK_H
#define NEOBAY_BASE_CLOCK_H

/* Seconds since some moment, never set back. */
double clock_now_s(void);

#endif
