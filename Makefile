# Flareboard. Everything a person needs here: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev

.PHONY: run test check bench e2e browser validators lock format clean
.DELETE_ON_ERROR:

run: $(RUNTIME)  # serve the demo clinic on 127.0.0.1:8501
	$(BIN)/flareboard serve

test: check browser validators  # everything: style, types, contracts, both databases, pages, browser
	$(BIN)/python -m pytest -n 2 --dist loadfile tests

check: $(DEV)  # the fast part, under a minute
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 tests/clinical tests/house

e2e: $(DEV) browser  # the browser tests alone
	$(BIN)/python -m pytest tests/e2e

bench: $(DEV) browser  # measure what the README claims; writes benchmarks/results
	$(BIN)/python -m benchmarks

browser: $(DEV)  # find a Chromium and axe-core, or install them
	@$(BIN)/python -m tests.chromium
	@$(BIN)/python -m tests.axe

validators: $(DEV)  # find the FHIR validators of the tests, or install them
	@$(BIN)/python -m tests.fhir_validators

format: $(DEV)  # put the code into its one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: $(DEV)  # renew the hash-locked requirements from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --extra build -o requirements.txt pyproject.toml
	$(BIN)/uv pip compile --quiet $(LOCK) --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml

LOCK := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
        --no-annotate --no-header

clean:  # remove what was built; the database in var/ stays
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The lock first, with hashes; then the project itself, which cannot have one.
$(RUNTIME): requirements.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(DEV): requirements-dev.txt pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@
