# The same scenario and seed give the same bytes from gcc and clang, at -O1 and -O3.
. "$(dirname "$0")/tools/lib.sh"
cd "$root" || exit 1

build() { # NAME COMPILER FLAGS
	env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL \
		make --no-print-directory -j"$(nproc)" CONFIG="$1" CC="$2" CFLAGS="$3" "build/$1/neobay" >/dev/null
}
results() { # NAME SCENARIO
	"build/$1/neobay" run "$2" --quiet --replicates 60 --replicate-rows --firms 2 \
		--out "$here/$1/$(basename "$2")" 2>&1
}
scenarios=(tests/small.yaml)
for more in scenarios/example-district.yaml scenarios/grand-neobay.yaml; do
	[[ -f $more ]] && scenarios+=("$more")
done

# Whether gcc believes that something may be uninitialised changes with the level of optimisation.
for config in 'gcc-O3 gcc -O3' 'gcc-O1 gcc -O1 -Wno-maybe-uninitialized' 'clang-O3 clang -O3' 'clang-O1 clang -O1'; do
	read -r name compiler flags <<<"$config"
	if ! command -v "$compiler" >/dev/null; then
		skip "$name: no $compiler here"
		continue
	fi
	ok "$name builds without a warning" build "$name" "$compiler" "$flags" || continue
	for scenario in "${scenarios[@]}"; do
		ok "$name runs $scenario" results "$name" "$scenario" || continue
		[[ $name == gcc-O3 ]] && continue
		for file in targets trajectories first-reached replicates firms; do
			ok "$name, $scenario: $file.csv as by gcc -O3" \
				cmp "$here/gcc-O3/$(basename "$scenario")/$file.csv" \
				"$here/$name/$(basename "$scenario")/$file.csv"
		done
	done
done
