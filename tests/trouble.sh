# Bad input and trouble: what is said, the exit code, and that nothing half-written is left.
. "$(dirname "$0")/tools/lib.sh"
mkdir input
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" input
small=input/small.yaml

run() {
	"$NEOBAY" run "$small" --quiet --replicates 200 "$@"
}

# ------------------------------------------------------------------ input: exit 2
ok 'check of a sound scenario' says 'input/small.yaml: no faults, ' "$NEOBAY" check $small
ok 'exits 0' exits 0 "$NEOBAY" check $small
sed 's/exits_failed/exits_faild/; s/count: 80/count: -80/' $small >input/bad.yaml
ok 'check tells every fault' same \
	"$("$NEOBAY" check input/bad.yaml 2>&1 | sed 's/:[0-9]*:[0-9]*: .*/:L:C/')" \
	"$(printf '%s\n' input/bad.yaml:L:C input/bad.yaml:L:C 'input/bad.yaml: 2 faults')"
ok 'with the nearest name' says 'exits_failed' "$NEOBAY" check input/bad.yaml
ok 'exits 2' exits 2 "$NEOBAY" check input/bad.yaml
ok 'run of a bad scenario exits 2' exits 2 "$NEOBAY" run input/bad.yaml
ok 'and writes nothing' absent out
ok 'show of a bad scenario exits 2' exits 2 "$NEOBAY" show input/bad.yaml
ok 'a scenario that is not there exits 2' exits 2 "$NEOBAY" run input/none.yaml
ok 'and is named' says 'input/none.yaml' "$NEOBAY" run input/none.yaml
echo '2021-01,frims,1,x' >>input/small-observed.csv
ok 'what was observed is checked too' says 'small-observed.csv:6:9: indicator = frims' \
	"$NEOBAY" check $small
ok 'exits 2' exits 2 run
sed -i '$d' input/small-observed.csv
sed 's/small-observed/gone/' $small >input/gone.yaml
ok 'an observed file that is not there' says 'gone.csv: cannot be read: No such file' \
	"$NEOBAY" check input/gone.yaml
ok 'exits 2' exits 2 "$NEOBAY" check input/gone.yaml
ok 'an unknown option exits 2' exits 2 run --frims 3
ok 'with the nearest name' says 'unknown option --frims; nearest: --firms' run --frims 3
ok 'an unknown command exits 2' exits 2 "$NEOBAY" runn $small
ok 'a bad override is told' exits 2 run --set zones.T.floor_area_m2=-1
ok 'with where it comes from' says 'zones.T.floor_area_m2' run --set zones.T.floor_area_m2=-1

# ------------------------------------------------------------------ the world: exit 3
ok 'a folder that cannot be made' exits 3 run --out "$small/out"
ok 'says where and why' says "cannot make folder $small/out: Not a directory" run --out "$small/out"

run --out kept
cp -r kept before
ulimit -S -f 8
ok 'a full disk' exits 3 run --out kept --seed 2 --force
ok 'says where and why' says 'cannot open kept/.store.db.part: disk I/O error' \
	run --out kept --seed 2 --force
ok 'a new folder goes again' eval 'run --out new/folder 2>/dev/null; absent new'
ulimit -S -f unlimited
ok 'what was there is untouched' diff -r kept before

mkdir disk
if mount -t tmpfs -o size=64k none disk 2>/dev/null; then
	ok 'a disk that is really full' says 'database or disk is full' run --out disk/out
	ok 'exits 3' exits 3 run --out disk/out
	ok 'and leaves nothing' same "$(ls -A disk)" ''
	umount disk
else
	skip 'a disk that is really full: no right to mount one'
fi

ok 'a full standard output' exits 3 eval '"$NEOBAY" params >/dev/full'
ok 'says so' says 'cannot write to standard output: No space left' \
	eval '"$NEOBAY" params >/dev/full'

# Root may write anywhere, so the test has to be somebody else.
as_nobody=
if [[ $(id -u) == 0 ]]; then
	as_nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
	cp "$NEOBAY" program
else
	ln -s "$NEOBAY" program
fi
mkdir -m 555 closed
if $as_nobody true 2>/dev/null; then
	ok 'a folder that cannot be written' exits 3 $as_nobody ./program run $small --quiet --out closed
	ok 'says so' says 'cannot write to folder closed: Permission denied' \
		$as_nobody ./program run $small --quiet --out closed
	ok 'one that cannot be made' says 'cannot make folder closed/new: Permission denied' \
		$as_nobody ./program run $small --quiet --out closed/new
	chmod 000 input/gone.yaml
	ok 'a scenario that cannot be read' exits 2 $as_nobody ./program check input/gone.yaml
else
	skip 'folders and files without permission: cannot become another user'
fi

if [[ -n ${NO_LOG_IN:-} ]]; then
	skip 'too little memory: a sanitizer wants terabytes of addresses'
else
	ok 'too little memory' exits 3 \
		eval '(ulimit -v 300000; run --set clock.end=2199-12 --threads 1 --out memory)'
	ok 'says so' says 'out of memory while' \
		eval '(ulimit -v 300000; run --set clock.end=2199-12 --threads 1 --out memory)'
	ok 'and leaves nothing' absent memory
fi

# ------------------------------------------------------------------ signals: 128 + signal
# A shell has its background jobs ignore Ctrl-C; env takes that back.
stopped() { # SIGNAL CODE OPTION...
	local signal=$1 wanted=$2 code
	shift 2
	env --default-signal=INT,TERM,HUP "$NEOBAY" run $small --replicates 1000000 "$@" \
		>said.out 2>said.err &
	sleep 1
	kill -s "$signal" $!
	wait $!
	code=$?
	[[ $code == "$wanted" ]] || {
		echo "exit $code, not $wanted"
		cat said.out said.err
		return 1
	}
}
ok 'Ctrl-C exits 130' stopped INT 130 --out stopped
ok 'says how far it was' grep -Eqx \
	'Interrupt after [0-9,]+ of 1,000,000 replicates; they are kept in stopped, and the same command with --resume goes on' said.err
ok 'in one line' same "$(wc -l <said.err)" 1
ok 'and leaves what it has, and nothing else' same "$(ls -A stopped)" .store.db.part
rm -rf stopped
ok 'SIGTERM exits 143, in the midst of rows too' stopped TERM 143 --out kept --replicate-rows --firms 3
ok 'what was there is untouched' diff -r -x .store.db.part kept before
ok 'the run under way is not begun anew unasked' says 'kept holds a run under way' run --out kept
ok 'SIGHUP exits 129' stopped HUP 129 --quiet --out stopped
rm -rf stopped
env --ignore-signal=HUP "$NEOBAY" run $small --quiet --replicates 3000 --out through &
sleep 0.2
kill -s HUP $! 2>/dev/null
wait $!
ok 'nohup is respected' same $? 0

# Two runs into one folder at once.
env --default-signal=INT "$NEOBAY" run $small --quiet --replicates 1000000 --out busy 2>/dev/null &
sleep 1
ok 'a folder that another run writes to' says 'another run is writing to busy' run --out busy
ok 'exits 3' exits 3 run --out busy
kill -INT $!
wait $! 2>/dev/null
ok 'is free again after it' run --out busy --force

# ------------------------------------------------------------------ on a terminal
on_terminal() { # NO_COLOR
	env --default-signal=INT TERM=xterm NO_COLOR="$1" script -qec \
		"'$NEOBAY' run $small --replicates 4000 --out tty" /dev/null </dev/null
}
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
	on_terminal '' >coloured
	on_terminal 1 >plain
	ok 'a bar on a terminal' grep -q '█.*% .* of 4,000 replicates' coloured
	ok 'in colour' grep -q "$(printf '\033\\[36m')" coloured
	ok 'the bar goes when the run is done' grep -q "$(printf '\r\033\\[K.*$')" coloured
	ok 'NO_COLOR: a bar' grep -q '█.*% .* of 4,000 replicates' plain
	ok 'without colour' eval '! grep -Eq "$(printf "\033")\[[0-9;]*m" plain'
else
	skip 'a terminal: no script(1), or no pseudo-terminal, here'
fi

# ------------------------------------------------------------------ threads
# A number of threads beyond all sense is held to what may be; the calling thread is always one.
ok 'OMP_NUM_THREADS beyond all sense' eval 'OMP_NUM_THREADS=100000 "$NEOBAY" run "$root/tests/small.yaml" --replicates 50 --quiet --out many'
ok 'changes no byte' eval '"$NEOBAY" run "$root/tests/small.yaml" --replicates 50 --threads 1 --quiet --out one && cmp one/targets.csv many/targets.csv && cmp one/digests.csv many/digests.csv'
ok '--threads beyond it is a fault' exits 2 "$NEOBAY" run "$root/tests/small.yaml" --threads 1025 --out none
ok 'as is none' exits 2 "$NEOBAY" run "$root/tests/small.yaml" --threads 0 --out none
# Room for a few stacks of 8 MB only: as many threads as come are used.
few() {
	(ulimit -s 8192 && ulimit -v 600000 && exec "$NEOBAY" "$@")
}
if [[ -z ${NO_LOG_IN:-} ]]; then # a sanitizer needs all addresses
	ok 'threads that do not start' few run "$root/tests/small.yaml" --replicates 50 --threads 1000 --quiet --out few
	ok 'are done without' eval 'cmp one/targets.csv few/targets.csv && cmp one/digests.csv few/digests.csv'
	ok 'by verify too' exits 0 few verify one --threads 1000 --quiet
fi

# ------------------------------------------------------------------ killed
"$NEOBAY" run "$root/tests/small.yaml" --quiet --replicates 200 --firms 1 --out killed
touch killed/.limits.csv.part killed/.firms.csv.part killed/.run.json.part killed/.mine.part
"$NEOBAY" run "$root/tests/small.yaml" --quiet --no-limits --replicates 200 --out killed
ok 'temporaries of a run that was killed go with the next' same "$(cd killed && echo .*.part)" .mine.part
