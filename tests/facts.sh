# `neobay facts` as a user starts it.
. "$(dirname "$0")/tools/lib.sh"
cp "$root/tests/small.yaml" "$root/tests/small-observed.csv" .
export OMP_NUM_THREADS=2

ok 'facts' eval '"$NEOBAY" facts small.yaml >report'
ok 'says how many hold' grep -Eq '^  [0-9]+ stylised facts that must hold are outside; means over 20 replicates, observed: medians over 200$' report
ok 'thirteen facts, and the two months of the clock that were observed' same "$(sed 1d out/small-facts/stylised.csv | wc -l)" 15
ok 'each stylised fact has its source' eval \
	'awk -F, "NR > 1 && \$2 == \"stylised\" && \$NF == \"\" { exit 1 }" out/small-facts/stylised.csv'
ok 'every column is described' eval 'for c in $(head -1 out/small-facts/stylised.csv | tr , " "); do
	grep -q "^stylised.csv,$c," out/small-facts/columns.csv || exit 1; done'
ok 'inside is what the range says' eval 'awk -F, "
	NR == 1 { for (i = 1; i <= NF; i++) at[\$i] = i; next }
	\$at[\"kind\"] == \"stylised\" && \$at[\"fact\"] != \"youngest_listing\" && \$at[\"inside\"] != \"\" { n++
		in_range = \$at[\"simulated\"] >= \$at[\"low\"] && \$at[\"simulated\"] <= \$at[\"high\"]
		if (in_range != (\$at[\"inside\"] == \"yes\")) exit 1 }
	END { exit n < 4 }" out/small-facts/stylised.csv'
ok 'the same bytes on one thread' eval '"$NEOBAY" facts small.yaml --quiet --threads 1 --out one && cmp one/stylised.csv out/small-facts/stylised.csv'
ok 'again into its folder' exits 0 "$NEOBAY" facts small.yaml --quiet
mkdir theirs
echo mine >theirs/stylised.csv
ok 'not over what neobay did not leave there' exits 2 "$NEOBAY" facts small.yaml --quiet --out theirs
ok 'which stays' same "$(cat theirs/stylised.csv)" mine
ok 'of a scenario with a fault' exits 2 "$NEOBAY" facts small.yaml --set exit.rate_per_year=9
printf 'use,date,indicator,kind,value,to,assumed,source\ntest,2021-06,firms,between,1,500,no,a\nnone,2022-06,firms,value,3,,yes,b\n' >seen.csv
printf 'extends: small.yaml\nabout: {observed: seen.csv}\n' >seen.yaml
"$NEOBAY" facts seen.yaml --replicates 4 --out seen >report
ok 'what is assumed says so' grep -q 'firms 2022-06 (assumed) *3 ' report
ok 'a range that is reached' eval 'grep -q "^firms 2021-06,observed,1,500,.*,yes,no,test,40,a$" seen/stylised.csv'
