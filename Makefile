# neobay: build, run, test, install.
#
#   make            the program, build/neobay, and the library
#   make run        install what is missing, build, run the plan (RUN_FLAGS="--force" and the like)
#   make test       install what the tests need, build, run them all
#   make check      layers, sizes, format of the sources; no libm or GSL where bits matter
#   make sanitize   the tests under the address and undefined-behaviour sanitizers
#   make coverage   lines of sim/ that the tests reach
#   make bench      how fast it is, about three minutes: docs/performance.md
#   make aarch64    the same bytes from aarch64 and from older x86-64 processors, under qemu; installs
#                   a cross-compiler and emulators, and so is no part of make test
#   make bench-variance  what each way of estimating odds leaves of the variance
#   make bench-bands     bands of probabilities against nested Monte Carlo
#   make plots      the pictures of the shipped scenarios, out/NAME/plots/ (PLOT_FLAGS)
#   make gallery    docs/gallery/, by the commands that stand in docs/gallery.md
#   make docs       docs/parameters.md
#   make install    program, man page, completion, library, header (PREFIX, DESTDIR); uninstall
#   make clean
#
# Objects lie in build/CONFIG/, so that configurations stand beside each other. CC, CFLAGS and
# LDFLAGS may be set on the command line; MODEL_FLAGS may not, because the results' bytes rest on
# them (no fused or reordered floating point that the source does not spell out).

CONFIG ?= release
ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS  ?= -O3
PREFIX  ?= /usr/local
DESTDIR ?=

MODEL_FLAGS := -std=gnu11 -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp
WARNINGS    := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Werror
LIBRARIES   := gsl yaml-0.1 sqlite3

# Sub-makes use all cores, unless make was told how many to use.
JOBS = $(if $(findstring jobserver,$(MAKEFLAGS)),,-j$(shell nproc 2>/dev/null || echo 1))
MAKE_HERE = $(MAKE) --no-print-directory $(JOBS)

PKG_CONFIG ?= pkg-config
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null)
PKG_LIBS   := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null)
COMPILE     = $(CC) $(MODEL_FLAGS) $(WARNINGS) $(CFLAGS) $(PKG_CFLAGS) -Isim -MMD -MP

B := build/$(CONFIG)

# ---------------------------------------------------------------------------------- sources

LAYERS  := base math random stats scenario model model/kernels engine store study
SOURCES := $(foreach layer,$(LAYERS),$(wildcard sim/$(layer)/*.c)) sim/neobay.c
KERNELS := $(foreach source,$(SOURCES),$(if $(filter kernel_%,$(notdir $(source))),$(source)))
PLAIN   := $(filter-out $(KERNELS),$(SOURCES))
CLI     := $(wildcard sim/cli/*.c) sim/main.c

# A kernel is compiled once for each set of vector instructions; which one runs is chosen at start.
KERNEL_FLAGS_base   :=
KERNEL_FLAGS_avx2   := -mavx2 -mfma
KERNEL_FLAGS_avx512 := -mavx512f -mavx512dq -mavx512vl -mavx512bw -mprefer-vector-width=512
MACHINE := $(firstword $(subst -, ,$(shell $(CC) -dumpmachine 2>/dev/null)))
ISAS    := base $(if $(filter x86_64,$(MACHINE)),avx2 avx512)

KERNEL_OBJECTS  := $(foreach isa,$(ISAS),$(KERNELS:%.c=$B/%.$(isa).o))
LIBRARY_OBJECTS := $(PLAIN:%.c=$B/%.o) $(KERNEL_OBJECTS)
CLI_OBJECTS     := $(CLI:%.c=$B/%.o)
OBJECTS         := $(LIBRARY_OBJECTS) $(CLI_OBJECTS)

# ---------------------------------------------------------------------------------- building

.PHONY: all
all: $B/neobay build/neobay

# A copy of what was built last, under the name that the README uses.
build/neobay: $B/neobay
	@cp -f $< $@

$B/neobay: $(CLI_OBJECTS) $B/libneobay.a
	$(CC) $(MODEL_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

$B/libneobay.a: $(LIBRARY_OBJECTS)
	@rm -f $@
	$(AR) rcs $@ $^

$B/%.o: %.c $B/flags
	@mkdir -p $(@D)
	$(COMPILE) $(FILE_FLAGS) -c -o $@ $<

define kernel_rule
$B/%.$(1).o: %.c $B/flags
	@mkdir -p $$(@D)
	$$(COMPILE) $$(FILE_FLAGS) $$(KERNEL_FLAGS_$(1)) -DKERNEL_ISA=$(1) -c -o $$@ $$<
endef
$(foreach isa,$(ISAS),$(eval $(call kernel_rule,$(isa))))

# Rewritten only when it changes: other flags or another compiler rebuild, the same ones do not.
$B/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(COMPILE) $(LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(COMPILE) $(LDFLAGS)' > $@

# The version goes to one file alone, so that a commit recompiles that file and nothing else.
NEOBAY_VERSION := 0.1.0
NEOBAY_COMMIT  := $(or $(shell git describe --always --dirty --tags 2>/dev/null),unknown)
$B/sim/store/version.o: private FILE_FLAGS = \
	-DNEOBAY_VERSION='"$(NEOBAY_VERSION)"' -DNEOBAY_COMMIT='"$(NEOBAY_COMMIT)"'
$B/sim/store/version.o: $B/version
$B/version: FORCE
	@mkdir -p $(@D)
	@echo '$(NEOBAY_VERSION) $(NEOBAY_COMMIT)' | cmp -s - $@ || \
	 echo '$(NEOBAY_VERSION) $(NEOBAY_COMMIT)' > $@

.PHONY: FORCE
FORCE:

# ---------------------------------------------------------------------------------- packages

# By Debian's names. Where they are missing apt-get installs them; a machine without apt-get is
# asked for the things themselves and, where one is missing, told what to install.
BUILD_PACKAGES := gcc libc6-dev make pkg-config libgsl-dev libyaml-dev libsqlite3-dev
PLOT_PACKAGES  := gnuplot-nox fontconfig fonts-dejavu-core fonts-wqy-microhei
TEST_PACKAGES  := $(BUILD_PACKAGES) $(PLOT_PACKAGES) libcriterion-dev clang libomp-dev python3 \
                  python3-pandas python3-yaml r-base-core sqlite3 groff-base util-linux valgrind
PLOT_PROBE  := command -v gnuplot && fc-list :lang=zh family | grep -q .
BUILD_PROBE := command -v gcc && pkg-config --exists $(LIBRARIES)
TEST_PROBE  := $(BUILD_PROBE) && $(PLOT_PROBE) && pkg-config --exists criterion && command -v clang && \
               command -v sqlite3 && command -v Rscript && command -v groff && command -v valgrind && \
               python3 -c "import pandas"

# $(1) packages, $(2) probe
define install_packages
if command -v apt-get dpkg-query >/dev/null; then \
	missing=$$(for p in $(1); do dpkg-query -Wf'$${Status}' $$p 2>/dev/null | \
		grep -q ' installed$$' || echo $$p; done); \
	if [ -z "$$missing" ]; then exit 0; fi; \
	echo "installing:" $$missing; \
	as_root=; \
	if [ $$(id -u) != 0 ]; then as_root=sudo; command -v sudo >/dev/null || \
		{ echo "neither root nor sudo: have these installed, then again:" $$missing; exit 1; } >&2; fi; \
	$$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
elif ! { $(2); } >/dev/null 2>&1; then \
	{ echo "this system has no apt-get; install, then run make again (Debian's names):"; \
	  echo "  $(strip $(1))"; exit 1; } >&2; \
fi
endef

# ---------------------------------------------------------------------------------- running

.PHONY: run
run:
	@$(call install_packages,$(BUILD_PACKAGES),$(BUILD_PROBE))
	@$(MAKE_HERE) all
	@build/neobay run scenarios/grand-neobay.yaml $(RUN_FLAGS)

# ---------------------------------------------------------------------------------- pictures

PLOTTED    ?= $(filter-out %/levers.yaml,$(wildcard scenarios/*.yaml))
PLOT_FLAGS ?= --replicates 2000 --firms 1

.PHONY: plots gallery
plots:
	@$(call install_packages,$(BUILD_PACKAGES) $(PLOT_PACKAGES),$(BUILD_PROBE) && $(PLOT_PROBE))
	@$(MAKE_HERE) all
	@for scenario in $(PLOTTED); do build/neobay run $$scenario --quiet $(PLOT_FLAGS) && \
		build/neobay plot out/$$(basename $$scenario .yaml) || exit; done

gallery:
	@$(call install_packages,$(BUILD_PACKAGES) $(PLOT_PACKAGES),$(BUILD_PROBE) && $(PLOT_PROBE))
	@$(MAKE_HERE) all
	@tests/tools/gallery docs/gallery.md

# ---------------------------------------------------------------------------------- tests

# Criterion's macros do not stand the strictest warnings.
TEST_WARNINGS  := -Wall -Wextra -Wstrict-prototypes -Werror
TEST_SOURCES   := $(wildcard tests/*.c) $(filter-out tests/bench/%,$(wildcard tests/*/*.c))
TEST_OBJECTS   := $(TEST_SOURCES:%.c=$B/%.o)
SHELL_TESTS    ?= $(sort $(wildcard tests/*.sh))
BENCH_KERNELS  := $(wildcard tests/bench/kernel_*.c)
BENCH_OBJECTS  := $(patsubst %.c,$B/%.o,$(filter-out $(BENCH_KERNELS),$(wildcard tests/bench/*.c))) \
                  $(foreach isa,$(ISAS),$(BENCH_KERNELS:%.c=$B/%.$(isa).o))
PLAIN_OBJECTS  := $(filter $B/tests/bench/plain%,$(BENCH_OBJECTS))
OBJECTS        += $(TEST_OBJECTS) $(BENCH_OBJECTS)
CRITERION_LIBS = $(shell $(PKG_CONFIG) --libs criterion)

$B/tests/%.o: private WARNINGS = $(TEST_WARNINGS)
$B/tests/%.o: private FILE_FLAGS = -Itests $(shell $(PKG_CONFIG) --cflags criterion 2>/dev/null)

$B/unit-tests: $(TEST_OBJECTS) $(PLAIN_OBJECTS) $(filter-out $B/sim/main.o,$(CLI_OBJECTS)) $B/libneobay.a
	$(CC) $(MODEL_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) $(CRITERION_LIBS) -lm

.PHONY: test test-here
test:
	@$(call install_packages,$(TEST_PACKAGES),$(TEST_PROBE))
	@$(MAKE_HERE) test-here

# The tests of one configuration, nothing installed. Ends with "N passed, N failed".
test-here: $B/neobay $B/unit-tests
	@NEOBAY=$(abspath $B/neobay) tests/tools/run-all $B/unit-tests $(SHELL_TESTS)

# A leak inside a Criterion test is printed, yet the run exits 0: so whatever a sanitizer has to
# say goes to files, and their being there is a failure. Shell tests that build anew, or run long, stay out.
BUILDING_TESTS := tests/readme.sh tests/bytes.sh tests/install.sh tests/memory.sh tests/tree.sh \
                  tests/instructions.sh tests/locale.sh
SANITIZE_FLAGS := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined \
                  -fno-sanitize-recover=undefined -Wno-maybe-uninitialized
SANITIZE_LOG   := $(abspath build/sanitize/log)
.PHONY: sanitize
sanitize:
	@$(call install_packages,$(TEST_PACKAGES),$(TEST_PROBE))
	@rm -rf $(SANITIZE_LOG) && mkdir -p $(SANITIZE_LOG)
	@ASAN_OPTIONS=log_path=$(SANITIZE_LOG)/asan:detect_leaks=1 \
	 UBSAN_OPTIONS=log_path=$(SANITIZE_LOG)/ubsan:print_stacktrace=1 \
	 NO_LOG_IN=$(SANITIZE_LOG) \
	 $(MAKE_HERE) test-here CONFIG=sanitize CFLAGS='$(SANITIZE_FLAGS)' \
		SHELL_TESTS='$(filter-out $(BUILDING_TESTS),$(SHELL_TESTS))'

# Worker processes and threads count together, so the counters have to be atomic.
COVERAGE_FLAGS := -O1 -g --coverage -fprofile-update=atomic -Wno-maybe-uninitialized
.PHONY: coverage
coverage:
	@$(call install_packages,$(TEST_PACKAGES),$(TEST_PROBE))
	@mkdir -p build/coverage && find build/coverage -name '*.gcda' -delete
	@$(MAKE_HERE) test-here CONFIG=coverage CFLAGS='$(COVERAGE_FLAGS)' \
		SHELL_TESTS='$(filter-out $(BUILDING_TESTS),$(SHELL_TESTS))'; \
	code=$$?; tests/tools/coverage build/coverage && exit $$code

# For a machine that runs x86-64 and has Debian's packages.
AARCH64_PACKAGES := gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user valgrind
.PHONY: aarch64
aarch64:
	@$(call install_packages,$(BUILD_PACKAGES) $(AARCH64_PACKAGES),false)
	@$(MAKE_HERE) $B/neobay
	@NEOBAY=$(abspath $B/neobay) tests/tools/aarch64

.PHONY: check
check:
	@tests/tools/check-tree

.PHONY: bench
bench: $B/bench $B/neobay
	@$B/bench $(abspath $B/neobay) scenarios/grand-neobay.yaml tests/bench/firms.yaml

$B/bench: $(BENCH_OBJECTS) $B/libneobay.a
	$(CC) $(MODEL_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

# What each way of estimating odds leaves of the variance, with standard errors; minutes.
VARIANCE_PAIRS   ?= 6000
VARIANCE_TARGETS ?= plan_2025 hightech_2025 hightech_2023 output_2025
VARIANCE_OBJECTS := $(patsubst %.c,$B/%.o,$(wildcard tests/bench/variance/*.c))
OBJECTS          += $(VARIANCE_OBJECTS)
.PHONY: bench-variance
bench-variance: $B/bench-variance
	$B/bench-variance scenarios/grand-neobay.yaml $(VARIANCE_PAIRS) $(VARIANCE_TARGETS)

$B/bench-variance: $(VARIANCE_OBJECTS) $B/libneobay.a
	$(CC) $(MODEL_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

# Bands of probabilities against nested Monte Carlo, on three districts; minutes.
BANDS_DRAWS     ?= 400
BANDS_INNER     ?= 300
BANDS_SCENARIOS ?= scenarios/grand-neobay.yaml scenarios/example-district.yaml tests/small.yaml
BANDS_OBJECTS   := $B/tests/bench/bands/bands.o $B/tests/support/nested.o
OBJECTS         += $(BANDS_OBJECTS)
.PHONY: bench-bands
bench-bands: $B/bench-bands
	$B/bench-bands $(BANDS_DRAWS) $(BANDS_INNER) $(BANDS_SCENARIOS)

$B/bench-bands: $(BANDS_OBJECTS) $B/libneobay.a
	$(CC) $(MODEL_FLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(PKG_LIBS) -lm

# ---------------------------------------------------------------------------------- pages

.PHONY: docs
docs: $B/neobay
	$< params --markdown > docs/parameters.md
	@NEOBAY=$(abspath $<) tests/tools/pages

$B/neobay.1: $B/neobay
	@$< help --man > $@
$B/neobay.bash: $B/neobay
	@$< help --completion > $@

$B/neobay.h: sim/neobay.h
	@cp $< $@

$B/neobay.pc: FORCE
	@printf '%s\n' 'Name: neobay' 'Description: Enterprise growth, simulated' \
		'Version: $(NEOBAY_VERSION)' 'Requires.private: $(LIBRARIES)' \
		'Cflags: -I$(PREFIX)/include' 'Libs: -L$(PREFIX)/lib -lneobay' \
		'Libs.private: -fopenmp -lm' > $@

# ---------------------------------------------------------------------------------- installing

# Each file that is installed: what it is made from, and where it goes.
INSTALLED := neobay:bin/neobay neobay.1:share/man/man1/neobay.1 \
             neobay.bash:share/bash-completion/completions/neobay \
             libneobay.a:lib/libneobay.a neobay.h:include/neobay.h neobay.pc:lib/pkgconfig/neobay.pc
installed_from = $B/$(firstword $(subst :, ,$(1)))
installed_to   = $(DESTDIR)$(PREFIX)/$(lastword $(subst :, ,$(1)))

INSTALLED_PLOTS = $(DESTDIR)$(PREFIX)/share/neobay/plots

.PHONY: install uninstall
install: $(foreach file,$(INSTALLED),$(call installed_from,$(file)))
	@$(foreach file,$(INSTALLED),install -D -m $(if $(filter %/bin/neobay,/$(lastword $(subst :, ,$(file)))),755,644) \
		$(call installed_from,$(file)) $(call installed_to,$(file)) && ) true
	@install -d $(INSTALLED_PLOTS) && install -m 644 plots/*.gp $(INSTALLED_PLOTS)
uninstall:
	rm -f $(foreach file,$(INSTALLED),$(call installed_to,$(file)))
	rm -rf $(INSTALLED_PLOTS)

.PHONY: clean
clean:
	rm -rf build

-include $(OBJECTS:.o=.d)
