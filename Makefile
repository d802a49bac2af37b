# SPDX-License-Identifier: MIT
# make            build everything into build/
# make report     run the sample study to its PDFs, audit them, and say where they are
# make check      every fast test; what a change passes
# make deep       the same under AddressSanitizer and UBSan, then faults (FAULTS=10 of a kind), count and fuzz
# make coverage   how often each interval covers the truth; make speed: time per 10,000 calls
# make reference  agreement with other software, method by method (all of it with REFERENCE_DIR)
# make fuzz       a minute of noise for each reader (clang's libFuzzer); FUZZ_SECONDS=60
# make faults     kills, failing calls, full disks, bad gnuplots, surroundings, hostile keys and labels (FAULTS=10)
# make threads    the stages that use threads under ThreadSanitizer
# make mutants    do the unit tests of base and mask bite? MUTANT_SECONDS=600
# make valgrind   the sample's run under memcheck; make analyze: gcc -fanalyzer, clang-tidy, cppcheck
# make coverage-report   lines and branches that the tests reach, by room
# make bench      work items beside pandas, data.table, DuckDB and Polars, with ratios and a chart
# make mutation   change one record at a time: exactly the dependent numbers move
# make count      instructions of each stage on the sample, beside those known (callgrind)
# make install    PREFIX=/usr/local DESTDIR=

PREFIX ?= /usr/local
B      ?= build
CC     ?= gcc
VERSION := 0.1.0

# make V=1 shows the commands.
Q   := $(if $(V),,@)
SAY := @$(if $(V),:,echo)
JOBS ?= $(shell nproc 2>/dev/null || echo 1)

PKGS   := gsl yaml-0.1 libcmark-gfm harfbuzz harfbuzz-subset libsodium jansson libutf8proc libpng \
          libzip expat libpq
CSTD   := -std=c11 -D_GNU_SOURCE -I.
WARN   := -Wall -Wextra -Wshadow -Wpointer-arith -Wcast-qual -Wstrict-prototypes \
          -Wmissing-prototypes -Wwrite-strings -Wformat=2 -Wundef -Wvla -Wno-format-nonliteral
OPT    ?= -O2 -g -ffp-contract=off
# What the compiler can do against the bugs that are left; not with sanitizers, which do more.
HARDEN = $(if $(SAN)$(filter -O0,$(OPT)),,-D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection \
          $(if $(filter x86_64,$(shell uname -m)),-fcf-protection))
CFLAGS_ALL = $(CSTD) $(WARN) $(OPT) $(HARDEN) $(SAN) $(WERROR) -DRK_VERSION='"$(VERSION)"' \
          -DRK_PREFIX='"$(PREFIX)"' $(PKG_CFLAGS) $(CFLAGS)
# Asked once, and only when the packages are there.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $$(PKGS)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $$(shell pkg-config --libs $$(PKGS)))$(PKG_LIBS)
LIBS   = $(PKG_LIBS) -lreadstat -lcsv -lhpdf -lhyphen -lglpk -lcmark-gfm-extensions -lm \
         -Wl,-z,relro,-z,now,-z,noexecstack

ROOMS  := pipeline/base pipeline/extract pipeline/contract pipeline/clean \
          pipeline/linkage pipeline/dedupe pipeline/tabulate pipeline/change \
          pipeline/mask pipeline/attack pipeline/draft pipeline/quality pipeline/merge pipeline/driver \
          render stats
# A room's *_main.c holds a program's main and is never part of the library.
ROOMS  += pipeline/audit
SRCS   := $(filter-out %_main.c,$(foreach r,$(ROOMS),$(wildcard $(r)/*.c)))
OBJS   := $(SRCS:%.c=$(B)/obj/%.o)
LIB    := $(B)/libreckon.a
PROGRAMS := reckon reckon-clean reckon-dedupe reckon-tabulate reckon-change reckon-effect reckon-mask \
          reckon-chart reckon-report reckon-attack
TESTS  := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: faults threads mutants bench count fuzz fuzz-programs valgrind analyze coverage-report coverage speed reference all report check check-programs deep clean install format tidy compile_commands.json mutation
all: $(PROGRAMS:%=$(B)/bin/%)

# The Debian packages of packages.txt, installed when they are missing.
$(B)/.packages: packages.txt setup.sh
	@mkdir -p $(@D)
	@sh setup.sh packages.txt
	@touch $@

$(B)/obj/%.o: %.c | $(B)/.packages
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(LIB): $(OBJS)
	@rm -f $@
	$(SAY) AR $@
	$(Q)$(AR) rcs $@ $^

define program
$(B)/bin/$(1): $(B)/obj/$(2) $(LIB)
	@mkdir -p $$(@D)
	$$(SAY) LD $$@
	$$(Q)$$(CC) $$(CFLAGS_ALL) -o $$@ $$< $$(LIB) $$(LIBS)
endef
$(eval $(call program,reckon,pipeline/driver/reckon_main.o))
$(eval $(call program,reckon-clean,pipeline/clean/clean_main.o))
$(eval $(call program,reckon-dedupe,pipeline/dedupe/dedupe_main.o))
$(eval $(call program,reckon-tabulate,pipeline/tabulate/tabulate_main.o))
$(eval $(call program,reckon-change,pipeline/change/change_main.o))
$(eval $(call program,reckon-effect,pipeline/driver/effect_main.o))
$(eval $(call program,reckon-mask,pipeline/mask/mask_main.o))
$(eval $(call program,reckon-attack,pipeline/attack/attack_main.o))
$(eval $(call program,reckon-chart,render/chart_main.o))
$(eval $(call program,reckon-report,render/report_main.o))

# The sample generator stands alone: the C library and nothing else of the project.
$(B)/bin/generate: $(wildcard sample-data/generate*.c sample-data/generate*.h) | $(B)/.packages
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -o $@ $(filter %.c,$^)

# What `make bench` measures with; tests/bench/README.md.
$(B)/bin/bench-%: tests/bench/%.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(LIB) $(LIBS)

# Made-up people, spoilt in several ways, with the truth: for linkage.
$(B)/bin/people: tests/linkage/people.c | $(B)/.packages
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -o $@ $< -lm

$(B)/tests/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -o $@ $< $(wildcard tests/support/*.c) $(LIB) $(LIBS) -lcmocka

# Readers fed with noise: tests/fuzz/README.md.
FUZZERS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 60
$(B)/replay/%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -DFUZZ_REPLAY -o $@ $(filter %.c,$^) $(LIB) $(LIBS)
$(B)/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.c $(LIB)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS_ALL) -fsanitize=fuzzer -o $@ $(filter %.c,$^) $(LIB) $(LIBS)

# Every key of a study and a narrative, hurt: tests/faults/README.md. What the readers say is heard by --wrap.
$(B)/keys: $(wildcard tests/faults/keys*.c) tests/faults/keys.h $(LIB)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -Wno-missing-prototypes -o $@ $(filter %.c,$^) $(LIB) $(LIBS) \
	    -Wl,--wrap=rk_diag_say,--wrap=rk_fail,--wrap=rk_yaml_known,--wrap=rk_text_nearest

# ---- what people type ----

report:
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@$(B)/bin/reckon run config/working-well -o $(B)/report
	@$(B)/bin/reckon audit -q $(B)/report/*.pdf && echo "The auditor finds nothing that cannot be true in the reports."
	@echo "The report is $(CURDIR)/$(B)/report/interim-evaluation.pdf"

# Warnings are errors here, so these objects have a folder of their own.
check:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/check WERROR=-Werror all check-programs
	@sh tests/run.sh $(B)/check

check-programs: $(TESTS) $(B)/bin/generate $(FUZZERS:%=$(B)/replay/%) $(B)/bin/people $(B)/keys

FAULTS ?= 10
deep:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/deep OPT="-O1 -g -ffp-contract=off" \
	    SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" \
	    all check-programs
	@sh tests/run.sh $(B)/deep
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/check WERROR=-Werror all
	@sh tests/cluster/run.sh $(B)/check
	@$(MAKE) --no-print-directory faults
	@if command -v valgrind >/dev/null; then BIN=$(abspath $(B))/check/bin sh tests/bench/count.sh; \
	    else echo "skipped: counting instructions (no valgrind)"; fi
	@command -v clang >/dev/null && $(MAKE) --no-print-directory fuzz || echo "skipped: fuzzing (no clang)"

# A hostile world: tests/faults/README.md.
FAULT_KINDS := run gnuplot surroundings folders touches labels
faults:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/check WERROR=-Werror all $(B)/check/keys
	@for kind in $(FAULT_KINDS); do sh tests/faults/$$kind.sh $(B)/check $(FAULTS) || exit 1; done
	@sh tests/faults/keys.sh $(B)/check 3

# The same work by threads, under ThreadSanitizer.
threads:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/tsan OPT="-O1 -g -ffp-contract=off" SAN="-fsanitize=thread" \
	    all $(B)/tsan/bin/generate
	@RECKON_BUILD=$(abspath $(B))/tsan TSAN_OPTIONS="halt_on_error=1 exitcode=66" sh tests/check_threads.sh

fuzz-programs: $(FUZZERS:%=$(B)/fuzz/%)

# Each target starts from its corpus; what it finds beyond stays in build/fuzz/found.
fuzz:
	@command -v clang >/dev/null || { echo "make fuzz needs clang"; exit 4; }
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/fuzz CC=clang OPT="-O1 -g -ffp-contract=off" \
	    SAN="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" fuzz-programs
	@sh tests/fuzz/run.sh $(B)/fuzz $(FUZZ_SECONDS)

# ---- looking for trouble ----

valgrind:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/valgrind OPT="-O1 -g -ffp-contract=off" all
	@sh tests/valgrind.sh $(B)/valgrind

analyze:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/analyze OPT="-O1 -fanalyzer -ffp-contract=off" $(LIB:$(B)/%=$(B)/analyze/%)
	@command -v cppcheck >/dev/null && cppcheck -q --std=c11 -I. --enable=warning,portability \
	    --suppress=unknownMacro --inline-suppr --error-exitcode=1 $(ROOMS) || echo "cppcheck: see above, or not installed"
	@command -v clang-tidy >/dev/null && clang-tidy --quiet $(SRCS) -- $(CFLAGS_ALL) || echo "clang-tidy: see above, or not installed"

# Do the unit tests bite? MUTANT_SECONDS=600
mutants:
	@sh tests/mutants/mutants.sh $(B) $(or $(MUTANT_SECONDS),600) pipeline/base pipeline/mask

coverage-report:
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/gcov OPT="-O0 -g --coverage" all check-programs
	@sh tests/run.sh $(B)/gcov || true
	@sh tests/coverage/report.sh $(B)/gcov $(ROOMS)

$(B)/tests/coverage $(B)/tests/speed: $(B)/tests/%: tests/coverage/%.c tests/support/draw.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

# One record at a time changes; what moves is held against what depends on it.
mutation: all
	@sh tests/mutation/mutation.sh $(B)

coverage speed: %: $(B)/tests/%
	@$<

reference: $(B)/tests/test_reference
	@RECKON_SHARE=config REFERENCE_TABLE=yes $< | grep -v '^\['

# Side by side with what other programs there are: tests/bench/README.md. BENCH_SIZES="830 100000 1000000"
bench: all $(B)/bin/bench-adapt $(B)/bin/bench-generate
	@BIN=$(abspath $(B))/bin sh tests/bench/bench.sh $(BENCH_SIZES)
	@BIN=$(abspath $(B))/bin sh tests/bench/pages.sh

# A gate without noise: instructions of each stage on the sample. ACCEPT=--accept takes them as known.
count: all
	@BIN=$(abspath $(B))/bin sh tests/bench/count.sh $(ACCEPT)

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

tidy:
	clang-tidy $(SRCS) -- $(CFLAGS_ALL)

compile_commands.json:
	bear -- $(MAKE) B=$(B)/bear all

SHARE := $(DESTDIR)$(PREFIX)/share/reckon
install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/scales $(SHARE)/themes $(SHARE)/draft $(SHARE)/rules $(SHARE)/gnuplot $(SHARE)/cluster \
	    $(DESTDIR)$(PREFIX)/share/man/man1
	install $(PROGRAMS:%=$(B)/bin/%) $(DESTDIR)$(PREFIX)/bin
	install -m 644 config/scales/*.yaml config/scales/README.md $(SHARE)/scales
	install -m 644 config/draft/*.yaml $(SHARE)/draft
	install -m 644 config/rules/*.yaml $(SHARE)/rules
	install -m 644 config/themes/*.yaml $(SHARE)/themes
	install -m 644 config/gnuplot/*.lua $(SHARE)/gnuplot
	install -m 644 config/cluster/*.sbatch config/cluster/README.md $(SHARE)/cluster
	install config/cluster/reckon-parallel config/cluster/reckon-slurm $(SHARE)/cluster
	install -m 644 man/*.1 $(DESTDIR)$(PREFIX)/share/man/man1

# Random sound reports and planted faults: false alarms and hits of `reckon audit`, counted.
$(B)/audit-trial: tests/audit/trial.c tests/audit/reports.c $(LIB)
	@mkdir -p $(@D)
	$(SAY) LD $@
	$(Q)$(CC) $(CFLAGS_ALL) -o $@ $^ $(LIBS)

.PHONY: audit-trial
check-programs: $(B)/audit-trial
audit-trial: $(B)/audit-trial
	@$< $(or $(REPORTS),1000)

clean:
	rm -rf $(B)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
