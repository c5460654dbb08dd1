# How does one firm live: output, staff, rounds, certificate, zone?
#   gnuplot -c plots/firm.gp RUN [en|zh] [FOLDER]
# Reads firm.csv: the rows of one firm of one replicate, in the columns of firms.csv; neobay replay RUN
# --replicate K --firm ID writes it to RUN/replay-K, with events.csv, whose events of this firm are marked.
# neobay plot RUN --firm ID takes the rows out of firms.csv, lays them beside the pictures and says so with
# a fourth word.
run = ARG1; language = ARG2; pictures = ARG3
own = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("firm.gp")]
load plots."style.gp"
name = "firm"
table = strlen(own) > 0 ? pictures."/firm.csv" : "firm.csv"
months = 0; called = ""; zones = " "; stages = " "; certified = 0; top = 0
first = 9999; last = 0; in_replicate = 0
m(row) = when(stringcolumn("month"))
# (An empty cell at the end of a row has no text of its own, but is no number either.)
held(row) = !(column("certified_until") == column("certified_until")) ? NaN : when(stringcolumn("certified_until")) > m(0) ? 1 : NaN
stats table using (months = months + 1, y = m(0), called = stringcolumn("firm"), in_replicate = column("replicate"), \
    begun = months == 1 ? column("output_myuan") : begun, ended = column("output_myuan"), \
    zones = strstrt(zones, " ".stringcolumn("zone")." ") > 0 ? zones : zones.stringcolumn("zone")." ", \
    stages = strstrt(stages, " ".stringcolumn("stage")." ") > 0 ? stages : stages.stringcolumn("stage")." ", \
    first = y < first ? y : first, last = y > last ? y : last, 0) nooutput
if (months == 0) exit error "firm.csv: no rows"
last = last > first ? last : first + 1
finding = sprintf(say("t_firm"), called, number(begun), number(ended), whole(months - 1))
beneath = sprintf(say("of_replicate"), in_replicate)
stage_name(s) = s eq "listed" ? say("listed_stage") : s eq "seed" ? say("seed_stage") : say(s)
known_stage(s) = strstrt(" self seed a b late listed ", " ".s." ") > 0 ? stage_name(s) : s
# Month of the first row of each stage but the first, where a round was closed.
array SINCE[8]
do for [k = 1:words(stages)] {
    SINCE[k] = NaN
    wanted = word(stages, k)
    stats table using (stringcolumn("stage") eq wanted && !(SINCE[k] == SINCE[k]) ? (SINCE[k] = m(0), 0) : 0) nooutput
}
array ZONE_FROM[8]
do for [k = 1:words(zones)] {
    ZONE_FROM[k] = NaN
    wanted = word(zones, k)
    stats table using (stringcolumn("zone") eq wanted && !(ZONE_FROM[k] == ZONE_FROM[k]) ? (ZONE_FROM[k] = m(0), 0) : 0) nooutput
}
# Events of this firm, where they are known: how often each kind, and what a stage's round raised.
kinds = "funded moved licensed certified renewed lapsed listed failed relocated"
lanes = "2.5 1.5 2.5 0.5 0.5 0.5 2.5 1.5 1.5"
marks = "9 13 2 7 7 6 9 3 3"
events = int(system("test -f events.csv && sed 1d events.csv | wc -l || echo 0"))
own_event(kind) = stringcolumn("firm") eq called && stringcolumn("event") eq kind
array TIMES[words(kinds)]
array RAISED[8]
do for [k = 1:words(kinds)] { TIMES[k] = 0 }
do for [k = 1:8] { RAISED[k] = NaN }
if (events > 0) {
    do for [k = 1:words(kinds)] { stats "events.csv" using (own_event(word(kinds, k)) ? (TIMES[k] = TIMES[k] + 1, 0) : 0) nooutput }
    do for [k = 1:words(stages)] { stats "events.csv" using (own_event("funded") && stringcolumn("stage") eq word(stages, k) ? (RAISED[k] = column("raised_myuan"), 0) : 0) nooutput }
}
money(k) = RAISED[k] == RAISED[k] ? " +".number(RAISED[k]) : ""
shown = 0
do for [k = 1:words(kinds)] { shown = shown + (TIMES[k] > 0) }
columns = 1
MARK = 0x202020
LEGEND = shown > 0 ? 30 : 0
HIGH = 690 + LEGEND
do for [format in "svg png"] {
    eval begin
    set multiplot
    set lmargin at screen 0.16; set rmargin at screen 0.97
    set xrange [first - 1.0 / 12:last + 0.02 * (last - first)]
    set xtics years_step(first, last) format "%.0f"
    unset key
    raised_line = 0
    do for [k = 2:words(stages)] {
        set arrow k from SINCE[k], graph 0 to SINCE[k], graph 1 nohead dashtype 2 linewidth 0.8 linecolor rgb AIM
        # Rounds that are near to each other take turns in two lines; one at the end keeps off the edge.
        raised_line = SINCE[k] - SINCE[k-1] < 0.12 * (last - first) ? 1 - raised_line : 0
        if (last - SINCE[k] < 0.05 * (last - first)) {
            set label k known_stage(word(stages, k)).money(k) at last, graph 1.04 + 0.13 * raised_line right font ",11" textcolor rgb AIM
        } else {
            set label k known_stage(word(stages, k)).money(k) at SINCE[k], graph 1.04 + 0.13 * raised_line center font ",11" textcolor rgb AIM
        }
    }
    do for [p = 1:3] {
        set tmargin at screen 1 - (114.0 + (p - 1) * 150) / HIGH; set bmargin at screen 1 - (114.0 + p * 150 - 36) / HIGH
        set yrange [0:*]; set xtics format (p == 3 ? "" : "")
        field = word("output_myuan staff_heads value_myuan", p)
        set label 50 opening(say(word("output_axis staff_axis value_axis", p))) at graph 0, graph (p == 1 ? 1.32 : 1.08) left font ",12"
        stats table using (column(field)) nooutput
        set ytics nice(STATS_max > 0 ? STATS_max / 2 : 1) format "%g"
        plot table using (m(0)):(column(field)) with linespoints pointtype 7 pointsize 0.3 linewidth 2 linecolor rgb COLOUR[p] notitle
        unset label
    }
    unset arrow; unset ytics; unset grid
    set tmargin at screen 1 - 556.0 / HIGH; set bmargin at screen (50.0 + LEGEND) / HIGH
    set yrange [0:3]; set border 1; set xtics format "%.0f"; set xlabel say("year") offset 0,0.5
    set label 1 say("stage") at graph -0.01, first 2.5 right; set label 2 say("zone") at graph -0.01, first 1.5 right; set label 3 say("certificate") at graph -0.01, first 0.5 right font ",11"
    SINCE[words(stages) + 1] = last
    do for [k = 1:words(stages)] { if (SINCE[k+1] - SINCE[k] > 0.07 * (last - first)) { set label 10 + k known_stage(word(stages, k)) at (SINCE[k] == first ? first - 0.5 / 12 : SINCE[k]), first 2.5 left offset 0.3,0 font ",11" front } }
    do for [k = 1:words(zones)] { set label 30 + k word(zones, k) at ZONE_FROM[k], first 1.5 left offset 0.3,0 font ",11" front }
    at_key = 0.02
    do for [k = 1:words(kinds)] { if (TIMES[k] > 0 && word(kinds, k) ne "renewed" && !(word(kinds, k) eq "listed" && TIMES[1] > 0)) {
        set label 60 + k say("event_".word(kinds, k)) at screen at_key, screen 16.0 / HIGH left point pointtype int(word(marks, k)) pointsize 1 linecolor rgb MARK offset 1,-0.22 font ",11"
        at_key = at_key + 0.045 + 0.0066 * widths(say("event_".word(kinds, k)))
    } }
    shade(k) = k % 2 == 1 ? BAND90 : BAND50
    plot for [k = 1:words(stages)] table using (m(0) - 0.5 / 12):(stringcolumn("stage") eq word(stages, k) ? 2.5 : NaN):(m(0) - 1.0 / 12):(m(0) + 0.004):(2.15):(2.85) with boxxyerror fillcolor rgb shade(k) notitle, \
        for [k = 1:words(zones)] "" using (m(0) - 0.5 / 12):(stringcolumn("zone") eq word(zones, k) ? 1.5 : NaN):(m(0) - 1.0 / 12):(m(0) + 0.004):(1.15):(1.85) with boxxyerror fillcolor rgb shade(k) notitle, \
        "" using (m(0) - 0.5 / 12):(held(0) * 0.5):(m(0) - 1.0 / 12):(m(0) + 0.004):(0.15):(0.85) with boxxyerror fillcolor rgb 0x7FCBB4 notitle, \
        for [k = 1:words(kinds)] (events > 0 ? "events.csv" : table) using (m(0) - 0.5 / 12):(events > 0 && own_event(word(kinds, k)) ? real(word(lanes, k)) : NaN) with points pointtype int(word(marks, k)) pointsize 1.2 linewidth 1.5 linecolor rgb MARK notitle
    eval finish
}
