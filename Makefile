# Needs git, make and Python 3.11 or newer; everything else is fetched as the lock file says, into .venv.
#   make try     a hospital's Slack with Baton in it, on this machine
#   make test    every test
.DEFAULT_GOAL := help
.PHONY: help try test test-full test-postgres check run bench bench-board campaign words migration clean
SHELL := /bin/sh

UV_VERSION := 0.13.8
RUN := .venv/bin/python -m
ARGS ?=
# Tests wait about as often as they work: one more at once than there are cores.
TESTERS := $(shell echo $$(($$(nproc 2>/dev/null || echo 1) + 1)))

help:
	@echo "make try        a hospital's Slack with Baton in it, on this machine; no account needed"
	@echo "make test       every test"
	@echo "make test-postgres   the stories once more, with the ledger on PostgreSQL"
	@echo "make test-full  two years in full (BATON_FULL=1): nudges of 40 departments against a model, which takes minutes;"
	@echo "                a random company of 200 people and 5,000 asks, checked from outside, which takes half an hour"
	@echo "make check      style, types, the walls between the floors"
	@echo "make run        Baton on Slack, with the settings of .env (see .env.example)"
	@echo "make bench      what Baton costs beside its baselines, written to docs/performance.md (ARGS=\"a c --full\")"
	@echo "make bench-board    /monkeys, the board and Home in a ledger of a million asks"
	@echo "make campaign   people ask while everything fails; then the books are checked (ARGS=\"--asks 500\", \"--rolling 3\")"
	@echo "make words      collect the sentences for translation, and compile the catalogues"
	@echo "make migration m=\"what changes\"    write the step to the tables as they are now"

try: .venv/ready
	@$(RUN) bot try $(ARGS)

test: .venv/ready
	@$(RUN) pytest -n $(TESTERS) $(ARGS)

test-postgres: .venv/ready
	@TEST_STORIES_ON=postgresql $(RUN) pytest -n $(TESTERS) tests/stories tests/bot $(ARGS)

test-full: .venv/ready
	@BATON_FULL=1 $(RUN) pytest tests/store/year tests/store/test_a_random_year.py -s $(ARGS)

check: .venv/ready
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	.venv/bin/lint-imports

run: .venv/ready
	@$(RUN) bot run

bench: .venv/ready
	@$(RUN) tests.bench $(ARGS)

bench-board: .venv/ready
	@$(RUN) tests.bench_board $(ARGS)

campaign: .venv/ready
	@$(RUN) tests.campaign $(ARGS)

CATALOGUES := handlers/words/locale
words: .venv/ready
	@mkdir -p build
	@.venv/bin/pybabel -q extract -k say -k count:1,2 --add-location file --sort-output -w 110 \
		--project Baton -o build/baton.pot handlers bot
	@.venv/bin/pybabel -q update -i build/baton.pot -d $(CATALOGUES) -D baton -l zh_CN \
		--no-fuzzy-matching --ignore-pot-creation-date -w 110
	@.venv/bin/pybabel compile -d $(CATALOGUES) -D baton --statistics

migration: .venv/ready
	@test -n "$(m)" || { echo 'Say what changes: make migration m="asks have a colour"'; exit 1; }
	@$(RUN) store.migrations "$(m)"

clean:
	rm -rf .venv .uv build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The environment: uv, if it is there, else uv in a small environment of its own, makes .venv as the lock file says.
.venv/ready: uv.lock pyproject.toml
	@set -e; \
	python=; \
	for one in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$one; break; fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Baton needs Python 3.11 or newer, and finds none (python3: $$(python3 --version 2>&1))." >&2; \
		echo "Install one, or name it: make PYTHON=/path/to/python3.12 try" >&2; \
		exit 1; \
	fi; \
	if uv --version >/dev/null 2>&1; then uv=uv; \
	elif [ -x .uv/bin/uv ]; then uv=.uv/bin/uv; \
	else \
		if ! "$$python" -c 'import venv, ensurepip' 2>/dev/null; then \
			echo "This Python cannot make environments: its venv module is missing." >&2; \
			echo "On Debian or Ubuntu: apt-get install python3-venv. Then try again." >&2; \
			exit 1; \
		fi; \
		echo "Making the environment; this takes a minute, once."; \
		"$$python" -m venv .uv; \
		.uv/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) || { \
			rm -rf .uv; echo "The package uv could not be installed: is the network there?" >&2; exit 1; }; \
		uv=.uv/bin/uv; \
	fi; \
	full=$$("$$python" -c 'import sys; print(sys.executable)'); \
	UV_SYSTEM_CERTS=true UV_PYTHON_DOWNLOADS=never $$uv sync --quiet --frozen --python "$$full" || { \
		echo "The environment could not be made from uv.lock: is the network there?" >&2; exit 1; }; \
	touch $@
