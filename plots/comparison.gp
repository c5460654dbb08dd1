# What do runs change, target by target?
#   gnuplot -c plots/comparison.gp COMPARISON [en|zh]
# Reads comparison.csv of neobay compare.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("comparison.gp")]
load plots."style.gp"
name = "comparison"
compared(row) = strlen(stringcolumn("reference")) > 0 && column("difference") == column("difference")
n = 0; lowest = 0; highest = 0; first = ""; replicates_a_point = 0
stats "comparison.csv" using (compared(0) ? (n = n + 1, first = stringcolumn("reference"), replicates_a_point = column("replicates"), \
    lowest = 100 * column("diff_low95") < lowest ? 100 * column("diff_low95") : lowest, \
    highest = 100 * column("diff_high95") > highest ? 100 * column("diff_high95") : highest, 0) : 0) nooutput
if (n == 0) exit error "comparison.csv: no target was compared"
array ROW[n]; array KEY[n]
i = 0; most = -1; what = ""; of = ""
stats "comparison.csv" using (compared(0) ? (i = i + 1, KEY[i] = stringcolumn("run")."\n".stringcolumn("target"), \
    ROW[i] = named(stringcolumn("target"))." · ".last_part(stringcolumn("run")), d = column("difference"), \
    abs(d) > most ? (most = abs(d), of = stringcolumn("run"), what = stringcolumn("target"), was = d, was_low = column("diff_low95"), was_high = column("diff_high95"), 0) : 0, 0) : 0) nooutput
place(row) = sum [k = 1:n] (KEY[k] eq stringcolumn("run")."\n".stringcolumn("target") ? k : 0)
points(x) = sprintf("%+.1f", x == 0 ? 0.0 : 100 * x)
finding = sprintf(say("t_comparison"), clipped(last_part(of), 30), clipped(last_part(first), 30), clipped(named(what), 40), points(was), points(was_low), points(was_high))
beneath = sprintf(say("a_point"), counted(replicates_a_point))
line = 0
axis = say("effect_axis")
entries = 'keyentry with xerrorbars pointtype 7 linewidth 1.6 linecolor rgb COLOUR[1] title say("interval95")'
dots = 'plot "comparison.csv" using (compared(0) ? 100 * column("difference") : NaN):(compared(0) ? y_of(place(0)) : NaN):(100 * column("diff_low95")):(100 * column("diff_high95")) \
    with xerrorbars pointtype 7 pointsize 0.8 linewidth 1.6 linecolor rgb COLOUR[1] notitle'
load plots."rows.gp"
