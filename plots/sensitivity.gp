# Which axis of a batch decides a target?
#   gnuplot -c plots/sensitivity.gp BATCH [en|zh] [FOLDER] [TARGET]: the one of the largest share unless told
# Reads sensitivity.csv of a sampled design.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("sensitivity.gp")]
load plots."style.gp"
name = "sensitivity"
SHOWN = 30
shown = chosen; most = -2
if (strlen(chosen) == 0) { stats "sensitivity.csv" using (column("share") > most ? (most = column("share"), shown = stringcolumn("target"), 0) : 0) nooutput }
ours(row) = stringcolumn("target") eq shown && column("rank") >= 1
n = 0; points = 0
stats "sensitivity.csv" using (ours(0) ? (n = n + 1, points = column("points"), 0) : 0) nooutput
if (n == 0) exit error "sensitivity.csv: no axis is ranked for this target"
array AXIS[n]; array RANK[n]; array UP[n]
i = 0
stats "sensitivity.csv" using (ours(0) ? (i = i + 1, AXIS[i] = stringcolumn("axis"), RANK[i] = column("rank"), UP[i] = column("odds_highest") >= column("odds_lowest"), 0) : 0) nooutput
array ROW[n]; array SORTED[n]
do for [i = 1:n] {
    place_of = 1
    do for [j = 1:n] { if (RANK[j] < RANK[i] || (RANK[j] == RANK[i] && j < i)) { place_of = place_of + 1 } }
    SORTED[place_of] = AXIS[i]; ROW[place_of] = (UP[i] ? "↑ " : "↓ ").axis_name(AXIS[i])
}
n = n > SHOWN ? SHOWN : n
row_of(a) = sum [k = 1:n] (SORTED[k] eq a ? k : 0)
low(row) = 100 * (column("share") - 1.96 * column("standard_error"))
high(row) = 100 * (column("share") + 1.96 * column("standard_error"))
top = 0; top_low = 0; top_high = 0; lowest = 0; highest = 1
stats "sensitivity.csv" using (ours(0) && row_of(stringcolumn("axis")) > 0 ? (row_of(stringcolumn("axis")) == 1 ? (top = column("share"), 0) : 0, \
    lowest = low(0) < lowest ? low(0) : lowest, highest = high(0) > highest ? high(0) : highest, 0) : 0) nooutput
finding = sprintf(say("t_sensitivity"), clipped(axis_name(SORTED[1]), 50), clipped(named(shown), 40), percent(top))
beneath = sprintf(say("points_of"), whole(points))
line = 0
axis = say("share_of_variance_axis")
entries = 'keyentry with xerrorbars pointtype 7 linewidth 1.6 linecolor rgb COLOUR[1] title say("interval95")'
dots = 'plot "sensitivity.csv" using (ours(0) ? 100 * column("share") : NaN):(y_of(row_of(stringcolumn("axis")))):(low(0)):(high(0)) \
    with xerrorbars pointtype 7 pointsize 0.8 linewidth 1.6 linecolor rgb COLOUR[1] notitle'
load plots."rows.gp"
