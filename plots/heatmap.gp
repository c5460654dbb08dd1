# How do the odds depend on two things at once?
#   gnuplot -c plots/heatmap.gp BATCH [en|zh] [FOLDER] [TARGET]: the one that moves most over the map unless told
# Reads points.csv, whose last two columns are the axes, and targets.csv of a batch; columns.csv for the
# units. The plan's own point is that of the row named base, where it has numbers.
run = ARG1; language = ARG2; pictures = ARG3; chosen = ARG4
plots = ARG0[1:strlen(ARG0)-strlen("heatmap.gp")]
load plots."style.gp"
name = "heatmap"
header = system("sed -n 1p points.csv")
fixed = "point,fingerprint,reference,replicates,status,reason"
axes = header[strlen(fixed)+2:*]
if (header[1:strlen(fixed)] ne fixed || strlen(axes) == 0) exit error "points.csv: no axes"
comma = strstrt(axes, ",")
second = axes[comma+1:*]
if (comma == 0 || strstrt(second, ",") > 0) exit error "points.csv: a map needs two axes"
axis_x = axes[1:comma-1]; axis_y = second
rows_points = int(system("sed 1d points.csv | wc -l"))

# Points with both values, and the values of each axis in order.
array POINT[rows_points]; array X[rows_points]; array Y[rows_points]; array P[rows_points]
n = 0; seeded = 0
stats "points.csv" using (stringcolumn("point") ne "base" && column(axis_x) == column(axis_x) && column(axis_y) == column(axis_y) ? \
    (n = n + 1, POINT[n] = stringcolumn("point"), X[n] = column(axis_x), Y[n] = column(axis_y), P[n] = NaN, 0) : 0) nooutput
if (n == 0) exit error "points.csv: no points"
array XS[n]; array YS[n]
nx = 0; ny = 0
do for [i = 1:n] {
    known = 0
    do for [j = 1:nx] { if (XS[j] == X[i]) { known = 1 } }
    if (!known) {
        nx = nx + 1; j = nx
        while (j > 1 && XS[j > 1 ? j - 1 : 1] > X[i]) { XS[j] = XS[j-1]; j = j - 1 }
        XS[j] = X[i]
    }
    known = 0
    do for [j = 1:ny] { if (YS[j] == Y[i]) { known = 1 } }
    if (!known) {
        ny = ny + 1; j = ny
        while (j > 1 && YS[j > 1 ? j - 1 : 1] > Y[i]) { YS[j] = YS[j-1]; j = j - 1 }
        YS[j] = Y[i]
    }
}
if (nx < 2 || ny < 2) exit error "points.csv: a map needs two values or more on each axis"

# The target, and its odds at each point; rows come in the order of the points.
replicates_a_point = 0; targets = 0; seen = " "; shown = chosen; span = -1
array TARGET[64]
forward(p) = POINT[k] eq p ? k : sum [j = 1:n] (POINT[j] eq p ? j : 0)
if (strlen(chosen) == 0) {
    stats "targets.csv" using (t = stringcolumn("target"), strstrt(seen, " ".t." ") > 0 ? 0 : (seen = seen.t." ", targets = targets + 1, TARGET[targets] = t, 0)) nooutput
    do for [i = 1:targets] {
        least = 2; most = -1
        stats "targets.csv" using (stringcolumn("target") eq TARGET[i] && stringcolumn("point") ne "base" ? (p = column("probability"), \
            least = p < least ? p : least, most = p > most ? p : most, 0) : 0) nooutput
        if (most - least > span) { span = most - least; shown = TARGET[i] }
    }
}
k = 1; least = 2; most = -1; widest = 0
stats "targets.csv" using (stringcolumn("target") eq shown ? (at = forward(stringcolumn("point")), p = column("probability"), \
    replicates_a_point = column("replicates"), half = 0.5 * (column("high95") - column("low95")), widest = half > widest ? half : widest, at > 0 ? (P[at] = p, k = at < n ? at + 1 : n, least = p < least ? p : least, most = p > most ? p : most) : 0, 0) : 0) nooutput
finding = sprintf(say("t_heatmap"), named(shown), percent(least), percent(most))
beneath = sprintf(say("a_point"), counted(replicates_a_point)).", ".sprintf(say("widest"), 100 * widest)

# The grid for cells and contours: x, y, odds in %, and the edges half-way to the neighbours.
array G[nx * ny]
do for [i = 1:nx * ny] { G[i] = NaN }
index_x(v) = sum [j = 1:nx] (XS[j] == v ? j : 0)
index_y(v) = sum [j = 1:ny] (YS[j] == v ? j : 0)
do for [i = 1:n] { G[(index_y(Y[i]) - 1) * nx + index_x(X[i])] = 100 * P[i] }
edge_x(i) = i < 1 ? XS[1] - 0.5 * (XS[2] - XS[1]) : i >= nx ? XS[nx] + 0.5 * (XS[nx] - XS[nx-1]) : 0.5 * (XS[i] + XS[i+1])
edge_y(i) = i < 1 ? YS[1] - 0.5 * (YS[2] - YS[1]) : i >= ny ? YS[ny] + 0.5 * (YS[ny] - YS[ny-1]) : 0.5 * (YS[i] + YS[i+1])
# Cells reach a little under their right and upper neighbours, so that no seam shows.
over_x(i) = edge_x(i) + (i < nx ? 0.02 * (edge_x(i) - edge_x(i - 1)) : 0)
over_y(i) = edge_y(i) + (i < ny ? 0.02 * (edge_y(i) - edge_y(i - 1)) : 0)
unset datafile
set datafile separator whitespace
set print $grid
do for [j = 1:ny] {
    do for [i = 1:nx] { if (G[(j-1) * nx + i] == G[(j-1) * nx + i]) { print XS[i], YS[j], G[(j-1) * nx + i], edge_x(i - 1), over_x(i), edge_y(j - 1), over_y(j) } else { print XS[i], YS[j], " NaN", edge_x(i - 1), edge_x(i), edge_y(j - 1), edge_y(j) } }
    print ""
}
unset print
set contour base; unset surface; set cntrparam levels discrete 10, 50, 90
set table $contour
splot $grid using 1:2:3
unset table
unset contour; set surface
own_x = NaN; own_y = NaN
eval frame
stats "points.csv" using (stringcolumn("point") eq "base" ? (own_x = column(axis_x), own_y = column(axis_y), 0) : 0) nooutput
own = own_x >= edge_x(0) && own_x <= edge_x(nx) && own_y >= edge_y(0) && own_y <= edge_y(ny)
HIGH = 680
lines = |$contour| > 6
# Colours span what is there, in whole tens.
lowest = 10 * floor(10 * least); highest = 10 * ceil(10 * most)
highest = highest > lowest ? highest : lowest + 10
colour_step = highest - lowest > 30 ? 10 : highest - lowest > 10 ? 5 : 2
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    entries = 'plot NaN notitle, keyentry with lines linewidth 2 linecolor rgb '.(lines ? "SEEN" : "0xFFFFFF").' title lines ? say("contours") : ""'
    if (own) { entries = entries.', keyentry with points pointtype 3 pointsize 1.4 linewidth 2 linecolor rgb AIM title say("own_point")' }
    eval entries
    eval panels
    set datafile separator whitespace; unset datafile columnheaders
    set lmargin at screen 0.125; set rmargin at screen 0.85; set tmargin at screen 1 - 100.0 / HIGH; set bmargin at screen 62.0 / HIGH
    set xrange [edge_x(0):edge_x(nx)]; set yrange [edge_y(0):edge_y(ny)]
    unset grid
    set palette defined (0 "#00224e", 0.25 "#3b496c", 0.5 "#7c7b78", 0.75 "#bcaf6f", 1 "#ffea46")
    set cbrange [lowest:highest]; set cblabel say("odds_axis") offset 1,0; set cbtics colour_step
    set colorbox user origin 0.88,62.0 / HIGH size 0.02,1 - 162.0 / HIGH
    set xlabel axis_name(axis_x); set ylabel axis_name(axis_y) offset (YS[ny] >= 1e5 ? -1.2 : 0.5),0
    tick_count = 8; tick_low = edge_x(0); tick_high = edge_x(nx); eval ticked_x
    tick_low = edge_y(0); tick_high = edge_y(ny); eval ticked
    set xrange [edge_x(0):edge_x(nx)]; set yrange [edge_y(0):edge_y(ny)]
    drawn = 'plot $grid using 1:2:4:5:6:7:3 with boxxyerror linecolor palette fillstyle solid 1 noborder notitle'
    if (lines) { drawn = drawn.', $contour using 1:2 with lines linewidth 2 linecolor rgb 0xFFFFFF notitle, $contour using 1:2 with lines linewidth 1 linecolor rgb SEEN notitle, \
        $contour using 1:2:(sprintf("%.0f", $3)) every 12::6 with labels font ",11" textcolor rgb SEEN boxed notitle' }
    if (own) {
        set label 5 "" at own_x, own_y point pointtype 7 pointsize 1.7 linecolor rgb 0xFFFFFF front
        set label 6 "" at own_x, own_y point pointtype 3 pointsize 1.2 linewidth 2 linecolor rgb AIM front
    }
    set style textbox opaque fillcolor rgb 0xFFFFFF noborder margins 0.4,0.3
    eval drawn
    eval finish
}
