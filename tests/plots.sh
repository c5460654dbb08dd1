# The pictures: every script on small runs and batches, odd names, and what is wrong with its input.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v gnuplot >/dev/null; then
	skip 'pictures: no gnuplot here (make plots installs it)'
	exit 0
fi
plots=$root/plots
run() { # OPTIONS...
	"$NEOBAY" run "$root/tests/small.yaml" --quiet --force --replicates 40 "$@"
}
of_runs='fan odds first-reached convergence pipeline bottlenecks limits facts firm'
of_batches='levers heatmap delay list sensitivity comparison'

run --firms 1 --out small
firm=$(awk -F, '$2 == "2022-12" { print $3; exit }' small/firms.csv)
awk -F, -v firm="$firm" 'NR == 1 || $3 == firm' small/firms.csv >small/firm.csv
batch() { # NAME HEAD ENTRY...: a batch of the small district; HEAD ends with vary or scenarios
	local name=$1 head=$2
	shift 2
	{
		printf 'base: %s\nreplicates: 20\n%s:\n' "$root/tests/small.yaml" "$head"
		printf '  %s\n' "$@"
	} >"$name.yaml"
	"$NEOBAY" batch "$name.yaml" --quiet --force --out "$name"
}
full=$'design: full\nvary'
batch two "$full" 'incumbents.settled.count: [60, 80, 100]' 'talent.stock_heads: [3000, 6000, 9000]'
batch one "$full" 'incumbents.settled.count: [60, 80, 100]'
"$NEOBAY" levers "$root/tests/small.yaml" --quiet --force --replicates 20 --out levers
batch list scenarios 'as_it_is:' 'hard_times: {exit.rate_per_year: 0.2}' 'few: {incumbents.settled.count: 60}'
batch sampled $'design: sobol\npoints: 32\nvary' 'exit.rate_per_year: {from: 0.02, to: 0.3}' 'growth.quality: {from: 0, to: 0.1}'
run --out against
run --out worse --set exit.rate_per_year=0.2
"$NEOBAY" compare against worse --quiet --force --out compared

drawn() { # FOLDER PICTURE...: both formats are there, and are what they say
	local folder=$1 name
	shift
	for name in "$@"; do
		tail -n 3 "$folder/$name.svg" | grep -q '</svg>' || {
			echo "$folder/$name.svg is no whole SVG"
			return 1
		}
		[[ $(head -c 4 "$folder/$name.png" | tail -c 3) == PNG && -s $folder/$name.png ]] || {
			echo "$folder/$name.png is no PNG"
			return 1
		}
	done
}
holds() { # FILE TEXT: the SVG shows the text
	[[ -n $2 ]] && sed 's/<[^>]*>//g; s/&gt;/>/g; s/&lt;/</g; s/&amp;/\&/g; s/&quot;/"/g' "$1" | grep -qF -- "$2" || {
		echo "no \"$2\" in $1"
		return 1
	}
}
cell() { # FILE ROW-PATTERN COLUMN: a cell of the first row that matches
	awk -F, -v pattern="$2" -v name="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
		NR > 1 && $0 ~ pattern { print $at; exit }' "$1"
}
# What gnuplot says of panels without data is no fault.
script() { # PICTURE RUN [LANGUAGE]: by itself; must say nothing
	local said
	gnuplot -d -c "$plots/$1.gp" "${@:2}" >said 2>&1 || {
		cat said
		return 1
	}
	said=$(grep -Ev 'no valid points|All points out of range|empty [xy] range|^$' said)
	[[ -z $said ]] || {
		echo "$said"
		return 1
	}
}
folder_of() { # PICTURE
	case $1 in
	heatmap) echo two ;;
	delay) echo one ;;
	levers) echo levers ;;
	list) echo list ;;
	sensitivity) echo sampled ;;
	comparison) echo compared ;;
	*) echo small ;;
	esac
}

# ------------------------------------------------------------------ each script by itself
for name in $of_runs $of_batches; do
	for language in en zh; do
		ok "$name.gp runs by itself, $language" script $name "$(folder_of $name)" $language
		ok 'and draws both files' drawn "$(folder_of $name)/plots" $name
		cp "$(folder_of $name)/plots/$name.svg" $name.$language.svg
	done
done

# ------------------------------------------------------------------ what they show
percent() {
	awk -v p="$1" 'BEGIN {
		form = "%.0f %%"
		if (p < 0.0995 || p > 0.9895)
			form = "%.1f %%"
		if (p <= 0 || p >= 1)
			form = "%d %%"
		if (p > 0 && p < 0.0005)
			form = "<0.1 %%"
		if (p > 0.9995 && p < 1)
			form = ">99.9 %%"
		printf form, 100 * p
	}'
}
title=$(cell small/about.csv . title)
for name in $of_runs; do
	ok "$name: title of the scenario, replicates, seed" holds $name.en.svg "$title · 40 replicates · seed 1"
done
for target in firms_110 output_4000 few_failures both; do
	odds=$(percent "$(cell small/targets.csv "^$target," probability)")
	ok "odds: those of $target stand in the picture" holds odds.en.svg "$odds"
done
ok 'odds: a target says what it asks for' holds odds.en.svg 'firms ≥ 110 by 2022-12'
ok 'odds: in Chinese' holds odds.zh.svg '企业 ≥ 110（2022-12）'
ok 'fan: the title is the finding' holds fan.en.svg \
	"the odds of 4,000 or more are $(percent "$(cell small/targets.csv ^output_4000, probability)")"
ok 'fan: a median of the CSV' holds fan.en.svg "median $(awk -v x="$(cell small/targets.csv ^output_4000, p50)" \
	'BEGIN { x = int(x + 0.5); printf "%d,%03d", x / 1000, x % 1000 }') in 2022-12"
ok 'first-reached: the share of never' holds first-reached.en.svg \
	"never $(percent "$(cell small/first-reached.csv '^firms_110,,' share)")"
ok 'bottlenecks: the tightest of the last year' holds bottlenecks.en.svg \
	"$(percent "$(awk -F, '$1 == 2022 && $4 > m { m = $4 } END { print m }' small/bottlenecks.csv)")"
# Of the target that moves most: of a map, along an axis, and by the plan as a whole.
moved_most() { # TARGETS.CSV
	awk -F, 'NR > 1 && $1 != "base" {
		if (!($2 in low)) { order[++n] = $2; low[$2] = high[$2] = $5 }
		if ($5 < low[$2]) low[$2] = $5
		if ($5 > high[$2]) high[$2] = $5
	} END {
		for (i = 1; i <= n; i++)
			if (best == "" || high[order[i]] - low[order[i]] > high[best] - low[best]) best = order[i]
		print best, low[best], high[best]
	}' "$1"
}
read -r target low high < <(moved_most two/targets.csv)
ok 'heatmap: the range of the odds' holds heatmap.en.svg \
	"Odds of ${target//_/ }: $(percent "$low") to $(percent "$high") over the map"
ok 'heatmap: what the widest interval is' holds heatmap.en.svg '20 replicates a point, 95 % intervals up to ±'
ok "heatmap: the plan's own point" holds heatmap.en.svg "the plan's own point"
ok 'heatmap: units of the axes' eval 'holds heatmap.en.svg "talent.stock heads (heads)" &&
	holds heatmap.en.svg "incumbents.settled.count (firms)"'
read -r target low high < <(moved_most one/targets.csv)
ok 'delay: the odds at its ends' holds delay.en.svg "Odds of ${target//_/ }: from $(percent "$low") to $(percent "$high")"
ok 'delay: the values of the axis' holds delay.en.svg 'goes from 60 to 100'
target=$(awk -F, '$4 == "full" && $6 == "" { e = $7 < 0 ? -$7 : $7; if (!n++ || e > most) { most = e; name = $5 } } END { print name }' levers/levers.csv)
lost=$(awk -F, -v target="$target" '$4 == "without" && $5 == target && $7 > 0 { printf "lose %.1f points", 100 * $7; exit }' levers/levers.csv)
ok 'levers: what is lost, in points' holds levers.en.svg "${lost:-No lever that is taken out lowers the odds of ${target//_/ }}"

# ------------------------------------------------------------------ letters
# Whatever the language table and the pictures say has a glyph in the font of the pictures.
if fc-list 'WenQuanYi Micro Hei' 2>/dev/null | grep -q .; then
	cat "$plots/words.gp" ./*.zh.svg | sed 's/<[^>]*>//g' | grep -o . | LC_ALL=C sort -u |
		LC_ALL=C grep -P '[\x80-\xff]' | while read -r letter; do
		code=$(printf '%x' "'$letter")
		fc-list "WenQuanYi Micro Hei:charset=$code" | grep -q . || echo "$letter"
	done >missing
	ok 'no glyph is missing' absent_or_empty missing
	ok 'and one would be seen' same "$(fc-list 'WenQuanYi Micro Hei:charset=1f600')" ''
else
	skip 'missing glyphs: no font fonts-wqy-microhei here'
fi
for pair in $(awk '/^en_/ { print $1 "/" $0 }' "$plots/words.gp" | sed 's/ .*; zh_/:zh_/; s/ = .*//'); do
	[[ $pair == *:zh_* ]] || echo "$pair"
done >alone
ok 'every word has both languages' absent_or_empty alone

# ------------------------------------------------------------------ neobay plot
rm -rf small/plots
ok 'neobay plot' exits 0 "$NEOBAY" plot small
# shellcheck disable=SC2086
ok 'draws what there is data for' drawn small/plots $of_runs
ok 'and no more' same "$(ls small/plots | wc -l)" 18
ok 'leaves nothing else' absent small/.plots.part
run --out plain
ok 'a run without firms says which option makes them' says \
	'no facts: neobay run --firms K writes it' "$NEOBAY" plot plain
ok 'and draws the others' drawn plain/plots fan odds first-reached convergence pipeline bottlenecks limits
ok 'batches' exits 0 "$NEOBAY" plot two one levers --quiet
ok 'have their pictures' eval 'drawn two/plots heatmap && drawn one/plots delay && drawn levers/plots levers'
# ------------------------------------------------------------------ what is valid, and odd
well() { # FOLDER PICTURE...: these are drawn, as XML that reads, at exit 0
	local folder=$1 name
	shift
	exits 0 "$NEOBAY" plot "$folder" && drawn "$folder/plots" "$@" || return 1
	for name in "$@"; do
		# shellcheck disable=SC2094
		LC_ALL=C grep -q $'[\x01-\x08\x0b\x0c\x0e-\x1f]' "$folder/plots/$name.svg" && {
			echo "control characters in $name.svg"
			return 1
		}
	done
	return 0
}
echo 'exit: {rate_per_year: 0.2}' >hard.yaml
sed -i "1iextends: $root/tests/small.yaml" hard.yaml
batch files "$full" "extends: [$root/tests/small.yaml, $here/hard.yaml]"
ok 'an axis of files' well files delay
printf 'extends: %s\njoint_targets: {firms_110: {all_of: [output_4000, few_failures]}}\n' "$root/tests/small.yaml" >equal.yaml
"$NEOBAY" run equal.yaml --quiet --replicates 50 --out equal
ok 'a target and a joint target of one name' well equal fan odds first-reached convergence limits
ok 'each with its odds' eval 'for p in $(awk -F, "\$1 == \"firms_110\" { print \$11 }" equal/targets.csv); do holds equal/plots/odds.svg "$(percent $p)" || exit 1; done'
printf 'extends: %s\ntargets: ~\njoint_targets: ~\n' "$root/tests/small.yaml" >aimless.yaml
"$NEOBAY" run aimless.yaml --quiet --replicates 50 --out aimless
ok 'no targets' well aimless fan pipeline bottlenecks
ok 'what is left out is told' says 'no odds: targets.csv of aimless has no rows' "$NEOBAY" plot aimless
batch ended scenarios '"two\nlines":' '"bell\u0007": {exit.rate_per_year: 0.2}'
ok 'a newline and a bell in names of points' well ended list
ok 'are blanks' holds ended/plots/list.svg 'two lines'
ok 'and leave nothing behind' absent ended/.plots.part
printf 'extends: %s\nabout: {title: "a\\u0001b\\u001bc\\nd"}\n' "$root/tests/small.yaml" >control.yaml
"$NEOBAY" run control.yaml --quiet --replicates 50 --out control
ok 'control characters in a title' well control fan odds pipeline
sed 's/points: 32/points: 1/' sampled.yaml >single.yaml
"$NEOBAY" batch single.yaml --quiet --force --out single
ok 'one point of a sampled design' eval '"$NEOBAY" plot single; [[ $? == 2 || -d single/plots ]]'
batch three "$full" 'incumbents.settled.count: [60, 80]' 'talent.stock_heads: [3000, 6000]' 'exit.rate_per_year: [0.1, 0.2]'
ok 'three axes: says what there are pictures of' says 'there is no picture of a batch with 3 axes' "$NEOBAY" plot three
ok 'and no advice that would overwrite it' eval '! "$NEOBAY" plot three 2>&1 | grep -q "neobay run"'
ok 'a list is drawn as dots with names' holds list.en.svg 'hard times'
ok 'its title is the finding' holds list.en.svg 'Odds of '
ok 'sensitivity: the axis that decides most' holds sensitivity.en.svg 'exit.rate per year'
ok 'comparison: against the first' holds comparison.en.svg 'Worse against against'
ok 'a firm by its name' exits 0 "$NEOBAY" plot small --picture firm --firm "$firm" --quiet
ok 'is in the title' holds small/plots/firm.svg "Firm $firm"
# A firm's life from a replay: its events are marked, and what its rounds raised is said.
"$NEOBAY" replay small --replicate 17 --quiet
firm=$(awk -F, '$3 == "funded" { print $2; exit }' small/replay-17/events.csv)
raised=$(awk -F, -v firm="$firm" '$2 == firm && $3 == "funded" { print $12; exit }' small/replay-17/events.csv)
ok 'a firm of a replay' exits 0 "$NEOBAY" replay small --replicate 17 --firm "$firm" --quiet
ok 'is drawn' exits 0 "$NEOBAY" plot small/replay-17
ok 'alone' same "$("$NEOBAY" plot small/replay-17)" 'small/replay-17/plots/firm.svg, firm.png'
ok 'with its name' holds small/replay-17/plots/firm.svg "Firm $firm"
ok 'its replicate' holds small/replay-17/plots/firm.svg 'replicate 17'
ok 'its rounds' holds small/replay-17/plots/firm.svg "+$raised"
ok 'a key to its events' holds small/replay-17/plots/firm.svg 'round (+: million yuan raised)'
ok 'in Chinese' eval '"$NEOBAY" plot small/replay-17 --language zh --quiet && holds small/replay-17/plots/firm.svg "融资（+：百万元）"'
for language in en zh; do
	ok "firm.gp runs by itself on a replay, $language" script firm small/replay-17 $language
done
sed -i '1s/event/what/' small/replay-17/events.csv
ok 'events of another form' says 'events.csv:1:1: no column event' "$NEOBAY" plot small/replay-17
rm -r small/replay-17

ok 'Chinese' exits 0 "$NEOBAY" plot small --language zh --quiet
ok 'is Chinese' holds small/plots/fan.svg '次模拟'
ok 'another language is none' says '--language = fr is not one of en|zh' "$NEOBAY" plot small --language fr

ok 'several runs' exits 0 "$NEOBAY" plot small plain --picture odds --quiet
ok 'stand side by side' eval 'holds small/plots/odds.svg plain && holds plain/plots/odds.svg small'

# One replicate; a target that is always met, one that never is; the optional files gone.
run --replicates 1 --firms 1 --out single
ok 'one replicate' exits 0 "$NEOBAY" plot single --quiet
ok 'probability 0 and 1' eval 'grep -q ",1,0,0,0," single/targets.csv && grep -q ",1,1,1," single/targets.csv'
ok 'are shown' eval 'holds single/plots/odds.svg "0 %" && holds single/plots/odds.svg "100 %"'
cp -r small bare
rm bare/paths.csv bare/observed.csv bare/about.csv bare/split.csv
ok 'without files that may be missing' exits 0 "$NEOBAY" plot bare --quiet
ok 'the name of the folder stands in for the title' holds bare/plots/fan.svg 'bare'
rm bare/targets.csv
ok 'a fan without targets' exits 0 "$NEOBAY" plot bare --picture fan --quiet
for name in fan first-reached convergence; do
	ok "$name.gp says nothing of missing files" script $name bare
done

# Names are drawn, never run.
odd="it's a \"run\" \$(touch hacked) \`touch hacked\` %d {x}_^ <&>"
cp -r small "$odd"
printf 'title,question,scenario,first_month,last_month,replicates,seed\n"%s",,x.yaml,2021-01,2022-12,40,1\n' \
	'Say ""50 %s %"", `touch hacked`, $(touch hacked) {a}_b <c>' >"$odd/about.csv"
for name in '| touch hacked' '< touch hacked'; do
	cp -r "$odd" "$name"
done
ok 'a folder with spaces and quotes' exits 0 "$NEOBAY" plot "$odd" --quiet
ok 'shows the title as it is' holds "$odd/plots/fan.svg" 'Say "50 %s %", `touch hacked`, $(touch hacked) {a}_b <c>'
ok 'names that look like commands' exits 0 "$NEOBAY" plot '| touch hacked' '< touch hacked' --quiet
ok 'the scripts alone too' eval 'script fan "$odd" && script odds "< touch hacked" && script fan "| touch hacked"'
ok 'nothing was run' same "$(find . -name 'hacked*')" ''

# ------------------------------------------------------------------ bad input
bad() { # WHAT MESSAGE ARGUMENTS...: exit 2, one line that says so, pictures as they were
	local what=$1 message=$2 said
	shift 2
	ok "$what exits 2" exits 2 "$NEOBAY" plot "$@"
	said=$("$NEOBAY" plot "$@" 2>&1)
	ok 'says so in one line' same "$said" "$message"
}
mkdir empty
bad 'a folder without results' \
	'empty: holds no results to draw; neobay run SCENARIO --out empty makes some' empty
ok 'nothing is drawn there' same "$(ls -A empty)" ''
bad 'a folder that is not there' 'none: cannot be read: No such file or directory' none
bad 'a file' 'two.yaml: is no folder; give the folder of a run, such as out/NAME' two.yaml
bad 'a picture that there is not' \
	'there is no picture fann; nearest: fan; neobay help plot lists them' small --picture fann
bad 'a heat map of one axis' \
	'one: the batch has 1 axis, which does not fit heatmap: neobay batch with two axes writes it' \
	one --picture heatmap
bad 'a heat map of a run' 'small: has no points.csv for heatmap: neobay batch with two axes writes it' \
	small --picture heatmap
bad 'a firm that there is not' \
	"$here/small/firms.csv: no firm nobody; its column firm has those that there are" \
	small --picture firm --firm nobody
bad 'a target that there is not' \
	"$here/levers/levers.csv: no target nosuch; its column what has those that there are" \
	levers --target nosuch
ok 'another target' exits 0 "$NEOBAY" plot levers two --target output_4000 --quiet
ok 'is in the title' eval 'holds levers/plots/levers.svg "odds of output 4000" &&
	holds two/plots/heatmap.svg "Odds of output 4000"'
cp -r plain broken
rm -r broken/plots
sed -i '1s/p95/p96/' broken/trajectories.csv
bad 'a missing column' "$here/broken/trajectories.csv:1:1: no column p95; write the results anew" broken
cp plain/trajectories.csv broken
sed -i '5s/,[^,]*$//' broken/trajectories.csv
bad 'a broken line' \
	"$here/broken/trajectories.csv:5:1: 12 cells, where the header has 13; write the results anew" broken
cp plain/trajectories.csv broken
awk -F, -v OFS=, 'NR == 5 { $8 = "abc" } { print }' plain/trajectories.csv >broken/trajectories.csv
ok 'a cell that is no number' says 'trajectories.csv:5:1: "abc" is no number' "$NEOBAY" plot broken
cp plain/trajectories.csv broken
echo '"never closed' >>broken/trajectories.csv
ok 'a quote that is never closed' says ': a quoted cell does not end as it should; write the results anew' "$NEOBAY" plot broken
: >broken/trajectories.csv
ok 'an empty file' exits 2 "$NEOBAY" plot broken
ok 'nothing half-drawn' absent broken/plots broken/.plots.part
cp -r two hollow
rm -rf hollow/plots
sed -i '1!d' hollow/points.csv
bad 'an empty batch' \
	'hollow: there is no picture of a batch with 2 axes, or of tables without rows; delay takes one axis, heatmap two, list none, and sensitivity a sampled design' hollow
ok 'one bad run stops all' exits 2 "$NEOBAY" plot plain hollow --quiet
ok 'nothing half-drawn' absent hollow/plots hollow/.plots.part

cp -r one unitless
sed -i '1s/unit/unti/' unitless/columns.csv
bad 'units without their column' "$here/unitless/columns.csv:1:1: no column unit; write the results anew" unitless

mkdir path
gone='gnuplot is not there or does not run; install it (Debian: apt install gnuplot-nox fonts-wqy-microhei, or make plots), then again'
without() { # ARGUMENTS...: neobay with nothing but the folder path on its PATH
	PATH=$here/path "$NEOBAY" "$@"
}
ok 'gnuplot not there exits 3' exits 3 without plot plain
ok 'says what to install' same "$(without plot plain 2>&1)" "$gone"
printf '#!/bin/sh\necho gnuplot 5.2 patchlevel 8\n' >path/gnuplot
chmod +x path/gnuplot
ok 'gnuplot too old exits 3' exits 3 without plot plain
ok 'says so' same "$(without plot plain 2>&1)" \
	'gnuplot 5.2 is too old; the pictures need 5.4 or newer'
printf '#!/bin/sh\n[ "$1" = --version ] && echo gnuplot 5.4 patchlevel 4 && exit\necho out of ink >&2\nexit 1\n' >path/gnuplot
cp -r plain before
ok 'gnuplot that fails exits 3' exits 3 without plot plain
ok 'says why' same "$(without plot plain 2>&1)" 'gnuplot could not draw fan: out of ink; nothing was kept'
ok 'pictures of before stay' diff -r plain before
