# How much of research becomes firms, how far do they get, and what is lost on the way?
#   gnuplot -c plots/pipeline.gp RUN [en|zh]
# Reads pipeline.csv: flows of a year, mean and 5-95 % over replicates.
run = ARG1; language = ARG2; pictures = ARG3
plots = ARG0[1:strlen(ARG0)-strlen("pipeline.gp")]
load plots."style.gp"
name = "pipeline"
# The last full year; the zone where projects land, and the pairs of zones that firms move between.
first = 9999; last = 0; landing = ""; full = 0
other(to) = to ne "abandoned" && to ne "left_for_space"
stats "pipeline.csv" using (y = column("year"), first = y < first ? y : first, last = y > last ? y : last, \
    full = column("months") == 12 && y > full ? y : full, \
    landing = stringcolumn("from") eq "projects" && other(stringcolumn("to")) ? stringcolumn("to") : landing, 0) nooutput
full = full == 0 ? last : full
fixed = " research results projects outside firms "
moves = 0; moved = 0; discovered = NaN; begun = NaN; founded = NaN
array FROM[64]; array TO[64]
stats "pipeline.csv" using (column("year") != full ? 0 : (f = stringcolumn("from"), t = stringcolumn("to"), b = column("mean"), \
    discovered = t eq "results" ? b : discovered, begun = t eq "projects" ? b : begun, founded = f eq "projects" && t eq landing ? b : founded, \
    move = strstrt(fixed, " ".f." ") == 0, moves = moves + move, move ? (FROM[moves] = f, TO[moves] = t, moved = moved + b) : 0, 0)) nooutput
brief(x) = x >= 10 || x == floor(x) ? whole(x) : sprintf("%.1f", x)
finding = sprintf(say("t_pipeline"), sprintf("%d", full), brief(discovered), brief(begun), brief(founded), brief(moved))

# Flows of each panel, as from>to, gains first; the shift keeps error bars apart.
array FLOWS[4] = ["research>results results>licences results>unused", "results>projects projects>abandoned projects>left_for_space", \
    "projects>".landing." outside>firms firms>failed firms>relocated outside>turned_away", ""]
do for [m = 1:moves] { FLOWS[4] = FLOWS[4].(m > 1 ? " " : "").FROM[m].">".TO[m] }
array HEADING[4] = ["panel_results", "panel_projects", "panel_firms", "panel_moves"]
array UNIT[4] = ["per_year_results", "per_year_projects", "per_year_firms", "per_year_firms"]
flow(s) = stringcolumn("from").">".stringcolumn("to") eq s
# Each legend in the order of its lines in that year, from the top.
array MEAN[64]
do for [i = 1:4] {
    count = words(FLOWS[i]); left = FLOWS[i]; sorted = ""
    do for [k = 1:count] {
        MEAN[k] = -1
        wanted = word(left, k)
        stats "pipeline.csv" using (column("year") == full && flow(wanted) ? (MEAN[k] = column("mean"), 0) : 0) nooutput
    }
    do for [j = 1:count] {
        high = 1
        do for [k = 1:count] { if (MEAN[k] > MEAN[high]) { high = k } }
        sorted = sorted.(j > 1 ? " " : "").word(left, high)
        MEAN[high] = -2
    }
    FLOWS[i] = sorted
}
called(s) = s eq "research>results" ? say("discovered") : s eq "results>projects" ? say("begun") : s eq "projects>".landing ? say("founded") : \
    s eq "outside>firms" ? say("arrived") : strstrt(fixed, " ".s[1:strstrt(s, ">")-1]." ") > 0 ? named(s[strstrt(s, ">")+1:*]) : \
    s[1:strstrt(s, ">")-1]." → ".s[strstrt(s, ">")+1:*]
place(k) = flow(word(FLOWS[i], k)) ? column("year") + 0.11 * (k - 0.5 * (count + 1)) : NaN
columns = 2; rows = 2
HIGH = 800
beneath = say("mean_bar").", ".say("range90")
do for [format in "svg png"] {
    eval begin
    set multiplot
    HEAD = 66.0
    do for [i = 1:4] {
        column_of = (i - 1) % 2 + 1; row_of = (i - 1) / 2 + 1
        eval panel
        count = words(FLOWS[i])
        set xrange [first - 0.6:last + 0.6]; set yrange [0:*]
        set xtics years_step(first, last) format "%.0f"; set ytics format "%g"
        set xlabel say("year") offset 0,0.6; set ylabel say(UNIT[i]) offset 0,0
        set tmargin at screen 1 - (HEAD + (row_of - 1) * (HIGH - HEAD - FOOT) / rows + 84) / HIGH
        set label 3 opening(say(HEADING[i])) at graph 0, graph 1.31 left font ",13" front
        set key at graph -0.02, graph 1.27 left top vertical maxrows 3 Left reverse samplen 3.6 width 1 font ",11"
        if (count > 0) {
            plot for [k = 1:count] "pipeline.csv" using (place(k)):(column("mean")):(column("p05")):(column("p95")) \
                    with yerrorbars linewidth 1 pointtype MARK[nth(k)] pointsize 0.8 linecolor rgb COLOUR[nth(k)] notitle, \
                for [k = 1:count] "" using (place(k)):(column("mean")) \
                    with linespoints linewidth 1.8 dashtype DASH[nth(k)] pointtype MARK[nth(k)] pointsize 0.8 linecolor rgb COLOUR[nth(k)] title called(word(FLOWS[i], k))
        }
        unset label
    }
    eval finish
}
