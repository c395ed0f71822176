# Westward. `make run` sets everything up and runs the pipeline on the sample corpus;
# `make test` sets everything up and runs the tests, `make quick` the quick ones. None does anything twice.

PYTHON ?= python3
DATA   ?= $(error expected make benchmarks DATA=FOLDER, the folder of annotated data)
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.PHONY: run test quick check lint types security audit format lock benchmarks bench wheel clean help

help:            ## what each target does
	@grep -hE '^[a-z]+: .*##|^[a-z]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

run: $(STAMP)    ## set up, then annotate the sample interviews in corpus/
	$(BIN)/westward run corpus/

test: $(STAMP)   ## set up, then run all tests
	$(BIN)/python -m pytest -n auto --dist loadfile

quick: $(STAMP)  ## set up, then run the tests that take no long time, in a minute
	$(BIN)/python -m pytest -m "not slow" -n auto --dist loadfile

check: lint types security audit test  ## all that CI runs, and the audit

lint: $(STAMP)   ## ruff: style and format; djlint: the template of the page
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint pipeline/report/*.html

types: $(STAMP)  ## mypy --strict on the package and training
	$(BIN)/mypy

security: $(STAMP) ## bandit: unsafe calls in the package
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml pipeline

audit: $(STAMP)  ## pip-audit: known faults of the pinned packages; says so where it cannot ask
	@$(BIN)/python -m pip_audit --disable-pip --requirement requirements.lock --progress-spinner off \
	  > .audit 2>&1; found=$$?; grep -v 'could not be audited' .audit; \
	  missed=$$(grep -c 'could not be audited' .audit); \
	  if [ $$missed != 0 ]; then echo "pip-audit: $$missed packages are unknown to its service, and not audited"; fi; \
	  if [ $$found != 0 ] && grep -qiE 'Connection|ServiceError|Max retries|timed out|HTTPError|ProxyError' .audit; \
	  then echo 'pip-audit: its service cannot be reached, so nothing was audited'; found=0; fi; \
	  rm -f .audit; exit $$found

format: $(STAMP) ## rewrite the code in the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmarks: $(STAMP) ## measure all models on the test sets in DATA
	$(BIN)/python -m training benchmark "$(DATA)" benchmarks/models.md

bench: $(STAMP)  ## measure speed and memory on recombined samples; takes minutes
	$(BIN)/python -m benchmarks.throughput

wheel: $(STAMP)  ## build the distribution into dist/
	$(BIN)/python -m build

lock: $(STAMP)   ## pin the newest versions that pyproject.toml admits (needs the network)
	$(BIN)/pip install --quiet 'uv>=0.5'
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --extra dev \
	  --no-emit-index-url --generate-hashes --output-file requirements.lock pyproject.toml

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Westward needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $(STAMP)

clean:           ## remove the environment and what was built
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis
