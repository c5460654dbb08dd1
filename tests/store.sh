# The store of a batch, asked in SQL as out/README.md says.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2
cat >grid.yaml <<'YAML'
base: small.yaml
vary:
  zones.T.floor_area_m2: [3000, 60000]
  projects.maturation_speed: [0.5, 2]
replicates: 250
YAML

# Query number N of the page.
query() { # N
	awk -v wanted="$1" '/^```sql/ { n++; inside = n == wanted; next } /^```/ { inside = 0 } inside' "$root/out/README.md" |
		sqlite3 -csv grid/store.db
}

ok 'a batch' "$NEOBAY" batch grid.yaml --quiet --out grid
ok 'is one file' same "$(cd grid && ls store.db*)" store.db
query 1 | tr -d '"' | sort >asked
awk -F, 'NR > 1 { printf "%s,%s,%d,%.10g\n", $1, $2, $3, $5 }' grid/targets.csv | sort >told
ok 'probabilities are those of targets.csv' eval '
	paste -d, asked told | awk -F, "{ if (\$1 != \$5 || \$2 != \$6 || \$3 != \$7 || (\$4 - \$8) ^ 2 > 1e-18) exit 1 } END { exit NR < 20 }"'
# The difference of targets.csv is (gained - lost) / replicates.
ok 'pairs give the difference of targets.csv' eval '
	IFS=, read -r point target gained lost <<<"$(query 2 | tr -d \")" &&
	awk -F, -v p="$point" -v t="$target" -v d="$((gained - lost))" "\$1 == p && \$2 == t { found = (\$10 - d / 250) ^ 2 < 1e-18 } END { exit !found }" grid/targets.csv &&
	test $((gained + lost)) -gt 0'
ok 'all targets at once are no more probable than the least probable' eval '
	query 3 | tr -d \" | while IFS=, read -r point all; do
		awk -F, -v p="$point" -v a="$all" "\$1 == p && a > \$5 + 1e-12 { exit 1 }" grid/targets.csv || exit 1; done'
ok 'in as many rows as there are points' same "$(query 3 | wc -l)" "$(($(wc -l <grid/points.csv) - 1))"

# A batch that grows: the views are of the last request.
ok 'more replicates' "$NEOBAY" batch grid.yaml --quiet --out grid --replicates 300 --resume
ok 'are what the view shows' same "$(sqlite3 grid/store.db 'SELECT DISTINCT count(*) FROM hit GROUP BY point, target')" 300
ok 'only the last 50 of each point were simulated' same "$(sqlite3 grid/store.db 'SELECT count(*) FROM record WHERE first < 200')" \
	"$(sqlite3 grid/store.db 'SELECT 2 * count(*) FROM point')"
ok 'fewer replicates' "$NEOBAY" batch grid.yaml --quiet --out grid --replicates 220 --resume
ok 'are the first of them' same "$(sqlite3 grid/store.db 'SELECT DISTINCT count(*) FROM hit GROUP BY point, target')" 220

# Large batches say how large their store will be, before they start.
ok '--dry-run tells the size of the store' says 'of results kept in store.db' \
	"$NEOBAY" batch grid.yaml --dry-run --out dry
