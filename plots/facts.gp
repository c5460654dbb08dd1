# Do the model's firms look like firms: sizes, growth, survival?
#   gnuplot -c plots/facts.gp RUN [en|zh]
# Reads facts.csv, which a run with --firms writes.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("facts.gp")]
load plots."style.gp"
name = "facts"
# Of each fact how far x reaches; a small panel may lack one.
low_size = 1e300; high_size = 0; high_growth = 0; high_age = 0
tail_a = NaN; scale_b = NaN; rate_h = NaN; panel_replicates = 0
is(what) = stringcolumn("fact") eq what
stats "facts.csv" using (panel_replicates = column("replicates"), x = column("x"), \
    is("rank_size") ? (tail_a = column("parameter"), low_size = x < low_size ? x : low_size, high_size = x > high_size ? x : high_size, 0) : \
    is("growth") ? (scale_b = column("parameter"), high_growth = abs(x) > high_growth ? abs(x) : high_growth, 0) : \
    (rate_h = column("parameter"), high_age = x > high_age ? x : high_age, 0)) nooutput
finding = rate_h == rate_h ? sprintf(say("t_facts"), number(tail_a), number(scale_b), percent(rate_h)) : sprintf(say("t_facts_two"), number(tail_a), number(scale_b))
beneath = sprintf(say("firm_replicates"), panel_replicates)
columns = 3; rows = 1
WIDE = 1080
HIGH = 480
GAP_LEFT = 0.084
# Ticks of a log scale, written out: 0.00001 rather than 1e-05.
decades = 'set ytics (); do for [e = -7:2] { set ytics add (decade(e) 10.0 ** e) }'
decade(e) = e >= 0 ? sprintf("%.0f", 10.0 ** e) : "0.".("000000"[1:-e-1])."1"
at(what) = is(what) ? column("x") : NaN
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with yerrorbars pointtype 7 pointsize 0.5 linecolor rgb MEDIAN title say("data").", ".say("interval95"), \
        keyentry with lines linewidth 2 linecolor rgb COLOUR[2] title say("fitted")
    eval panels
    row_of = 1
    column_of = 1
    eval panel
    set label 3 say("panel_size").": ".say("power_law") at graph 0, graph 1.05 left font ",13" front
    set logscale xy
    set xtics format "%.6g" 100; eval decades
    set xlabel say("size_axis"); set ylabel say("share_above") offset 0.6,0
    set xrange [high_size > low_size ? low_size / 2 : 0.1 : high_size > low_size ? 2 * high_size : 10]; set yrange [*:150]
    if (!(high_size > low_size)) { set yrange [10:150] }
    plot "facts.csv" using (at("rank_size")):(100 * column("value")):(100 * column("low95")):(100 * column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("rank_size")):(100 * column("model")) with lines linewidth 2 linecolor rgb COLOUR[2] notitle
    unset label
    column_of = 2
    eval panel
    set label 3 say("panel_growth").": ".say("laplace") at graph 0, graph 1.05 left font ",13" front
    unset logscale x
    set xrange [-high_growth - 0.1:high_growth + 0.1]; set yrange [*:*]; set xtics format "%g" 1
    if (high_growth == 0) { set yrange [0.01:10] }; eval decades
    set xlabel say("growth_axis"); set ylabel say("density") offset 0.6,0
    plot "facts.csv" using (at("growth")):(column("value")):(column("low95")):(column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("growth")):(column("model")) with lines linewidth 2 linecolor rgb COLOUR[2] notitle
    unset label
    column_of = 3
    eval panel
    set label 3 say("panel_survival").": ".say("constant_exit") at graph 0, graph 1.05 left font ",13" front
    unset logscale
    set xrange [0:high_age > 0 ? high_age : 10]; set yrange [0:100]; set xtics format "%.0f" autofreq; set ytics format "%.0f" 20 norotate
    set xlabel say("age_axis"); set ylabel say("share_left") offset 0.6,0
    if (high_age == 0) { set label 4 say("no_data") at graph 0.5, graph 0.5 center font ",12" textcolor rgb SOFT }
    plot "facts.csv" using (at("survival")):(100 * column("value")):(100 * column("low95")):(100 * column("high95")) with yerrorbars pointtype 7 pointsize 0.4 linecolor rgb MEDIAN notitle, \
        "" using (at("survival")):(100 * column("model")) with lines linewidth 2 linecolor rgb COLOUR[2] notitle
    unset label
    eval finish
}
