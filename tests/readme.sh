# The pages' blocks hold what the program prints: the plan at its 10,000 replicates.
. "$(dirname "$0")/tools/lib.sh"
ok 'README.md and docs/model.md hold what the program prints' "$root/tests/tools/pages" --check
