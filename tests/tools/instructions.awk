# Instructions by part, from callgrind's file (not compressed). Needs: phases, "function=name …" in
# the order of a step; steps, the agent-steps lived. Prints "part<TAB>instructions", the last ones
# "ensemble" (all that is done a replicate), "run" (all else: reading, and writing files, to which
# belongs results_replicate) and "kernels NAME".
#
# A phase counts with all that it calls. What the compiler made one function of is told apart by the
# file a line stands in: random blocks are those of lanes_philox.h with their multiplications.

# A part that the compiler split off counts as the whole; a loop run in parallel is its own. A kernel
# goes by its stem.
function plain_name(name) {
	sub(/\.(isra|part|constprop|cold).*/, "", name)
	if (name ~ /^kernel_.*_(base|avx2|avx512)$/) {
		kernels = name
		sub(/.*_/, "", kernels)
		sub(/^kernel_/, "", name)
		sub(/_[^_]*$/, "", name)
	}
	return name
}

# The function that a line of a source file stands in, as written.
function function_at(file, line,    text, at, name) {
	if (!(file in read)) {
		read[file] = 1
		while ((getline text < file) > 0) {
			at++
			if (text ~ /^[a-zA-Z_].*\(/ && text !~ /^(#|typedef|__attribute__|__extension__)/) {
				sub(/ *\(.*/, "", text)
				sub(/.*[ *]/, "", text)
				name = text
			}
			written[file, at] = name
		}
		close(file)
	}
	return written[file, line]
}

/^(fl|fi|fe)=/ { file = substr($0, 4); next }
/^fn=/ { called_from = plain_name(substr($0, 4)); next }
/^cfn=/ { callee = plain_name(substr($0, 5)); next }
/^calls=/ {
	getline
	inclusive[callee] += $2
	calls[called_from, callee] += $2
	next
}
/^[0-9]+ [0-9]+$/ {
	total += $2
	if (called_from != "advance")
		next
	if (file ~ /lanes_philox\.h$/ || function_at(file, $1) ~ /^(lanes_multiply|_mm(256|512)?_mul_epu32)$/)
		blocks += $2
	else if (file ~ /lanes_(math|fma)\.h$/ || function_at(file, $1) ~ /^_mm(256|512)?_fmadd_ps$/)
		elementary += $2
}

function part(name, count) { printf "%s\t%.0f\n", name, count; known += count }

END {
	if (!inclusive["ensemble_run"] || !inclusive["advance"] || !inclusive["district_start"]) {
		print "instructions: callgrind saw no ensemble_run, district_start or advance" > "/dev/stderr"
		exit 1
	}
	part("starting a replicate", inclusive["district_start"])
	count = split(phases, phase, " ")
	for (i = 1; i <= count; i++) {
		split(phase[i], word, "=")
		spent = inclusive[word[1]] - calls["district_start", word[1]]
		if (word[2] == "growth") {
			part("growth: random blocks", blocks)
			part("growth: elementary functions", elementary)
			part("growth: all else", spent - blocks - elementary)
		} else {
			part(word[2], spent)
		}
	}
	part("observing", inclusive["observe_row"])
	part("targets, reviews", inclusive["replicate_run"] - known)
	ensemble = inclusive["ensemble_run"] - inclusive["results_replicate"]
	part("summary", ensemble - known)
	printf "ensemble\t%.0f\nrun\t%.0f\n", ensemble, total - ensemble
	printf "kernels\t%s\n", kernels
}
