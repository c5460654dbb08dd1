# What the shell tests share; sourced by them.
#
# $NEOBAY is the program, $here a folder of the test's own that goes at the end, and the present
# directory of the test. $root is the tree.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
NEOBAY=${NEOBAY:-$root/build/neobay}
here=$(mktemp -d)
chmod 755 "$here"
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
unset NO_COLOR
export LC_ALL=C.UTF-8 TERM=dumb

# ok WHAT COMMAND...: tries it, and says how that went; what it printed is shown if it failed.
ok() {
	local what=$1 said
	shift
	if said=$("$@" 2>&1); then
		echo "ok $what"
	else
		echo "not ok $what"
		sed 's/^/    /' <<<"$said"
		return 1
	fi
}

skip() {
	echo "skip $1"
}

# exits CODE COMMAND...: true if it ends with this exit code; says what it printed.
exits() {
	local wanted=$1 code
	shift
	"$@"
	code=$?
	[[ $code == "$wanted" ]] || {
		echo "exit $code, not $wanted: $*"
		return 1
	}
}

# says TEXT COMMAND...: true if it prints the text, whatever its exit code.
says() {
	local wanted=$1 said
	shift
	said=$("$@" 2>&1)
	[[ $said == *"$wanted"* ]] || {
		printf 'no "%s" in:\n%s\n' "$wanted" "$said"
		return 1
	}
}

same() { # TEXT TEXT
	[[ $1 == "$2" ]] || {
		printf '"%s"\nis not\n"%s"\n' "$1" "$2"
		return 1
	}
}

absent() { # FILE...
	local file
	for file in "$@"; do
		[[ ! -e $file ]] || {
			echo "$file is there"
			return 1
		}
	done
}

absent_or_empty() { # FILE
	[[ ! -s $1 ]] || {
		cat "$1"
		return 1
	}
}
