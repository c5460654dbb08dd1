# `neobay run` as a user starts it, end to end, on a small scenario.
. "$(dirname "$0")/tools/lib.sh"
small=$root/tests/small.yaml
export OMP_NUM_THREADS=2

run() {
	"$NEOBAY" run "$small" --replicates 300 "$@"
}
files() {
	(cd "$1" && ls -A)
}
has() { # FOLDER FILE...
	local folder=$1 file
	shift
	for file in "$@"; do
		[[ -s $folder/$file ]] || {
			echo "no $folder/$file"
			return 1
		}
	done
}
six='columns.csv first-reached.csv run.json scenario.yaml targets.csv trajectories.csv'

run >report 2>progress
ok 'a run goes well' same $? 0
ok 'its results are in out/small' has out/small $six
ok 'nothing is there that was not asked for' absent out/small/{replicates,firms}.csv
ok 'columns.csv speaks of each CSV that is there, and of no other' same \
	"$(cut -d, -f1 out/small/columns.csv | sed 1d | sort -u)" "$(files out/small | grep csv | sort)"
files out/small >first
ok 'what is met in the month of a target is its probability, and what was reached may be lost' eval 'awk -F, "
	FNR == 1 { for (i = 1; i <= NF; i++) at[FILENAME, \$i] = i; next }
	FILENAME ~ /targets/ { date[\$1] = \$at[FILENAME, \"date\"]; p[\$1] = \$at[FILENAME, \"probability\"]; next }
	\$2 == date[\$1] { n++; if ((\$at[FILENAME, \"met_then\"] - p[\$1])^2 > 1e-18) exit 1 }
	\$2 != \"\" && \$at[FILENAME, \"met_then\"] > \$at[FILENAME, \"cumulative_share\"] { exit 1 }
	\$2 != \"\" && \$at[FILENAME, \"met_then\"] < \$at[FILENAME, \"cumulative_share\"] { lost = 1 }
	END { exit !(n == 3 && lost) }" out/small/targets.csv out/small/first-reached.csv'
ok 'limits are lifted, at each target' eval 'sed 1d out/small/limits.csv | cut -d, -f1 | sort | uniq -c |
	awk "{ if (\$1 != 4) exit 1 } END { exit NR != 11 }"'
ok 'what they gain is printed' grep -q 'points gained where a limit is lifted' report
ok 'without limits' run --no-limits --out no-limits
ok 'there is no table of them' absent no-limits/limits.csv
ok 'and months short are printed alone' eval 'run --no-limits --out no-limits >bare && grep -q "Share of months in which a market was short" bare'
ok 'a folder that had one has none then' eval '[[ -f again-limits/limits.csv ]] || run --out again-limits;
	run --no-limits --force --out again-limits; [[ ! -f again-limits/limits.csv ]]'
ok 'its report names the targets' grep -q '^  firms_110  *firms ' report
ok 'its report says where the files are' grep -qx 'Results: out/small/' report
ok 'a short run shows no progress on what is no terminal' absent_or_empty progress

ok 'the same run again needs no force' run --out out/small
ok 'rows on request' run --replicate-rows --firms 2
ok 'they are there' has out/small $six replicates.csv firms.csv
ok 'a row a replicate' same "$(wc -l <out/small/replicates.csv)" 301
ok 'firms of two replicates' same "$(cut -d, -f1 out/small/firms.csv | sort -u | tr '\n' ' ')" '0 1 replicate '
ok 'a run without them takes them away' run
ok 'as one sees' same "$(files out/small)" "$(cat first)"

ok 'quiet means quiet' same "$(run --quiet 2>&1)" ''

# The same bytes, whatever the threads; other bytes for another seed.
for threads in 1 2 5; do
	run --quiet --threads $threads --replicate-rows --firms 1 --out threads-$threads
done
for file in targets.csv trajectories.csv first-reached.csv replicates.csv firms.csv columns.csv scenario.yaml; do
	ok "$file: the same bytes for 1, 2 and 5 threads" \
		eval "cmp threads-1/$file threads-2/$file && cmp threads-1/$file threads-5/$file"
done
run --quiet --seed 2 --out seed-2
ok 'another seed gives other bytes' exits 1 cmp -s threads-1/trajectories.csv seed-2/trajectories.csv

# The effective scenario is itself a scenario that runs to the same bytes.
"$NEOBAY" show "$small" >shown.yaml
ok 'show, then run' eval '"$NEOBAY" run shown.yaml --quiet --replicates 300 --out shown'
ok 'gives the same targets' cmp shown/targets.csv threads-1/targets.csv
ok 'and the same trajectories' cmp shown/trajectories.csv threads-1/trajectories.csv
ok 'scenario.yaml runs too' eval '"$NEOBAY" run threads-1/scenario.yaml --quiet --replicates 300 --out again'
ok 'to the same bytes' cmp again/trajectories.csv threads-1/trajectories.csv
"$NEOBAY" show --plain "$small" >plain.yaml
ok 'without comments if asked' exits 1 grep -q '#' plain.yaml

# Overrides.
ok 'an override' eval 'run --quiet --set incumbents.settled.count=500 --out set'
ok 'shows in the results' eval 'awk -F, "\$2 == \"firms\" { exit !(\$6 == 500) }" set/trajectories.csv'
ok 'and in run.json' grep -q '"overrides": \["incumbents.settled.count=500"\]' set/run.json
"$NEOBAY" run "$small" --quiet --no-limits --replicates 200 --out guarded
ok 'another seed is refused' says 'guarded holds a run of another seed or design' \
	"$NEOBAY" run "$small" --quiet --replicates 200 --seed 2 --out guarded
ok 'so are independent draws' exits 2 "$NEOBAY" run "$small" --quiet --replicates 200 --design plain --out guarded
ok 'fewer replicates' says 'guarded holds a run of 200 replicates, and so many fewer would take its place' \
	"$NEOBAY" run "$small" --quiet --replicates 100 --out guarded
ok 'as many again are not' exits 0 "$NEOBAY" run "$small" --quiet --no-limits --replicates 200 --out guarded
ok 'nor more' exits 0 "$NEOBAY" run "$small" --quiet --no-limits --replicates 250 --out guarded
echo mine >guarded/limits.csv
ok 'a file that is not of neobay' says 'guarded holds a file limits.csv that neobay did not leave there' \
	"$NEOBAY" run "$small" --quiet --replicates 250 --out guarded
ok 'stays' same "$(cat guarded/limits.csv)" mine
ok 'another scenario is refused' exits 2 run --quiet --out set
ok 'and says so' says 'set holds the results of another scenario' run --quiet --out set
ok 'what was there stays' grep -q 'settled.count=500' set/run.json
ok 'unless it is forced' run --quiet --out set --force
ok 'then it is replaced' exits 1 grep -q 'settled.count=500' set/run.json

mkdir own && echo mine >own/scenario.yaml
ok 'a file of somebody else is not overwritten' exits 2 run --quiet --out own
ok 'it is as it was' same "$(cat own/scenario.yaml)" mine

# A precision stops the run when it is reached.
ok 'a precision' run --replicates 20000 --precision 0.03 --out precise
ok 'stops early' eval 'test "$(grep -o "\"replicates\": [0-9]*" precise/run.json | grep -o "[0-9]*\$")" -lt 20000'
ok 'with the targets that well known' eval \
	'awk -F, "NR > 1 && \$13 - \$12 > 0.06 { bad = 1 } END { exit bad }" precise/targets.csv'

ok 'NO_COLOR or no terminal: no escapes' eval '! grep -q "$(printf "\033")" report'
