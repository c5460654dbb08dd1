# What pictures of dots in rows share: a row a name, from the top, a dot with its interval in each.
#
# Set before: n, ROW[n], lowest and highest (of the axis), axis (its words), line (where a line
# stands, or NaN), entries (of the legend, or "") and dots (the plot command; rows by y_of(k)).
y_of(k) = k > 0 ? n + 1 - k : NaN
HIGH = 150 + 22 * n
HIGH = HIGH < 320 ? 320 : HIGH
do for [format in "svg png"] {
    eval begin
    set multiplot
    eval legend
    eval 'plot NaN notitle'.(strlen(entries) > 0 ? ", ".entries : "")
    eval panels
    set tmargin at screen 1 - 100.0 / HIGH; set bmargin at screen 56.0 / HIGH
    set lmargin at screen 0.36; set rmargin at screen 0.97
    set yrange [0.4:n + 0.7]; unset ytics; set grid xtics noytics linecolor rgb 0xDADADA linewidth 0.6
    set border 1
    if (line == line) { set arrow 1 from line, graph 0 to line, graph 1 nohead linecolor rgb SOFT }
    do for [k = 1:n] { set label k clipped(ROW[k], 50) at graph -0.02, first n + 1 - k right font ",12" }
    set xlabel axis
    tick_low = lowest; tick_high = highest
    eval ticked_x
    set xrange [tick_low:tick_high]
    eval dots
    eval finish
}
