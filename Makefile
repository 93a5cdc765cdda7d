# make run: build the graph of the bundled report and show it.  make test: every check.
# make docs: the ontology and its vocabularies as pages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STORE ?= .policygraph

.PHONY: run test docs bench clean
.DEFAULT_GOAL := run

$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "policygraph needs Python 3.11 or newer; try make PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY)
	@$(BIN)/policygraph build --store $(STORE)/store
	@$(BIN)/policygraph show --store $(STORE)/store -o $(STORE)/site

test: $(READY)
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 3
	@$(BIN)/pytest

docs: $(READY)
	@$(BIN)/python tools/build_docs.py docs/_site

bench: $(READY)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check jieba==0.42.1
	@$(BIN)/python tools/bench.py

clean:
	rm -rf $(VENV) $(STORE)
