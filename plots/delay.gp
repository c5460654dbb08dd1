# How do the odds change with one thing: a delay, a number, a choice?
#   gnuplot -c plots/delay.gp BATCH [en|zh]
# Reads points.csv, whose last column is the axis, targets.csv and, where it is there, indicators.csv
# of a batch. Values of the axis that are no numbers stand side by side in their order, and so do the
# points of a list.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("delay.gp")]
load plots."style.gp"
name = "delay"
header = system("sed -n 1p points.csv")
fixed = "point,fingerprint,reference,replicates,status,reason"
axis = header[strlen(fixed)+2:*]
if (header[1:strlen(fixed)] ne fixed) exit error "points.csv: not the columns of a batch"
if (strstrt(axis, ",") > 0) exit error "points.csv: more than one axis"
rows_points = int(system("sed 1d points.csv | wc -l"))
array POINT[rows_points]; array LABEL[rows_points]; array X[rows_points]
n = 0; numbers = 0
listed = strlen(axis) == 0
if (!listed) { stats "points.csv" using (numbers = numbers || (stringcolumn("point") ne "base" && column(axis) == column(axis)), 0) nooutput }
counts(row) = listed || (stringcolumn("point") ne "base" && (!numbers || column(axis) == column(axis)))
stats "points.csv" using (counts(0) ? (n = n + 1, POINT[n] = stringcolumn("point"), LABEL[n] = listed ? spaced(POINT[n]) : stringcolumn(axis), \
    X[n] = numbers ? column(axis) : n, 0) : 0) nooutput
if (n == 0) exit error "points.csv: no points"
letters = 0
do for [i = 1:n] { letters = letters + strlen(LABEL[i]) + 2 }
x_of(p) = sum [j = 1:n] (POINT[j] eq p ? j : 0)
x(row) = x_of(stringcolumn("point")) > 0 ? X[x_of(stringcolumn("point"))] : NaN

# Targets and indicators in the order of their files.
targets = 0; seen = " "; replicates_a_point = 0
array TARGET[64]
stats "targets.csv" using (t = stringcolumn("target"), replicates_a_point = column("replicates"), strstrt(seen, " ".t." ") > 0 ? 0 : \
    (seen = seen.t." ", targets = targets + 1, TARGET[targets] = t, 0)) nooutput
# In the order of their lines at the first point, from the top, and so the legend.
array FIRST[64]
do for [k = 1:targets] {
    FIRST[k] = -1
    stats "targets.csv" using (stringcolumn("target") eq TARGET[k] && x_of(stringcolumn("point")) == 1 ? (FIRST[k] = column("probability"), 0) : 0) nooutput
}
do for [j = 1:targets] {
    high = j
    do for [k = j:targets] { if (FIRST[k] > FIRST[high]) { high = k } }
    held_name = TARGET[high]; held = FIRST[high]
    k = high
    while (k > j) { TARGET[k] = TARGET[k-1]; FIRST[k] = FIRST[k-1]; k = k - 1 }
    TARGET[j] = held_name; FIRST[j] = held
}
beneath = sprintf(say("a_point"), counted(replicates_a_point))
# The target that the axis moves most, between the points where it is lowest and highest.
span = -1
do for [k = 1:targets] {
    least = 2; most = -1
    stats "targets.csv" using (stringcolumn("target") eq TARGET[k] && x_of(stringcolumn("point")) > 0 ? (p = column("probability"), at = x_of(stringcolumn("point")), \
        p < least ? (least = p, least_at = at) : 0, p > most ? (most = p, most_at = at) : 0, 0) : 0) nooutput
    if (most - least > span) { span = most - least; lead = TARGET[k]; lead_low = least; lead_low_at = least_at; lead_high = most; lead_high_at = most_at }
}
# Told in the order of the axis.
from_at = lead_low_at < lead_high_at ? lead_low_at : lead_high_at; to_at = lead_low_at < lead_high_at ? lead_high_at : lead_low_at
odds_from = from_at == lead_low_at ? lead_low : lead_high; odds_to = from_at == lead_low_at ? lead_high : lead_low
finding = listed ? sprintf(say("t_delay_listed"), clipped(named(lead), 40), percent(odds_from), LABEL[from_at], percent(odds_to), LABEL[to_at]) : \
    sprintf(say("t_delay"), clipped(named(lead), 40), percent(odds_from), percent(odds_to), axis_name(axis), LABEL[from_at], LABEL[to_at])

rows_indicators = int(system("test -f indicators.csv && sed 1d indicators.csv | wc -l || echo 0"))
shown = 0; seen = " "
array WHAT[64]; array DATE[64]
# Up to four indicators at the last date: of the usual ones, or the first.
usual = " hightech_firms output_myuan valued_100m listed newly_listed firms market_value_myuan "
if (rows_indicators > 0) {
    known = 0; latest = ""
    stats "indicators.csv" using (known = known + (strstrt(usual, " ".stringcolumn("indicator")." ") > 0), d = stringcolumn("date"), \
        latest = strlen(latest) == 0 || when(d) > when(latest) ? d : latest, 0) nooutput
    stats "indicators.csv" using (i = stringcolumn("indicator"), stringcolumn("date") ne latest || shown >= 4 || strstrt(seen, " ".i." ") > 0 || \
        (known > 0 && strstrt(usual, " ".i." ") == 0) ? 0 : (seen = seen.i." ", shown = shown + 1, WHAT[shown] = i, DATE[shown] = latest, 0)) nooutput
}
axis_title = listed ? "" : axis_name(axis)
low_x = X[1]; high_x = X[1]
do for [i = 1:n] { low_x = X[i] < low_x ? X[i] : low_x; high_x = X[i] > high_x ? X[i] : high_x }
# Intervals stand a little aside of one another.
aside(k) = (high_x > low_x ? 0.007 * (high_x - low_x) : 0.02) * (k - 0.5 * (targets + 1))
pad = high_x > low_x ? 0.04 * (high_x - low_x) : 1
# Few values of the axis have a tick each.
at_values = 'if (n <= 8) { set xtics (); do for [i_value = 1:n] { set xtics add ((bare ? "" : escaped(LABEL[i_value])) X[i_value]) } } else { set xtics autofreq format (bare ? "" : "%g") }'
# The legend takes as many columns as its widest name leaves, and pushes the panels down.
called(k) = shortened(named(TARGET[k]), 34)
widest = 0
do for [k = 1:targets] { widest = widths(called(k)) > widest ? widths(called(k)) : widest }
across = int(900 / (7.6 * widest + 64)); across = across < 1 ? 1 : across
legend_rows = (targets + across - 1) / across
more = legend_rows > 2 ? 20.0 * (legend_rows - 2) : 0
HIGH = 620 + more
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    set bmargin at screen 1 - (92.0 + more) / HIGH
    set key maxrows legend_rows
    plot NaN notitle, for [k = 1:targets] keyentry with linespoints linewidth 1.8 dashtype DASH[nth(k)] pointtype MARK[nth(k)] linecolor rgb COLOUR[nth(k)] title called(k)
    eval panels
    set lmargin at screen 0.07; set rmargin at screen (shown > 0 ? 0.57 : 0.97)
    set tmargin at screen 1 - (112.0 + more) / HIGH; set bmargin at screen (numbers || letters <= 60 ? 56.0 : 96.0) / HIGH
    set xrange [low_x - pad:high_x + pad]; set yrange [0:100]; set ytics 20
    set xlabel axis_title; set ylabel say("odds_axis") offset 0.5,0
    if (!numbers) { set xtics () rotate by (letters > 60 ? -18 : 0); do for [i = 1:n] { set xtics add (escaped(LABEL[i]) i) } } else { bare = 0; eval at_values }
    plot for [k = 1:targets] "targets.csv" using (stringcolumn("target") eq TARGET[k] ? x(0) + aside(k) : NaN):(100 * column("probability")):(100 * column("low95")):(100 * column("high95")) with yerrorbars linewidth 1 pointtype MARK[nth(k)] linecolor rgb COLOUR[nth(k)] notitle, \
        for [k = 1:targets] "" using (stringcolumn("target") eq TARGET[k] ? x(0) + aside(k) : NaN):(100 * column("probability")) with lines linewidth 1.8 dashtype DASH[nth(k)] linecolor rgb COLOUR[nth(k)] notitle
    unset label
    if (shown > 0) { set label 4 say("mean_interval") at screen 0.67, screen 1 - (107.0 + more) / HIGH left font ",12" front }
    do for [k = 1:shown] {
        set lmargin at screen 0.67; set rmargin at screen 0.97
        cell = (HIGH - 130.0 - more - 56 + 34) / shown
        set tmargin at screen 1 - (130.0 + more + (k - 1) * cell + 8) / HIGH
        set bmargin at screen 1 - (130.0 + more + k * cell - 34) / HIGH
        unset ylabel; set yrange [*:*]
        low = 1e300; high = -1e300
        stats "indicators.csv" using (stringcolumn("indicator") eq WHAT[k] && stringcolumn("date") eq DATE[k] && x_of(stringcolumn("point")) > 0 ? \
            (low = column("low95") < low ? column("low95") : low, high = column("high95") > high ? column("high95") : high, 0) : 0) nooutput
        tick_low = low; tick_high = high > low ? high : low + 1
        eval ticked
        set label 3 clipped(opening(named(WHAT[k])), 34).", ".DATE[k] at graph 0, graph 1.0 left offset 0,0.6 font ",11" front
        set xlabel (k == shown && numbers ? axis_title : "")
        if (!numbers) { unset xtics } else { bare = k < shown; eval at_values }
        plot "indicators.csv" using (stringcolumn("indicator") eq WHAT[k] && stringcolumn("date") eq DATE[k] ? x(0) : NaN):(column("low95")):(column("high95")) with filledcurves fillcolor rgb BAND50 notitle, \
            "" using (stringcolumn("indicator") eq WHAT[k] && stringcolumn("date") eq DATE[k] ? x(0) : NaN):(column("mean")) with linespoints pointtype 7 pointsize 0.6 linewidth 1.8 linecolor rgb MEDIAN notitle
        unset label
    }
    eval finish
}
