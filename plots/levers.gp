# Which levers matter, how sure is that, and what do they give for their money?
#   gnuplot -c plots/levers.gp BATCH [en|zh] [FOLDER] [TARGET]: the one that the plan changes most unless told
# Reads levers.csv of a batch of levers.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("levers.gp")]
load plots."style.gp"
name = "levers"
# The target; levers by the rank of what is lost without them; the actions in the order of the file.
shown = chosen; most = -1
if (strlen(chosen) == 0) { stats "levers.csv" using (stringcolumn("comparison") eq "full" && strlen(stringcolumn("date")) == 0 ? (e = abs(column("effect")), \
    e > most ? (most = e, shown = stringcolumn("what"), 0) : 0) : 0) nooutput }
ours(c) = stringcolumn("comparison") eq c && stringcolumn("what") eq shown && strlen(stringcolumn("date")) == 0
n = 0; top = -1e9; actions = " "
stats "levers.csv" using (ours("without") ? (n = n + 1, e = column("effect"), \
    actions = strstrt(actions, " ".stringcolumn("action")." ") > 0 ? actions : actions.stringcolumn("action")." ", \
    e > top ? (top = e, top_name = stringcolumn("lever"), top_low = column("low95"), top_high = column("high95")) : 0, 0) : 0) nooutput
if (n == 0) exit error "levers.csv: no rows of a lever taken out for this target"
array LEVER[n]; array ACTION[n]; array RANK[n]
i = 0
stats "levers.csv" using (ours("without") ? (i = i + 1, LEVER[i] = stringcolumn("lever"), ACTION[i] = stringcolumn("action"), RANK[i] = column("rank"), 0) : 0) nooutput
# In the order of the ranks, ties in that of the file.
array SORTED[n]; array ACTED[n]
do for [i = 1:n] {
    place = 1
    do for [j = 1:n] { if (RANK[j] < RANK[i] || (RANK[j] == RANK[i] && j < i)) { place = place + 1 } }
    SORTED[place] = LEVER[i]; ACTED[place] = ACTION[i]
}
points(x) = sprintf("%.1f", x == 0 ? 0.0 : 100 * x)
finding = top > 0 ? sprintf(say("t_levers"), clipped(named(top_name), 36), clipped(named(shown), 36), points(top), points(top_low), points(top_high)) : sprintf(say("t_levers_none"), named(shown))
rows_of_targets = int(system("test -f targets.csv && sed 1d targets.csv | wc -l || echo 0"))
replicates_a_point = NaN
if (rows_of_targets > 0) { stats "targets.csv" using (replicates_a_point = column("replicates"), 0) nooutput }
beneath = replicates_a_point == replicates_a_point ? sprintf(say("a_point"), counted(replicates_a_point)) : ""
row_of(l) = sum [k = 1:n] (SORTED[k] eq l ? n + 1 - k : 0)
y(c) = ours(c) ? row_of(stringcolumn("lever")) + (c eq "without" ? 0.19 : -0.19) : NaN
of(c, a) = y(c) * (stringcolumn("action") eq a ? 1 : NaN)
count = words(actions)
# The same bars in both panels: points, or points for 100 myuan. (The action's number stands beside
# each of its levers, so that no colour is needed to tell.)
least_of(row) = costs ? column("points_low95") : 100 * column("low95")
most_of(row) = costs ? column("points_high95") : 100 * column("high95")
effect_of(row) = costs ? column("points_per_100_myuan_per_year") : 100 * column("effect")
reach(row) = (tick_low = least_of(0) < tick_low ? least_of(0) : tick_low, tick_high = most_of(0) > tick_high ? most_of(0) : tick_high, 0)
across = 'tick_low = 0; tick_high = 0; stats "levers.csv" using (ours("without") || ours("alone") ? reach(0) : 0) nooutput; \
    tick_high = tick_high > tick_low ? tick_high : 1; eval ticked_x; set xrange [tick_low:tick_high]'
drawn = 'plot for [a = 1:count] "levers.csv" using (0):(of("without", word(actions, a))):(0):(effect_of(0)):(y("without") - 0.17):(y("without") + 0.17) with boxxyerror fillcolor rgb COLOUR[nth(a)] notitle, \
    for [a = 1:count] "" using (0):(of("alone", word(actions, a))):(0):(effect_of(0)):(y("alone") - 0.15):(y("alone") + 0.15) with boxxyerror fillstyle pattern 4 border fillcolor rgb COLOUR[nth(a)] notitle, \
    for [c in "without alone"] "" using (effect_of(0)):(y(c)):(least_of(0)):(most_of(0)) with xerrorbars pointtype 7 pointsize 0.3 linewidth 1 linecolor rgb SEEN notitle'
# Seven actions to a row of the legend.
more = 20 * ((count - 1) / 7)
HIGH = 172 + 27 * n + more
HIGH = HIGH < 320 ? 320 : HIGH
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    set bmargin at screen 1 - (92.0 + more) / HIGH
    set key maxcols 7
    plot NaN notitle, for [a = 1:count] keyentry with boxes fillcolor rgb COLOUR[nth(a)] title say("action")." ".word(actions, a)
    unset label 1001; unset label 1002
    eval legend
    set key maxrows 1
    set tmargin at screen 1 - (84.0 + more) / HIGH; set bmargin at screen 1 - (106.0 + more) / HIGH
    plot NaN notitle, keyentry with boxes fillstyle solid 1 fillcolor rgb SOFT title say("without"), \
        keyentry with boxes fillstyle pattern 4 border fillcolor rgb SOFT title say("alone"), \
        keyentry with xerrorbars pointtype 7 pointsize 0.3 linewidth 1 linecolor rgb SEEN title say("interval95")
    eval panels
    set tmargin at screen 1 - (142.0 + more) / HIGH; set bmargin at screen 60.0 / HIGH
    set lmargin at screen 0.25; set rmargin at screen 0.65
    set yrange [0.4:n + 0.7]; unset ytics; set grid xtics noytics linecolor rgb 0xDADADA linewidth 0.6
    set border 1
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb SOFT
    do for [k = 1:n] { set label k shortened(named(SORTED[k]), 28)." (".ACTED[k].")" at graph -0.02, first n + 1 - k right font ",12" }
    set label 999 say("panel_effect") at graph 0, screen 1 - (126.0 + more) / HIGH left font ",13"
    set xlabel say("effect_axis")
    costs = 0
    eval across
    eval drawn
    unset label; unset arrow
    set lmargin at screen 0.7; set rmargin at screen 0.97
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb SOFT
    set label 999 say("panel_cost") at graph 0, screen 1 - (126.0 + more) / HIGH left font ",13"
    set xlabel say("cost_axis")
    costs = 1; tick_count = 4
    eval across
    tick_count = 5
    eval drawn
    eval finish
}
