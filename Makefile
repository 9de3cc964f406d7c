# Each target does its own set-up, quickly when it is done already. Windows and macOS: see the pip lines in README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# How long the long proofs that have no end of their own go on.
MINUTES ?= 10
# Processes of the simulation beside each other: one a core.
JOBS ?= 2
# Each row of faults a thousand times takes some 20,000 schedules, which an hour holds on a slow core too.
EACH := $(shell test "$(MINUTES)" -ge 60 2>/dev/null && echo "--each 1000")
# Sets of schedules that are aimed at what plain ones seldom come to.
SETS := look_up_behind_a_save scope_changed few_calls_a_day exports_out_of_order nobody_acts_in_a_run late_after_an_error answers_in_one_second
.DEFAULT_GOAL := help
.PHONY: help demo test check bench soak clients screenshots clean

help:
	@echo "make demo         ten thousand contacts from Salesforce to Dialog Insight, on a simulator of both"
	@echo "make test         all the tests"
	@echo "make check        format, lint, types, structure"
	@echo "make bench        how fast and how big, against a bare pump in the same run"
	@echo "make soak         the long proofs: random histories over the real engine, imports that are killed"
	@echo "make clients      programs that none of us wrote, against the simulator (brings jsforce and the Salesforce CLI by npm)"
	@echo "make screenshots  every tab as a picture, in screenshots/"

$(VENV)/.made: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
	  { echo "Python 3.11 to 3.13 is needed; this is $$($(PYTHON) --version). Try: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { echo "On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test,check]"
	@touch $@

$(VENV)/.system: packaging/system-packages.sh | $(VENV)/.made
	@sh packaging/system-packages.sh
	@touch $@

$(VENV)/.system-tests: packaging/system-packages.sh | $(VENV)/.made
	@sh packaging/system-packages.sh --tests
	@touch $@

demo: $(VENV)/.made $(VENV)/.system
	@$(BIN)/disf demo

test: $(VENV)/.made $(VENV)/.system $(VENV)/.system-tests
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.made
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/.made
	@$(BIN)/python -m tests.benchmarks
	@$(BIN)/python -m tests.benchmarks.exposure
	@$(BIN)/python -m tests.benchmarks.importing
	@$(BIN)/python -m tests.benchmarks.window
	@$(BIN)/python -m tests.benchmarks.canvas
	@$(BIN)/python -m tests.benchmarks.simulator

soak: $(VENV)/.made
	@HYPOTHESIS=explore $(BIN)/python -m pytest tests/core
	@DISF_EXAMPLES=1000 DISF_STEPS=100 $(BIN)/python -m pytest tests/engine
	@DISF_KILLS=100 $(BIN)/python -m pytest tests/journeys/test_import_kills.py
	@DISF_KILLS=30 $(BIN)/python -m pytest tests/cli/test_prepare_kills.py
	@DISF_KILLS=500 DISF_PER_POINT=20 DISF_CUTS=20 DISF_FULL=90 DISF_STORMS=10 $(BIN)/python -m pytest tests/faults
	@HYPOTHESIS=explore DISF_FUZZ=300 $(BIN)/python -m pytest tests/security
	@$(BIN)/python -m tests.simulation --minutes $(MINUTES) --fresh --jobs $(JOBS) $(EACH)
	@$(BIN)/python -m tests.simulation --without-faults --schedules 1000 --fresh --jobs $(JOBS)
	@for set in $(SETS); do $(BIN)/python -m tests.simulation --schedules 500 --fresh --jobs $(JOBS) --with $$set || exit 1; done

clients: $(VENV)/.made
	@$(BIN)/python -m tests.clients

screenshots: $(VENV)/.made $(VENV)/.system $(VENV)/.system-tests
	@$(BIN)/python -m tests.gui.screenshots screenshots

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis screenshots
