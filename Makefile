# The developer manual: every target has one line of help. `make` builds the decks, `make test` tests.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: decks test coverage quick lint format check golden pictures bench lock clean help

decks: .venv/.built ## Set up everything and build the decks into dist/ (the default)
	@$(BIN)/deckbuild all

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "deckbuild needs Python 3.11 or later, and python3 here is older or missing: install python3.12, say, or name one: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python cannot make virtual environments. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.built: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo "setting up .venv (once, under a minute)"
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tested: requirements/dev.txt .venv/.built
	@echo "installing what the tests need (once, about a minute)"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@$(BIN)/python tests/support/anki_versions.py
	@touch $@

test: .venv/.tested ## Set up everything and run the tests; what this machine lacks is skipped and named
	@$(BIN)/python -m pytest -n auto

coverage: .venv/.tested ## The tests, and which lines and branches none of them reaches
	@$(BIN)/python -m pytest -n auto --cov

quick: .venv/.tested ## Tests without browser, Anki and Pango
	@$(BIN)/python -m pytest -n auto -m "not browser and not anki and not pdf and not slow"

lint: .venv/.tested ## Formatting, lint rules and types
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy

format: .venv/.tested ## Format the code and apply safe fixes
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

check: lint test ## All that the gate checks

golden: .venv/.tested ## Rewrite the golden files; read the diff before you commit it
	@$(BIN)/python -m pytest -q tests/test_golden.py tests/test_golden_pictures.py --update-golden

pictures: .venv/.tested ## Take the pictures of handout and prints for the documentation anew
	@cd tests && ../$(BIN)/python -m support.screenshots

bench: .venv/.tested ## Measure speed and memory beside what a user would pick instead
	@$(BIN)/python -m benchmarks

lock: .venv/.tested ## Renew the locked dependencies
	@$(PIP) uv
	@$(BIN)/uv pip compile $(LOCK) --group install pyproject.toml -o requirements/run.txt
	@$(BIN)/uv pip compile $(LOCK) --group dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt

LOCK := -q --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## Remove what was built and set up
	@rm -rf .venv .cache .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find dist -mindepth 1 ! -name .gitkeep -delete

help: ## Show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10
