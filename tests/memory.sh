# Memory that cannot be had, allocation by allocation: the nth fails, for many n. Each time the run
# either goes well all the same or says so in a line, exits 3 and leaves nothing behind.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v gcc >/dev/null; then
	skip 'no gcc here'
	exit
fi
cat >fail.c <<'C'
/* Laid before the C library's own: lets the allocation numbered FAIL_AT fail, and all after it if
 * FAIL_ON is set. Counts them into the file COUNT_TO at the end. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
static long count, fail_at = -1, fail_on;

static int fails(void)
{
    long number = __atomic_add_fetch(&count, 1, __ATOMIC_RELAXED);
    if (fail_at < 0 || (fail_on ? number < fail_at : number != fail_at))
        return 0;
    errno = ENOMEM;
    return 1;
}
void *malloc(size_t size) { return fails() ? NULL : __libc_malloc(size); }
void *calloc(size_t n, size_t size) { return fails() ? NULL : __libc_calloc(n, size); }
void *realloc(void *old, size_t size) { return fails() ? NULL : __libc_realloc(old, size); }
void *aligned_alloc(size_t align, size_t size) { return fails() ? NULL : __libc_memalign(align, size); }

/* The program's own allocations start here; those of the loader are not ours to try. */
__attribute__((constructor)) static void start(void)
{
    const char *at = getenv("FAIL_AT");
    fail_on = getenv("FAIL_ON") != NULL;
    count = 0;
    fail_at = at == NULL ? -1 : atol(at);
}
__attribute__((destructor)) static void end(void)
{
    const char *to = getenv("COUNT_TO");
    long all = count;
    fail_at = -1;
    FILE *file = to == NULL ? NULL : fopen(to, "w");
    if (file != NULL) {
        fprintf(file, "%ld\n", all);
        fclose(file);
    }
}
C
gcc -shared -fPIC -O1 -o fail.so fail.c || {
	echo 'not ok the failing allocator builds'
	exit
}

run() {
	LD_PRELOAD=$here/fail.so "$NEOBAY" "$@"
}
# Only the report comes after the files are in place, all of them at once.
whole_or_absent() { # FILE, the last to come
	[[ ! -e out ]] || { [[ -s $1 ]] && ! compgen -G "${1%/*}/.*.part" >/dev/null; }
}
survives() { # SCENARIO-COMMAND...: with one failure at $at, or with all from $at on
	rm -rf out
	said=$(FAIL_AT=$at run "$@" 2>&1 >/dev/null)
	code=$?
	# The OpenMP library asks for some bytes of its own, and ends the program itself without them.
	if [[ $code == 0 || $said == *'libgomp: Out of memory'* ]]; then
		return
	fi
	if [[ $code == 3 && $said == *'--resume goes on'* ]]; then
		"$NEOBAY" "$@" --resume --quiet && whole_or_absent "${whole:-out/small/run.json}" && return
	fi
	[[ $code == 3 && $said == *memory* ]] && whole_or_absent "${whole:-out/small/run.json}" || {
		echo "allocation $at (FAIL_ON=${FAIL_ON:-}): exit $code, $(ls -A out 2>/dev/null | head -n 3)"
		echo "$said"
		return 1
	}
}
survives_all() { # COMMAND...: at about 300 places, all of the first 100
	local all at bad=0
	COUNT_TO=$here/count run "$@" >/dev/null 2>&1
	all=$(<count)
	((all > 10)) || {
		echo "only $all allocations: not counted"
		return 1
	}
	for ((at = 1; at <= all; at += at < 100 ? 1 : 1 + all / 200)); do
		survives "$@" || bad=$((bad + 1))
		((bad < 5)) || break
	done
	[[ $bad == 0 ]]
}
small=$root/tests/small.yaml
ok 'check' survives_all check "$small"
ok 'show' survives_all show "$small"
ok 'params' survives_all params
ok 'run' survives_all run "$small" --replicates 4 --threads 1 --replicate-rows --firms 1
"$NEOBAY" run "$small" --quiet --replicates 4 --out kept
ok 'verify' survives_all verify kept --threads 1
ok 'replay' survives_all replay kept --replicate 1 --firm incumbents.settled:start:3 --out told
ok 'rerun' survives_all rerun kept --threads 1 --out out/small
ok 'odds' eval 'whole=out/small-odds/columns.csv survives_all odds "$small" --replicates 100 --threads 1'
ok 'facts' eval 'whole=out/small-facts/columns.csv survives_all facts "$small" --replicates 2 --threads 1'
ok 'run, with bands of probabilities' survives_all run "$small" --replicates 40 --threads 1
export FAIL_ON=1
ok 'run, where memory stays out' survives_all run "$small" --replicates 4 --threads 1 --firms 1
unset FAIL_ON

# A batch keeps what it has finished: whatever fails, --resume goes on to the bytes of an unbroken one.
printf 'base: %s\nvary: uncertain\ndesign: sobol\npoints: 24\nreplicates: 4\n' "$small" >batch.yaml
batch_survives() { # at $at
	rm -rf broken
	said=$(FAIL_AT=$at run batch batch.yaml --quiet --threads 1 --out broken 2>&1)
	code=$?
	[[ $code == 0 || ($code == 3 && $said == *memory*) || $said == *'libgomp: Out of memory'* ]] &&
		"$NEOBAY" batch batch.yaml --quiet --threads 1 --out broken --resume &&
		cmp -s broken/targets.csv out/batch/targets.csv && cmp -s broken/points.csv out/batch/points.csv
}
batch_survives_all() { # at 60 places
	local all at bad=0
	COUNT_TO=$here/count run batch batch.yaml --quiet --threads 1
	all=$(<count)
	for ((at = 1; at <= all; at += 1 + all / 60)); do
		batch_survives || {
			echo "allocation $at: exit $code, $said"
			bad=$((bad + 1))
		}
	done
	[[ $all -gt 100 && $bad == 0 ]]
}
ok 'batch' batch_survives_all
