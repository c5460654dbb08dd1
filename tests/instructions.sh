# Instructions an agent-step have not risen, and the check that says so can fail.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v valgrind make >/dev/null; then
	skip 'no valgrind here'
	exit
fi
export COUNTS=$here/counts
tool=$root/tests/tools/instructions
ok 'instructions an agent-step have not risen by more than 5 %' "$tool" --check
[[ -s $COUNTS ]] || exit
"$tool" --check | sed 's/^/    /'

# Twins: pages and change logs made up around the counts, which stay.
awk -F'\t' '$1 == "compiler" || $1 == "kernels" { was[$1] = $2 }
	END { print was["compiler"] ", kernels " was["kernels"] }' "$COUNTS" >with
all=$(awk -F'\t' '$1 == "steps" || $1 == "ensemble" { of[$1] = $2 }
	END { printf "%.2f", of["ensemble"] / of["steps"] }' "$COUNTS")
page_with() { # FIGURE COMPILER,KERNELS
	printf '%s\n' '<!-- instructions -->' "\`x\`, 1 replicates, 1 thread; $2" \
		"| **all** | **$1** | |" '<!-- /instructions -->' >page.md
}
part_of() { # FACTOR
	awk "BEGIN { printf \"%.2f\", $all * $1 }"
}
export PAGE=$here/page.md CHANGES=$here/changes.md
echo '### Numbers changed' >changes.md
page_with "$(part_of 0.94)" "$(<with)"
ok 'a rise of 6 % fails' exits 1 "$tool" --check
ok 'and says what to write' says "$all instructions an agent-step" "$tool" --check
ok 'it is not written to the page either' exits 1 "$tool"
ok 'which stays' grep -qF "**$(part_of 0.94)**" page.md
echo "- $all instructions an agent-step: a new mechanism." >>changes.md
ok 'a line under "Numbers changed" lets it pass' "$tool" --check
printf '%s\n' '### Numbers changed' "- 1$all instructions an agent-step" '## Else' \
	"- $all instructions an agent-step" >changes.md
ok 'another figure, or another heading, does not' exits 1 "$tool" --check
page_with "$(part_of 0.97)" "$(<with)"
ok 'a rise of 3 % passes' "$tool" --check
page_with "$(part_of 0.5)" 'gcc 1.0, kernels base'
ok 'with another compiler nothing is compared' says 'not compared' "$tool" --check
echo 'no table' >page.md
ok 'a page without a table fails' exits 1 "$tool" --check
