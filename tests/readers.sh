# pandas, R and sqlite's csv mode read the files with no options, and find the same numbers.
. "$(dirname "$0")/tools/lib.sh"
"$NEOBAY" run "$root/tests/small.yaml" --quiet --replicates 200 --replicate-rows --firms 1 --out r
files='targets trajectories first-reached columns replicates firms'

# What the files say of themselves, by the plainest of readers: rows and columns, no quotes counted.
python=
for candidate in python3 /usr/bin/python3; do
	$candidate -c 'import pandas' 2>/dev/null && python=$candidate && break
done
if [[ -n $python ]]; then
	cat >read.py <<'PY'
import csv, json, sys
import pandas
for name in sys.argv[1:]:
    path = f"r/{name}.csv"
    rows = list(csv.reader(open(path, newline="")))
    frame = pandas.read_csv(path)
    assert frame.shape == (len(rows) - 1, len(rows[0])), (name, frame.shape)
    assert list(frame.columns) == rows[0] and len(set(rows[0])) == len(rows[0]), name
targets = pandas.read_csv("r/targets.csv").set_index("target")
assert targets.loc["firms_110", "indicator"] == "firms" and targets.loc["firms_110", "at_least"] == 110
assert targets.probability.between(0, 1).all() and (targets.low95 <= targets.probability).all()
assert (targets.met / targets.replicates == targets.probability).all()
assert targets.loc["firms_110", "observed"] == 104
rows = pandas.read_csv("r/replicates.csv")
assert len(rows) == 200 and (rows["replicate"] == range(200)).all()
# Numbers read back exactly: what the rows say of a target is what the summary says.
value = rows["targets.firms_110.value"]
assert (value >= 110).sum() == targets.loc["firms_110", "met"]
assert value.mean() == targets.loc["firms_110", "mean"]
reached = pandas.read_csv("r/first-reached.csv")
assert reached.groupby("target")["replicates"].sum().eq(200).all()
assert rows["targets.firms_110.first_reached"].isna().sum() == \
    reached[(reached.target == "firms_110") & reached.month.isna()]["replicates"].iloc[0]
tidy = pandas.read_csv("r/trajectories.csv")
assert tidy.month.min() == "2020-12" and tidy.month.max() == "2022-12"
assert not tidy.duplicated(["month", "indicator", "zone", "sector"]).any()
firms = tidy[(tidy.indicator == "firms")].set_index("month")["mean"]
zones = tidy[tidy.indicator == "firms_by_zone"].groupby("month")["mean"].sum()
assert (firms - zones).abs().max() < 1e-9
assert set(tidy.zone.dropna()) == {"T", "O", "T>O"} and set(tidy.sector.dropna()) == {"ai", "bio"}
panel = pandas.read_csv("r/firms.csv")
assert panel.groupby("month")["firm"].nunique().eq(panel.groupby("month").size()).all()
last = panel[panel.month == "2022-12"]
assert len(last) == value[0]
described = pandas.read_csv("r/columns.csv")
for name in sys.argv[1:]:
    here = described[described.file == f"{name}.csv"]["name"]
    assert list(here) == list(pandas.read_csv(f"r/{name}.csv").columns), name
record = json.load(open("r/run.json"))
assert record["replicates"] == 200 and record["seed"] == 1 and len(record["fingerprint"]) == 16
PY
	ok 'pandas reads them' $python read.py $files
else
	echo 'not ok pandas is not here'
fi

if command -v Rscript >/dev/null; then
	cat >read.R <<'R'
for (name in commandArgs(trailingOnly = TRUE)) {
  path <- paste0("r/", name, ".csv")
  frame <- read.csv(path)
  stopifnot(nrow(frame) == length(readLines(path)) - 1)
}
targets <- read.csv("r/targets.csv")
rows <- read.csv("r/replicates.csv")
tidy <- read.csv("r/trajectories.csv")
stopifnot(
  targets$at_least[targets$target == "firms_110"] == 110,
  is.na(targets$at_most[targets$target == "firms_110"]),
  sum(rows$targets.firms_110.value >= 110) == targets$met[targets$target == "firms_110"],
  is.numeric(tidy$mean), is.numeric(tidy$p95), is.character(tidy$zone),
  setequal(tidy$zone, c("", "O", "T", "T>O")),
  max(tidy$mean[tidy$indicator == "firms"]) > 80)
R
	ok 'R reads them' Rscript --vanilla read.R $files
else
	echo 'not ok R is not here'
fi

if command -v sqlite3 >/dev/null; then
	for name in $files; do
		table=$(tr - _ <<<"$name")
		printf '.mode csv\n.import r/%s.csv %s\n' "$name" "$table"
	done >read.sql
	sql() {
		sqlite3 -batch results.db "$1"
	}
	ok 'sqlite imports them without a word' same "$(sqlite3 -batch results.db <read.sql 2>&1)" ''
	for name in $files; do
		table=$(tr - _ <<<"$name")
		ok "sqlite: all rows of $name.csv" same "$(sql "select count(*) from $table")" \
			"$(($(wc -l <"r/$name.csv") - 1))"
	done
	ok 'sqlite: the same count of hits' same \
		"$(sql "select count(*) from replicates where cast(\"targets.firms_110.value\" as real) >= 110")" \
		"$(sql "select met from targets where target = 'firms_110'")"
	ok 'sqlite: what is quoted is one cell' same \
		"$(sql "select meaning from columns where file = 'targets.csv' and name = 'all_of'")" \
		'Targets that a joint target asks for together, separated by spaces'
else
	echo 'not ok sqlite3 is not here'
fi

# ------------------------------------------------------------------ names of every kind
# Each kind that `neobay check` does not warn of, as a name of a target, a zone, a sector and a lever.
kinds='a-b _x x1 yes on TT e5 Infty u na N y0 off-1 nil_ O0'
{
	echo 'extends: small.yaml'
	for section in targets zones sectors levers; do
		echo "$section:"
		for name in $kinds; do
			case $section in
			targets) echo "  \"$name\": {indicator: firms, date: 2022-12, at_least: 100}" ;;
			zones) echo "  \"$name\": {floor_area_m2: 1000, chain_rank: 9}" ;;
			sectors) echo "  \"$name\": {growth_per_year: {normal: [0.1, 0.01]}, maturation_years: 1, output_per_head_myuan: 1, area_per_head_m2: 10}" ;;
			levers) echo "  \"$name\": {intensity: 1, multiplies: {zones.*.shelter: {normal: [-0.01, 0.001]}}}" ;;
			esac
		done
	done
} >kinds.yaml
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
ok 'names that draw no warning' eval '! "$NEOBAY" check kinds.yaml 2>&1 | grep -q "warning.*\(pandas\|sqlite\)"'
"$NEOBAY" run kinds.yaml --quiet --replicates 20 --replicate-rows --firms 1 --no-limits --out k
if [[ -n $python ]]; then
	cat >kinds.py <<'PY'
import csv, sys
import pandas
for name in sys.argv[2:]:
    rows = list(csv.reader(open(f"k/{name}.csv", newline="")))
    frame = pandas.read_csv(f"k/{name}.csv")
    assert list(frame.columns) == rows[0], name
    for column in {"target", "zone", "sector", "name"} & set(rows[0]):
        cells = [row[rows[0].index(column)] for row in rows[1:]]
        assert list(frame[column].fillna("").astype(str)) == cells, (name, column)
        seen = set(cells)
        assert name != "targets" or set(sys.argv[1].split()) <= seen, (name, column)
PY
	ok 'pandas reads each as it is' $python kinds.py "$kinds" $files
fi
if command -v Rscript >/dev/null; then
	cat >kinds.R <<'R'
words <- commandArgs(trailingOnly = TRUE)
for (name in words[-1]) {
  path <- paste0("k/", name, ".csv")
  frame <- read.csv(path)
  text <- read.csv(path, colClasses = "character", na.strings = character(0))
  for (column in intersect(c("target", "zone", "sector", "name"), names(frame)))
    stopifnot(is.character(frame[[column]]), identical(frame[[column]], text[[column]]))
}
stopifnot(all(strsplit(words[1], " ")[[1]] %in% read.csv("k/targets.csv")$target))
R
	ok 'and R' Rscript --vanilla kinds.R "$kinds" targets trajectories first-reached columns firms
fi
if command -v sqlite3 >/dev/null; then
	for name in $files; do
		printf '.mode csv\n.import k/%s.csv %s\n' "$name" "$(tr - _ <<<"$name")"
	done >kinds.sql
	ok 'and sqlite' same "$(sqlite3 -batch kinds.db <kinds.sql 2>&1)" ''
	ok 'which finds them by name' same "$(sqlite3 -batch kinds.db "select count(*) from targets where target in ('$(sed "s/ /','/g" <<<"$kinds")')")" 15
	ok 'and has a column for each' same \
		"$(sqlite3 -batch kinds.db "select count(*) from pragma_table_info('replicates') where name like 'sectors.%.growth_per_year'")" 16
fi
