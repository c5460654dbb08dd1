# The locale of a program that uses the library does not matter, and is left as it is.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v localedef >/dev/null || ! localedef -i de_DE -f UTF-8 "$here/de_DE.UTF-8" 2>/dev/null; then
	skip 'a comma locale cannot be made here'
	exit
fi
library=${NEOBAY%/*}/libneobay.a
[[ -e $library ]] || library=$root/build/release/libneobay.a
[[ -e $library && -z ${NO_LOG_IN:-} ]] || {
	skip 'no library here, or one with sanitizers'
	exit
}
cat >front.c <<'C'
#include "neobay.h"
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

static char seen[32] = "not called";

static bool progress(void *context, size_t done, size_t total)
{
    (void)context, (void)done, (void)total;
    snprintf(seen, sizeof seen, "%.1f", 0.5);
    return true;
}

int main(int argc, char **argv)
{
    if (setlocale(LC_ALL, argv[1]) == NULL)
        return 4;
    const char *const override[] = {"exit.rate_per_year=0.0625"};
    struct neobay_faults *faults = neobay_faults_create();
    struct neobay_scenario *scenario = neobay_load(argv[argc - 2], override, 1, faults);
    struct neobay_options options = {
        .seed = 1, .replicates = 150, .threads = 2, .progress = progress};
    struct neobay_run *run = scenario == NULL ? NULL : neobay_run(scenario, &options, faults);
    bool saved = run != NULL && neobay_run_save(run, argv[argc - 1], false, faults);
    for (size_t i = 0; i < neobay_faults_count(faults); i++)
        fprintf(stderr, "%s\n", neobay_faults_message(faults, i));
    char *shown = neobay_show(scenario);
    fputs(shown == NULL ? "nothing" : shown, stderr);
    printf("%s %.1f\n", seen, 0.5);
    free(shown);
    neobay_run_free(run);
    neobay_scenario_free(scenario);
    neobay_faults_free(faults);
    return saved ? 0 : 1;
}
C
gcc -std=gnu11 -I"$root/sim" front.c "$library" $(pkg-config --libs gsl yaml-0.1 sqlite3) -fopenmp -lm \
	-o front || {
	echo 'not ok the program builds'
	exit
}
export LOCPATH=$here
unset LC_ALL
front() { # LOCALE OUT
	./front "$1" "$root/tests/small.yaml" "$2" >"$2.said" 2>"$2.shown"
}
ok 'the C locale' exits 0 front C plain
ok 'a comma locale' exits 0 front de_DE.UTF-8 comma
ok 'is the caller'"'"'s in callbacks and afterwards' same "$(<comma.said)" '0,5 0,5'
ok 'the scenario is shown alike' cmp plain.shown comma.shown
for file in plain/*.csv plain/scenario.yaml; do
	ok "$(basename "$file") has the same bytes" cmp "$file" "comma/$(basename "$file")"
done
