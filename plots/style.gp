# What all pictures share: where they are written, colours, fonts, words, and how a table is read.
#
# A script sets run, language and pictures from its arguments and loads this file. From here on the
# present folder is that of the run, so that every file has a constant name: no text of a user ever
# becomes part of a command or of a file's name. Names and titles are drawn as they are (noenhanced).

if (GPVAL_VERSION < 5.4) exit error "gnuplot 5.4 or newer is needed"
if (strlen(run) == 0) exit error "usage: gnuplot -c plots/PICTURE.gp RUN [en|zh]"
set encoding utf8
if (strlen(language) == 0) language = "en"
if (language ne "en" && language ne "zh") exit error "the language is en or zh"
if (strlen(pictures) == 0) pictures = "plots"
base = GPVAL_PWD."/"
load plots."words.gp"

absolute(path) = path[1:1] eq "/" ? path : base.path
cd absolute(run)
if (pictures eq "plots") made = system("mkdir -p plots")

# ---------------------------------------------------------------------------------- palette
# Okabe and Ito's colours, told apart by the colour-blind. Neighbours differ in lightness too, and
# lines have dashes and marks of their own, for print in grey.
array COLOUR[8] = [0x0072B2, 0xD55E00, 0x009E73, 0xE69F00, 0x56B4E9, 0xCC79A7, 0x000000, 0x8C8C00]
array DASH[8] = [1, 2, 4, 5, 3, 6, 1, 2]
array MARK[8] = [7, 5, 9, 11, 13, 6, 4, 8]
MEDIAN = 0x004C78
BAND50 = 0x7FB8DC
BAND90 = 0xCFE4F2
SINGLE = 0x6E6E6E
AIM    = 0xD55E00
SEEN   = 0x000000
SOFT   = 0x555555
nth(i) = (i - 1) % 8 + 1

# ---------------------------------------------------------------------------------- words
# say(key): a word of the language table. named(name): the same for a name of a scenario, which
# stands as it is, with spaces for underscores, where the table has no word for it.
say(key) = value(language."_".key)
spaced_at(s, i) = i == 0 ? s : spaced_at(s[1:i-1]." ".s[i+1:*], strstrt(s[1:i-1]." ".s[i+1:*], "_"))
spaced(s) = spaced_at(s, strstrt(s, "_"))
plain(s) = strstrt(s, "-") == 0 && strstrt(s, " ") == 0 && strstrt(s, ">") == 0 && strlen(s) > 0
SMALL = "abcdefghijklmnopqrstuvwxyz"
LARGE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
letter_at(i, s) = i == 0 ? s : LARGE[i:i].s[2:*]
opening(s) = letter_at(strlen(s) == 0 || language eq "zh" ? 0 : strstrt(SMALL, s[1:1]), s)
named(name) = plain(name) ? (exists(language."_".name) ? value(language."_".name) : spaced(name)) : spaced(name)

# What an axis of a batch is called: its row in the language table, dots as underscores; else its path
# with the unit that columns.csv gives.
dotless_at(s, i) = i == 0 ? s : dotless_at(s[1:i-1]."_".s[i+1:*], strstrt(s[1:i-1]."_".s[i+1:*], "."))
dotless(s) = dotless_at(s, strstrt(s, "."))
axis_name(path) = plain(dotless(path)) && exists(language."_".dotless(path)) ? value(language."_".dotless(path)) : spaced(path).unit_of(path)

# Tick labels are formats: a per cent sign is doubled.
escaped_at(s, i) = i > strlen(s) ? "" : (s[i:i] eq "%" ? "%%" : s[i:i]).escaped_at(s, i + 1)
escaped(s) = escaped_at(s, 1)
thousands(x) = x < 1000 ? sprintf("%d", x) : \
    thousands(int(x) / 1000).sprintf(",%03d", int(x) % 1000)
whole(x) = (x < 0 ? "-" : "").thousands(int(floor(abs(x) + 0.5)))
number(x) = x != x ? "?" : abs(x) >= 100 || x == floor(x) ? whole(x) : abs(x) >= 10 ? sprintf("%.1f", x) : sprintf("%.2f", x)
percent(p) = p != p ? "?" : p <= 0 ? "0 %" : p >= 1 ? "100 %" : p < 0.0005 ? "<0.1 %" : p > 0.9995 ? ">99.9 %" : \
    sprintf(p < 0.0995 || p > 0.9895 ? "%.1f %%" : "%.0f %%", 100 * p)
aim(least, most) = least == least ? "≥ ".number(least) : "≤ ".number(most)
# A round step at or below x.
nice_of(x, p) = x >= 5 * p ? 5 * p : x >= 2 * p ? 2 * p : p
nice(x) = nice_of(x, 10 ** floor(log10(x)))
# Ticks with thousands set apart: set tick_low and tick_high, eval ticked or ticked_x; at most about
# tick_count of them, and tick_high is then the top one.
tick_count = 5
steps_of(x, p) = x > 5 * p ? 10 * p : x > 2 * p ? 5 * p : x > p ? 2 * p : p
steps(x) = steps_of(x, 10 ** floor(log10(x)))
ticked_by = 'tick_step = tick_high > tick_low ? steps((tick_high - tick_low) * 1.0 / tick_count) : 1; tick_high = tick_step * ceil(tick_high / tick_step - 1e-9); tick_first = ceil(tick_low / tick_step - 1e-9); tick_last = tick_first + int((tick_high - tick_first * tick_step) / tick_step + 1e-6)'
ticked = 'eval ticked_by; set ytics () norotate; do for [i_tick = tick_first:tick_last] { set ytics add (tick_text(i_tick * tick_step) i_tick * tick_step) }'
ticked_x = 'eval ticked_by; set xtics () norotate; do for [i_tick = tick_first:tick_last] { set xtics add (tick_text(i_tick * tick_step) i_tick * tick_step) }'
tick_text(x) = tick_step >= 1 ? whole(x) : sprintf("%g", tick_step * floor(x / tick_step + 0.5))
# What a target asks for: "high-tech firms ≥ 1,000 by 2025-12"; a joint target has only its name.
asks(target, indicator, least, most, date) = strlen(indicator) == 0 ? named(target)." (".say("together").")" : \
    named(indicator)." ".aim(least, most).(language eq "zh" ? "（".date."）" : " by ".date)

# ---------------------------------------------------------------------------------- tables
# A month as a year with a fraction, at its end; the tick of a year stands at its start.
# (Text that starts with 0 would be read as octal.)
when(month) = strlen(month) < 7 ? NaN : real(month[1:4]) + (real("1".month[6:7]) - 100) / 12
# Constant commands only; each says how many rows a table has, its header not counted.
rows_about       = int(system("test -f about.csv && sed 1d about.csv | wc -l || echo 0"))
rows_paths       = int(system("test -f paths.csv && sed 1d paths.csv | wc -l || echo 0"))
rows_observed    = int(system("test -f observed.csv && sed 1d observed.csv | wc -l || echo 0"))
rows_split       = int(system("test -f split.csv && sed 1d split.csv | wc -l || echo 0"))
rows_columns     = int(system("test -f points.csv && test -f columns.csv && sed 1d columns.csv | wc -l || echo 0"))
rows_targets     = int(system("test -f targets.csv && sed 1d targets.csv | wc -l || echo 0"))

# Units of the axes of a batch.
units = 0
array UNIT_OF[64]; array UNITS[64]
if (rows_columns > 0) {
    set datafile separator comma; set datafile columnheaders
    stats "columns.csv" using (stringcolumn("file") eq "points.csv" && strlen(stringcolumn("unit")) > 0 && units < 64 ? \
        (units = units + 1, UNIT_OF[units] = stringcolumn("name"), UNITS[units] = stringcolumn("unit"), 0) : 0) nooutput
}
unit_place(path) = sum [i_unit = 1:64] (i_unit <= units && UNIT_OF[i_unit <= units ? i_unit : 1] eq path ? i_unit : 0)
unit_of(path) = units == 0 || unit_place(path) == 0 ? "" : UNITS[unit_place(path)] eq "1" ? "" : " (".UNITS[unit_place(path)].")"

# Fields of a row as it stands in the file: gnuplot does not know doubled quotes in a cell.
row = rows_about == 0 ? "" : system("sed -n 2p about.csv")
array FIELD[8]
do for [i = 1:8] { FIELD[i] = "" }
at = 1
quoted = 0
i = 1
while (i <= strlen(row)) {
    letter = row[i:i]
    if (letter eq "\"" && quoted && row[i+1:i+1] eq "\"") {
        FIELD[at] = FIELD[at]."\""
        i = i + 1
    } else { if (letter eq "\"") {
        quoted = !quoted
    } else { if (letter eq "," && !quoted && at < 8) {
        at = at + 1
    } else {
        FIELD[at] = FIELD[at].letter
    } } }
    i = i + 1
}
title = FIELD[1]
replicates = FIELD[6]
seed = FIELD[7]
# Batches have no about.csv: their manifest knows title and seed.
if (strlen(title) == 0) title = system("test -f run.json && sed -n 's/^  \"title\": \"\\(.*\\)\",*$/\\1/p' run.json || true")
if (strlen(seed) == 0) seed = system("test -f run.json && sed -n 's/^  \"seed\": \\([0-9]*\\),*$/\\1/p' run.json || true")

# ---------------------------------------------------------------------------------- the page
WIDE = 960
HIGH = 600
FONT = language eq "zh" ? "WenQuanYi Micro Hei" : "sans-serif"
# Letters of a line, Chinese ones counted as two; a line is cut where it gets wider than n, a
# name in its middle, since names often differ at their ends.
NARROW = ' !"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`abcdefghijklmnopqrstuvwxyz{|}~·–→≥≤²…'
widths(s) = strlen(s) == 0 ? 0 : sum [i_letter = 1:strlen(s)] (strstrt(NARROW, s[i_letter:i_letter]) > 0 ? 1 : 1.8)
cut_at(s, n) = sum [i_letter = 1:strlen(s)] (widths(s[1:i_letter]) < n ? 1 : 0)
shortened(s, n) = widths(s) > n ? s[1:cut_at(s, n - 9)]."…".s[strlen(s)-8:*] : s
clipped(s, n) = widths(s) > n ? s[1:cut_at(s, n)]."…" : s
last_part(path) = path[strlen(path):*] eq "/" ? last_part(path[1:strlen(path)-1]) : strstrt(path, "/") == 0 ? path : last_part(path[strstrt(path, "/")+1:*])
counted(n) = whole(n)." ".say("replicates").(n == 1 && language eq "en" ? "" : say("plural"))
# What the picture rests on: the title is cut to what the rest of the line leaves.
rests_on(more) = (strlen(replicates) > 0 ? " · ".counted(real(replicates)) : "").(strlen(seed) > 0 ? " · ".say("seed")." ".seed : ""). \
    (strlen(more) > 0 ? " · ".more : "")
about_run(more) = clipped(strlen(title) > 0 ? title : last_part(run), WIDE / 8.2 - widths(rests_on(more))).rests_on(more)
finding = ""
beneath = ""

# Opens the picture `name` in the present format; the finding, then what it rests on, stand at the
# top left. Takes HIGH, the height of the page.
begin = 'if (format eq "svg") { \
        set terminal svg size WIDE,HIGH noenhanced font "sans-serif,13" background "#ffffff" dashlength 1.2 linewidth 1.2; \
    } else { \
        set terminal pngcairo size 2*WIDE,2*HIGH noenhanced font FONT.",13" fontscale 1.62 linewidth 2.2 pointscale 2 background "#ffffff" dashlength 1.2; \
    }; \
    set output pictures."/".name.".".format; \
    set label 1001 clipped(opening(finding), 112) at screen 0.02, screen 1 - 24.0 / HIGH left font ",".(widths(finding) > 105 ? 13 : widths(finding) > 88 ? 15 : 17) front; \
    set label 1002 about_run(beneath) at screen 0.02, screen 1 - 48.0 / HIGH left font ",12" textcolor rgb SOFT front'
finish = 'unset multiplot; unset output; reset; eval frame'

# Panels: rows and columns of equal size below the head, with room for labels around each.
GAP_LEFT = 0.082
GAP_BELOW = 52.0
HEAD = 98.0
FOOT = 8.0
# One legend for all panels, in a row under the head: `eval legend`, then a plot of key entries
# alone, then `eval panels`.
legend = 'set lmargin at screen 0.02; set rmargin at screen 0.99; set tmargin at screen 1 - 64.0 / HIGH; set bmargin at screen 1 - 92.0 / HIGH; \
    unset border; unset tics; unset grid; set xrange [0:1]; set yrange [0:1]; \
    set key left center horizontal Left reverse samplen 1.6 spacing 1 width 1 font ",12"'
panels = 'unset label; unset key; eval frame; unset key; set xrange [*:*]; set yrange [*:*]'
panel = 'set lmargin at screen (column_of - 1) * 1.0 / columns + GAP_LEFT; \
    set rmargin at screen column_of * 1.0 / columns - 0.02; \
    set tmargin at screen 1 - (HEAD + (row_of - 1) * (HIGH - HEAD - FOOT) / rows + 26) / HIGH; \
    set bmargin at screen 1 - (HEAD + row_of * (HIGH - HEAD - FOOT) / rows - GAP_BELOW) / HIGH'

# Axes without a box; faint lines to read values by.
frame = 'set datafile separator comma; set datafile columnheaders; set datafile missing NaN; set border 3 linewidth 0.8 linecolor rgb SOFT; set tics nomirror scale 0.5 textcolor rgb SOFT; set xtics nomirror; set ytics nomirror; \
    set grid ytics linecolor rgb 0xDADADA linewidth 0.6; set key top left reverse Left samplen 2.2 spacing 1.1 noopaque width 0; \
    set style fill solid 1.0 noborder; set bars small; set tics front; set mytics default; unset mxtics'
eval frame
years_step(first, last) = last - first <= 8 ? 1 : last - first <= 17 ? 2 : 5
