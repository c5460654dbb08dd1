# neobay: build, run, test, install. `make help` lists the targets.
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
LIBRARIES   := gsl yaml-0.1

PKG_CONFIG ?= pkg-config
PKG_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null)
PKG_LIBS   := $(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null)
COMPILE     = $(CC) $(MODEL_FLAGS) $(WARNINGS) $(CFLAGS) $(PKG_CFLAGS) -Isim -MMD -MP

B := build/$(CONFIG)

# ---------------------------------------------------------------------------------- sources

LAYERS  := base random scenario district measure ensemble output
SOURCES := $(foreach layer,$(LAYERS),$(wildcard sim/$(layer)/*.c))
KERNELS := $(foreach source,$(SOURCES),$(if $(filter kernel_%,$(notdir $(source))),$(source)))
PLAIN   := $(filter-out $(KERNELS),$(SOURCES))
CLI     := $(wildcard sim/cli/*.c) sim/main.c

# A kernel is compiled once for each set of vector instructions; which one runs is chosen at start.
KERNEL_FLAGS_base   :=
KERNEL_FLAGS_avx2   := -mavx2
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
	$$(COMPILE) $$(KERNEL_FLAGS_$(1)) -DKERNEL_ISA=$(1) -c -o $$@ $$<
endef
$(foreach isa,$(ISAS),$(eval $(call kernel_rule,$(isa))))

# Rewritten only when it changes: other flags or another compiler rebuild, the same ones do not.
$B/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(COMPILE) $(LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(COMPILE) $(LDFLAGS)' > $@

# The version goes to one file alone, so that a commit recompiles that file and nothing else.
NEOBAY_VERSION := 0.1.0
NEOBAY_COMMIT  := $(or $(shell git describe --always --dirty --tags 2>/dev/null),unknown)
$B/sim/output/version.o: FILE_FLAGS = \
	-DNEOBAY_VERSION='"$(NEOBAY_VERSION)"' -DNEOBAY_COMMIT='"$(NEOBAY_COMMIT)"'
$B/sim/output/version.o: $B/version
$B/version: FORCE
	@mkdir -p $(@D)
	@echo '$(NEOBAY_VERSION) $(NEOBAY_COMMIT)' | cmp -s - $@ || \
	 echo '$(NEOBAY_VERSION) $(NEOBAY_COMMIT)' > $@

.PHONY: FORCE
FORCE:

-include $(OBJECTS:.o=.d)
