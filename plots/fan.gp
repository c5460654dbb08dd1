# What is to be expected, month by month, and how sure is that?
#   gnuplot -c plots/fan.gp out/NAME [en|zh]
# Reads trajectories.csv and targets.csv; paths.csv and observed.csv where they are there.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("fan.gp")]
load plots."style.gp"
name = "fan"
shown = "hightech_firms output_myuan valued_100m listed"
columns = 2; rows = 2

# The last target of the first indicator that has one; else how that indicator ends.
lead = ""; odds = NaN; asked = NaN; date = ""
if (rows_targets > 0) {
    do for [indicator in shown] {
        if (strlen(lead) == 0) {
            stats "targets.csv" using (stringcolumn("indicator") eq indicator && column("at_least") == column("at_least") ? \
                (lead = indicator, date = stringcolumn("date"), asked = column("at_least"), odds = column("probability"), middle = column("p50"), 0) : 0) nooutput
        }
    }
}
first = 9999; last = 0; middle_last = NaN
ended = ""
stats "trajectories.csv" using (stringcolumn("indicator") eq "hightech_firms" ? \
    (y = when(stringcolumn("month")), first = y < first ? y : first, last = y > last ? y : last, ended = stringcolumn("month"), \
     middle_last = column("p50"), low_last = column("p05"), high_last = column("p95"), 0) : 0) nooutput
finding = strlen(lead) > 0 ? sprintf(say("t_fan_met"), named(lead), number(middle), date, number(asked), percent(odds)) \
    : sprintf(say("t_fan"), named("hightech_firms"), number(middle_last), ended, number(low_last), number(high_last))

# Targets and observations of what is shown.
aimed = 0; seen = 0
ours(row) = strstrt(" ".shown." ", " ".stringcolumn("indicator")." ") > 0 && strlen(stringcolumn("indicator")) > 0
if (rows_targets > 0) { stats "targets.csv" using (aimed = aimed + ours(0), 0) nooutput }
# What was observed, as a value, a bound or a range; what is assumed is hollow and grey.
assumed = 0; bounds = 0
is_assumed(row) = stringcolumn("assumed") eq "yes"
of_kind(k) = !is_assumed(0) && stringcolumn("kind") eq k
if (rows_observed > 0) { stats "observed.csv" using (ours(0) ? (is_assumed(0) ? (assumed = assumed + 1, 0) : (seen = seen + 1, 0), \
    bounds = bounds + (of_kind("at_least") || of_kind("at_most")), 0) : 0) nooutput }

# What is drawn: parts for the files that are there. (An empty iteration would still draw once.)
entries = 'plot NaN notitle, keyentry with boxes fillcolor rgb BAND90 title say("band90"), \
    keyentry with boxes fillcolor rgb BAND50 title say("band50"), \
    keyentry with lines linewidth 2.2 linecolor rgb MEDIAN title say("median")'
drawn = 'plot "trajectories.csv" using (at(0)):(pick("p05")):(pick("p95")) with filledcurves fillcolor rgb BAND90 notitle, \
    "" using (at(0)):(pick("p25")):(pick("p75")) with filledcurves fillcolor rgb BAND50 notitle'
if (rows_paths > 0) {
    entries = entries.', keyentry with lines linewidth 0.6 linecolor rgb SINGLE title say("single")'
    drawn = drawn.', for [r = 0:4] "paths.csv" using (column("replicate") == r ? at(0) : NaN):(column("value")) with lines linewidth 0.6 linecolor rgb SINGLE notitle'
}
drawn = drawn.', "trajectories.csv" using (at(0)):(pick("p50")) with lines linewidth 2.2 linecolor rgb MEDIAN notitle'
if (aimed > 0) {
    entries = entries.', keyentry with points pointtype 2 pointsize 1.1 linewidth 2 linecolor rgb AIM title say("target_odds")'
    drawn = drawn.', "targets.csv" using (due(0)):(threshold(0)) with points pointtype 2 pointsize 1.1 linewidth 2 linecolor rgb AIM notitle, \
        "" using (due(0)):(threshold(0)):(percent(column("probability"))) with labels right offset -0.7,0.75 textcolor rgb AIM boxed notitle'
}
if (seen > 0) {
    entries = entries.', keyentry with points pointtype 7 pointsize 0.9 linecolor rgb SEEN title say("observed")'
    drawn = drawn.', "observed.csv" using (of_kind("value") ? at(0) : NaN):(column("value")) with points pointtype 7 pointsize 0.9 linecolor rgb SEEN notitle, \
        "" using (of_kind("at_least") ? at(0) : NaN):(column("value")) with points pointtype 9 pointsize 1.1 linecolor rgb SEEN notitle, \
        "" using (of_kind("at_most") ? at(0) : NaN):(column("value")) with points pointtype 11 pointsize 1.1 linecolor rgb SEEN notitle, \
        "" using (of_kind("between") ? at(0) : NaN):(column("value")):(0):(column("to") - column("value")) with vectors nohead linewidth 3 linecolor rgb SEEN notitle'
}
if (bounds > 0) { entries = entries.', keyentry with points pointtype 9 pointsize 1.1 linecolor rgb SEEN title say("observed_bound")' }
if (assumed > 0) {
    entries = entries.', keyentry with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor rgb SINGLE title say("assumed")'
    drawn = drawn.', "observed.csv" using (is_assumed(0) ? at(0) : NaN):(column("to") == column("to") ? (column("value") + column("to")) / 2 : column("value")) \
        with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor rgb SINGLE notitle'
}
is(row) = stringcolumn("indicator") eq indicator
at(row) = is(0) ? when(stringcolumn("month")) : NaN
due(row) = is(0) ? when(stringcolumn("date")) : NaN
pick(field) = is(0) ? column(field) : NaN
heading(indicator) = indicator eq "output_myuan" ? say("output") : named(indicator)
unit(indicator) = indicator eq "output_myuan" ? say("unit_myuan_year") : say("unit_firms")
# How high a panel reaches: all that is drawn in it.
top = 'tick_low = 0; tick_high = 0; \
    stats "trajectories.csv" using (reach(pick("p95"))) nooutput; \
    if (rows_paths > 0) { stats "paths.csv" using (reach(pick("value"))) nooutput }; \
    if (aimed > 0) { stats "targets.csv" using (reach(is(0) ? threshold(0) : NaN)) nooutput }; \
    if (seen + assumed > 0) { stats "observed.csv" using (reach(pick("value"))) nooutput }'
array TOP[words(shown)]
reach(y) = y > tick_high ? (tick_high = y, 0) : 0
threshold(row) = column("at_least") == column("at_least") ? column("at_least") : column("at_most")
i = 0
do for [indicator in shown] {
    i = i + 1
    eval top
    TOP[i] = tick_high > 0 ? tick_high : 1
}
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    eval entries
    eval panels
    set style textbox opaque fillcolor rgb 0xFFFFFF noborder margins 0.25,0.15
    i = 0
    do for [indicator in shown] {
        column_of = i % 2 + 1; row_of = i / 2 + 1; i = i + 1
        eval panel
        set label 3 opening(heading(indicator)) at graph 0, graph 1.07 left font ",13" front
        set xrange [first:last + 0.25]; tick_low = 0; tick_high = TOP[i]
        eval ticked
        set yrange [0:tick_high]
        set xtics years_step(first, last) format "%.0f"
        set xlabel say("year") offset 0,0.6; set ylabel unit(indicator)
        eval drawn
        unset label
    }
    eval finish
}
