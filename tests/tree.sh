# `make check` sees what it is there to see.
. "$(dirname "$0")/tools/lib.sh"

tree() { # a tree with one sound file in each of two layers
	rm -rf sim tests
	mkdir -p sim/base sim/cli tests
	cp "$root/.clang-format" .
	printf '#include "base/a.h"\n\nint answer(void)\n{\n    return 42;\n}\n' >sim/base/a.c
	printf 'int answer(void);\n' >sim/base/a.h
	printf '#include "base/a.h"\n' >sim/cli/b.c
}
check() {
	"$root/tests/tools/check-tree" "$here"
}
faulty() { # WORDS
	says "$1" check && exits 1 check
}

tree
ok 'a sound tree' check
sed -i '1i #include "cli/b.h"' sim/base/a.c
ok 'a higher layer' faulty 'sim/base/a.c:1: includes a higher layer: "cli/b.h"'
tree
sed -i '1i #include "a.h"' sim/base/a.c
ok 'an include without its layer' faulty 'include names no layer: "a.h"'
tree
mkdir sim/extra
echo 'int extra;' >sim/extra/c.c
ok 'a folder that is no layer' faulty 'extra is no layer'
tree
{
	printf 'int answer(int x)\n{\n'
	yes '    x++;' | head -n 59
	printf '}\n'
} >sim/base/long.c
ok 'a function of 61 lines' faulty 'sim/base/long.c:62: function of 61 lines'
tree
yes '// line' | head -n 401 >sim/base/tall.c
ok 'a file of 401 lines' faulty 'sim/base/tall.c:401: file of more than 400 lines'
tree
for call in 'exp(1.0)' '2 * logf(3.0f)' 'gsl_cdf_ugaussian_Q(1.0)'; do
	printf 'double answer(void)\n{\n    return %s; /* exp(1) */\n}\n' "$call" >sim/base/machine.c
	ok "a call of $call" faulty 'sim/base/machine.c:3: bits change with the machine'
done
printf '/* exp(x)\n * and log(x) */\nconst char *words = "exp(x)";\ndouble my_exp(double);\n' >sim/base/machine.c
ok 'but not a word of one' check
tree
if command -v clang-format >/dev/null; then
	printf 'int   answer;\n' >sim/base/odd.c
	ok 'a file out of form' faulty 'sim/base/odd.c:1:4: error: code should be clang-formatted'
else
	skip 'format: no clang-format here'
fi
