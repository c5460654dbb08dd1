# Are there replicates enough?
#   gnuplot -c plots/convergence.gp RUN [en|zh]
# Reads convergence.csv, whose intervals hold at all looks at once; targets.csv for words.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("convergence.gp")]
load plots."style.gp"
name = "convergence"
n = 0; last_target = ""; widest = -1; most = 1
array TARGET[64]; array ASKS[64]; array LOW[64]; array HIGH95[64]
stats "convergence.csv" using (t = stringcolumn("target"), n = t eq last_target ? n : n + 1, last_target = t, TARGET[n] = t, \
    r = column("replicates"), most = r > most ? r : most, LOW[n] = column("low95"), HIGH95[n] = column("high95"), 0) nooutput
do for [k = 1:n] {
    ASKS[k] = spaced(TARGET[k])
    if (rows_targets > 0) { stats "targets.csv" using (stringcolumn("target") eq TARGET[k] ? (ASKS[k] = \
        asks(stringcolumn("target"), stringcolumn("indicator"), column("at_least"), column("at_most"), stringcolumn("date")), 0) : 0) nooutput }
    if (HIGH95[k] - LOW[k] > widest) { widest = HIGH95[k] - LOW[k]; which = k }
}
finding = sprintf(say("t_convergence"), counted(most), ASKS[which], percent(LOW[which]), percent(HIGH95[which]))
columns = n == 1 ? 1 : 2; rows = (n + columns - 1) / columns
HIGH = HEAD + FOOT + rows * (n <= 2 ? 400 : 190)
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with lines linewidth 2 linecolor rgb MEDIAN title say("share_met"), \
        keyentry with boxes fillcolor rgb BAND90 title say("anytime")
    eval panels
    do for [k = 1:n] {
        column_of = (k - 1) % columns + 1; row_of = (k - 1) / columns + 1
        eval panel
        wanted = TARGET[k]
        set label 3 clipped(opening(ASKS[k]), 58) at graph 0, graph 1 left offset 0,0.75 font ",11" front
        set logscale x; set xrange [most < 10 ? 0.8 : 1:most < 10 ? 10 : 1.06 * most]; set yrange [0:100]
        set xtics format "%.0f"; set ytics 25
        set xlabel say("replicates_axis") offset 0,0.6; set ylabel say("odds_brief") offset 0.5,0
        plot "convergence.csv" using (stringcolumn("target") eq wanted ? column("replicates") : NaN):(100 * column("low95")):(100 * column("high95")) with filledcurves fillcolor rgb BAND90 notitle, \
            "" using (stringcolumn("target") eq wanted ? column("replicates") : NaN):(100 * column("probability")) with lines linewidth 2 linecolor rgb MEDIAN notitle, \
            "" using (stringcolumn("target") eq wanted && column("replicates") == most ? column("replicates") : NaN):(100 * column("probability")):(100 * column("low95")):(100 * column("high95")) with yerrorbars pointtype 7 pointsize 0.5 linewidth 1.4 linecolor rgb MEDIAN notitle
        unset logscale; unset label
    }
    eval finish
}
