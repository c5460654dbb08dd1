# `neobay check`: what cannot be meant is a fault, what may not be is a warning with its place, and it
# ends with the state at the start.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .

check() { # FILE: what it says, warnings too
	"$NEOBAY" check "$1" 2>&1
}
# warns TEXT YAML: a warning, once, at exit 0; and not for the scenario as it is.
warns() {
	printf 'extends: small.yaml\n%s\n' "$2" >warned.yaml
	exits 0 "$NEOBAY" check warned.yaml >said 2>&1 || { cat said; return 1; }
	grep -q '^1 warning$' said && grep -qF "warning: warned.yaml:$1" said || { cat said; return 1; }
}
faults() { # TEXT YAML
	printf 'extends: small.yaml\n%s\n' "$2" >faulty.yaml
	exits 2 "$NEOBAY" check faulty.yaml >said 2>&1 && grep -qF "faulty.yaml:$1" said || { cat said; return 1; }
}

ok 'nothing to be warned of' eval '! check small.yaml | grep -q warning'
ok 'the start: firms' eval 'check small.yaml | grep -q "^  80 firms, [0-9]* of them certified$"'
ok 'staff and pool' eval 'check small.yaml | grep -q "^  a staff of 3,[0-9]* heads, a pool of 9,000$"'
ok 'zones' eval 'check small.yaml | grep -q "floor area in use: T [0-9.]* %, O [0-9.]* %$"'
ok 'money' eval 'check small.yaml | grep -q "of the money that rounds seek there is [0-9.]* % early, [0-9.]* % for growth$"'

ok '{} of a section' warns '2:9: shocks: {} adds nothing' 'shocks: {}'
ok '{} of an instance' warns '2:17: watch: {} adds nothing' 'levers: {watch: {}}'
ok 'a lever that is 0 throughout' warns \
	'2:28: levers.late.intensity is 0 throughout' 'levers: {late: {intensity: {2021-01: 0}, adds: {growth.quality: 1}}}'
ok 'one at scale 0 is meant to be off' eval \
	'printf "extends: small.yaml\nlevers: {late: {scale: 0, intensity: 0, adds: {growth.quality: 1}}}\n" >off.yaml; ! check off.yaml | grep -q warning'
ok 'one that a review raises may act' eval 'cat >raised.yaml <<-YAML
	extends: small.yaml
	levers: {late: {intensity: 0, adds: {growth.quality: 1}}}
	reviews: {yearly: {target: firms_110, start: 2021-01, adds: {levers.late.intensity: 0.5}}}
	YAML
	! check raised.yaml | grep -q warning'
ok 'a lever on what is used at the start only' warns '2:87: levers.late.adds.incumbents.settled.count acts on' \
	'levers: {late: {intensity: {2021-01: 0, 2022-01: 1}, adds: {incumbents.settled.count: 10}}}'
ok 'in force then it is right' eval \
	'printf "extends: small.yaml\nlevers: {early: {intensity: 1, adds: {incumbents.settled.count: 10}}}\n" >early.yaml; ! check early.yaml | grep -q warning'
ok 'a factor where an effect is asked for' warns \
	'2:64: levers.push.multiplies.exit.rate_per_year = 1.2 makes it 2.2 times as much; for 1.2 times as much say scales' \
	'levers: {push: {intensity: 1, multiplies: {exit.rate_per_year: 1.2}}}'
ok 'a zone that nobody uses' warns '2:28: zones.Q: nobody lands, settles, arrives or moves there' 'zones: {Q: {floor_area_m2: 1000}}'
ok 'a pool far below the staff' warns '2:23: talent.stock_heads = 65 heads, where the firms at the start have a staff of' \
	'talent: {stock_heads: 65}'

ok 'since on a state' faults '2:40: targets.s.since sums what happens month by month, but firms is a state' \
	'targets: {s: {indicator: firms, since: 2021-02, date: 2022-05, at_least: 0}}'
ok 'growth in the first year' faults '2:47: targets.g.date = 2021-11 lies in the clock'"'"'s first year' \
	'targets: {g: {indicator: output_growth, date: 2021-11, at_least: 0}}'
ok 'at its end it has a value' eval \
	'printf "extends: small.yaml\ntargets: {g: {indicator: output_growth, date: 2021-12, at_least: 0}}\n" >year.yaml; exits 0 "$NEOBAY" check year.yaml'
ok 'a whole number that is none' faults '2:23: !!int 3.7 is no whole number' 'talent: {stock_heads: !!int 3.7}'
ok 'a number that is none' faults '2:23: !!float many is no number' 'talent: {stock_heads: !!float many}'
printf 'date,indicator,value,source\n2021-06,firms,85,a\n2021-07,firms,86,a\n2021-06,firms,90,b\n' >twice.csv
printf 'extends: small.yaml\nabout: {observed: twice.csv}\n' >faulty.yaml
ok 'two values of one month' says 'twice.csv:4:1: firms of 2021-06 is given already, in line 2' "$NEOBAY" check faulty.yaml
ok 'a factor is an effect and one' eval 'for e in "multiplies: {exit.rate_per_year: 0.3}" "scales: {exit.rate_per_year: 1.3}"; do
	printf "extends: small.yaml\nlevers: {push: {intensity: {2021-01: 0, 2021-12: 1.2}, %s}}\n" "$e" >${e%%:*}.yaml
	"$NEOBAY" run ${e%%:*}.yaml --quiet --replicates 50 --no-limits --out ${e%%:*} || exit 1; done
	cmp multiplies/trajectories.csv scales/trajectories.csv && ! cmp -s scales/trajectories.csv <("$NEOBAY" run small.yaml --quiet --replicates 50 --out plain; cat plain/trajectories.csv)'
ok 'how many had no value is said' eval 'cat >without.yaml <<-YAML
	extends: small.yaml
	incumbents: {settled: {count: 0}}
	arrivals: {movers: {rate_per_year: 0.3}}
	sources: {university: {discovery_rate_per_myuan: 0.001, projects_at_start: 0}}
	targets: {rd: {indicator: rd_intensity, date: 2021-06, at_least: 0}, firms_110: ~, output_4000: ~, few_failures: ~}
	joint_targets: ~
	YAML
	"$NEOBAY" run without.yaml --replicates 200 --out without >report &&
	n=$(awk -F, "\$1 == \"rd\" { print \$NF }" without/targets.csv) && [[ $n -gt 50 ]] && grep -q "  rd: no value in $n of 200 replicates, which count as missed" report'

# ------------------------------------------------------------------ names and bytes
names() { # NAME: a scenario with levers, a zone and a target of this name
	sed "s/shelter:/$1:/; s/firms_110/$1/g" "$root/tests/small.yaml" | sed "/^levers:/,/^targets:/s/^    multiplies: .*/    multiplies: {zones.*.shelter: -0.1}/"
}
mistaken() { # NAME: it is warned of
	names "$1" >name.yaml
	check name.yaml | grep -q "warning: name.yaml:[0-9]*:[0-9]*: levers.$1: pandas or R take this name"
}
for name in NA nan NaN null NULL None; do
	[[ $name == null || $name == NULL ]] && continue # in YAML they need quotes
	ok "a name that readers take for nothing: $name" mistaken $name
done
for name in T F True inf; do
	ok "one that they take for a value where it stands alone: $name" mistaken $name
done
ok 'among others it is none' eval '! check small.yaml | grep -q "zones.T"'
ok 'names that differ in case only' warns '2:28: levers.Shelter and levers.shelter differ in case only' \
	'levers: {Shelter: {action: 2}}'

ok 'bytes of a word that are no text' eval 'exits 2 "$NEOBAY" run small.yaml --out $'"'"'caf\xe9'"'"' 2>&1 | grep -q "word 4 of the command line is not text in UTF-8"'
ok 'nothing is written' eval '! ls | grep -q caf'
ok 'text is' eval '"$NEOBAY" run small.yaml --replicates 20 --no-limits --quiet --out café && [[ -f café/run.json ]]'

# What show prints is what other readers of YAML read.
python=
for candidate in python3 /usr/bin/python3; do
	$candidate -c 'import yaml' 2>/dev/null && python=$candidate && break
done
cat >words.yaml <<'YAML'
extends: small.yaml
about: {title: "no", question: "1e-05: yes?"}
zones: {"NO": {floor_area_m2: 100000, chain_rank: 3}}
sectors: {"on": {growth_per_year: 1e-5, maturation_years: 2e-2, output_per_head_myuan: 1, area_per_head_m2: 10}}
incumbents: {"y": {count: 5, output_median_myuan: 3e1, sector_mix: {"on": 1}, zone_mix: {"NO": 1}}}
targets: {"true": {indicator: firms, date: 2022-12, at_least: 2e1}}
joint_targets: {"off": {all_of: ["true", firms_110]}}
levers: {"null": {intensity: 1, multiplies: {exit.rate_per_year: -1e-7}}}
YAML
"$NEOBAY" show words.yaml >shown.yaml
ok 'what show prints is read back by neobay' eval '"$NEOBAY" show shown.yaml --plain >again.yaml && "$NEOBAY" show words.yaml --plain | cmp - again.yaml'
if [[ -n $python ]]; then
	ok 'and by PyYAML: words as words, numbers as numbers' $python - <<'PY'
import yaml
shown = yaml.safe_load(open("shown.yaml"))
assert shown["about"] == {"title": "no", "question": "1e-05: yes?", "observed": shown["about"]["observed"]}, shown["about"]
assert set(shown["zones"]) == {"T", "O", "NO"} and shown["sectors"]["on"]["growth_per_year"] == 1e-5
assert shown["incumbents"]["y"]["zone_mix"] == {"T": 0, "O": 0, "NO": 1}
assert shown["joint_targets"]["off"]["all_of"] == ["firms_110", "true"] or shown["joint_targets"]["off"]["all_of"] == ["true", "firms_110"]
assert shown["levers"]["null"]["multiplies"]["exit.rate_per_year"] == -1e-7
def look(node, path=""):
    if isinstance(node, dict):
        for key, value in node.items():
            assert isinstance(key, str), (path, key)
            look(value, f"{path}.{key}")
    elif isinstance(node, list):
        for value in node:
            look(value, path)
    elif isinstance(node, str):
        try:
            float(node)
            assert path.startswith(".about"), (path, node)
        except ValueError:
            pass
look(shown)
PY
else
	echo 'not ok PyYAML is not here'
fi

printf 'base: small.yaml\nreplicates: 10\nscenarios: {NA: , "null": {exit.rate_per_year: 0.1}, plain: {exit.rate_per_year: 0.2}}\n' >points.yaml
"$NEOBAY" batch points.yaml --quiet --out points 2>said
ok 'names of points that readers mistake' same "$(grep -c 'warning: points.yaml: pandas or R take the name' said)" 2
ok 'and no others' eval '! grep -q plain said'
