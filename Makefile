# make run: build the graph of the bundled report and serve it until Ctrl-C.  make test: every check.
# make docs: the ontology and its vocabularies as pages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.ready-run
TEST_READY := $(VENV)/.ready-test
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check
STORE ?= .policygraph
# Where make run listens on this machine: make run PORT=0 takes a free port.
PORT ?= 8000
SIZE ?= 1000000
# True where this machine's own node can build the SPARQL page.
NODE := npm --version >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'

# Tests at once: two for each of two processors, as a test waits half of its time. make test JOBS=3; JOBS=0 runs
# them one after the other, in one process.
JOBS ?= 4

.PHONY: run ready test docs web lock bench bench-queries bench-pages bench-corpus figures soak fuzz clean
.DEFAULT_GOAL := run

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "policygraph needs Python 3.11 or newer; try make PYTHON=python3.11"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

# What runs: nothing of the tests' is installed.
$(RUN_READY): pyproject.toml requirements.txt requirements-node.txt | $(BIN)/python
	@echo "Installing what runs into $(VENV) (a minute or two, the first time only) …"
	@$(PIP) -r requirements.txt
	@$(NODE) 2>/dev/null || $(PIP) -r requirements-node.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST_READY): requirements-dev.txt $(RUN_READY)
	@echo "Installing what tests into $(VENV) …"
	@$(PIP) -r requirements-dev.txt
	@touch $@

# The SPARQL page; nothing happens when its sources did not change.
web: $(RUN_READY)
	@$(BIN)/python hatch_build.py

run: $(RUN_READY)
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/policygraph build --store $(STORE)/store
	@$(BIN)/policygraph serve --store $(STORE)/store --port $(PORT)

# What the tests need from PyPI and npm, without running any.
ready: $(TEST_READY)
	@npm ci --prefix tests/npm --ignore-scripts --no-audit --no-fund --loglevel=error || echo "npm is not there: tests that need axe-core will skip"

test: $(TEST_READY)
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>&1 | tail -n 3
	@$(BIN)/pytest -n $(JOBS)

docs: $(RUN_READY)
	@$(BIN)/python tools/build_docs.py docs/_site

# Every version and hash anew, from pyproject.toml; versions move only where they must (UPGRADE=--upgrade moves all).
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE) pyproject.toml
lock: | $(BIN)/python
	@$(PIP) "uv>=0.9"
	@$(LOCK) --extra pandas --extra dask --group dev -o requirements-dev.txt
	@$(LOCK) --group build -c requirements-dev.txt -o requirements.txt
	@$(subst  pyproject.toml,,$(LOCK)) --group node -o requirements-node.txt

# Speed, weight and counts beside reading, jieba and rdflib: make bench FOLDER=reports (31 made-up ones without it).
bench: $(RUN_READY)
	@$(PIP) jieba==0.42.1
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/python tools/bench.py $(FOLDER)

# Many clients at once over a service: make soak SECONDS=60 CLIENTS=32
soak: $(TEST_READY)
	@$(BIN)/python tools/soak.py $(or $(SECONDS),60) $(or $(CLIENTS),32)

# Random and mutated requests against a read-only and a writable service: make fuzz SECONDS=600 REQUESTS=100000
fuzz: $(TEST_READY)
	@$(BIN)/python tools/fuzz_service.py $(or $(SECONDS),600) $(or $(REQUESTS),100000)

# Queries on synthetic reports, four ways: make bench-queries SIZE=10000000 for more than a million quads.
bench-queries: $(TEST_READY)
	@$(BIN)/python tools/bench_queries.py $(SIZE)

# Every page and named query in a store of many synthetic reports: make bench-pages REPORTS=500
bench-pages: $(TEST_READY)
	@$(BIN)/python tools/bench_pages.py $(or $(REPORTS),500)

# All that is promised of speed, weight and right counts, one after the other: make figures FOLDER=reports > figures.txt
figures: $(TEST_READY)
	@$(PIP) jieba==0.42.1
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/python tools/bench.py $(FOLDER)
	@$(BIN)/pytest -q -n 0 -p no:cacheprovider tests/test_plain_sparql.py | tail -n 1 | sed 's/^/ten plain SPARQL queries, twice: /'
	@$(BIN)/python tools/bench_queries.py 200000
	@for reports in 31 500; do $(BIN)/python tools/bench_pages.py $$reports; done

# What many reports cost, at several sizes (docs/scale.md): make bench-corpus SIZES="100 1000 10000"
bench-corpus: $(TEST_READY)
	@PYTHONPATH=. $(BIN)/python tools/bench_corpus.py $(SIZES)

clean:
	rm -rf $(VENV) $(STORE) viz/assets/web viz/web/node_modules
