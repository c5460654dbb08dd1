/* A minimal, complete, valid scenario: two of what is named, one of the rest. */
#ifndef NEOBAY_TESTS_FIXTURE_H
#define NEOBAY_TESTS_FIXTURE_H

extern const char fixture_yaml[];

#endif
