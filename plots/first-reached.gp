# When is each target first reached, and how often never?
#   gnuplot -c plots/first-reached.gp RUN [en|zh]
# Reads first-reached.csv and targets.csv.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("first-reached.gp")]
load plots."style.gp"
name = "first-reached"
# Targets in the order of first-reached.csv, with the share that never reaches them.
n = 0; last_target = ""; most = -1; first = 9999; last = 0
array TARGET[64]; array NEVER[64]; array ASKS[64]; array DUE[64]
stats "first-reached.csv" using (t = stringcolumn("target"), n = t eq last_target ? n : n + 1, last_target = t, TARGET[n] = t, m = when(stringcolumn("month")), \
    first = m < first ? m : first, last = m > last ? m : last, m == m ? 0 : (NEVER[n] = column("share"), 0)) nooutput
do for [k = 1:n] {
    ASKS[k] = spaced(TARGET[k]); DUE[k] = NaN
    if (rows_targets > 0) { stats "targets.csv" using (stringcolumn("target") eq TARGET[k] ? (DUE[k] = when(stringcolumn("date")), ASKS[k] = \
        asks(stringcolumn("target"), stringcolumn("indicator"), column("at_least"), column("at_most"), stringcolumn("date")), 0) : 0) nooutput }
    if (NEVER[k] > most) { most = NEVER[k]; most_name = ASKS[k] }
}
finding = sprintf(say("t_first_one"), percent(most), most_name)
month(row) = stringcolumn("target") eq wanted ? when(stringcolumn("month")) : NaN
never(row) = stringcolumn("target") eq wanted && strlen(stringcolumn("month")) == 0 ? last + (last - first) * 0.07 : NaN
columns = n == 1 ? 1 : 2; rows = (n + columns - 1) / columns
HIGH = HEAD + FOOT + rows * (n <= 2 ? 400 : 190)
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with lines linewidth 2 linecolor rgb MEDIAN title say("cumulative"), \
        keyentry with lines linewidth 1.6 dashtype 4 linecolor rgb COLOUR[3] title say("met_then"), \
        keyentry with boxes fillcolor rgb BAND90 title say("interval95"), \
        keyentry with boxes fillcolor rgb BAND50 title say("this_month"), \
        keyentry with lines linewidth 1 dashtype 2 linecolor rgb SEEN title say("due"), \
        keyentry with boxes fillcolor rgb AIM title say("never")
    eval panels
    do for [k = 1:n] {
        column_of = (k - 1) % columns + 1; row_of = (k - 1) / columns + 1
        eval panel
        wanted = TARGET[k]
        set label 3 clipped(opening(ASKS[k]), 54)." · ".say("never")." ".percent(NEVER[k]) at graph 0, graph 1 left offset 0,0.75 font ",10.5" front
        if (DUE[k] == DUE[k]) { set arrow 1 from DUE[k], graph 0 to DUE[k], graph 1 nohead linewidth 1 dashtype 2 linecolor rgb SEEN front }
        set xrange [first - 0.05:last + (last - first) * 0.16]; set yrange [0:100]
        set xtics years_step(first, last) format "%.0f"; set ytics 25
        set xlabel say("year") offset 0,0.6; set ylabel say("share_brief") offset 0.5,0
        plot "first-reached.csv" using (month(0)):(100 * column("low95")):(100 * column("high95")) with filledcurves fillcolor rgb BAND90 notitle, \
            "" using (column("share") > 0 ? month(0) : NaN):(100 * column("share")):(1.0 / 12) with boxes fillcolor rgb BAND50 notitle, \
            "" using (month(0)):(100 * column("cumulative_share")) with lines linewidth 2 linecolor rgb MEDIAN notitle, \
            "" using (month(0)):(100 * column("met_then")) with lines linewidth 1.6 dashtype 4 linecolor rgb COLOUR[3] notitle, \
            "" using (never(0)):(100 * column("share")):((last - first) * 0.06) with boxes fillcolor rgb AIM notitle, \
            "" using (never(0)):(100 * column("share")):(100 * column("low95")):(100 * column("high95")) with yerrorbars pointtype 7 pointsize 0.3 linewidth 1.2 linecolor rgb SEEN notitle
        unset label; unset arrow
    }
    eval finish
}
