# Two commands do everything on a fresh machine: `make app` and `make test`.

# 3.11 first: the exact versions in constraints.txt were tried with it.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed

.PHONY: install app test check fuzz kill bench bench-scale load reader asking golden corpus picture clean

install: $(INSTALLED)

# torch is asked for by its exact version: only so does pip take a local CPU file; anything looser
# lets it fetch gigabytes of CUDA.
$(INSTALLED): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Punktvis needs Python 3.11 or newer with venv; set PYTHON=..."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -c constraints.txt "$$(grep '^torch==' constraints.txt)"
	$(BIN)/pip install -c constraints.txt -e '.[dev]'
	touch $@

app: install
	$(BIN)/punktvis index corpus
	$(BIN)/punktvis app

# Two at once; the tests of one file stay together, since they share what is slow to make. Those
# with a browser run alone: it needs both cores, and a keyboard does not wait for a busy page.
test: install
	$(BIN)/pytest -n 2 --dist loadfile --ignore=tests/browser
	$(BIN)/pytest tests/browser

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -p indexer -p qa_engine -m app

# Ten times the damaged files that `make test` tries.
fuzz: install
	PUNKTVIS_FUZZ=2000 $(BIN)/pytest -q tests/indexer/pdf/test_fuzz.py

# Kills 50 builds at random moments; `make test` kills a handful.
kill: install
	PUNKTVIS_KILLS=50 $(BIN)/pytest -q -s tests/test_kill.py

# Prints one table of ratios against a plain pipeline and exact search; see docs/performance.md.
bench: install
	$(BIN)/python tests/bench/ratios.py
	$(BIN)/python tests/bench/load.py

# 32 people ask `punktvis serve` at once for a minute; prints its memory before and after.
load: install
	$(BIN)/python tests/bench/load.py --users 32 --seconds 60 --what Asker

# Measures stores of 10^3 to 10^5 made passages, some minutes, and draws docs/performance.svg;
# SIZES="1000 10000 100000 1000000" goes further (some 20 minutes, 10 GB).
bench-scale: install
	$(BIN)/python tests/bench/scale.py $(SIZES)
	$(BIN)/python tests/bench/curve.py

# Writes anew what the parser makes of the test documents; review it as a diff.
golden: install
	PUNKTVIS_GOLDEN=write $(BIN)/pytest -q -k golden

# Trains the reader anew, for some hours on two cores; its graph is part of the repository.
reader: install
	$(BIN)/python -m qa_engine.reader_training --norquad ../shared/reading/norquad.jsonl

# Learns anew which questions the structure of minutes answers; some seconds.
asking: install
	$(BIN)/python -m qa_engine.formal_asking_training

# Prints corpus/sources as PDFs again; the same bytes every time.
corpus: install
	$(BIN)/python corpus/print.py

# Takes the pictures of all views in docs/; needs chromium.
picture: install
	$(BIN)/python docs/take_screenshot.py

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
