# Needs make and Python 3.11 or newer; each command makes the environment that it needs.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && exit; \
	done; echo python3)
PREPARE := $(PYTHON) resources/packaging/prepare.py

ifeq ($(OS),Windows_NT)
BIN := Scripts
FROZEN := dist/DigitPad/digitpad-console.exe
else
BIN := bin
FROZEN := dist/DigitPad/digitpad
endif
RUN := .venv-run/$(BIN)
TEST := .venv-test/$(BIN)
BENCH := .venv-bench/$(BIN)
BENCH_DIST := .venv-bench-dist/$(BIN)
DIST := .venv-dist/$(BIN)

# Screenless: Linux without a display. Then the window is painted into memory.
ifneq ($(shell uname -s 2>/dev/null),Linux)
SCREEN := yes
else
SCREEN := $(or $(DISPLAY),$(WAYLAND_DISPLAY))
endif

.PHONY: help run test bench bench-dist installers proof dist test-dist format clean libraries
.DEFAULT_GOAL := help

help:
	@echo "make run         start DigitPad; without a screen, replay sample ink into its window"
	@echo "make test        check formatting, lint and types, and run every test"
	@echo "make bench       measure speed; writes docs/bench.json and the table in README"
	@echo "make dist        freeze the program into dist/DigitPad and try it"
	@echo "make test-dist   freeze and test what was frozen: streams, screens, damage, odd places"
	@echo "make installers  pack what is frozen into a Debian package and a double-click installer (Linux)"
	@echo "make proof       install both on a clean Debian, draw a digit there, remove them (needs root)"
	@echo "make bench-dist  measure what is installed: sizes, start and memory, beside TensorFlow's"
	@echo "make format      format the code and fix what the linter can"
	@echo "make clean       remove environments, caches and what was built"

run: libraries .venv-run/ready
ifeq ($(SCREEN),)
	@echo "No screen here: replaying sample ink into the window, painted into memory."
	@mkdir -p out
	@QT_QPA_PLATFORM=offscreen $(RUN)/python -m digitpad --replay out/window.png
	@echo "For a real window without a screen: xvfb-run make run"
else
	@$(RUN)/python -m digitpad
endif

# A process for each core, no more than four: each that trains takes over a gigabyte. The tests of a
# file share what it prepares.
test: libraries .venv-test/ready
	$(TEST)/ruff format --check .
	$(TEST)/ruff check .
	$(TEST)/mypy
	QT_QPA_PLATFORM=offscreen OPENBLAS_NUM_THREADS=1 $(TEST)/python -m pytest -q \
		--numprocesses=auto --maxprocesses=4 --dist=loadfile

bench: libraries .venv-bench/ready
	$(BENCH)/python -m tests.bench

# make bench-dist WITHOUT_TENSORFLOW=yes saves the build that takes minutes and 2 GB.
bench-dist: installers .venv-bench-dist/ready
	$(BENCH_DIST)/python -m tests.bench_dist $(if $(WITHOUT_TENSORFLOW),--without-tensorflow)

# The same files in the same order, whenever it is built: no random order of hashes, no time.
dist: .venv-dist/ready
	@$(PREPARE) freezing
	PYTHONHASHSEED=1 SOURCE_DATE_EPOCH=$(or $(shell git log -1 --format=%ct 2>/dev/null),0) \
		$(DIST)/python -m PyInstaller --noconfirm --log-level WARN build.spec
	$(FROZEN) self-test

test-dist: dist
	QT_QPA_PLATFORM=offscreen $(DIST)/python -m pytest -q -rs tests/dist

# What `make dist` left is packed as it is; without it, it is made.
installers: .venv-dist/ready
	@test -x dist/DigitPad/digitpad-setup || $(MAKE) dist
	@$(PREPARE) packing
	PYTHONPATH=resources/packaging/linux $(DIST)/python -m linux_installers \
		dist/DigitPad dist/installers

# Needs root, for debootstrap and chroot. Tries the installers that are there.
proof: .venv-dist/ready
	@test -f dist/installers/SHA256SUMS || $(MAKE) installers
	@$(PREPARE) proving
	PYTHONPATH=resources/packaging/linux $(DIST)/python -m tests.dist.clean_system \
		dist/installers out/proof

format: .venv-test/ready
	$(TEST)/ruff check --fix .
	$(TEST)/ruff format .

clean:
	rm -rf .venv-run .venv-test .venv-bench .venv-bench-dist .venv-dist .mypy_cache .pytest_cache .ruff_cache build dist out
	find digitpad training tests -name __pycache__ -type d -exec rm -rf {} +

libraries:
	@$(PREPARE) libraries

.venv-run/ready: EXTRAS =
.venv-test/ready: EXTRAS = dev,training
.venv-bench/ready: EXTRAS = bench,training
.venv-dist/ready: EXTRAS = dist
.venv-bench-dist/ready: EXTRAS = bench-dist

.venv-%/ready: pyproject.toml
	@$(PREPARE) environment .venv-$* $(EXTRAS)
	@touch $@
