# The store of a batch, asked in SQL as out/README.md says.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2
cat >grid.yaml <<'YAML'
base: small.yaml
vary:
  zones.T.floor_area_m2: [3000, 60000]
  projects.maturation_speed: [0.5, 2]
replicates: 250
YAML

# Query number N of the page.
query() { # N
	awk -v wanted="$1" '/^```sql/ { n++; inside = n == wanted; next } /^```/ { inside = 0 } inside' "$root/out/README.md" |
		sqlite3 -csv grid/store.db
}

ok 'a batch' "$NEOBAY" batch grid.yaml --quiet --out grid
ok 'is one file' same "$(cd grid && ls store.db*)" store.db
query 1 | tr -d '"' | sort >asked
awk -F, 'NR > 1 { printf "%s,%s,%d,%.10g\n", $1, $2, $3, $5 }' grid/targets.csv | sort >told
ok 'probabilities are those of targets.csv' eval '
	paste -d, asked told | awk -F, "{ if (\$1 != \$5 || \$2 != \$6 || \$3 != \$7 || (\$4 - \$8) ^ 2 > 1e-18) exit 1 } END { exit NR < 20 }"'
# The difference of targets.csv is (gained - lost) / replicates.
ok 'pairs give the difference of targets.csv' eval '
	IFS=, read -r point target gained lost <<<"$(query 2 | tr -d \")" &&
	awk -F, -v p="$point" -v t="$target" -v d="$((gained - lost))" "\$1 == p && \$2 == t { found = (\$10 - d / 250) ^ 2 < 1e-18 } END { exit !found }" grid/targets.csv &&
	test $((gained + lost)) -gt 0'
ok 'all targets at once are no more probable than the least probable' eval '
	query 3 | tr -d \" | while IFS=, read -r point all; do
		awk -F, -v p="$point" -v a="$all" "\$1 == p && a > \$5 + 1e-12 { exit 1 }" grid/targets.csv || exit 1; done'
ok 'in as many rows as there are points' same "$(query 3 | wc -l)" "$(($(wc -l <grid/points.csv) - 1))"

# A batch that grows: the views are of the last request.
ok 'more replicates' "$NEOBAY" batch grid.yaml --quiet --out grid --replicates 300 --resume
ok 'are what the view shows' same "$(sqlite3 grid/store.db 'SELECT DISTINCT count(*) FROM hit GROUP BY point, target')" 300
ok 'only the last 50 of each point were simulated' same "$(sqlite3 grid/store.db 'SELECT count(*) FROM record WHERE first < 200')" \
	"$(sqlite3 grid/store.db 'SELECT 2 * count(*) FROM point')"
ok 'fewer replicates' "$NEOBAY" batch grid.yaml --quiet --out grid --replicates 220 --resume
ok 'are the first of them' same "$(sqlite3 grid/store.db 'SELECT DISTINCT count(*) FROM hit GROUP BY point, target')" 220

# Large batches say how large their store will be, before they start.
ok '--dry-run tells the size of the store' says 'of results kept in store.db' \
	"$NEOBAY" batch grid.yaml --dry-run --out dry

# ------------------------------------------------------------------ runs
run() { # REPLICATES FOLDER OPTION...
	local replicates=$1 folder=$2
	shift 2
	"$NEOBAY" run small.yaml --quiet --replicate-rows --replicates "$replicates" --out "$folder" "$@"
}
same_run() { # FOLDER FOLDER: all CSVs
	local file
	for file in "$1"/*.csv; do cmp "$file" "$2/${file##*/}" || return 1; done
}
ok 'a run' run 1000 whole
ok 'another, of 250' run 250 grown
ok 'grows to 700, on one thread' run 700 grown --resume --threads 1
ok 'grows to 1,000' run 1000 grown --resume
ok 'to the bytes of the whole' same_run whole grown
ok 'which verify' "$NEOBAY" verify grown --full --quiet
ok 'its store has every hit' same \
	"$(sqlite3 grown/store.db 'SELECT sum(met), count(*) FROM hit WHERE target = (SELECT name FROM target LIMIT 1)')" \
	"$(awk -F, 'NR == 2 { print $10 "|" 1000 }' whole/targets.csv)"
ok 'a run that is done, resumed, is as it was' eval 'run 1000 grown --resume && same_run whole grown'
ok 'fewer are refused' says 'grown has 1000 replicates, more than the 400 that are asked for' run 400 grown --resume
ok 'another seed is refused' says 'holds a run of another scenario, seed or design' run 1000 grown --resume --seed 2
ok 'as is another scenario' says 'holds a run of another scenario, seed or design' \
	run 1000 grown --resume --set exit.rate_per_year=0.02
ok 'and a batch' says 'grid holds a batch, and no run to go on with' run 1000 grid --resume
ok 'a batch does not go on with a run' says 'grown holds a run, and no batch to go on with' \
	"$NEOBAY" batch grid.yaml --quiet --out grown --resume
cp -r grown older
sqlite3 older/store.db 'PRAGMA user_version = 0'
ok 'nor with replicates of another version of the model' says 'holds replicates of another version of the model (0, this is' \
	run 1000 older --resume
ok 'nor a run with nothing' says 'nowhere holds no store.db, so there is no run to go on with' run 10 nowhere --resume
ok 'which it leaves so' absent nowhere
same_run whole grown

# A precision that was reached is reached, wherever the run was ended.
ok 'a run to a precision' run 20000 precise --precision 0.04
ok 'resumed simulates nothing more' eval 'run 20000 precise-2 --precision 0.04 &&
	run 20000 precise-2 --precision 0.04 --resume && same_run precise precise-2'

# Killed at any moment, ended by a signal, on other threads: the bytes of an unbroken run.
killed() { # SIGNAL SECONDS FOLDER
	"$NEOBAY" run small.yaml --quiet --replicate-rows --replicates 30000 --out "$3" 2>/dev/null &
	sleep "$2"
	kill -s "$1" $! 2>/dev/null
	wait $! 2>/dev/null
	true
}
run 30000 long
for i in 1 2 3 4; do
	[[ $((i % 2)) == 0 ]] && signal=KILL || signal=TERM
	killed $signal 0.$((3 * i)) "broken-$i"
	[[ $signal != TERM || ! -e broken-$i/.store.db.part ]] || ok 'with another seed it is refused and kept' eval \
		'exits 2 run 30000 broken-$i --resume --seed 2 && [[ -e broken-$i/.store.db.part ]]'
	ok "ended by $signal after 0.$((3 * i)) s, resumed" eval \
		'if [[ -e broken-$i/.store.db.part ]]; then run 30000 broken-$i --resume --threads $((i % 3 + 1)); else run 30000 broken-$i; fi'
	ok 'the bytes of an unbroken run' same_run long "broken-$i"
	rm -rf "broken-$i"
done

# Damage is found: in the state, in the pieces of files, in the file of the store.
cp -r grown spoilt
sqlite3 spoilt/store.db "UPDATE checkpoint SET state = zeroblob(length(state))"
ok 'a state that is damaged is told' says 'is damaged; the run begins anew' run 1000 spoilt --resume
ok 'and comes out the same' same_run whole spoilt
cp grown/store.db spoilt/store.db
sqlite3 spoilt/store.db "UPDATE piece SET bytes = substr(bytes, 2) WHERE id = 2"
ok 'a piece of a file likewise' says 'is damaged; the run begins anew' run 1000 spoilt --resume
ok 'and comes out the same' same_run whole spoilt
cp grown/store.db spoilt/store.db
truncate -s -$(($(stat -c %s spoilt/store.db) / 2)) spoilt/store.db
ok 'half of the store is gone' run 1000 spoilt --resume
ok 'and comes out the same' same_run whole spoilt
