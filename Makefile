# The whole instruction is `make run` and `make test`; `make` alone lists the rest.
# Every target installs what it needs and is missing (Debian 12), does only what is not done yet and stops at the first
# failure. What is compiled, and how, is CMake's business: CMakeLists.txt, CMakePresets.json.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory --no-builtin-rules
.PHONY: help build node-parts run assess package test validation bench fuzz soak format tidy clean

JOBS         ?= $(shell nproc)
FUZZ_SECONDS ?= 60
SOAK_KILLS   ?= 1000
SOAK_FUZZ_SECONDS ?= 600
SOAK_MEMORY_HOURS ?= 6
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
export PYTHONDONTWRITEBYTECODE := 1
# Node brings its own list of certificate authorities; the machine's count as well, for a network with an authority of its own.
export NODE_EXTRA_CA_CERTS ?= /etc/ssl/certs/ca-certificates.crt

CASTNER := build/release/castner
FUZZERS  = $(basename $(notdir $(wildcard castner/*/*_fuzz.cpp)))
BENCHES  = $(addsuffix _bench,$(sort $(notdir $(patsubst %/,%,$(dir $(wildcard castner/*/*_bench.cpp))))))

say     = printf '\n\033[1m%s\033[0m\n' "$(1)"
# $(call compile,PRESET,TARGETS): configures when the presets are newer, then builds what has changed.
compile = [ build/$(1)/build.ninja -nt CMakePresets.json ] || { cmake --preset $(1) && touch build/$(1)/build.ninja; }; \
          ninja -C build/$(1) -j $(JOBS) $(2)

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

build: ## install what is missing, build castner and its pages
	@tools/install-packages build
	@$(call compile,release,castner)
	@$(MAKE) node-parts

# What Node makes: Castner's own Node, the packages that the lock files name, the pages.
WEB := $(wildcard web/package.json)
node-parts: build/node/package-lock.json gateway/node_modules/.package-lock.json $(if $(WEB),web/dist/index.html)
	@:
build/node/package-lock.json: tools/node/package-lock.json
	@tools/install-node >/dev/null && touch $@
# npm runs on Castner's own Node: under Debian's, 18, it leaves out what asks for a newer one. It writes this file last,
# so the file says that the folder is whole.
%/node_modules/.package-lock.json: %/package-lock.json
	@$(call say,npm ci in $*/)
	@cd $* && PATH=$$(../tools/install-node):$$PATH npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules/.package-lock.json
web/dist/index.html: web/node_modules/.package-lock.json build/node/package-lock.json \
                     $(if $(WEB),$(shell find web -type f -not -path '*/node_modules/*' -not -path 'web/dist/*'))
	@$(call say,the pages: web/dist)
	@cd web && PATH=$$(../tools/install-node):$$PATH node --run build && touch dist/index.html

run: build ## build, watch a virtual plant live in the browser until Ctrl-C
	@$(call say,castner serve on the virtual cell room)
	@exec python3 tools/run_live.py $(CASTNER)

assess: build build/reports/steam_network.html build/reports/cell_room.html ## build, assess two example plants from files, say where the reports lie
	@$(call say,The reports; open them in a browser:)
	@printf '  %s\n' $(CURDIR)/build/reports/{steam_network,cell_room}.html

# A report is made again when castner or the plant's files have changed.
build/reports/steam_network.html: $(CASTNER) $(wildcard plants/steam_network/*)
	@$(call assess,steam_network,snapshot.csv)
build/reports/cell_room.html: $(CASTNER) $(wildcard plants/cell_room/*)
	@$(call assess,cell_room,data.csv)
assess = $(call say,castner assess plants/$(1)/plant.toml plants/$(1)/$(2)); mkdir -p $(@D); \
         $(CASTNER) assess plants/$(1)/plant.toml plants/$(1)/$(2) --html $@
$(CASTNER): build ;

test: ## install what is missing, build, run every test (AGAIN=1: though nothing has changed)
	@tools/install-packages build test
	@$(call compile,ci)
	@$(MAKE) node-parts
	@tools/run-tests $(JOBS) $(AGAIN)

package: build ## build/castner_VERSION_amd64.deb, which installs without a network, and try what is in it
	@tools/install-packages build package
	@rm -f build/*.deb && cmake -B build/release -S . >/dev/null && cd build/release && cpack -B $(CURDIR)/build/package >cpack.log || { tail cpack.log; exit 1; }
	@mv build/package/*.deb build/ && rm -rf build/package
	@tools/try-package build/castner_*.deb

validation: ## compare with every published number anew and rewrite docs/validation.md
	@tools/install-packages build test
	@$(call compile,ci)
	@rm -f build/agreement.tsv
	@CASTNER_AGREEMENT=$(CURDIR)/build/agreement.tsv ctest --preset ci -j $(JOBS)
	@python3 tools/validation_table.py build/agreement.tsv docs/validation.md

bench: build ## measure speed: Google Benchmark, then the comparisons that docs/performance.md shows
	@tools/install-packages build test bench
	@$(call compile,bench)
	@for b in $(BENCHES); do $(call say,$$b); build/bench/$$b; done
	@for b in tools/bench_*.py; do [ -e $$b ] || continue; $(call say,$$b); python3 $$b; done

fuzz: ## throw broken input at every reader, FUZZ_SECONDS=60 each
	@tools/install-packages build fuzz
	@$(call compile,fuzz,$(FUZZERS))
	@printf '%s\n' $(FUZZERS) | xargs -P $(JOBS) -I@@ bash -c 'f=@@; mkdir -p build/fuzz/found/$$f; \
	  build/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -print_funcs=0 -print_final_stats=1 \
	    -artifact_prefix=build/fuzz/ build/fuzz/found/$$f tests/corpus/$${f%_fuzz} >build/fuzz/$$f.log 2>&1 \
	    || { tail -n 40 build/fuzz/$$f.log; exit 255; }; \
	  echo "$$f: $$(sed -n "s/stat::number_of_executed_units: *//p" build/fuzz/$$f.log) inputs, none broke it"'

soak: build ## eight hours: the package offline, 1000 kills, the replay suite of single cells, rubbish by OPC UA, the memory of a server, a day of 5000 tags into it, ten million rows, the fuzzers (SOAK_KILLS=1000, SOAK_FUZZ_SECONDS=600 each, SOAK_MEMORY_HOURS=6)
	@tools/install-packages test package soak
	@$(call say,the package installed on a bare Debian 12 without a network)
	@$(MAKE) package && tools/try-offline build/castner_*.deb
	@$(call say,castner serve killed $(SOAK_KILLS) times under load)
	@python3 tests/integration/killed_under_load.py $(CASTNER) $(SOAK_KILLS)
	@$(call say,a program that writes with the historian killed $(SOAK_KILLS) times)
	@$(call compile,ci,historian_test)
	@CASTNER_KILLS=$(SOAK_KILLS) build/ci/historian_test --gtest_brief=1 --gtest_filter='SqliteKill.*'
	@$(call say,the replay suite of single cells)
	@$(call compile,ci,castner-cell-replay)
	@build/ci/castner-cell-replay --seeds 8
	@$(call say,malformed OPC UA messages to the gateway and to the virtual plant for $(SOAK_FUZZ_SECONDS) s)
	@python3 tests/integration/opcua_rubbish.py $(CASTNER) $(SOAK_FUZZ_SECONDS) $$(date +%s)
	@$(call say,the memory of a server under load for $(SOAK_MEMORY_HOURS) h)
	@python3 tools/soak_memory.py $(CASTNER) $(SOAK_MEMORY_HOURS)
	@$(call say,a day of 5000 tags at 1 Hz into castner serve)
	@/usr/bin/python3 tools/soak_server.py $(CASTNER)
	@$(call say,ten million rows through castner assess)
	@python3 tools/soak.py $(CASTNER)
	@$(MAKE) fuzz FUZZ_SECONDS=$(SOAK_FUZZ_SECONDS)

format: web/node_modules/.package-lock.json ## clang-format 14 on C++, prettier on web/ and gateway/
	@tools/install-packages check
	@git ls-files -co --exclude-standard '*.cpp' '*.h' | xargs clang-format-14 -i
	@cd web && PATH=$$(../tools/install-node):$$PATH node --run format

tidy: ## the shape of the tree: layers, lengths, opening sentences, links
	@tools/install-packages test
	@python3 tools/tidy.py

clean: ## remove build/
	@rm -rf build
