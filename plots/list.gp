# How likely is a target in each scenario of a list?
#   gnuplot -c plots/list.gp BATCH [en|zh] [FOLDER] [TARGET]: the one that the scenarios move most unless told
# Reads points.csv and targets.csv of a batch without axes.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("list.gp")]
load plots."style.gp"
name = "list"
n = int(system("sed 1d points.csv | wc -l"))
if (n == 0) exit error "points.csv: no points"
array ROW[n]; array POINT[n]
i = 0
stats "points.csv" using (i = i + 1, POINT[i] = stringcolumn("point"), ROW[i] = spaced(POINT[i]), 0) nooutput
n = i
# Of each target its least and its most.
targets = 0; replicates_a_point = 0
array TARGET[64]; array LEAST[64]; array MOST[64]
known(t) = sum [k = 1:targets] (TARGET[k] eq t ? k : 0)
met(t, p) = (k_met = targets == 0 ? 0 : known(t), k_met == 0 ? (targets = targets + 1, TARGET[targets] = t, LEAST[targets] = p, MOST[targets] = p) : \
    (LEAST[k_met] = p < LEAST[k_met] ? p : LEAST[k_met], MOST[k_met] = p > MOST[k_met] ? p : MOST[k_met]), 0)
stats "targets.csv" using (replicates_a_point = column("replicates"), met(stringcolumn("target"), column("probability"))) nooutput
if (targets == 0) exit error "targets.csv: no rows"
widest = 1
do for [k = 1:targets] { if (MOST[k] - LEAST[k] > MOST[widest] - LEAST[widest]) { widest = k } }
shown = strlen(chosen) > 0 ? chosen : TARGET[widest]
place(p) = sum [k = 1:n] (POINT[k] eq p ? k : 0)
ours(row) = stringcolumn("target") eq shown
best = -1; worst = 2; best_name = ""; worst_name = ""
stats "targets.csv" using (ours(0) ? (p = column("probability"), best_name = p > best ? stringcolumn("point") : best_name, best = p > best ? p : best, \
    worst_name = p < worst ? stringcolumn("point") : worst_name, worst = p < worst ? p : worst, 0) : 0) nooutput
finding = sprintf(say("t_delay_listed"), clipped(named(shown), 40), percent(best), clipped(spaced(best_name), 44), percent(worst), clipped(spaced(worst_name), 44))
beneath = sprintf(say("a_point"), counted(replicates_a_point))
# What the first point, which the others are held against, has.
line = NaN
stats "targets.csv" using (ours(0) && stringcolumn("point") eq POINT[1] ? (line = 100 * column("probability"), 0) : 0) nooutput
lowest = 0; highest = 100
axis = say("odds_axis")
entries = 'keyentry with xerrorbars pointtype 7 linewidth 1.6 linecolor rgb COLOUR[1] title say("interval95")'
dots = 'plot "targets.csv" using (ours(0) ? 100 * column("probability") : NaN):(y_of(place(stringcolumn("point")))):(100 * column("low95")):(100 * column("high95")) \
    with xerrorbars pointtype 7 pointsize 0.8 linewidth 1.6 linecolor rgb COLOUR[1] notitle'
load plots."rows.gp"
