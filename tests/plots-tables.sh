# The tables that are there to be drawn say what the others say: pipeline.csv, bottlenecks.csv,
# convergence.csv, paths.csv, facts.csv and about.csv, each computed again from the rest.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v python3 >/dev/null; then
	skip 'tables of pictures: no python3 here'
	exit 0
fi
cp "$root"/tests/small.yaml "$root"/tests/small-observed.csv .
"$NEOBAY" run small.yaml --quiet --replicates 90 --replicate-rows --firms 12 --out plain
"$NEOBAY" run small.yaml --quiet --replicates 1 --firms 1 --out single

cat >again.py <<'P'
import csv, math, sys
from collections import defaultdict

folder, what = sys.argv[1:3]
def rows(name):
    with open(folder + "/" + name, newline="") as file:
        return list(csv.DictReader(file))
def near(a, b, within=1e-9):
    assert abs(a - b) <= within * max(1, abs(b)), (a, b)

def yearly():  # sums over a year's months of trajectories.csv's means, by indicator and zone
    sums, seen = defaultdict(float), rows("trajectories.csv")
    for row in seen[0:]:
        if row["month"] != seen[0]["month"] and row["mean"]:
            sums[row["month"][:4], row["indicator"], row["zone"]] += float(row["mean"])
    return sums

def pipeline():
    sums = yearly()
    indicator = {("research", "results"): "discoveries", ("results", "projects"): "ventures",
                 ("results", "licences"): "licences", ("projects", "abandoned"): "projects_abandoned",
                 ("projects", "left_for_space"): "leaked_for_space", ("projects", "T"): "founded",
                 ("outside", "firms"): "arrived", ("outside", "turned_away"): "turned_away",
                 ("firms", "failed"): "exits_failed", ("firms", "relocated"): "exits_relocated"}
    table = rows("pipeline.csv")
    for row in table:
        year, pair, mean = row["year"], (row["from"], row["to"]), float(row["mean"])
        if pair == ("results", "unused"):
            near(mean, sums[year, "discoveries", ""] - sums[year, "ventures", ""] - sums[year, "licences", ""])
        elif pair in indicator:
            near(mean, sums[year, indicator[pair], ""])
        else:
            near(mean, sums[year, "graduations", ">".join(pair)])
        assert float(row["p05"]) <= float(row["p50"]) <= float(row["p95"])
    assert len(table) == 2 * (len(indicator) + 2)

def bottlenecks():
    sums = yearly()
    for row in rows("bottlenecks.csv"):
        near(float(row["mean"]), sums[row["year"], "bound_by_" + row["what"], ""] / int(row["months"]))

def convergence():
    looks, targets = defaultdict(list), rows("targets.csv")
    for row in rows("convergence.csv"):
        looks[row["target"]].append(row)
    for target in targets:
        own = looks[target["target"]]
        assert (own[-1]["met"], own[-1]["replicates"]) == (target["met"], target["replicates"])
        assert float(own[-1]["low95"]) <= float(target["low95"]) + 1e-9
        assert float(own[-1]["high95"]) >= float(target["high95"]) - 1e-9
        for a, b in zip(own, own[1:]):
            assert 0 <= int(b["met"]) - int(a["met"]) <= int(b["replicates"]) - int(a["replicates"])
    if folder == "plain":  # look by look from replicates.csv
        each = rows("replicates.csv")
        for row in looks["firms_110"]:
            part = each[:int(row["replicates"])]
            assert sum(float(r["targets.firms_110.value"]) >= 110 for r in part) == int(row["met"])

def paths():
    table, each = rows("paths.csv"), rows("replicates.csv")
    assert len({row["replicate"] for row in table}) == 5
    end = {row["replicate"]: row for row in table if (row["month"], row["indicator"]) == ("2022-12", "firms")}
    for replicate, row in end.items():
        near(float(row["value"]), float(each[int(replicate)]["targets.firms_110.value"]))

def facts():
    table, firms = rows("facts.csv"), rows("firms.csv")
    months = sorted({row["month"] for row in firms})
    index = {month: i for i, month in enumerate(months)}
    last, years = months[-1], months[-1::-12]
    size = [float(r["output_myuan"]) for r in firms if r["month"] == last]
    tail = [row for row in table if row["fact"] == "rank_size"]
    for row in tail:
        near(float(row["value"]), sum(y >= float(row["x"]) for y in size) / len(size))
    low = min((float(r["x"]) for r in tail if r["model"]))  # Hill's estimate, to the width of a bin
    above = sorted(size)[::-1]
    above = above[:sum(1 for y in above if y >= low)]
    hill = len(above) / sum(math.log(y / low) for y in above)
    near(float(tail[0]["parameter"]), hill, 0.15)
    output = {(r["replicate"], r["firm"], r["month"]): float(r["output_myuan"]) for r in firms if r["month"] in years}
    growth = [math.log(y / output[r, f, years[years.index(m) + 1]]) for (r, f, m), y in output.items()
              if m != years[-1] and (r, f, years[years.index(m) + 1]) in output]
    dense = [row for row in table if row["fact"] == "growth"]
    for row in dense:
        x = float(row["x"])
        near(float(row["value"]), sum(x - 0.05 <= g < x + 0.05 for g in growth) / len(growth) / 0.1)
    middle = sorted(growth)[len(growth) // 2]
    near(float(dense[0]["parameter"]), sum(abs(g - middle) for g in growth) / len(growth), 0.02)
    risk, gone, there = defaultdict(int), defaultdict(int), {(r["replicate"], r["firm"], r["month"]) for r in firms}
    for r in firms:
        if r["month"] != last:
            risk[int(r["age_months"])] += 1
            gone[int(r["age_months"])] += (r["replicate"], r["firm"], months[index[r["month"]] + 1]) not in there
    stay = {0: 1.0}
    for age in range(600):
        stay[age + 1] = stay[age] * (1 - gone[age] / risk[age] if risk[age] else 1)
    for row in table:
        if row["fact"] == "survival":
            near(float(row["value"]), stay[round(12 * float(row["x"]))])
            near(float(row["parameter"]), 12 * sum(gone.values()) / sum(risk.values()))

def about():
    row, = rows("about.csv")
    assert row["title"] == "A small district" and row["seed"] == "1"
    assert row["replicates"] == ("1" if folder == "single" else "90")

globals()[what]()
P
for table in pipeline bottlenecks convergence paths facts about; do
	ok "$table.csv, computed again" python3 again.py plain $table
done
for table in pipeline bottlenecks convergence facts about; do
	ok "$table.csv of one replicate" python3 again.py single $table
done
# The twin that must fail: a number that is a little off is seen.
cp -r plain off
awk -F, -v OFS=, 'NR == 9 { $5 += 0.001 } { print }' plain/pipeline.csv >off/pipeline.csv
ok 'a mean that is off by a thousandth is seen' exits 1 eval 'python3 again.py off pipeline 2>/dev/null'
awk -F, -v OFS=, '$1 == "growth" && !n++ { $3 *= 1.01 } { print }' plain/facts.csv >off/facts.csv
ok 'so is a density' exits 1 eval 'python3 again.py off facts 2>/dev/null'
ok 'ages enough to tell of survival' test "$(grep -c '^survival,' plain/facts.csv)" -ge 2
