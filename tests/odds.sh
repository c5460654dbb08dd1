# `neobay odds` as a user starts it: what it says, what it writes, what it refuses.
. "$(dirname "$0")/tools/lib.sh"
small=$root/tests/small.yaml
export OMP_NUM_THREADS=2

odds() {
	"$NEOBAY" odds "$small" --replicates 150 "$@"
}

odds >report 2>progress
ok 'it goes well' same $? 0
ok 'without a target it is asked of the first joint one' grep -q '^  both  ' report
ok 'it says how many plain replicates would know it as well' grep -q 'plain replicates$' report
ok 'it says where the file is' grep -qx 'Results: out/small-odds/' report
ok 'a short one shows no progress on what is no terminal' absent_or_empty progress
ok 'it writes two files beside its store' same "$(ls -A out/small-odds | tr '\n' ' ')" 'columns.csv odds.csv store.db '
ok 'columns.csv names all columns of odds.csv' same \
	"$(grep '^odds.csv,' out/small-odds/columns.csv | cut -d, -f2 | paste -sd,)" "$(head -1 out/small-odds/odds.csv)"
ok 'the interval is about the estimate' awk -F, \
	'NR == 2 { exit !($8 <= $6 && $6 <= $9 && $8 < $9) }' out/small-odds/odds.csv

ok 'a target on request' odds --target firms_110 --out firms
ok 'is what the file speaks of' grep -q '^firms_110,1,' firms/odds.csv
for threads in 1 2 5; do
	odds --quiet --threads $threads --out threads-$threads
done
ok 'the same bytes for 1 and 2 threads' cmp threads-1/odds.csv threads-2/odds.csv
ok 'and for 5' cmp threads-1/odds.csv threads-5/odds.csv
ok 'another seed gives other bytes' eval \
	'odds --quiet --seed 2 --out seed-2; ! cmp -s threads-1/odds.csv seed-2/odds.csv'
ok 'an override bears on it' eval \
	'odds --quiet --set incumbents.settled.count=200 --target firms_110 --out set; ! cmp -s firms/odds.csv set/odds.csv'
ok 'quiet means quiet' same "$(odds --quiet 2>&1)" ''

ok 'the same scenario again is not refused' odds --quiet --target firms_110 --out firms
ok 'another is' says 'holds a file odds.csv that is not of this scenario' \
	odds --quiet --set incumbents.settled.count=200 --out firms
ok 'unless it is forced' odds --quiet --set incumbents.settled.count=200 --out firms --force
"$NEOBAY" run "$small" --quiet --replicates 20 --out ran
ok 'so is the folder of a run' says 'holds a file run.json that is not' odds --quiet --out ran
ok 'and what somebody left there' eval 'mkdir mine; echo 1 >mine/odds.csv; says "holds a file odds.csv" odds --quiet --out mine; same "$(<mine/odds.csv)" 1'
ok 'an unknown target is refused' exits 2 odds --target firms_101
ok 'with the nearest that there is' says 'is no target of' odds --target firms_101
ok 'by name' says 'did you mean firms_110?' odds --target firms_101
ok 'too few replicates are refused' exits 2 "$NEOBAY" odds "$small" --replicates 99
ok 'and it says why' says '--replicates = 99 is outside [100, 1000000]' "$NEOBAY" odds "$small" --replicates 99
ok 'a scenario without targets is refused' eval \
	'sed "/^targets:/,\$d; /observed:/d" "$small" >bare.yaml; exits 2 "$NEOBAY" odds bare.yaml'
ok 'for that reason' says 'has no targets' "$NEOBAY" odds bare.yaml
ok 'a scenario that is not there too' exits 2 "$NEOBAY" odds nowhere.yaml
ok 'none of which leaves a folder' absent out/bare-odds out/nowhere-odds

# Ended by a signal, and by the kernel, it goes on to the same bytes.
long() { # OUT OPTIONS...
	local out=$1
	shift
	"$NEOBAY" odds "$small" --replicates 30000 --quiet --out "$out" "$@"
}
ended() { # OUT SIGNAL: ends one once rounds are in its store
	"$NEOBAY" odds "$small" --replicates 30000 --threads 1 --quiet --out "$1" 2>said &
	local pid=$!
	until [[ $(stat -c %s "$1"/.store.db.part-wal 2>/dev/null || echo 0) -gt 400000 ]]; do
		kill -0 $pid || break
		sleep 0.02
	done
	kill -"$2" $pid
	wait $pid
}
long whole
ended stopped TERM
ok 'a signal ends it' same $? 143
ok 'it says what is kept' grep -q 'whole rounds are kept in stopped, and the same command with --resume' said
ok 'no answer is written' absent stopped/odds.csv
ok 'it is not begun anew unasked' says 'stopped holds something under way' long stopped
ok 'nor gone on with for another target' says 'a screening of another scenario or target' \
	long stopped --resume --target firms_110
ok 'nor of another seed' says 'of another seed or number' long stopped --resume --seed 3
ok 'nor of another scenario' says 'a screening of another scenario' \
	long stopped --resume --set incumbents.settled.count=200
ok 'it goes on' long stopped --resume
ok 'to the same bytes' cmp stopped/odds.csv whole/odds.csv
ok 'and leaves no part' same "$(ls -A stopped | tr '\n' ' ')" 'columns.csv odds.csv store.db '
ended killed KILL
ok 'killed it leaves its part' test -e killed/.store.db.part
ok 'from which it goes on' long killed --resume
ok 'to the same bytes too' cmp killed/odds.csv whole/odds.csv
rm killed/odds.csv
ok 'one that is done is written again from its store' long killed --resume
ok 'without a change' cmp killed/odds.csv whole/odds.csv
ok 'a run does not go on with a screening' says 'killed holds a screening, and no run to go on with' \
	"$NEOBAY" run "$small" --quiet --replicates 20 --out killed --resume
ok 'nor a screening with a run' says 'ran holds a run, and no screening to go on with' long ran --resume
ok 'nor with nothing' says 'holds no store.db, so there is no screening' long nowhere --resume
