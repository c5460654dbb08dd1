# What was short, and when?
#   gnuplot -c plots/bottlenecks.gp RUN [en|zh]
# Reads bottlenecks.csv.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("bottlenecks.gp")]
load plots."style.gp"
name = "bottlenecks"
first = 9999; last = 0
stats "bottlenecks.csv" using (y = column("year"), first = y < first ? y : first, last = y > last ? y : last, 0) nooutput
most = -1; least = 2; tightest = ""; loosest = ""
stats "bottlenecks.csv" using (column("year") != last ? 0 : (b = column("mean"), \
    tightest = b > most ? stringcolumn("what") : tightest, most = b > most ? b : most, \
    loosest = b < least ? stringcolumn("what") : loosest, least = b < least ? b : least, 0)) nooutput
finding = sprintf(say("t_bottlenecks"), sprintf("%d", last), named(tightest), percent(most), named(loosest), percent(least))
columns = 2; rows = 2
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    plot NaN notitle, keyentry with boxes fillcolor rgb BAND50 title say("mean_bar"), \
        keyentry with yerrorbars pointtype 7 pointsize 0.4 linewidth 1.6 linecolor rgb MEDIAN title say("median").", ".say("range90")
    eval panels
    i = 0
    do for [wanted in "talent space early_capital growth_capital"] {
        column_of = i % 2 + 1; row_of = i / 2 + 1; i = i + 1
        eval panel
        set label 3 opening(named(wanted)) at graph 0, graph 1.07 left font ",13" front
        set xrange [first - 0.6:last + 0.6]; set yrange [0:100]
        set xtics years_step(first, last) format "%.0f"; set ytics 25
        set xlabel say("year") offset 0,0.6; set ylabel say("months_axis") offset 0.5,0
        plot "bottlenecks.csv" using (stringcolumn("what") eq wanted ? column("year") : NaN):(100 * column("mean")):(0.7) with boxes fillcolor rgb BAND50 notitle, \
            "" using (stringcolumn("what") eq wanted ? column("year") : NaN):(100 * column("p50")):(100 * column("p05")):(100 * column("p95")) with yerrorbars pointtype 7 pointsize 0.5 linewidth 1.6 linecolor rgb MEDIAN notitle
        unset label
    }
    eval finish
}
