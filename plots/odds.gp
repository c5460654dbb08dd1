# How likely is each target, and how do scenarios compare?
#   gnuplot -c plots/odds.gp RUN [en|zh] [FOLDER] [RUN …]: up to six more runs, side by side
# Reads targets.csv of each run; where each has split.csv, the band of the odds that comes from what
# is not known is drawn too.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("odds.gp")]
load plots."style.gp"
name = "odds"
if (rows_targets == 0) exit error "targets.csv: no rows"

runs = 1
array FOLDER[7]; array CALLED[7]
FOLDER[1] = absolute(run)
do for [i = 4:ARGC] { runs = runs + 1; FOLDER[runs] = absolute(value(sprintf("ARG%d", i))) }
do for [i = 1:runs] { CALLED[i] = last_part(FOLDER[i]) }

# The targets of the first run, in its order; and the likeliest and the least likely of them.
# A joint target may have the name of a target: it is the one without an indicator.
called(row) = stringcolumn("target").(strlen(stringcolumn("indicator")) > 0 ? "" : "\n")
n = 0; best = -1; worst = 2
array TARGET[rows_targets]; array ASKS[rows_targets]
describe(t) = asks(stringcolumn("target"), stringcolumn("indicator"), column("at_least"), column("at_most"), stringcolumn("date"))
stats "targets.csv" using (n = n + 1, TARGET[n] = called(0), ASKS[n] = describe(0), p = column("probability"), \
    best_name = p > best ? ASKS[n] : best_name, best = p > best ? p : best, \
    worst_name = p < worst ? ASKS[n] : worst_name, worst = p < worst ? p : worst, 0) nooutput
finding = n > 1 ? sprintf(say("t_odds"), best_name, percent(best), worst_name, percent(worst)) : sprintf(say("t_odds_one"), best_name, percent(best))

# Of several runs: the target whose odds differ most between them. Which of them have split.csv is
# asked in their folders, so that the command is a constant.
array SPLIT[7]
array LEAST[n]; array MOST[n]; array LEAST_OF[n]; array MOST_OF[n]
do for [k = 1:n] { LEAST[k] = 2; MOST[k] = -1 }
place(t) = sum [k = 1:n] (TARGET[k] eq t ? k : 0)
do for [r = 1:runs] {
    cd FOLDER[r]
    SPLIT[r] = int(system("test -f split.csv && sed 1d split.csv | wc -l || echo 0"))
    stats "targets.csv" using (k = place(called(0)), p = column("probability"), k == 0 ? 0 : \
        (p < LEAST[k] ? (LEAST[k] = p, LEAST_OF[k] = r) : 0, p > MOST[k] ? (MOST[k] = p, MOST_OF[k] = r) : 0), 0) nooutput
}
cd absolute(run)
widest = 1
do for [k = 1:n] { if (MOST[k] - LEAST[k] > MOST[widest] - LEAST[widest]) { widest = k } }
if (runs > 1 && MOST[widest] > LEAST[widest]) {
    finding = sprintf(say("t_odds_runs"), ASKS[widest], percent(MOST[widest]), CALLED[MOST_OF[widest]], percent(LEAST[widest]), CALLED[LEAST_OF[widest]])
}
splits = sum [r = 1:runs] (SPLIT[r] > 0 ? 1 : 0)

# Row of a target on the page, from the top; NaN for one that the first run does not have.
row_of(t, r) = place(t) == 0 ? NaN : n + 1 - place(t) + (runs == 1 ? 0 : (runs == 2 ? 0.36 : 0.56) * (0.5 - (r - 1.0) / (runs - 1)))
y(r) = row_of(called(0), r)
HIGH = 158 + n * (runs == 1 ? 44 : 26 + 18 * runs)
HIGH = HIGH < 320 ? 320 : HIGH

entries = 'plot NaN notitle'.(splits > 0 ? ', keyentry with boxes fillcolor rgb BAND90 title say("band_unknown")' : ''). \
    (runs > 1 ? ', for [r = 1:runs] keyentry with xerrorbars pointtype MARK[r] linewidth 1.6 linecolor rgb COLOUR[r] title shortened(CALLED[r], 30)' : \
    ', keyentry with xerrorbars pointtype 7 linewidth 1.6 linecolor rgb COLOUR[1] title say("interval95")')
drawn = 'plot '
do for [r = 1:runs] { if (SPLIT[r] > 0) { drawn = drawn.sprintf('FOLDER[%d]."/split.csv" using (0):(y(%d)):(100 * column("probability_p05")):(100 * column("probability_p95")):(y(%d) - BAND):(y(%d) + BAND) with boxxyerror fillcolor rgb BAND90 notitle, ', r, r, r, r) } }
drawn = drawn. \
    'for [r = 1:runs] FOLDER[r]."/targets.csv" using (100 * column("probability")):(y(r)):(100 * column("low95")):(100 * column("high95")) \
        with xerrorbars pointtype MARK[r] pointsize 1 linewidth 1.6 linecolor rgb COLOUR[r] notitle, \
    for [r = 1:runs] FOLDER[r]."/targets.csv" using (crowded(0) ? NaN : 100 * column("high95")):(y(r)):(percent(column("probability"))) with labels left offset 1,0 font ",12" notitle, \
    for [r = 1:runs] FOLDER[r]."/targets.csv" using (crowded(0) ? 100 * column("low95") : NaN):(y(r)):(percent(column("probability"))) with labels right offset -1,0 font ",12" notitle'
# Labels stand right of the interval, left of it where there is no room.
crowded(row) = column("high95") > 0.92
BAND = runs == 1 ? 0.16 : runs == 2 ? 0.13 : 0.4 * 0.56 / (runs - 1)
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    eval entries
    eval panels
    set lmargin at screen 0.4; set rmargin at screen 0.97
    set tmargin at screen 1 - 100.0 / HIGH; set bmargin at screen 60.0 / HIGH
    set xrange [0:100]; set yrange [0.4:n + 0.6]
    set xtics 20 format "%g"; set grid xtics noytics linecolor rgb 0xDADADA linewidth 0.6
    unset ytics
    do for [k = 1:n] { set label k clipped(ASKS[k], 56) at graph -0.02, first n + 1 - k right font ",11" }
    set xlabel say("odds_axis")
    eval drawn
    eval finish
}
