# What a picture draws is what its CSV says: lines and points are read out of the SVG and laid against
# the numbers, up to the scale of the axes.
. "$(dirname "$0")/tools/lib.sh"
if ! command -v gnuplot >/dev/null || ! command -v python3 >/dev/null; then
	skip 'drawn numbers: no gnuplot or no python3 here'
	exit 0
fi
cp "$root"/tests/small.yaml "$root"/tests/small-observed.csv .
"$NEOBAY" run small.yaml --quiet --replicates 90 --firms 3 --set clock.end=2026-12 --out run
printf 'base: small.yaml\ndesign: full\nreplicates: 20\nvary:\n  incumbents.settled.count: [60, 70, 85, 90, 100]\n' >one.yaml
"$NEOBAY" batch one.yaml --quiet --out one
printf 'base: small.yaml\ndesign: full\nreplicates: 10\nvary:\n  incumbents.settled.count: [60, 80, 100]\n  talent.stock_heads: [3000, 6000]\n' >two.yaml
"$NEOBAY" batch two.yaml --quiet --out two
"$NEOBAY" levers small.yaml --quiet --replicates 20 --out levers
"$NEOBAY" plot run one two levers --quiet

cat >drawn.py <<'P'
import csv, math, re, sys

folder, picture = sys.argv[1:3]
svg = open(f"{folder}/plots/{picture}.svg", encoding="utf8").read()
def rows(name, **equal):
    with open(f"{folder}/{name}.csv", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[k] == v for k, v in equal.items())]
def colour(rgb):
    return tuple(rgb >> shift & 255 for shift in (16, 8, 0))
def paths(rgb, least):  # lines of a colour, as lists of (x, y)
    found = []
    for stroke, d in re.findall(r"<path stroke='rgb\(([^)]*)\)'[^>]*? d='([^']*)'", svg):
        line = [tuple(map(float, p.split(","))) for p in re.findall(r"[\d.]+,[\d.]+", d)]
        if tuple(map(int, stroke.split(","))) == colour(rgb) and len(line) >= least:
            found.append(line)
    return found
def points(rgb):  # in the order in which they were drawn
    return [(float(x), float(y)) for x, y, c in re.findall(
        r"<use xlink:href='#gpPt\d+' transform='translate\(([\d.-]+),([\d.-]+)\)[^>]*? color='rgb\(([^)]*)\)'", svg)
        if tuple(map(int, c.split(","))) == colour(rgb)]
def number(cell):
    return float(cell) if cell else math.nan
def month(text):
    return int(text[:4]) * 12 + int(text[5:7])

def scaled(values, pixels):  # values on a line through their extremes, in pixels
    low, high = min(values), max(values)
    if high == low:
        return [pixels[0]] * len(values)
    a, b = pixels[values.index(low)], pixels[values.index(high)]
    return [a + (b - a) * (v - low) / (high - low) for v in values]
def at(line, x):  # of a line of rising x
    for (x0, y0), (x1, y1) in zip(line, line[1:]):
        if x0 - 0.02 <= x <= x1 + 0.02:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    raise AssertionError(f"nothing at {x}")
def line_shows(line, xs, ys):
    pixel_x = scaled(xs, [line[0][0] if x == xs[0] else line[-1][0] for x in xs])
    drawn = [at(line, x) for x in pixel_x]
    for want, got in zip(scaled(ys, drawn), drawn):
        assert abs(want - got) < 0.6, (picture, want, got)
def points_show(seen, xs, ys):
    assert len(seen) == len(xs), (picture, len(seen), len(xs))
    for axis, values in enumerate((xs, ys)):
        drawn = [p[axis] for p in seen]
        for want, got in zip(scaled(values, drawn), drawn):
            assert abs(want - got) < 0.6, (picture, want, got)

MEDIAN, COLOURS = 0x004C78, [0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7]
def fan():
    drawn = paths(MEDIAN, 10)
    assert len(drawn) == 4
    for line, indicator in zip(drawn, "hightech_firms output_myuan valued_100m listed".split()):
        table = rows("trajectories", indicator=indicator)
        line_shows(line, [month(r["month"]) for r in table], [number(r["p50"]) for r in table])
def convergence():
    names = list(dict.fromkeys(r["target"] for r in rows("convergence")))
    drawn = paths(MEDIAN, 10)
    assert len(drawn) == len(names)
    for line, name in zip(drawn, names):
        table = rows("convergence", target=name)
        line_shows(line, [math.log(number(r["replicates"])) for r in table], [number(r["probability"]) for r in table])
def first_reached():
    names = list(dict.fromkeys(r["target"] for r in rows("first-reached")))
    drawn = paths(MEDIAN, 3)
    assert len(drawn) == len(names)
    for line, name in zip(drawn, names):
        table = [r for r in rows("first-reached", target=name) if r["month"]]
        line_shows(line, [month(r["month"]) for r in table], [number(r["cumulative_share"]) for r in table])
def pipeline():
    flows = dict.fromkeys((r["from"], r["to"]) for r in rows("pipeline"))
    lines = [line for c in COLOURS for line in paths(c, 5)]
    for start, end in flows:
        table = rows("pipeline", **{"from": start, "to": end})
        if len({r["mean"] for r in table}) < 3:
            continue
        def fits(line):
            try:
                line_shows(line, [number(r["year"]) for r in table], [number(r["mean"]) for r in table])
            except AssertionError:
                return False
            return True
        assert any(map(fits, lines)), (start, end)
def bottlenecks():
    years = len({r["year"] for r in rows("bottlenecks")})
    seen = points(MEDIAN)[-4 * years:]
    for i, what in enumerate("talent space early_capital growth_capital".split()):
        table = rows("bottlenecks", what=what)
        points_show(seen[i * years:(i + 1) * years], [number(r["year"]) for r in table], [number(r["p50"]) for r in table])
def limits():
    target = max(rows("limits"), key=lambda r: abs(number(r["difference"])))["target"]
    table = sorted(rows("limits", target=target), key=lambda r: -number(r["difference"]))
    seen = sorted(points(COLOURS[0])[-len(table):], key=lambda p: p[1])
    points_show(seen, [number(r["difference"]) for r in table], [-k for k in range(len(table))])
def facts():
    seen = points(MEDIAN)
    for fact in ("survival", "growth", "rank_size"):
        table = [r for r in rows("facts", fact=fact) if fact == "survival" or number(r["value"]) > 0]
        part, seen = seen[-len(table):], seen[:-len(table)]
        log = (lambda v: v) if fact == "survival" else math.log
        points_show(part, [(math.log if fact == "rank_size" else float)(number(r["x"])) for r in table],
                    [log(number(r["value"])) for r in table])
def odds():
    table = rows("targets")
    points_show(points(COLOURS[0])[-len(table):], [number(r["probability"]) for r in table], [-k for k in range(len(table))])
def delay():
    table = [r for r in rows("points") if r["point"] != "base"]
    name = max((r for r in rows("targets", point=table[0]["point"])), key=lambda r: number(r["probability"]))["target"]
    drawn = paths(COLOURS[0], 4)
    odd = {r["point"]: number(r["probability"]) for r in rows("targets", target=name)}
    line_shows(drawn[-1], [number(r["incumbents.settled.count"]) for r in table], [odd[r["point"]] for r in table])
def heatmap():
    cells = re.findall(r"<polygon fill = 'rgb\(([^)]*)\)'", svg)
    shades = {tuple(map(int, cell.split(","))) for cell in cells}
    odds = {}
    for row in rows("targets"):
        if row["point"] != "base":
            odds.setdefault(row["target"], []).append(row["probability"])
    shown = max(odds.values(), key=lambda p: max(map(number, p)) - min(map(number, p)))
    assert len(shades) >= len(set(shown)), (shades, shown)
def levers():
    full = [r for r in rows("levers", comparison="full") if not r["date"]]
    target = max(full, key=lambda r: abs(number(r["effect"])))["what"]
    table = [r for c in ("without", "alone") for r in rows("levers", comparison=c, what=target) if not r["date"]]
    seen = points(0x000000)[1:1 + len(table)]
    for i in range(2):  # each comparison by itself: x only, since ranks may be shared
        half = len(table) // 2
        part, own = seen[i * half:(i + 1) * half], table[i * half:(i + 1) * half]
        drawn = [p[0] for p in part]
        for want, got in zip(scaled([number(r["effect"]) for r in own], drawn), drawn):
            assert abs(want - got) < 0.6, (want, got)

globals()[picture.replace("-", "_")]()
P
for name in fan convergence first-reached pipeline bottlenecks limits facts odds; do
	ok "$name draws its numbers" python3 drawn.py run $name
done
ok 'delay draws its numbers' python3 drawn.py one delay
ok 'levers draws its numbers' python3 drawn.py levers levers
ok 'heatmap has a shade for each of its odds' python3 drawn.py two heatmap
# The twins that must fail: one number that is not what is drawn.
cp -r run off
awk -F, -v OFS=, '$2 == "output_myuan" && $1 == "2024-03" { $10 *= 1.02 } { print }' run/trajectories.csv >off/trajectories.csv
ok 'a median that is off by 2 % is seen' exits 1 eval 'python3 drawn.py off fan 2>/dev/null'
awk -F, -v OFS=, 'NR == 3 { $11 += 0.03 } { print }' run/targets.csv >off/targets.csv
ok 'so are odds that are off by 3 points' exits 1 eval 'python3 drawn.py off odds 2>/dev/null'
awk -F, -v OFS=, '$1 == "growth" && ++n == 5 { $3 *= 1.2 } { print }' run/facts.csv >off/facts.csv
ok 'and a density by a fifth' exits 1 eval 'python3 drawn.py off facts 2>/dev/null'

# ------------------------------------------------------------------ labels
# Of small runs, of a run with twelve targets of long names and a long Chinese title, and of 26 levers.
{
	echo 'extends: small.yaml'
	echo 'about: {title: 闵行区大零号湾全域高质量发展规划及其对高新技术企业、产出与上市企业数量的影响：一个名字长到一行放不下的情景，仍须显示得体}'
	echo 'targets:'
	for i in $(seq 1 9); do
		echo "  a_target_that_somebody_gave_a_name_as_long_as_a_sentence_$i: {indicator: firms, date: 2022-12, at_least: 9$i}"
	done
	echo 'levers:'
	for i in $(seq 1 25); do
		echo "  a_lever_with_a_name_too_long_for_its_row_$i: {action: $((i % 3 + 1)), intensity: 1, cost_myuan_per_year: $i, multiplies: {zones.*.shelter: -0.1}}"
	done
} >long.yaml
"$NEOBAY" run long.yaml --quiet --replicates 20 --firms 1 --out long
"$NEOBAY" levers long.yaml --quiet --replicates 5 --out many
"$NEOBAY" run small.yaml --quiet --replicates 1 --firms 1 --out single
cat >labels.py <<'P'
import glob, re, sys

# Text as boxes, with letters of average width, Chinese ones square.
def boxes(svg):
    found = set()
    for head, body in re.findall(r'<g transform="translate\(([^>]*)>\s*<text>(.*?)</text>', svg, re.S):
        x, y = map(float, re.match(r"([\d.-]+),([\d.-]+)", head).groups())
        size = float(re.search(r'font-size="([\d.]+)"', head)[1])
        text = re.sub(r"&\w+;", "x", re.sub(r"<[^>]*>", "", body)).strip()
        turn = re.search(r"rotate\(([\d.-]+)", head)
        wide = size * sum(1 if c > "\u2e7f" else 0.55 for c in text)
        start = {"start": 0, "middle": -wide / 2, "end": -wide}[re.search(r'text-anchor="(\w+)"', head)[1]]
        if not turn or float(turn[1]) == 0:
            box = (x + start, y - 0.72 * size, x + start + wide, y + 0.2 * size)
        elif abs(float(turn[1])) == 90:
            box = (x - 0.72 * size, y - start - wide, x + 0.2 * size, y - start)
        else:
            continue
        if text:
            found.add((text, box))
    return sorted(found)
wrong = 0
for name in sys.argv[1:]:
    svg = open(name, encoding="utf8").read()
    width, height = map(float, re.search(r'viewBox="0 0 (\d+) (\d+)"', svg).groups())
    texts = boxes(svg)
    assert len(texts) > 5, name
    for i, (text, (x0, y0, x1, y1)) in enumerate(texts):
        if x0 < 0 or y0 < 0 or x1 > width or y1 > height:
            print(f'{name}: "{text}" is cut'); wrong += 1
        for other, (a0, b0, a1, b1) in texts[i + 1:]:
            if min(x1, a1) - max(x0, a0) > 2 and min(y1, b1) - max(y0, b0) > 1.5:
                print(f'{name}: "{text}" lies on "{other}"'); wrong += 1
sys.exit(wrong > 0)
P
ok 'drawn' exits 0 "$NEOBAY" plot long many single --quiet
ok 'no label is cut, and none lies on another' python3 labels.py ./*/plots/*.svg
ok 'drawn in Chinese' exits 0 "$NEOBAY" plot run one two many --quiet --language zh
ok 'nor in Chinese' python3 labels.py ./*/plots/*.svg
sed 's/translate([0-9.]*,\([0-9.]*\)\(.*text-anchor="start"\)/translate(905,\1\2/' run/plots/fan.svg >cut.svg
ok 'one that is cut would be seen' says 'is cut' python3 labels.py cut.svg
sed 's/\(translate([0-9.]*\),[0-9.]*\(.*text-anchor="middle"\)/\1,300\2/' run/plots/fan.svg >lain.svg
ok 'and one on another' says 'lies on' python3 labels.py lain.svg

# ------------------------------------------------------------------ in grey
# What lies on, or beside, something else differs from it in lightness (CIE L*), or bears a mark.
cat >grey.py <<'P'
import re, sys

style = open(sys.argv[1] + "/style.gp", encoding="utf8").read()
def lightness(rgb):
    parts = [(rgb >> shift & 255) / 255 for shift in (16, 8, 0)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    y = sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y
level = {name: lightness(int(value, 16)) for name, value in re.findall(r"^(\w+) *= 0x([0-9A-F]{6})$", style, re.M)}
level["PAPER"] = 100
for pair in "BAND90 PAPER", "BAND50 BAND90", "MEDIAN BAND50", "SINGLE BAND50", "AIM BAND50", "SEEN BAND50", "MEDIAN AIM":
    a, b = pair.split()
    assert abs(level[a] - level[b]) >= 9, (pair, level[a], level[b])
marks = re.search(r"^array MARK\[8\] = \[([\d, ]*)\]", style, re.M)[1].split(", ")
assert len(set(marks)) == 8, marks
# Lines that share a panel are told apart by marks: wherever a script takes a colour by number, it
# takes the mark of that number, or draws boxes (of levers, whose labels say the action).
for script in "odds pipeline delay".split():
    for line in open(f"{sys.argv[1]}/{script}.gp", encoding="utf8"):
        for number in re.findall(r"COLOUR\[(\w+(?:\(\w\))?)\] (?:not)?title", line):
            assert f"MARK[{number}]" in line or "with lines" in line or "pointtype 7" in line, (script, line)
stops = [lightness(int(c, 16)) for c in re.findall(r'"#([0-9a-f]{6})"', open(sys.argv[1] + "/heatmap.gp").read())]
assert len(stops) == 5 and all(b - a > 10 for a, b in zip(stops, stops[1:])), stops
P
ok 'grey tells apart what colour does' python3 grey.py "$root/plots"
mkdir dull
cp "$root"/plots/*.gp dull
sed -i 's/^BAND50 = .*/BAND50 = 0xB8E0C0/' dull/style.gp
ok 'and would not, were a band as light as the other' exits 1 eval 'python3 grey.py dull 2>/dev/null'
