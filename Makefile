# make run          the whole desk on this machine; RESET=1 starts afresh, PORT=… moves it
# make test         everything: format, lint, contracts, types, migrations, unit, integration and browser tests
# make format       formats the code        make lint    judges it without running it
# make feed-audit   the promises of the change feed with 2,000 publications instead of 300
# make evals        how well and how fast the engine reads: every figure with its floor, on labelled news (NEWSROOM_EVALS)
# make desk-audit   what the desk costs: queries, CPU and seconds of its pages, each with the most it may be
# make screenshots  takes the pictures of docs/screenshots/ from a running desk (make run in another window)
# make lock         pins the dependencies of pyproject.toml anew (UPGRADE=1 takes newer ones)

PYTHON ?= python3
PORT ?= 8000
IN := .venv/bin/python
TEMPLATES := newsroom/templates newsroom/partners/templates articles/templates
LOCK := --universal --generate-hashes --only-binary :all: --python-version 3.11 --no-header --no-annotate --quiet \
        $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := run
.PHONY: run test lint format feed-audit evals desk-audit screenshots lock

.venv/runtime.stamp: requirements/runtime.txt requirements/bootstrap.txt
	@$(PYTHON) requirements/install.py requirements/runtime.txt
	@touch $@

.venv/development.stamp: requirements/development.txt requirements/bootstrap.txt
	@$(PYTHON) requirements/install.py requirements/development.txt
	@touch $@ .venv/runtime.stamp

run: .venv/runtime.stamp
	@PORT=$(PORT) exec $(IN) manage.py demo $(if $(RESET),--reset)

test: lint
	$(IN) -m pytest -n 2

lint: .venv/development.stamp
	$(IN) -m ruff format --check .
	$(IN) -m ruff check .
	.venv/bin/lint-imports
	$(IN) -m mypy
	$(IN) -W "ignore:Got an error checking a consistent migration history" manage.py makemigrations --check --dry-run
	$(IN) manage.py check
	$(IN) -m djlint --lint $(TEMPLATES)

format: .venv/development.stamp
	$(IN) -m ruff format .
	$(IN) -m ruff check --fix .

feed-audit: .venv/development.stamp
	NEWSROOM_FEED_PUBLISHES=2000 $(IN) -m pytest -n 0 -p no:randomly tests/promises/test_feed.py

evals: .venv/development.stamp
	@$(IN) -m tests.evals

desk-audit: .venv/development.stamp
	@$(IN) -m tests.desk_audit

screenshots: .venv/development.stamp
	$(IN) manage.py screenshots

lock:
	@$(PYTHON) requirements/install.py --uv pip compile pyproject.toml $(LOCK) -o requirements/runtime.txt
	@$(PYTHON) requirements/install.py --uv pip compile pyproject.toml --group dev $(LOCK) -o requirements/development.txt
