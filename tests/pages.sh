# Help, man page, completion, reference pages.
. "$(dirname "$0")/tools/lib.sh"

ok 'no words at all: help' says 'usage: neobay COMMAND' "$NEOBAY"
ok 'exits 0' exits 0 "$NEOBAY"
ok '--version' eval '"$NEOBAY" --version | grep -Eqx "neobay [0-9.]+ \(.+\)"'
for command in run check show params indicators; do
	ok "help $command" says "usage: neobay $command" "$NEOBAY" help $command
	ok "$command --help says the same" same "$("$NEOBAY" $command --help)" "$("$NEOBAY" help $command)"
done
ok 'help of a command that there is not' exits 2 "$NEOBAY" help runn
ok 'with the nearest' says 'nearest: run' "$NEOBAY" help runn

"$NEOBAY" help --man >neobay.1
if command -v groff >/dev/null; then
	ok 'the man page is sound troff' same "$(groff -man -ww -b -Tutf8 neobay.1 2>&1 >page)" ''
	sed -i 's/\x1b\[[0-9;]*m//g; s/.\x08//g' page
	ok 'it tells of options' grep -q -- '--replicate-rows' page
	ok 'and their defaults' grep -q 'default 10000' page
else
	skip 'the man page: no groff here'
fi

"$NEOBAY" help --completion >completion
complete_line() { # WORDS...: what bash would offer for the last
	bash -c 'source ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _neobay
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
touch plan.yaml notes.txt
mkdir folder
ok 'completion: loads in bash' bash -n completion
ok 'completion: commands' same "$(complete_line neobay r | tr '\n' ' ')" 'run rerun replay '
ok 'completion: options' same "$(complete_line neobay run --rep | sort | tr '\n' ' ')" '--replicate-rows --replicates '
ok 'completion: no options of other commands' same "$(complete_line neobay check --rep)" ''
ok 'completion: scenarios and folders' same "$(complete_line neobay run '' | tr '\n' ' ')" 'plan.yaml folder/ '
ok 'completion: folders after --out' same "$(complete_line neobay run --out '')" folder
ok 'completion: nothing after --seed' same "$(complete_line neobay run --seed '')" ''
ok 'completion: commands after help' same "$(complete_line neobay help sh)" show

ok 'params' says 'discovery_rate_per_myuan' "$NEOBAY" params
ok 'params --markdown' eval '"$NEOBAY" params --markdown | head -n 1 | grep -qx "# Parameters"'
ok 'params --json-schema is JSON' eval '"$NEOBAY" params --json-schema | python3 -m json.tool >/dev/null'
ok 'indicators' says 'bound_by_talent' "$NEOBAY" indicators
ok 'indicators takes no operand' exits 2 "$NEOBAY" indicators x
if [[ -f $root/docs/parameters.md ]]; then
	ok 'docs/parameters.md is what the table says (else: make docs)' \
		eval '"$NEOBAY" params --markdown | cmp - "$root/docs/parameters.md"'
fi
