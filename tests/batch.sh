# `neobay batch` as a user starts it: designs, bad input, ending and resuming, parts.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2
tables='points.csv targets.csv indicators.csv columns.csv'

cat >grid.yaml <<'YAML'
title: Room and speed
base: small.yaml
vary:
  zones.T.floor_area_m2: [3000, 60000]
  projects.maturation_speed: {from: 0.5, to: 2, steps: 3}
replicates: 250
YAML
batch() {
	"$NEOBAY" batch grid.yaml --quiet "$@"
}
same_tables() { # FOLDER FOLDER
	local file
	for file in $tables; do
		cmp "$1/$file" "$2/$file" || return 1
	done
}

ok 'a batch goes well' eval '"$NEOBAY" batch grid.yaml >report'
ok 'its report names the points' grep -q '^  floor_area_m2=60000 maturation_speed=1.25  *250 ' report
ok 'and what was corrected' grep -q 'corrected by Holm for 24 comparisons' report
ok 'its files' same "$(cd out/grid && echo *)" \
	'batch.yaml columns.csv indicators.csv points.csv run.json store.db targets.csv'
ok 'a row a point' same "$(wc -l <out/grid/points.csv)" 8
ok 'a row a point and target' same "$(wc -l <out/grid/targets.csv)" 29
printf 'base: small.yaml\nvary:\n  targets.firms_110.date: [2021-10]\n  projects.landing_zone: [O]\ndesign: one_at_a_time\nreplicates: 10\n' >words.yaml
ok 'dates and names as axes' "$NEOBAY" batch words.yaml --quiet --out words
ok 'the base has them in words' grep -q '^base,.*,2022-12,T$' words/points.csv
ok 'a column an axis' eval 'head -1 out/grid/points.csv | grep -q ",zones.T.floor_area_m2,projects.maturation_speed$"'
ok 'with its unit' grep -q '^points.csv,zones.T.floor_area_m2,m2,' out/grid/columns.csv
ok 'the base has its own place on the axes' same \
	"$(awk -F, '$1 == "base" { print $(NF - 1), $NF }' out/grid/points.csv)" '60000 1'
printf 'base: small.yaml\ndesign: one_at_a_time\nreplicates: 2\nvary:\n  zones.O.floor_area_m2: [1, 2]\n  sources.university.discovery_rate_per_myuan: [0.3]\n  zones.*.shelter: [1]\n' >home.yaml
ok 'of a series at the end, of a distribution its median, of a star none' eval '"$NEOBAY" batch home.yaml --quiet &&
	test "$(awk -F, "\$1 == \"base\" { print \$7, sprintf(\"%.3f\", \$8), \$9 }" out/home/points.csv)" = "350000 0.313 "'
ok 'the base is what a run of it is' eval '"$NEOBAY" run small.yaml --quiet --replicates 250 --out run &&
	test "$(awk -F, "\$1 == \"firms_110\" { print \$10 }" run/targets.csv)" = \
		"$(awk -F, "\$1 == \"base\" && \$2 == \"firms_110\" { print \$4 }" out/grid/targets.csv)"'
ok 'every column is described' eval 'for f in points targets indicators; do
	for c in $(head -1 out/grid/$f.csv | tr , " "); do grep -q "^$f.csv,$c," out/grid/columns.csv || exit 1; done; done'
ok 'without branching: the same tables' eval 'batch --unbranched --out apart && same_tables apart out/grid'
ok 'one thread: the same tables' eval 'batch --threads 1 --out one && same_tables one out/grid'
ok 'the folder is not taken twice' says 'out/grid holds a batch; --resume goes on with it' batch
ok 'exits 2' exits 2 batch
ok 'a run does not overwrite it' exits 2 "$NEOBAY" run small.yaml --quiet --out out/grid
ok 'nor a batch a run' exits 2 batch --out run
ok '--dry-run lists and counts' says '7 points of 250 replicates, 1,750 in all; about' \
	"$NEOBAY" batch grid.yaml --dry-run --out dry
ok 'and writes nothing' absent dry

# ------------------------------------------------------------------ bad input
faulty() { # YAML MESSAGE
	printf '%b' "$1" >bad.yaml
	says "$2" "$NEOBAY" batch bad.yaml --out bad && exits 2 "$NEOBAY" batch bad.yaml --out bad && absent bad
}
vary='base: small.yaml\nvary:\n'
ok 'an axis that leads to nothing' faulty "$vary  zones.T.flor_area_m2: [1, 2]\n" \
	'bad.yaml:3:3: zones.T.flor_area_m2 is not a field; did you mean zones.T.floor_area_m2?'
ok 'a value outside its range' faulty "$vary  exit.rate_per_year: [0.1, 3.2]\n" \
	'bad.yaml:3:29: exit.rate_per_year = 3.2 is outside [0, 2]; default 0.07'
ok 'the end of a range outside it' faulty "$vary  exit.rate_per_year: {from: 0.1, to: 3.2, steps: 3}\n" \
	'bad.yaml:3:39: exit.rate_per_year = 3.2 is outside [0, 2]; default 0.07'
ok 'a range without steps' faulty "$vary  exit.rate_per_year: {from: 0.1, to: 0.2}\n" \
	'bad.yaml:3:3: exit.rate_per_year: a range in design full needs steps'
ok 'an empty axis' faulty "$vary  exit.rate_per_year: []\n" \
	'bad.yaml:3:23: an empty design: exit.rate_per_year has no values'
ok 'no axis' faulty 'base: small.yaml\nvary: {}\n' \
	'bad.yaml:2:7: an empty design: vary expects a mapping from paths to values'
ok 'neither list nor axes' faulty 'base: small.yaml\n' \
	'bad.yaml:1:1: an empty batch: it gives neither scenarios nor vary'
ok 'a sample without points' faulty "${vary}  exit.rate_per_year: {from: 0.1, to: 0.2}\ndesign: sobol\n" \
	'bad.yaml:2:1: an empty design: sobol needs points, the number of them'
ok 'a value twice' faulty "$vary  exit.rate_per_year: [0.1, 0.1]\n" \
	'bad.yaml:3:29: a point twice: exit.rate_per_year has the value 0.1 already'
ok 'a value twice, spelled apart' faulty "$vary  zones.T.floor_area_m2: [1500, 1.5e3]\n" \
	'bad.yaml:3:33: a point twice: zones.T.floor_area_m2 has the value 1500 already'
ok 'two axes over one path' faulty "$vary  zones.T.shelter: [0.1]\n  zones.*.shelter: [0.2]\n" \
	'bad.yaml:4:3: zones.*.shelter is on the axis zones.T.shelter already'
ok 'a hexadecimal end of a range' faulty "$vary  exit.size: {from: 0x10, to: 20, steps: 2}\n" \
	'bad.yaml:3:21: exit.size: from expects a number'
ok 'a seed of 2^64' faulty "$vary  exit.size: [0.1]\nseed: 18446744073709551616\n" \
	'bad.yaml:4:7: seed = 18446744073709551616 is outside [0, 18446744073709551615]'
ok 'a part of -1' exits 2 "$NEOBAY" levers small.yaml --shard 1/-1 --out bad
ok 'a name twice' faulty 'scenarios:\n  a: small.yaml\n  a: small.yaml\n' \
	'bad.yaml:3:3: key a is repeated; it was first given in line 2'
ok 'a log range from 0' faulty "$vary  exit.rate_per_year: {log: {from: 0, to: 1, steps: 3}}\n" \
	'bad.yaml:3:36: exit.rate_per_year: from = 0 is not above 0'
ok 'an unknown key' faulty 'bse: small.yaml\nscenarios: {a: small.yaml}\n' \
	'bad.yaml:1:1: bse is nothing that a batch has; did you mean base?'
ok 'an unknown design' faulty "$vary  exit.rate_per_year: [0.1]\ndesign: sobl\n" \
	'bad.yaml:4:9: design = sobl is none'
ok 'a base that is not there' faulty 'base: gone.yaml\nvary:\n  exit.rate_per_year: [0.1]\n' 'gone.yaml'
ok 'is told at its place' faulty 'base: gone.yaml\nvary:\n  exit.rate_per_year: [0.1]\n' \
	'bad.yaml:1:7: base = gone.yaml does not check, as told above'
{
	printf '%b' "${vary}"
	for i in $(seq 1 41); do echo "  clock.axis$i: {from: 1, to: 2}"; done
	printf 'design: sobol\npoints: 8\n'
} >bad.yaml
ok 'more axes than sobol has' says 'bad.yaml:2:1: sobol over 41 axes; GSL has it for 40: take those that matter, put several on one axis' \
	"$NEOBAY" batch bad.yaml
printf '%b' "${vary}  exit.rate_per_year: [5]\n  zones.Q.shelter: [1]\n  exit.size: {from: 0, to: 9, steps: 2}\n" >bad.yaml
ok 'all faults at once' same "$("$NEOBAY" batch bad.yaml 2>&1 | wc -l)" 3

sobol='design: sobol\npoints: 8\n'
ok 'an uncertain axis that leads to nothing' faulty "$vary  sectors.ai.growth_per_yaer: uncertain\n$sobol" \
	'bad.yaml:3:3: sectors.ai.growth_per_yaer is nothing in the base that is not known; did you mean sectors.ai.growth_per_year?'
ok 'one that is known' faulty "$vary  exit: uncertain\n$sobol" \
	'bad.yaml:3:3: exit is known in the base, so it has no distribution to vary over'
ok 'one that two axes cover' faulty "$vary  sectors: uncertain\n  sectors.*.growth_per_year: uncertain\n$sobol" \
	'bad.yaml:4:3: sectors.*.growth_per_year: sectors.ai.growth_per_year is on the axis sectors already'
ok 'uncertain in a full design' faulty "$vary  sectors: uncertain\n" \
	'bad.yaml:3:3: sectors: uncertain is for the designs latin_hypercube and sobol'
ok 'all uncertain in one' faulty 'base: small.yaml\nvary: uncertain\n' \
	'bad.yaml:2:7: vary: uncertain is for the designs latin_hypercube and sobol'
ok 'nothing uncertain' faulty "base: small.yaml\nset: {sectors.ai.growth_per_year: 0.1, sources.university.discovery_rate_per_myuan: 0.3}\nvary: uncertain\n$sobol" \
	'bad.yaml:3:1: an empty design: nothing in the base is uncertain'
ok 'uncertain over a base that is not there' faulty "base: gone.yaml\nvary: uncertain\n$sobol" \
	'bad.yaml:1:7: base = gone.yaml does not check, as told above'
ok 'and other axes, at once' same "$(printf "$vary  exit: uncertain\n  exit.size: {from: 0, to: 9}\n$sobol" >bad.yaml
	"$NEOBAY" batch bad.yaml 2>&1 | wc -l)" 2
ok 'set that is no mapping' faulty "base: small.yaml\nset: 3\nscenarios: {a: }\n" \
	'bad.yaml:2:6: set expects a mapping from paths to values'
ok 'set outside the range' faulty "base: small.yaml\nset:\n  exit.rate_per_year: 3.2\nscenarios: {a: }\n" \
	'bad.yaml:3:23: exit.rate_per_year = 3.2 is outside [0, 2]; default 0.07'
ok 'set that leads nowhere, in a list of files' faulty "set: {exit.rte_per_year: 1}\nscenarios: {a: small.yaml}\n" \
	'bad.yaml:1:26: exit.rte_per_year is not a field; did you mean exit.rate_per_year?'

# ------------------------------------------------------------------ lists and files
cat >list.yaml <<'YAML'
base: small.yaml
reference: slow
replicates: 120
scenarios:
  slow: {projects.maturation_speed: 0.5}
  as_it_is:
  nested: {projects: {maturation_speed: 2}, zones.*.shelter: 0.9}
  a_file: small.yaml
YAML
ok 'a list' "$NEOBAY" batch list.yaml --quiet
ok 'held against the one that is named' eval \
	'awk -F, "NR > 1 && \$1 != \"slow\" && \$9 != \"slow\" { bad = 1 } END { exit bad }" out/list/targets.csv'
ok 'the same scenario, the same numbers' same \
	"$(sed -n 's/^as_it_is,//p' out/list/targets.csv)" "$(sed -n 's/^a_file,//p' out/list/targets.csv)"
printf 'extends: small.yaml\nprojects: {maturation_speed: 2}\n' >fast.yaml
printf 'exit: {rate_per_year: 0.2}\n' >risky.yaml
printf 'base: small.yaml\nvary:\n  extends: [fast.yaml, [fast.yaml, risky.yaml]]\nreplicates: 50\n' >files.yaml
ok 'files as an axis' "$NEOBAY" batch files.yaml --quiet
ok 'are what points are called' same "$(cut -d, -f1 out/files/points.csv | tr '\n' ' ')" \
	'point base extends=fast extends=fast+risky '
ok 'and do what they say' eval '"$NEOBAY" run fast.yaml --quiet --replicates 50 --out fast &&
	test "$(awk -F, "\$1 == \"firms_110\" { print \$10 }" fast/targets.csv)" = \
		"$(awk -F, "\$1 == \"extends=fast\" && \$2 == \"firms_110\" { print \$4 }" out/files/targets.csv)"'

# ------------------------------------------------------------------ designs
sample() { # DESIGN
	printf '%b' "${vary}  exit.rate_per_year: {from: 0.02, to: 0.2}\n  projects.maturation_speed: {log: {from: 0.5, to: 2}}\ndesign: $1\npoints: 16\nreplicates: 10\n" >$1.yaml
	"$NEOBAY" batch $1.yaml --quiet
}
for design in latin_hypercube sobol; do
	ok "$design" sample $design
	ok 'each sixteenth of an axis has one point' same \
		"$(awk -F, 'NR > 2 { print int(($7 - 0.02) / 0.18 * 16) }' out/$design/points.csv | sort -nu | wc -l)" 16
done
printf '%b' "${vary}  exit.rate_per_year: [0.02, 0.2]\n  projects.maturation_speed: [0.5, 1, 2]\ndesign: one_at_a_time\nreplicates: 10\n" >single.yaml
ok 'one at a time' "$NEOBAY" batch single.yaml --quiet
ok 'base and five' same "$(wc -l <out/single/points.csv)" 7

# What is set holds for every point, files of a list too, and before what a point changes.
cat >set.yaml <<'YAML'
base: small.yaml
set:
  exit.rate_per_year: 0.2
  projects: {maturation_speed: 2}
replicates: 50
scenarios: {plain: , slow: {projects.maturation_speed: 0.5}, file: small.yaml}
YAML
met() { # FOLDER POINT
	awk -F, -v point="$2" '$1 == point && $2 == "output_4000" { print $4 }' "$1/targets.csv"
}
ok 'set' "$NEOBAY" batch set.yaml --quiet
ok 'is what --set of a run is' eval '"$NEOBAY" run small.yaml --quiet --replicates 50 --out set \
	--set exit.rate_per_year=0.2 --set projects.maturation_speed=2 &&
	test "$(met out/set plain)" = "$(awk -F, "\$1 == \"output_4000\" { print \$10 }" set/targets.csv)"'
ok 'for files too' same "$(met out/set plain)" "$(met out/set file)"
ok 'and a point goes beyond it' eval '"$NEOBAY" run small.yaml --quiet --replicates 50 --out slow \
	--set exit.rate_per_year=0.2 --set projects.maturation_speed=0.5 &&
	test "$(met out/set slow)" = "$(awk -F, "\$1 == \"output_4000\" { print \$10 }" slow/targets.csv)"'

printf 'base: small.yaml\nvary: uncertain\ndesign: sobol\npoints: 64\nreplicates: 20\n' >unknown.yaml
ok 'all that is uncertain' eval '"$NEOBAY" batch unknown.yaml >said'
ok 'is an axis each' eval 'head -1 out/unknown/points.csv |
	grep -q ",sectors.ai.growth_per_year,sources.university.discovery_rate_per_myuan$"'
# {triangular: [0.2, 0.3, 0.45]}: two fifths lie below the mode
ok 'at quantiles of its distribution' same \
	"$(awk -F, 'NR > 2 && $8 < 0.3 { below++ } NR > 2 && ($8 < 0.2 || $8 > 0.45) { below = 99 } END { print below }' out/unknown/points.csv)" 26
ok 'is ranked' eval 'grep -q "^What decides the odds" said &&
	test "$(head -1 out/unknown/sensitivity.csv)" = target,axis,rank,share,standard_error,p_value,p_holm,odds_lowest,odds_highest,points,bins &&
	test "$(wc -l <out/unknown/sensitivity.csv)" = 9'
sed 's/vary: uncertain/vary: {sectors: uncertain, sources.*.discovery_rate_per_myuan: uncertain}/' unknown.yaml >grouped.yaml
ok 'by the beginning of a path and a star as well' "$NEOBAY" batch grouped.yaml --quiet
ok 'the same axes, the same odds' same "$(cut -d, -f2-4 out/unknown/targets.csv | head -5)" \
	"$(cut -d, -f2-4 out/grouped/targets.csv | head -5)"
ok 'no ranking without a sample' absent out/grid/sensitivity.csv

# ------------------------------------------------------------------ shards
for part in 1 2 3; do
	ok "part $part of 3" batch --shard $part/3 --out part$part
done
ok 'merged' "$NEOBAY" merge whole part1 part2 part3 --quiet
ok 'they are the bytes of the whole' same_tables whole out/grid
ok 'without a part nothing is merged' exits 2 "$NEOBAY" merge half part1 part3
ok 'which says what is missing' says 'points lack replicates, floor_area_m2=' "$NEOBAY" merge half part1 part3
ok 'and leaves nothing' absent half
ok 'unless it is asked for' "$NEOBAY" merge half part1 part3 --partial --quiet
for part in 1 2; do
	ok "part $part of 2 of a sample" "$NEOBAY" batch unknown.yaml --quiet --shard $part/2 --out half$part
done
ok 'merged they rank the axes alike' eval '"$NEOBAY" merge sample half1 half2 --quiet &&
	same_tables sample out/unknown && cmp sample/sensitivity.csv out/unknown/sensitivity.csv'
ok 'parts of another batch do not go together' eval \
	'batch --seed 2 --shard 2/3 --out other; says "other holds a part of another batch than part1" "$NEOBAY" merge mixed part1 other'
ok 'a folder without a part' exits 2 "$NEOBAY" merge mixed part1 run
ok 'a shard that is none' says '--shard = 4/3 is not of the form i/n' batch --shard 4/3 --out none

# ------------------------------------------------------------------ ending and resuming
ok 'resuming a finished batch runs nothing' says '0 replicates took' \
	"$NEOBAY" batch grid.yaml --resume
size=$(stat -c %s out/grid/store.db)
cp -r out/grid torn
truncate -s $((size - 7000)) torn/store.db
ok 'a torn store is told' says 'damaged records were left out, and run again' \
	"$NEOBAY" batch grid.yaml --resume --out torn
ok 'and run again' same_tables torn out/grid
cp -r out/grid damaged
printf 'x' | dd of=damaged/store.db bs=1 seek=$((size - 900)) conv=notrunc 2>/dev/null
ok 'a damaged record is told' says 'damaged record was left out, and run again' \
	"$NEOBAY" batch grid.yaml --resume --out damaged
ok 'and run again' same_tables damaged out/grid
cp -r out/grid grown
sed 's/\[3000, 60000\]/[3000, 60000, 90000]/' grid.yaml >more.yaml
ok 'a batch that has grown' eval '"$NEOBAY" batch more.yaml --resume --out grown >said'
ok 'runs what is new' grep -q '^750 replicates took' said
ok 'as if it were all new' eval '"$NEOBAY" batch more.yaml --quiet --out more && same_tables grown more'
cp -r out/grid changed
cp small.yaml kept.yaml
sed -i 's/count: 80/count: 90/' small.yaml
ok 'a scenario that has changed is noticed' says '21 blocks are of scenarios that changed' \
	"$NEOBAY" batch grid.yaml --resume --out changed
ok 'and run anew' eval 'batch --out anew && same_tables changed anew'
cp kept.yaml small.yaml

env --default-signal=INT "$NEOBAY" batch grid.yaml --replicates 100000 --out stopped >/dev/null 2>err &
sleep 1
kill -INT $!
wait $!
ok 'Ctrl-C exits 130' same $? 130
ok 'says what is kept and how to go on' grep -Eq \
	'^Interrupt after [0-9,]+ of 700,000 replicates; they are kept in stopped, .* --resume goes on$' err
ok 'and its tables can be read' eval 'test "$(wc -l <stopped/targets.csv)" = 29'

# Killed at random moments, and resumed until it is done: the bytes of a batch that was left alone.
moments=${MOMENTS:-50}
sed 's/replicates: 250/replicates: 1500/' grid.yaml >long.yaml
ok 'a batch left alone' "$NEOBAY" batch long.yaml --quiet
killed=0 rounds=0
RANDOM=20230613
while ((killed < moments && rounds < 400)); do
	[[ -f killed/run.json ]] && rm -rf killed
	"$NEOBAY" batch long.yaml --resume --quiet --out killed 2>>killed.err &
	sleep 0.0$((RANDOM % 9 + 1))$((RANDOM % 10))
	kill -9 $! 2>/dev/null && killed=$((killed + 1))
	wait $! 2>/dev/null
	rounds=$((rounds + 1))
	if [[ -f killed/run.json ]]; then
		same_tables killed out/long >>killed.err || echo differs >>killed.err
	fi
done 2>/dev/null
ok "killed at $moments moments" same $killed $moments
"$NEOBAY" batch long.yaml --resume --quiet --out killed 2>>killed.err
ok 'a batch that was killed and resumed has the bytes of one that was not' same_tables killed out/long
ok 'at every time that it was done' eval '! grep -q differ killed.err'

# ------------------------------------------------------------------ whose files
mkdir own taken
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" own
printf 'base: small.yaml\nreplicates: 20\nscenarios: {a: , b: {exit.rate_per_year: 0.1}}\n' >own/batch.yaml
cp own/batch.yaml own/other.yaml
ok 'a batch does not write over a batch file of the user' eval '(cd own && says "holds a file batch.yaml that neobay did not leave there" "$NEOBAY" batch other.yaml --quiet --out .)'
ok 'which is as it was' cmp own/batch.yaml own/other.yaml
for name in points.csv levers.csv sensitivity.csv; do
	echo mine >taken/$name
	ok "nor over a $name" says "taken holds a file $name that neobay did not leave there" "$NEOBAY" batch own/other.yaml --quiet --out taken
	rm taken/$name
done
printf 'base: small.yaml\nreplicates: 20\ndesign: sobol\npoints: 32\nvary: {exit.rate_per_year: {from: 0.02, to: 0.2}}\n' >own/ranked.yaml
"$NEOBAY" batch own/ranked.yaml --quiet --out taken
ok 'a batch with a ranking' test -f taken/sensitivity.csv
ok 'one without, in its place' exits 0 "$NEOBAY" batch own/other.yaml --quiet --force --out taken
ok 'leaves no ranking of another' eval '[[ ! -f taken/sensitivity.csv ]]'
ok 'a run in its place' exits 0 "$NEOBAY" run own/small.yaml --quiet --force --no-limits --replicates 20 --out taken
ok 'leaves nothing of it' eval '! ls taken | grep -q "points\|indicators\|batch.yaml"'

# ------------------------------------------------------------------ ended while checking
printf 'base: small.yaml\nreplicates: 10\nvary:\n  exit.rate_per_year: {from: 0.02, to: 0.2, steps: 300}\n  talent.stock_heads: {from: 5000, to: 9000, steps: 300}\n' >own/many.yaml
terminated() { # WHAT SECONDS COMMAND...: TERM after so long is heard at once
	local what=$1 after=$2 pid began
	shift 2
	"$@" >said 2>&1 &
	pid=$!
	sleep "$after"
	began=$(date +%s%N)
	kill -TERM $pid
	wait $pid
	ok "$what: TERM is heard" same $? 143
	ok 'within a second' eval "(($(date +%s%N) - began < 1000000000))"
}
for how in "--out many" --dry-run; do
	# shellcheck disable=SC2086
	terminated "90,001 points are checked ($how)" 0.5 "$NEOBAY" batch own/many.yaml --quiet $how
	ok 'it says so' grep -q 'Terminated while the points were checked; nothing was simulated' said
done
ok 'nothing is left' eval '[[ ! -e many ]]'
{
	echo 'extends: small.yaml'
	echo 'levers:'
	for i in $(seq 1000); do echo "  lever$i: {action: 1, intensity: 1, multiplies: {zones.*.shelter: -0.001}}"; done
} >own/levers.yaml
terminated '1,000 levers' 0.7 "$NEOBAY" levers own/levers.yaml --quiet --replicates 1 --out many
