# Which levers matter, how sure is that, and what do they give for their money?
#   gnuplot -c plots/levers.gp BATCH [en|zh] [FOLDER] [TARGET]: the first target unless told
# Reads levers.csv of a batch of levers.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("levers.gp")]
load plots."style.gp"
name = "levers"
# The target; levers by their rank when alone; the actions in the order of their names.
shown = strlen(chosen) > 0 ? chosen : ""
stats "levers.csv" using (stringcolumn("comparison") eq "alone" && strlen(stringcolumn("date")) == 0 && strlen(shown) == 0 ? (shown = stringcolumn("what"), 0) : 0) nooutput
ours(c) = stringcolumn("comparison") eq c && stringcolumn("what") eq shown && strlen(stringcolumn("date")) == 0
n = 0; top = -1e9; actions = " "
stats "levers.csv" using (ours("alone") ? (n = n + 1, e = column("effect"), \
    actions = strstrt(actions, " ".stringcolumn("action")." ") > 0 ? actions : actions.stringcolumn("action")." ", \
    e > top ? (top = e, top_name = stringcolumn("lever"), top_low = column("low95"), top_high = column("high95")) : 0, 0) : 0) nooutput
if (n == 0) exit error "levers.csv: no rows of a lever alone for this target"
array LEVER[n]
i = 0
stats "levers.csv" using (ours("alone") ? (i = i + 1, LEVER[i] = stringcolumn("lever"), 0) : 0) nooutput
# Rank, ties in the order of the file.
array RANK[n]
array SORTED[n]
i = 0
stats "levers.csv" using (ours("alone") ? (i = i + 1, RANK[i] = column("rank"), 0) : 0) nooutput
do for [i = 1:n] {
    place = 1
    do for [j = 1:n] { if (RANK[j] < RANK[i] || (RANK[j] == RANK[i] && j < i)) { place = place + 1 } }
    SORTED[place] = LEVER[i]
}
points(x) = sprintf("%+.1f", 100 * x)
finding = sprintf(say("t_levers"), named(top_name), named(shown), points(top), points(top_low), points(top_high))
rows_of_targets = int(system("test -f targets.csv && sed 1d targets.csv | wc -l || echo 0"))
replicates_a_point = NaN
if (rows_of_targets > 0) { stats "targets.csv" using (replicates_a_point = column("replicates"), 0) nooutput }
beneath = replicates_a_point == replicates_a_point ? whole(replicates_a_point)." ".say("replicates").say("plural") : ""
row_of(l) = sum [k = 1:n] (SORTED[k] eq l ? n + 1 - k : 0)
y(c) = ours(c) ? row_of(stringcolumn("lever")) + (c eq "alone" ? 0.18 : -0.2) : NaN
of(c, a) = y(c) * (stringcolumn("action") eq a ? 1 : NaN)
count = words(actions)
action_name(a) = strlen(a) > 2 ? named(a) : say("action")." ".a
HIGH = 164 + 27 * n
HIGH = HIGH < 320 ? 320 : HIGH
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, for [a = 1:count] keyentry with boxes fillcolor rgb COLOUR[nth(a)] title action_name(word(actions, a))
    unset label 1001; unset label 1002
    eval legend
    set tmargin at screen 1 - 84.0 / HIGH; set bmargin at screen 1 - 106.0 / HIGH
    plot NaN notitle, keyentry with boxes fillstyle solid 1 fillcolor rgb SOFT title say("alone"), \
        keyentry with boxes fillstyle pattern 4 border fillcolor rgb SOFT title say("without")
    eval panels
    set tmargin at screen 1 - 142.0 / HIGH; set bmargin at screen 52.0 / HIGH
    set lmargin at screen 0.23; set rmargin at screen 0.64
    set yrange [0.4:n + 0.7]; unset ytics; set grid xtics noytics linecolor rgb 0xDADADA linewidth 0.6
    set border 1
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb SOFT
    do for [k = 1:n] { set label k clipped(named(SORTED[k]), 26) at graph -0.02, first n + 1 - k right font ",12" }
    set label 999 say("panel_effect") at graph 0, screen 1 - 126.0 / HIGH left font ",13"
    set xlabel say("effect_axis"); set xtics autofreq format "%g"
    plot for [a = 1:count] "levers.csv" using (0):(of("alone", word(actions, a))):(0):(100 * column("effect")):(y("alone") - 0.17):(y("alone") + 0.17) with boxxyerror fillcolor rgb COLOUR[nth(a)] notitle, \
        for [a = 1:count] "" using (0):(of("without", word(actions, a))):(0):(100 * column("effect")):(y("without") - 0.13):(y("without") + 0.13) with boxxyerror fillstyle pattern 4 border fillcolor rgb COLOUR[nth(a)] notitle, \
        for [c in "alone without"] "" using (100 * column("effect")):(y(c)):(100 * column("low95")):(100 * column("high95")) with xerrorbars pointtype 7 pointsize 0.3 linewidth 1 linecolor rgb SEEN notitle
    unset label; unset arrow
    set lmargin at screen 0.68; set rmargin at screen 0.97
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb SOFT
    set label 999 say("panel_cost") at graph 0, screen 1 - 126.0 / HIGH left font ",13"
    set xlabel say("cost_axis")
    plot for [a = 1:count] "levers.csv" using (0):(of("alone", word(actions, a))):(0):(column("points_per_100_myuan")):(y("alone") - 0.17):(y("alone") + 0.17) with boxxyerror fillcolor rgb COLOUR[nth(a)] notitle, \
        for [a = 1:count] "" using (0):(of("without", word(actions, a))):(0):(column("points_per_100_myuan")):(y("without") - 0.13):(y("without") + 0.13) with boxxyerror fillstyle pattern 4 border fillcolor rgb COLOUR[nth(a)] notitle
    eval finish
}
