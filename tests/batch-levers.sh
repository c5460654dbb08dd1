# `neobay levers` and `neobay compare` as a user starts them.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2

cat >plan.yaml <<'YAML'
extends: small.yaml
levers:
  shelter: {action: 1, task: 1.1 Shelter}
  speed:
    action: 2
    intensity: {2021-01: 0, 2021-07: 1}
    cost_myuan_per_year: 8
    multiplies: {projects.maturation_speed: 0.6}
  room:
    action: 2
    intensity: 0.2
    cost_myuan_per_year: 5
    adds: {zones.T.floor_area_m2: 20000}
  watch: {action: 3, intensity: 1, cost_myuan_per_year: 1}
reviews:
  yearly:
    target: firms_110
    start: 2021-01
    adds: {levers.room.intensity: 0.5, levers.speed.intensity: 0.2}
YAML
levers() {
	"$NEOBAY" levers plan.yaml --quiet --replicates 300 "$@"
}
column() { # POINT TARGET FOLDER: how many met it
	awk -F, -v p="$1" -v t="$2" '$1 == p && $2 == t { print $4 }' "$3/targets.csv"
}
met_of_run() { # TARGET OVERRIDE...: the same of a run
	local target=$1 set=()
	shift
	for override in "$@"; do set+=(--set "$override"); done
	"$NEOBAY" run plan.yaml --quiet --force --replicates 300 --out run "${set[@]}"
	awk -F, -v t="$target" '$1 == t { print $10 }' run/targets.csv
}

ok 'levers' eval '"$NEOBAY" levers plan.yaml --replicates 300 >report'
ok 'says what the plan adds' grep -q 'What the plan adds to the odds' report
ok 'and shares it out' grep -q 'shared out among its actions (Shapley)' report
ok 'full, none, four levers and three actions each way, no further sets' same \
	"$(wc -l <out/plan-levers/points.csv)" 17
out=out/plan-levers
ok 'without branching' levers --unbranched --out unbranched
for file in points targets indicators levers shapley; do
	ok "$file.csv: the same bytes" cmp unbranched/$file.csv out/plan-levers/$file.csv
done
ok 'verify, which never branches, agrees' "$NEOBAY" verify out/plan-levers --quiet --full
off='levers.*.intensity=0'
ok 'the plan is a run of it' same "$(column plan firms_110 $out)" "$(met_of_run firms_110)"
ok 'no plan: no lever and no review' same "$(column 'no plan' firms_110 $out)" \
	"$(met_of_run firms_110 "$off" reviews.yearly=~)"
ok 'a lever alone' same "$(column 'shelter alone' few_failures $out)" \
	"$(met_of_run few_failures levers.{speed,room,watch}.intensity=0 reviews.yearly=~)"
ok 'without a lever that a review would bring back' same "$(column 'without room' firms_110 $out)" \
	"$(met_of_run firms_110 levers.room.intensity=0 reviews.yearly.adds.levers.room.intensity=0)"
ok 'without the lever that stands for the reviews' same "$(column 'without watch' firms_110 $out)" \
	"$(met_of_run firms_110 levers.watch.intensity=0 reviews.yearly=~)"
ok 'an action alone' same "$(column 'action 2 alone' both $out)" \
	"$(met_of_run both levers.{shelter,watch}.intensity=0 reviews.yearly=~)"
ok 'without an action' same "$(column 'without action 3' both $out)" \
	"$(met_of_run both levers.watch.intensity=0 reviews.yearly=~)"

# Shapley values sum to what the plan adds, and effects are differences of odds.
ok 'Shapley values sum to what the plan adds' eval 'awk -F, "
	FILENAME ~ /shapley/ && \$2 == \"exact\" { sum[\$3] += \$4 }
	FILENAME ~ /levers.csv/ && \$4 == \"full\" && \$6 == \"\" { full[\$5] = \$7 }
	END { for (t in full) { n++; if ((sum[t] - full[t])^2 > 1e-12) exit 1 } exit n != 4 }" $out/shapley.csv $out/levers.csv'
ok 'an effect is the difference of two odds' eval \
	'awk -F, -v a="$(column plan both $out)" -v b="$(column "without speed" both $out)" \
	"\$1 == \"speed\" && \$4 == \"without\" && \$5 == \"both\" { found = 1; if ((\$7 - (a - b) / 300)^2 > 1e-12) exit 1 } END { exit !found }" $out/levers.csv'
ok 'its cost is that of the last twelve months' eval \
	'awk -F, "\$1 == \"shelter\" && \$4 == \"alone\" && \$5 == \"both\" { found = 1; if ((\$17 - 4)^2 > 1e-6) exit 1 } END { exit !found }" $out/levers.csv'
# A draw that falls out of step between scenarios would show here.
pays() { # FILE COLUMN: the largest ratio, of mean high-tech firms, over all points
	awk -F, -v c="$2" '(/hightech_firms/) && $c != "" { n++; if ($c > most) most = $c } END { exit n < 4 || most >= 0.2 }' "$1"
}
ok 'luck that is shared pays' eval 'grep -E ",(alone|without)," $out/levers.csv >single && pays single 19'
ok 'for each task of the plan of Grand neoBay as well' eval \
	'"$NEOBAY" batch "$root/scenarios/batches/levers.yaml" --quiet --replicates 40 --out tasks && pays tasks/indicators.csv 17'
ok 'every column is described' eval 'for f in levers shapley; do
	for c in $(head -1 $out/$f.csv | tr , " "); do grep -q "^$f.csv,$c," $out/columns.csv || exit 1; done; done'

ok 'a mean that changed in few replicates has no interval, but says how many and how much' eval 'awk -F, "
	NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
	\$at[\"date\"] != \"\" { few = \$at[\"changed\"] < 20; n[few]++
		if (few != (\$at[\"low95\"] == \"\")) exit 1
		if ((\$at[\"changed\"] > 0) != (\$at[\"largest_change\"] > 0)) exit 1 }
	END { exit !(n[0] && n[1]) }" $out/levers.csv'
ok 'a Shapley value of no change has a width' eval 'awk -F, "\$2 == \"exact\" && \$7 - \$6 < 0.01 { exit 1 }" $out/shapley.csv'

kinds() { # FILE: those of its column interval
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next } { print $at["interval"] }' "$1" | sort -u
}
ok 'stopped by what was seen' levers --precision 0.04 --replicates 3000 --out looked
ok 'means say that their intervals hold so' eval 'kinds looked/indicators.csv | grep -qx repeated && ! kinds looked/indicators.csv | grep -qx fixed'
ok 'else they are fixed' same "$(kinds $out/indicators.csv)" fixed
ok 'orders of single levers' levers --permutations 3 --out orders
ok 'their values sum up too' eval 'awk -F, "
	FILENAME ~ /shapley/ && \$2 == \"sampled\" { sum[\$3] += \$4; if (\$5 == \"\") exit 1 }
	FILENAME ~ /levers.csv/ && \$4 == \"full\" && \$6 == \"\" { full[\$5] = \$7 }
	END { for (t in full) { n++; if ((sum[t] - full[t])^2 > 1e-9) exit 1 } exit n != 4 }" orders/shapley.csv orders/levers.csv'

for part in 1 2; do
	ok "part $part of 2" levers --shard $part/2 --out part$part
done
ok 'merged' "$NEOBAY" merge whole part1 part2 --quiet
for file in levers shapley targets indicators points columns; do
	ok "$file.csv: the bytes of the whole" cmp whole/$file.csv $out/$file.csv
done
ok 'an override' eval 'levers --set levers.shelter.action=3 --out moved && ! grep -q "^action 1" moved/levers.csv'
ok 'a scenario without levers' says 'the scenario has no levers' "$NEOBAY" levers small.yaml --set levers.shelter=~
ok 'a review that raises all levers at once' levers --set 'reviews.yearly.adds={levers.*.intensity: 0.2}' --out star
ok 'none of which it brings back' same "$(column 'no plan' firms_110 star)" "$(column 'no plan' firms_110 $out)"

# ------------------------------------------------------------------ compare
run() { # FOLDER OPTION...
	local folder=$1
	shift
	"$NEOBAY" run plan.yaml --quiet --out $folder "$@"
}
run a --replicates 300 --replicate-rows
run b --replicates 300 --replicate-rows --set levers.speed.intensity=0 --set reviews.yearly.adds.levers.speed.intensity=0
run c --replicates 300 --set levers.speed.intensity=0
run d --replicates 200 --replicate-rows --design plain
run e --replicates 300 --seed 2
sed '/^targets:/,$d' small.yaml >other.yaml
printf 'targets: {other: {indicator: firms, date: 2022-12, at_least: 90}}\n' >>other.yaml
"$NEOBAY" run other.yaml --quiet --replicates 300 --out f
rm c/store.db # as an older version left it
ok 'compare' eval '"$NEOBAY" compare a b c --out compared >report'
ok 'pairs what has rows' grep -q '^b,firms_110,.*,yes,' compared/comparison.csv
ok 'the difference is that of neobay levers' eval \
	'same "$(awk -F, "\$1 == \"b\" && \$2 == \"both\" { print -\$9, -\$11, -\$10 }" compared/comparison.csv)" \
	"$(awk -F, "\$1 == \"speed\" && \$4 == \"without\" && \$5 == \"both\" { print +\$7, +\$8, +\$9 }" $out/levers.csv)"'
ok 'not what has none' grep -q '^c,firms_110,.*,no,' compared/comparison.csv
ok 'and says so' grep -q '^  c: as independent runs, since not both have their store.db or replicates.csv' report
ok 'uncertain values by another design are no pairs' says 'by another design' \
	"$NEOBAY" compare a d --out other
ok 'another seed' says 'e has seed 2, a has 1: runs are compared under the same luck' "$NEOBAY" compare a e
ok 'exits 2' exits 2 "$NEOBAY" compare a e
ok 'no target in common' says 'f and a share no target' "$NEOBAY" compare a f
ok 'both at once' same "$("$NEOBAY" compare a e f 2>&1 | wc -l)" 2
mkdir mine
echo mine >mine/comparison.csv
ok 'a file that is not ours is not overwritten' eval \
	'says "mine holds a file comparison.csv that neobay did not leave there" "$NEOBAY" compare a b --out mine; same "$(<mine/comparison.csv)" mine'
ok 'unless it is forced' "$NEOBAY" compare a b --quiet --out mine --force
ok 'and then it is ours' "$NEOBAY" compare a b --quiet --out mine
ok 'nor is a run' says 'c holds a file run.json that is of a run or batch' "$NEOBAY" compare a b --out c
run g --replicates 700
run h --replicates 2000 --precision 0.08
run i --replicates 300 --set targets.firms_110.at_least=100
"$NEOBAY" compare a g h i --out definitions >report
ok 'what is shared is said' grep -q '^  g: points are of the first 300 replicates, which both have' report
ok 'and in the file' grep -q '^g,firms_110,.*,yes,300,' definitions/comparison.csv
ok 'a run that was stopped has no test' eval \
	'grep "^h,firms_110," definitions/comparison.csv | grep -q ",no,0,,,$" && grep -q "^  h: stopped by --precision" report'
ok 'its interval is that of targets.csv' same \
	"$(awk -F, '$1 == "h" && $2 == "both" { print $6, $7 }' definitions/comparison.csv)" \
	"$(awk -F, '$1 == "both" { print $12, $13 }' h/targets.csv)"
ok 'another target of the name is not compared' grep -q '^i,firms_110,.*,,,,other,0,' definitions/comparison.csv
ok 'nor a joint one of it' grep -q '^i,both,.*,,,,other,0,' definitions/comparison.csv
ok 'and it says why' grep -q '^  firms_110: not compared in i: it is firms in 2022-12 at least 100; in a firms in 2022-12 at least 110$' report
ok 'what is no run' says 'is of neobay levers; neobay compare takes the folder of a run' "$NEOBAY" compare a whole
cp -r a cut
head -c 200 a/targets.csv >cut/targets.csv
ok 'a file that was cut' says 'cut/targets.csv: is missing or not as the run left it' "$NEOBAY" compare b cut
ok 'one run' says 'usage: neobay compare RUN RUN...' "$NEOBAY" compare a

# ------------------------------------------------------------------ stopping
printf 'base: plan.yaml\nvary: {projects.maturation_speed: [0.5, 2]}\nreplicates: 20000\n' >wide.yaml
ok 'a precision' "$NEOBAY" batch wide.yaml --quiet --precision 0.05 --out precise
ok 'every target of every point is that well known, at any time' eval \
	'awk -F, "NR > 1 && (\$7 - \$6 > 0.1 || \$8 != \"repeated\" || \$3 > 5000) { bad = 1 } END { exit bad }" precise/targets.csv'
ok 'one thread stops where two do' eval \
	'"$NEOBAY" batch wide.yaml --quiet --precision 0.05 --threads 1 --out alone && cmp alone/targets.csv precise/targets.csv'
ok 'the best of three' eval '"$NEOBAY" batch wide.yaml --best both --confidence 0.9 --indifference 0.02 --out best >report'
ok 'is the fastest' grep -q '^Best for both: maturation_speed=2, ' report
ok 'with a stated confidence' grep -Eq 'With confidence (>?9[0-9.]+|100(\.00)?) % it is within 2 points' report
ok 'long before all replicates are run' eval 'awk -F, "NR > 1 && \$4 > 5000 { exit 1 }" best/points.csv'
ok 'a target that there is not' says '--best = bth is no target of any point' \
	"$NEOBAY" batch wide.yaml --best bth --out none
ok 'is told before anything runs' absent none
ok 'two rules at once' says 'two rules of stopping' "$NEOBAY" batch wide.yaml --best both --precision 0.1 --out none

for kind in precise best; do
	[[ $kind == best ]] && rule='--best both --confidence 0.9 --indifference 0.02' || rule='--precision 0.05'
	cp -r $kind $kind-torn
	truncate -s -$(($(stat -c %s $kind/store.db) / 3)) $kind-torn/store.db
	ok "$kind, torn and resumed" "$NEOBAY" batch wide.yaml --quiet --resume --out $kind-torn $rule
	for file in points targets indicators; do
		ok "$file.csv: the same bytes" cmp $kind-torn/$file.csv $kind/$file.csv
	done
done
