# What is null, blank, empty or not there at all: null removes, blank adds nothing, and a name that
# resolves to nothing is a fault.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
shown() { # SECTION, of the scenario
	"$NEOBAY" show case.yaml | awk -v s="$1:" '$1 == s { inside = 1; next } /^[a-z]/ { inside = 0 } inside'
}
variant() { # YAML over small.yaml
	printf 'extends: small.yaml\n%b' "$1" >case.yaml
}
variant ''
ok 'the base has levers' eval 'shown levers | grep -q intensity'
ok 'and joint targets' eval 'shown joint_targets | grep -q all_of'
for nothing in null '~' Null; do
	variant "levers: $nothing\n"
	ok "levers: $nothing leaves none" eval '! shown levers | grep -q .'
	variant "joint_targets: $nothing\n"
	ok "joint_targets: $nothing neither" eval '! shown joint_targets | grep -q .'
done
variant 'levers:\n'
ok 'a blank section adds nothing' eval 'shown levers | grep -q intensity'
variant 'levers: {}\n'
ok 'nor does {}' eval 'shown levers | grep -q intensity'
variant ''
ok '--set levers=null' eval '"$NEOBAY" show case.yaml --set levers=null >set && ! grep -q "^levers:" set'
variant 'clock: null\n'
ok 'what cannot be removed is a fault' says 'clock is missing; it must give start, end' "$NEOBAY" check case.yaml
variant 'zones: null\n'
ok 'neither can zones' says 'zones is missing; it must give at least one' "$NEOBAY" check case.yaml

# A field without a value has its default again; one that has none must be given.
variant 'exit: {floor: 0.0123}\n'
ok 'a field is set' eval 'shown exit | grep "floor:" | grep -q 0.0123'
printf 'extends: case.yaml\nexit: {floor: null}\n' >null.yaml
ok 'null unsets it' eval '"$NEOBAY" show null.yaml | grep "floor:.*default"'
variant 'projects: {landing_zone: null}\n'
ok 'not one that is needed' says 'projects.landing_zone is missing; expected' "$NEOBAY" check case.yaml

# In a batch as well.
printf 'base: small.yaml\nreplicates: 5\nscenarios:\n  as_it_is:\n  without:\n    levers.shelter: null\n' >batch.yaml
ok 'a batch that sets null' "$NEOBAY" batch batch.yaml --quiet --out batch
ok 'has another scenario there' eval 'test "$(sqlite3 batch/store.db "SELECT count(DISTINCT fingerprint) FROM point")" = 2'

# Names that resolve to nothing, also where there is nothing that they could be.
variant 'targets: null\njoint_targets: {both: {all_of: [here, there]}}\nreviews: null\n'
ok 'a joint target of none' says 'case.yaml:3:33: joint_targets.both.all_of = here is not' "$NEOBAY" check case.yaml
ok 'exits 2' exits 2 "$NEOBAY" run case.yaml --quiet
variant 'targets: null\njoint_targets: null\nreviews: {yearly: {target: firms_110, start: 2021-06}}\n'
ok 'a review of no target' says 'reviews.yearly.target = firms_110 is not' "$NEOBAY" check case.yaml
ok 'exits 2' exits 2 "$NEOBAY" run case.yaml --quiet
variant 'targets: null\njoint_targets: null\nreviews: null\n'
ok 'levers without a target says so' says 'has no targets' "$NEOBAY" levers case.yaml --quiet
ok 'exits 2' exits 2 "$NEOBAY" levers case.yaml --quiet
ok 'and writes nothing' absent out/case-levers
