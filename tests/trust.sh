# `neobay rerun`, `verify` and `replay`: a folder of results held to its word, and what is said when it
# no longer is what it was.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2

"$NEOBAY" run small.yaml --quiet --replicates 730 --seed 18446744073709551615 --replicate-rows --firms 2 \
	--set incumbents.settled.count=70 --set 'targets.firms_110.at_least=100'
again=out/small
csvs() { # FOLDER
	(cd "$1" && echo *.csv)
}
same_csvs() { # FOLDER FOLDER
	local file
	same "$(csvs "$1")" "$(csvs "$2")" || return 1
	for file in $(csvs "$1"); do
		cmp "$1/$file" "$2/$file" || return 1
	done
}
copy() { # makes a fresh copy of the run to be spoiled
	rm -rf spoilt
	cp -r $again spoilt
}
cell() { # FILE ROW COLUMN
	awk -F, -v row="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
		NR == row { print $at }' "$1"
}

# ------------------------------------------------------------------ rerun
mv small.yaml elsewhere.yaml
mv small-observed.csv elsewhere.csv
ok 'a run is repeated from its folder alone' exits 0 "$NEOBAY" rerun $again --quiet
ok 'to the same bytes of all CSVs' same_csvs $again out/small-rerun
ok 'and the same scenario.yaml' cmp $again/scenario.yaml out/small-rerun/scenario.yaml
ok 'it says so' says 'out/small-rerun: 17 files, byte for byte those of out/small/' "$NEOBAY" rerun $again/
ok 'a repeat is a run like any other' exits 0 "$NEOBAY" rerun out/small-rerun --out third --quiet
ok 'of the same bytes' same_csvs $again third
ok 'quiet means quiet' same "$("$NEOBAY" rerun $again --quiet 2>&1)" ''
ok 'other threads' exits 0 "$NEOBAY" rerun $again --threads 5 --quiet --out third
mv elsewhere.yaml small.yaml
mv elsewhere.csv small-observed.csv
"$NEOBAY" run small.yaml --quiet --replicates 3000 --precision 0.04 --design plain --out precise
ok 'a run that stopped early, with independent draws' exits 0 "$NEOBAY" rerun precise --quiet
ok 'is the same too' same_csvs precise precise-rerun
ok 'another run is not overwritten' exits 2 "$NEOBAY" rerun $again --out precise --quiet
copy
sed -i '2s/,0\./,0.9/' spoilt/targets.csv
ok 'a CSV changed by hand' exits 1 "$NEOBAY" rerun spoilt
ok 'comes out as it was' says 'targets.csv was changed after the run; it comes out as it was then' "$NEOBAY" rerun spoilt
ok 'in its own folder it is mended' eval '"$NEOBAY" rerun spoilt --out spoilt; cmp spoilt/targets.csv $again/targets.csv'

# ------------------------------------------------------------------ verify
ok 'a run verifies' exits 0 "$NEOBAY" verify $again
ok 'and says what was looked at' says \
	'out/small: 17 files looked at, 5 of 8 blocks lived again (' "$NEOBAY" verify $again
ok 'all of it' says '8 of 8 blocks lived again (730 replicates): all as it was' "$NEOBAY" verify $again --full
ok 'nothing but files' says '0 of 8 blocks lived again (0 replicates): all as it was' "$NEOBAY" verify $again --blocks 0
ok 'nothing is left behind' same "$(ls -d /tmp/neobay-verify-* 2>/dev/null)" ''
ok 'quiet' same "$("$NEOBAY" verify $again --quiet 2>&1)" ''
differs() { # TEXT [OPTIONS...]: verify exits 1 and says so
	local text=$1
	shift
	exits 1 "$NEOBAY" verify spoilt "$@" >said || return 1
	grep -qF -- "$text" said || {
		echo "no \"$text\" in:"
		cat said
		return 1
	}
}

copy
was=$(cell spoilt/trajectories.csv 99 p50)
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "p50") at = i } NR == 99 { $at = 12345 } { print }' \
	$again/trajectories.csv >spoilt/trajectories.csv
ok 'a CSV changed by hand is noticed' differs 'trajectories.csv was changed after the run'
ok 'and counted' differs '1 file and 0 blocks differ'
ok '--full says where' differs "trajectories.csv, line 99: p50 is 12345, was $was, for month $(cell $again/trajectories.csv 99 month), indicator $(cell $again/trajectories.csv 99 indicator)" --full
copy
sed -i '$d' spoilt/replicates.csv
ok 'a line that is gone' differs 'replicates.csv, line 731 is missing' --full
copy
rm spoilt/split.csv
ok 'a file that is gone' differs 'split.csv is gone, or cannot be read'
copy
sed -i '1s/$/ # mine/' spoilt/scenario.yaml
ok 'a comment in the scenario' differs 'scenario.yaml was changed after the run'
ok 'by itself changes no block' differs '1 file and 0 blocks differ'
copy
sed -i 's/count: 70\b/count: 71/' spoilt/scenario.yaml
ok 'a changed scenario is told by its fingerprint' differs \
	'spoilt/scenario.yaml: is not the scenario that was run: its fingerprint is '
ok 'and is not run' exits 2 "$NEOBAY" rerun spoilt --quiet
ok 'nor replayed' exits 2 "$NEOBAY" replay spoilt --replicate 1 --quiet
copy
echo 'nonsense: 1' >>spoilt/scenario.yaml
ok 'a broken scenario' differs 'spoilt/scenario.yaml:'

# One replicate said otherwise: block 3, replicate 317, from 2021-05 on, in two columns.
spoil_block() {
	awk -F, -v OFS=, 'function put(list, at, n, part) {
		n = split(list, part, " ")
		part[at] = "00000000"
		list = part[1]
		for (i = 2; i <= n; i++) list = list " " part[i]
		return list
	} $1 == 300 { $7 = put($7, 18); $8 = put($8, 6); $8 = put($8, 9); $9 = put($9, 1); $9 = put($9, 4) } { print }' \
		$again/digests.csv >spoilt/digests.csv
}
copy
spoil_block
ok 'a block that differs is told apart' differs \
	'replicates 300–399: 1 of them differs, first 317; from 2021-05 on; in hightech_firms, firms' --blocks 8
ok 'in full too' differs 'replicates 300–399: 1 of them differs, first 317; from 2021-05 on' --full
ok 'and one block is counted' differs '1 file and 1 block differ' --full
copy
awk -F, -v OFS=, '$1 == 700 { $4 = $5 = $6 = "0000000000000000" } { print }' $again/digests.csv >spoilt/digests.csv
ok 'what was drawn, targets and twins' differs \
	'replicates 700–729: uncertain values were drawn otherwise; in the targets; in the twins' --full
copy
awk -F, -v OFS=, '$1 == 700 { $3 = "0000000000000000" } { print }' $again/digests.csv >spoilt/digests.csv
ok 'a digest of a block' differs 'replicates 700–729: its row of digests.csv was changed' --full
copy
sed -i '3s/,.*//' spoilt/digests.csv
ok 'a row that is none' differs 'digests.csv:3 is no block of the run' --full
copy
sed -i '$d' spoilt/digests.csv
ok 'a block that is gone' differs 'spoilt/digests.csv: has 7 blocks, where the run has 8'
copy
rm spoilt/digests.csv
ok 'no digests at all' differs 'digests.csv is gone'

copy
sed -i 's/"seed": [0-9]*/"seed": 3/' spoilt/run.json
ok 'another seed gives other replicates' differs 'replicates 0–99: 100 of them differ, first 0; from 2020-12 on' --full
ok 'and other files' differs 'targets.csv comes out otherwise than it was' --full
ok 'a repeat differs too' exits 1 "$NEOBAY" rerun spoilt --force --quiet
ok 'and says what' says 'targets.csv differs: line 2: ' "$NEOBAY" rerun spoilt --force
copy
sed -i 's/"version": "[^"]*"/"version": "0.0.9"/; s/"gsl": "[^"]*"/"gsl": "1.16"/; s/"compiler": "[^"]*"/"compiler": "tcc"/' spoilt/run.json
ok 'another version is a note' says 'note: made by neobay 0.0.9 (' "$NEOBAY" verify spoilt
ok 'another compiler' says 'note: made with compiler tcc, this has ' "$NEOBAY" verify spoilt
ok 'another library' says 'note: made with gsl 1.16, this has ' "$NEOBAY" verify spoilt
ok 'by themselves no difference' exits 0 "$NEOBAY" verify spoilt

# ------------------------------------------------------------------ bad input
bad() { # WHAT MESSAGE: all three commands say so and exit 2
	local what=$1 message=$2 command
	for command in verify rerun replay; do
		ok "$command: $what" says "$message" "$NEOBAY" $command spoilt
		ok 'exits 2' exits 2 "$NEOBAY" $command spoilt
	done
}
rm -rf spoilt spoilt-rerun
bad 'no folder' 'spoilt/run.json: cannot be read: No such file or directory; give the folder of a run or batch'
copy
rm spoilt/run.json
bad 'no run.json' 'spoilt/run.json: cannot be read: No such file or directory'
copy
head -c 700 $again/run.json >spoilt/run.json
bad 'a run.json cut short' 'spoilt/run.json:'
echo '[1, 2]' >spoilt/run.json
bad 'a run.json of something else' 'spoilt/run.json:1:1: is no JSON object'
copy
sed -i '/"strata"/d; /"firms"/d' spoilt/run.json
bad 'missing members, all at once' 'spoilt/run.json:1:1: no member strata: the file was changed, or an older neobay wrote it'
copy
sed -i 's/"seed": [0-9]*/"seed": "many"/; s/"targets.csv": "[^"]*"/"targets.csv": "12"/' spoilt/run.json
bad 'a member of another kind' ': seed is not a whole number'
bad 'a digest that is none' ': targets.csv is not a digest of 16 hexadecimal digits'
copy
sed -i 's|"targets.csv": |"../targets.csv": |' spoilt/run.json
bad 'a file that is not in the folder' ': ../targets.csv is not a file of the folder'
copy
sed -i 's/"strata": 100/"strata": 730/' spoilt/run.json
bad 'a hypercube of all replicates, as older versions had' ': strata is not 0 or 100; an older version made these results: run the scenario again'
copy
sed -i 's/"replicates": 730/"replicates": 731/' spoilt/run.json
bad 'more replicates than were asked for' ': replicates is not replicates_asked or fewer'
sed -i 's/"replicates_asked": 730/"replicates_asked": 0/' spoilt/run.json
bad 'none' ': replicates_asked is not within [1, 10000000]'
ok 'nothing was written' absent spoilt-rerun spoilt/replay-0

# ------------------------------------------------------------------ replay
replay() {
	"$NEOBAY" replay $again --replicate 417 "$@"
}
ok 'a replicate is told' exits 0 replay
told=$again/replay-417
ok 'in its files' same "$(cd $told && echo *)" 'about.csv columns.csv events.csv indicators.csv'
ok 'it is the one of the run' says 'Replicate 417 of 730, the same as in the run' replay
ok 'every column is described' eval 'for f in indicators events about columns; do
	for c in $(head -1 $told/$f.csv | tr , " "); do grep -q "^$f.csv,$c," $told/columns.csv || exit 1; done; done'
value_in() { # INDICATOR MONTH
	awk -F, -v name="$1" -v month="$2" '$1 == month && $2 == name { print $6 }' $told/indicators.csv
}
ok 'values are those of replicates.csv' eval 'for pair in firms_110:firms output_4000:output_myuan; do
	same "$(value_in ${pair#*:} 2022-12)" "$(cell $again/replicates.csv 419 targets.${pair%:*}.value)" || exit 1; done'
first=$(awk -F, '$2 == "firms" && $6 >= 100 { print $1; exit }' $told/indicators.csv)
ok 'and when a target is first reached' same "$first" "$(cell $again/replicates.csv 419 targets.firms_110.first_reached)"
ok 'events add up to the months' eval 'awk -F, "
	FNR == 1 { file++ } file == 1 && FNR > 1 { n[\$1, \$3]++; raised[\$1] += \$12 }
	file == 2 && FNR > 1 { v[\$1, \$2] = \$6; month[\$1] }
	END {
		for (m in month)
			bad += v[m, \"founded\"] != n[m, \"founded\"] + 0 || v[m, \"arrived\"] != n[m, \"arrived\"] + 0 ||
				v[m, \"exits_failed\"] != n[m, \"failed\"] + 0 || v[m, \"licences\"] != n[m, \"licensed\"] + 0 ||
				v[m, \"exits_relocated\"] != n[m, \"relocated\"] + 0 ||
				v[m, \"rounds_closed\"] != n[m, \"funded\"] + 0 || v[m, \"capital_raised_myuan\"] != raised[m] + 0 ||
				v[m, \"newly_listed\"] != n[m, \"listed\"] + 0 || v[m, \"graduations\"] != n[m, \"moved\"] + 0
		exit bad > 0 || length(month) != 25
	}" $told/events.csv $told/indicators.csv'
# A firm of the panel: replicate 1 has one.
firm=$(awk -F, '$1 == 1 && $2 == "2022-06" { print $3; exit }' $again/firms.csv)
ok 'a firm of the panel' eval '"$NEOBAY" replay $again --replicate 1 --firm "$firm" --out one >words'
ok 'has the months that firms.csv has' eval 'cmp one/firm.csv <(awk -F, -v f="$firm" "NR == 1 || (\$1 == 1 && \$3 == f)" $again/firms.csv)'
ok 'its life is told in words' grep -q "^The life of $firm\$" words
ok 'with what became of it' eval 'grep -A1 "^The life" words | grep -q "^  20[0-9-]*  .* in zone [TO], sector "'
ok 'firm.csv is described' grep -q '^firm.csv,output_myuan,' one/columns.csv
mkdir mine
echo mine >mine/firm.csv
ok 'a file that is not ours is neither overwritten nor removed' eval \
	'says "mine holds a file firm.csv that neobay did not leave there" "$NEOBAY" replay $again --replicate 1 --out mine; same "$(<mine/firm.csv)" mine'
ok 'unless it is forced' eval '"$NEOBAY" replay $again --replicate 1 --out mine --force --quiet && absent mine/firm.csv'
ok 'without a firm it goes' eval '"$NEOBAY" replay $again --replicate 1 --out one --quiet && absent one/firm.csv'
for event in founded arrived licensed funded certified failed relocated; do
	firm=$(awk -F, -v e=$event '$3 == e { print $2; exit }' $told/events.csv)
	month=$(awk -F, -v e=$event '$3 == e { print $1; exit }' $told/events.csv)
	[[ -n $firm ]] || continue
	ok "words for $event" eval 'replay --firm "$firm" | grep -q "^  $month  "'
done
ok 'a firm that is gone does not live on' eval '! replay --firm "$(awk -F, "\$3 == \"failed\" { print \$2; exit }" $told/events.csv)" | grep -q "lives on"'
ok 'a replicate out of range' says '--replicate = 730 is outside [0, 729]: the run has 730 replicates' \
	"$NEOBAY" replay $again --replicate 730
ok 'exits 2' exits 2 "$NEOBAY" replay $again --replicate 730
ok 'an unknown firm, with the nearest' says 'nearest: incumbents.settled:start:3;' \
	"$NEOBAY" replay $again --replicate 5 --firm incumbents.setled:start:3
ok 'exits 2' exits 2 "$NEOBAY" replay $again --replicate 5 --firm nobody
ok 'writes nothing' absent $again/replay-5
copy
spoil_block
ok 'a replicate that is another' exits 1 "$NEOBAY" replay spoilt --replicate 317 --quiet
ok 'is said' says 'This replicate is not as it was in the run' "$NEOBAY" replay spoilt --replicate 317
ok 'a replay leaves the run as it was' exits 0 "$NEOBAY" verify $again --blocks 1

# ------------------------------------------------------------------ ended
interrupted() { # COMMAND...: Ctrl-C while it is at it; exit 130
	timeout --preserve-status -s INT 0.7 "$@" >said 2>&1
	local code=$?
	[[ $code == 130 ]] || {
		echo "exit $code"
		cat said
		return 1
	}
}
"$NEOBAY" run "$root/scenarios/grand-neobay.yaml" --quiet --replicates 100 --out big
sed -i 's/"replicates_asked": 100/&000/' big/run.json
ok 'Ctrl-C ends a repeat' interrupted "$NEOBAY" rerun big
ok 'which says what is there' grep -q 'nothing was written, big-rerun is as it was' said
ok 'and that is nothing' absent big-rerun
ok 'Ctrl-C ends a verification' interrupted "$NEOBAY" verify big --full
ok 'which leaves nothing' same "$(ls -d /tmp/neobay-verify-* 2>/dev/null)" ''

# ------------------------------------------------------------------ batches
cat >grid.yaml <<'YAML'
base: small.yaml
vary:
  zones.T.floor_area_m2: [3000, 60000]
  projects.maturation_speed: [0.5, 2]
replicates: 250
YAML
"$NEOBAY" batch grid.yaml --quiet --seed 7
"$NEOBAY" levers small.yaml --quiet --replicates 120
for batch in out/grid out/small-levers; do
	ok "$batch verifies" says ': all as it was' "$NEOBAY" verify $batch
	ok 'in full' exits 0 "$NEOBAY" verify $batch --full --quiet
	ok 'and is repeated' exits 0 "$NEOBAY" rerun $batch --quiet
	ok 'to the same bytes' same_csvs $batch $batch-rerun
done
ok 'a batch is not replayed' says 'out/grid: is of neobay batch; neobay replay takes the folder of a run' "$NEOBAY" replay out/grid
ok 'exits 2' exits 2 "$NEOBAY" replay out/grid
rm -rf spoilt && cp -r out/grid spoilt
sed -i '3s/,0\./,0.9/' spoilt/targets.csv
ok 'a changed table' differs 'targets.csv was changed after the run'
printf '\001' | dd of=spoilt/store.db bs=1 seek=$(($(stat -c %s spoilt/store.db) - 900)) conv=notrunc 2>/dev/null
ok 'a damaged record' differs 'store.db: 1 damaged record'
# A block that says something else, checksum and all: replicate 17 of the first block, and a sum.
rm -rf spoilt && cp -r out/grid spoilt
python3 - spoilt/store.db <<'PYTHON'
import sqlite3, struct, sys

def fnv(data):
    hash = 14695981039346656037
    for byte in data:
        hash = (hash ^ byte) * 1099511628211 % 2**64
    return hash

db = sqlite3.connect(sys.argv[1])
row = db.execute('SELECT id, fingerprint, reference, seed, strata, first, count, hits, sums'
                 ' FROM record WHERE first = 0 ORDER BY id LIMIT 1').fetchone()
hits, sums = bytearray(row[7]), bytearray(row[8])
hits[8 * 17] ^= 1
sums[4] ^= 2  # after two counts and the count of the first quantity's values: the least of its sum
key = [word % 2**64 for word in row[1:7]]
checksum = fnv(struct.pack('<8Q', *key, fnv(hits), fnv(sums)))
db.execute('UPDATE record SET hits = ?, sums = ?, checksum = ? WHERE id = ?',
           (bytes(hits), bytes(sums), checksum - 2**64 if checksum >= 2**63 else checksum, row[0]))
db.commit()
PYTHON
ok 'a block that says something else' differs ', replicates 0–99 differ; replicate 17 is the first that ' --full
ok 'in what and when' eval 'differs " firms_110, as the store does not say; in " --full'
ok 'and it is one' differs '0 files and 1 block differ' --full
rm spoilt/store.db
ok 'no store' differs 'spoilt/store.db: cannot be read'
sed 's/maturation_speed: \[0.5, 2\]/maturation_speed: [0.5, 3]/' grid.yaml >other && mv grid.yaml was.yaml && mv other grid.yaml
rm -rf spoilt && cp -r out/grid spoilt
ok 'a batch file that was changed' differs 'the points are not those of then'
mv was.yaml grid.yaml
sed -i 's/spending_myuan_per_year: 800/spending_myuan_per_year: 801/' small.yaml
ok 'a scenario that was changed' differs 'the points are not those of then'
rm grid.yaml
ok 'a batch file that is gone' exits 2 "$NEOBAY" verify out/grid
ok 'is not repeated either' exits 2 "$NEOBAY" rerun out/grid --quiet --force
