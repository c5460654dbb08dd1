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
if command -v clang-format >/dev/null; then
	printf 'int   answer;\n' >sim/base/odd.c
	ok 'a file out of form' faulty 'sim/base/odd.c:1:4: error: code should be clang-formatted'
else
	skip 'format: no clang-format here'
fi
