# make map      set up .venv, read seeds/, write maps/
# make test     set up .venv and Chromium, run every test
# make quality  how well it reads, on annotated articles where there are any; floors are held
# make bench    how fast it is, beside something bare and other libraries: ratios and goals
# make check    format, lint, types, packs, stale maps: what CI runs beside the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: map test check quality bench lock clean
.DELETE_ON_ERROR:

map: $(READY)
	@$(BIN)/clashmap build seeds -o maps
	@echo "The map: maps/map.html (open it in a browser; it needs no network)"

test: $(READY) chromium
	$(BIN)/python -m pytest -n auto

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/clashmap gazetteer check
	$(BIN)/clashmap build seeds -o maps --check

quality: $(READY)
	@$(BIN)/python tools/quality

bench: $(READY) $(VENV)/.peers
	@$(BIN)/python tools/bench/run.py
	@$(BIN)/python tools/bench/world.py

# Libraries to compare with. What cannot be had is told in the table, and the rest is measured.
$(VENV)/.peers: requirements-bench.lock $(READY)
	-@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements-bench.lock && touch $@

# Everything is locked with hashes in one file; the project itself is installed without asking an index.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "clashmap needs Python 3.11 or newer; call make PYTHON=python3.11 ...")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Browser tests need Chromium. It is installed where that is possible without asking; else they skip, loudly.
.PHONY: chromium
chromium:
	@sh tools/chromium.sh

# With the extra: tests need it. The map does not, and is the same without.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra world --group dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group bench -o requirements-bench.lock

clean:
	rm -rf $(VENV) build dist *.egg-info
