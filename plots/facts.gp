# Do the model's firms look like firms: sizes, growth, survival?
#   gnuplot -c plots/facts.gp RUN [en|zh]
# Reads facts.csv, which a run with --firms writes.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("facts.gp")]
load plots."style.gp"
name = "facts"
tail_a = NaN; scale_b = NaN; rate_h = NaN; panel_replicates = 0
is(what) = stringcolumn("fact") eq what
stats "facts.csv" using (panel_replicates = column("replicates"), is("rank_size") ? (tail_a = column("parameter"), 0) : \
    is("growth") ? (scale_b = column("parameter"), 0) : (rate_h = column("parameter"), 0)) nooutput
finding = sprintf(say("t_facts"), number(tail_a), number(scale_b), percent(rate_h))
beneath = sprintf(say("firm_replicates"), panel_replicates)
columns = 3; rows = 1
WIDE = 1080
HIGH = 480
GAP_LEFT = 0.068
at(what) = is(what) ? column("x") : NaN
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with yerrorbars pointtype 7 pointsize 0.5 linecolor rgb MEDIAN title say("data").", ".say("interval95"), \
        keyentry with lines linewidth 2 dashtype 1 linecolor rgb COLOUR[2] title say("power_law"), \
        keyentry with lines linewidth 2 dashtype 2 linecolor rgb COLOUR[2] title say("laplace"), \
        keyentry with lines linewidth 2 dashtype 4 linecolor rgb COLOUR[2] title say("constant_exit")
    eval panels
    row_of = 1
    column_of = 1
    eval panel
    set label 3 say("panel_size") at graph 0, graph 1.05 left font ",13" front
    set logscale xy
    set xtics format "10^{%T}" enhanced; set ytics format "10^{%T}" enhanced
    set xlabel say("size_axis"); set ylabel say("share_above") offset 1.2,0
    set xrange [*:*]; set yrange [*:1.5]
    plot "facts.csv" using (at("rank_size")):(column("value")):(column("low95")):(column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("rank_size")):(column("model")) with lines linewidth 2 linecolor rgb COLOUR[2] notitle
    unset label
    column_of = 2
    eval panel
    set label 3 say("panel_growth") at graph 0, graph 1.05 left font ",13" front
    unset logscale x
    set xrange [*:*]; set yrange [*:*]; set xtics format "%g" 1
    set xlabel say("growth_axis"); set ylabel say("density") offset 1.2,0
    plot "facts.csv" using (at("growth")):(column("value")):(column("low95")):(column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("growth")):(column("model")) with lines linewidth 2 dashtype 2 linecolor rgb COLOUR[2] notitle
    unset label
    column_of = 3
    eval panel
    set label 3 say("panel_survival") at graph 0, graph 1.05 left font ",13" front
    unset logscale
    set xrange [0:*]; set yrange [0:100]; set xtics format "%.0f" autofreq; set ytics format "%.0f" 20
    set xlabel say("age_axis"); set ylabel say("share_left") offset 1.2,0
    plot "facts.csv" using (at("survival")):(100 * column("value")):(100 * column("low95")):(100 * column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("survival")):(100 * column("model")) with lines linewidth 2 dashtype 4 linecolor rgb COLOUR[2] notitle
    unset label
    eval finish
}
