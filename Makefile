# make run     the dashboard on http://127.0.0.1:8501, with the sample where nothing is loaded yet
# make test    everything that must hold: format, lint, types, import directions, tests, a real browser
# make load    FROM=dir: load extracts
# make demo    DATA=northwind | adventureworks | completejourney | onlineretail: the dashboard on real public data
# make backup  copy what people wrote in the app, while it runs, to data/backups (TO=dir)
# make bench   loading and views as ratios to bare DuckDB, on 20 million sales lines (LINES=…, RUNS=…)
# make words   bring the catalogues in locale/ in step with the sources
# make lock    pin the dependencies of pyproject.toml anew

PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
PORT ?= 8501
LINES ?= 20000000
RUNS ?= 3
TO ?= data/backups
SERVE = $(BIN)/python -m streamlit run app.py --server.port $(PORT)

.PHONY: run test bench load demo backup lint words lock clean browser screenshots

run: .venv/installed
	@$(BIN)/python -m etl load data/sample --if-empty
	@$(SERVE)

test: .venv/installed-for-tests browser lint
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: .venv/installed-for-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint metrics/figures metrics/relations warehouse/sums

load: .venv/installed
	@test -n "$(FROM)" || { echo "Say where the extracts are: make load FROM=dir"; exit 2; }
	@$(BIN)/python -m etl load "$(FROM)"

demo: .venv/installed-for-tests
	@test -n "$(DATA)" || { echo "Say which set: make demo DATA=northwind, adventureworks, completejourney or onlineretail"; exit 2; }
	@$(BIN)/python -m etl demo "$(DATA)"
	@PINYU_WAREHOUSE="data/warehouse-$(DATA)" PINYU_RECORDS="data/records-$(DATA).sqlite" $(SERVE)

backup: .venv/installed
	@$(BIN)/python -m warehouse backup --to "$(TO)"

.venv/installed: requirements.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || \
		{ echo "Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt
	@touch $@

.venv/installed-for-tests: .venv/installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# A browser and Chinese fonts for the tests: Debian's and Ubuntu's by apt where none is found and we may install.
# Without one the browser tests skip and say so.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null 2>&1 && fc-list :lang=zh 2>/dev/null | grep -q . || \
		if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
			apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk fontconfig >/dev/null || true; \
		else echo "No Chromium found and none can be installed here: the browser tests will skip."; fi

bench: .venv/installed-for-tests
	@$(BIN)/python -m bench --lines $(LINES) --runs $(RUNS)

words: .venv/installed-for-tests
	@mkdir -p build
	$(BIN)/python -m babel.messages.frontend -q extract -F locale/babel.cfg -k _ --no-location --omit-header -o build/pinyu.pot .
	$(BIN)/pybabel -q update -i build/pinyu.pot -d locale -D pinyu --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -w 100
	@sed -i -E '/^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team):/d' \
		locale/*/LC_MESSAGES/pinyu.po

lock: .venv/installed-for-tests
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-header --quiet -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group dev -c requirements.txt --universal --generate-hashes \
		--no-emit-index-url --no-emit-find-links --no-header --quiet -o requirements-dev.txt

# The README's picture, as the browser tests saw it.
screenshots: .venv/installed-for-tests browser
	$(BIN)/python -m pytest -q tests/browser
	@mkdir -p docs && cp build/screenshots/overview-en-light.png docs/overview.png

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build
