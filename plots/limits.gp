# What holds the plan back: what does a target gain where one limit is lifted?
#   gnuplot -c plots/limits.gp RUN [en|zh] [FOLDER] [TARGET]: the one that a limit costs most unless told
# Reads limits.csv.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("limits.gp")]
load plots."style.gp"
name = "limits"
shown = chosen; most = -1
if (strlen(chosen) == 0) { stats "limits.csv" using (d = abs(column("difference")), d > most ? (most = d, shown = stringcolumn("target"), 0) : 0) nooutput }
ours(row) = stringcolumn("target") eq shown
n = 0; drawn_of = 0; top = -1e9; top_name = ""
stats "limits.csv" using (ours(0) ? (n = n + 1, drawn_of = column("replicates"), d = column("difference"), \
    d > top ? (top = d, top_name = stringcolumn("limit"), top_low = column("low95"), top_high = column("high95"), 0) : 0) : 0) nooutput
if (n == 0) exit error "limits.csv: no rows of this target"
array LIMIT[n]; array GAIN[n]; array SORTED[n]
i = 0
stats "limits.csv" using (ours(0) ? (i = i + 1, LIMIT[i] = stringcolumn("limit"), GAIN[i] = column("difference"), 0) : 0) nooutput
# By gain, ties in the order of the file.
do for [i = 1:n] {
    place = 1
    do for [j = 1:n] { if (GAIN[j] > GAIN[i] || (GAIN[j] == GAIN[i] && j < i)) { place = place + 1 } }
    SORTED[place] = LIMIT[i]
}
points(x) = sprintf("%.1f", x == 0 ? 0.0 : 100 * x)
finding = top > 0 ? sprintf(say("t_limits"), clipped(named(shown), 40), clipped(named(top_name), 40), points(top), points(top_low), points(top_high)) : sprintf(say("t_limits_none"), named(shown))
row_of(l) = sum [k = 1:n] (SORTED[k] eq l ? n + 1 - k : 0)
y(row) = ours(0) ? row_of(stringcolumn("limit")) : NaN
beneath = sprintf(say("of_first"), counted(drawn_of))
HIGH = 170 + 27 * n
HIGH = HIGH < 320 ? 320 : HIGH
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with xerrorbars pointtype 7 linewidth 1.6 linecolor rgb COLOUR[1] title say("interval95"), \
        keyentry with boxes fillcolor rgb BAND50 title say("mean_bar")
    eval panels
    set tmargin at screen 1 - 130.0 / HIGH; set bmargin at screen 60.0 / HIGH
    set lmargin at screen 0.27; set rmargin at screen 0.68
    set yrange [0.4:n + 0.7]; unset ytics; set grid xtics noytics linecolor rgb 0xDADADA linewidth 0.6
    set border 1
    set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb SOFT
    do for [k = 1:n] { set label k clipped(named(SORTED[k]), 40) at graph -0.02, first n + 1 - k right font ",12" }
    set label 999 say("panel_lifted") at graph 0, screen 1 - (112.0) / HIGH left font ",13"
    set xlabel say("effect_axis")
    tick_low = 0; tick_high = 0
    stats "limits.csv" using (ours(0) ? (tick_low = 100 * column("low95") < tick_low ? 100 * column("low95") : tick_low, \
        tick_high = 100 * column("high95") > tick_high ? 100 * column("high95") : tick_high, 0) : 0) nooutput
    eval ticked_x
    set xrange [tick_low:tick_high]
    plot "limits.csv" using (100 * column("difference")):(y(0)):(100 * column("low95")):(100 * column("high95")) \
        with xerrorbars pointtype 7 pointsize 0.9 linewidth 1.6 linecolor rgb COLOUR[1] notitle
    unset label; unset arrow
    set lmargin at screen 0.73; set rmargin at screen 0.97
    set label 999 say("panel_short") at graph 0, screen 1 - (112.0) / HIGH left font ",13"
    set xlabel say("months_axis")
    set xrange [0:100]; set xtics 25 format "%g"
    plot "limits.csv" using (0):(y(0)):(0):(100 * column("months_short")):(y(0) - 0.28):(y(0) + 0.28) with boxxyerror fillcolor rgb BAND50 notitle
    eval finish
}
