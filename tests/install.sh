# `make install` puts things where they belong, what is installed works, and `make uninstall` takes
# all of it away.
. "$(dirname "$0")/tools/lib.sh"
tree() {
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make --no-print-directory -C "$root" CONFIG=release "$@"
}

ok 'install' tree install DESTDIR="$here/root" PREFIX=/usr
ok 'the program' exits 0 root/usr/bin/neobay --version
ok 'the man page' grep -q '^.TH NEOBAY 1' root/usr/share/man/man1/neobay.1
ok 'the completion' grep -q '_neobay neobay' root/usr/share/bash-completion/completions/neobay

tree install PREFIX="$here/usr" >/dev/null
cat >front.c <<'C'
#include <neobay.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    struct neobay_faults *faults = neobay_faults_create();
    struct neobay_scenario *scenario = neobay_load(argv[argc - 1], NULL, 0, faults);
    struct neobay_options options = {.seed = 1, .replicates = 10};
    struct neobay_run *run = scenario == NULL ? NULL : neobay_run(scenario, &options, faults);
    if (run != NULL)
        printf("%zu faults, %zu replicates\n", neobay_faults_count(faults),
               neobay_run_replicates(run));
    neobay_run_free(run);
    neobay_scenario_free(scenario);
    neobay_faults_free(faults);
    return 0;
}
C
export PKG_CONFIG_PATH=$here/usr/lib/pkgconfig
ok 'another program can be built with the header and the library' \
	eval 'gcc -std=gnu11 -Wall -Wextra -Werror front.c $(pkg-config --static --cflags --libs neobay) -o front'
ok 'and speaks to the engine' same "$(./front "$root/tests/small.yaml")" '0 faults, 10 replicates'
ok 'uninstall' tree uninstall PREFIX="$here/usr"
ok 'leaves nothing' same "$(find usr -type f)" ''
ok 'uninstall with DESTDIR' tree uninstall DESTDIR="$here/root" PREFIX=/usr
ok 'leaves nothing' same "$(find root -type f)" ''

tree all >/dev/null
ok 'a second make builds nothing' same "$(tree all)" ''
