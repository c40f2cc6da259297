# make run          the whole desk on this machine; RESET=1 starts afresh, PORT=… moves it
# make test         format, lint, contracts, types, migrations, and all tests but those that take long
# make test-all     the same with every test, as in .ci/run; WORKERS=… processes; MEASURE=1 notes which take long
# make format       formats the code        make lint    judges it without running it
# make feed-audit   the promises of the change feed with 2,000 publications instead of 300
# make evals        how well and how fast the engine reads: every figure with its floor, on labelled news (NEWSROOM_EVALS)
# make desk-audit   what the desk costs: queries, CPU and seconds of its pages, each with the most it may be
# make site-audit   what readers get, judged by Lighthouse, axe-core, the Nu HTML checker and others; installs them from npm
# make api-audit    what partners get, judged by schemathesis, Redocly, Spectral and others; installs them from PyPI and npm
# make bench        how fast all of it is with 10,000 and 100,000 stories, beside others (NEWSROOM_BENCH); STORIES=…
# make archive-bench how fast 100,000 stories come in as ninjs and are read by the tagger; STORIES=…
# make chaos        a desk at work whose processes are killed sixty times: nothing may be lost; KILLS=…, BROKER=redis, SEED=…
# make screenshots  takes the pictures of docs/screenshots/, on a desk of its own that is gone afterwards
# make lock         pins the dependencies of pyproject.toml anew (UPGRADE=1 takes newer ones)
# make licences     writes docs/licences.md anew, after the pins have changed

PYTHON ?= python3
PORT ?= 8000
IN := .venv/bin/python
TEMPLATES := newsroom/templates newsroom/partners/templates newsroom/wire/templates articles/templates
JUDGES := node_modules/.package-lock.json
LOCK := --universal --generate-hashes --only-binary :all: --python-version 3.11 --no-header --no-annotate --quiet \
        $(if $(UPGRADE),--upgrade)

# What `make lint` is made of, the longest first: two of them at a time, each with its words in one piece where make can.
CHECKS := types contracts templates migrations system-check style layout
TOGETHER := --jobs 2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# Two, as for two cores. What `make test` leaves to `make test-all` stands in CONTRIBUTING.md.
WORKERS ?= 2
SHORT := not long and (not browser or journey)

# Each of the many processes of a run would compile Django anew where the environment forbids to keep its bytecode.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := run
.PHONY: run test test-all lint $(CHECKS) format feed-audit evals desk-audit site-audit api-audit bench archive-bench chaos screenshots lock licences

.venv/runtime.stamp: requirements/runtime.txt requirements/bootstrap.txt
	@$(PYTHON) requirements/install.py requirements/runtime.txt
	@touch $@

.venv/development.stamp: requirements/development.txt requirements/bootstrap.txt
	@$(PYTHON) requirements/install.py requirements/development.txt
	@touch $@ .venv/runtime.stamp

run: .venv/runtime.stamp
	@PORT=$(PORT) exec $(IN) manage.py demo $(if $(RESET),--reset)

test: lint
	$(IN) -m pytest -n $(WORKERS) --dist worksteal -m "$(SHORT)"

test-all: lint
	$(IN) -m pytest -n $(WORKERS) --dist worksteal $(if $(MEASURE),--measure-tests)

lint: .venv/development.stamp
	@$(MAKE) --no-print-directory $(TOGETHER) $(CHECKS)

$(CHECKS): .venv/development.stamp

types:
	$(IN) -m mypy

contracts:
	.venv/bin/lint-imports

templates:
	$(IN) -m djlint --lint $(TEMPLATES)

migrations:
	$(IN) -W "ignore:Got an error checking a consistent migration history" manage.py makemigrations --check --dry-run

system-check:
	$(IN) manage.py check

style:
	$(IN) -m ruff check .

layout:
	$(IN) -m ruff format --check .

format: .venv/development.stamp
	$(IN) -m ruff format .
	$(IN) -m ruff check --fix .

feed-audit: .venv/development.stamp
	NEWSROOM_FEED_PUBLISHES=2000 $(IN) -m pytest -n 0 -p no:randomly tests/promises/test_feed.py

evals: .venv/development.stamp
	@$(IN) -m tests.evals

desk-audit: .venv/development.stamp
	@$(IN) -m tests.desk_audit

%/$(JUDGES): %/package-lock.json
	cd $* && npm ci --ignore-scripts --no-progress
	@touch $@

.venv-audit/audit.stamp: requirements/audit.txt requirements/bootstrap.txt
	@$(PYTHON) requirements/install.py requirements/audit.txt --into .venv-audit
	@touch $@

site-audit: .venv/development.stamp tests/site_audit/$(JUDGES)
	@$(IN) -m tests.site_audit $(if $(FINDINGS),--findings $(FINDINGS))

api-audit: .venv/development.stamp .venv-audit/audit.stamp tests/api_audit/$(JUDGES)
	@$(IN) -m tests.api_audit $(if $(FINDINGS),--findings $(FINDINGS))

bench: .venv/development.stamp
	@$(IN) -m tests.bench $(if $(STORIES),--stories $(STORIES)) $(if $(FINDINGS),--findings $(FINDINGS))

archive-bench: .venv/development.stamp
	@$(IN) -m tests.bench.archive $(if $(STORIES),--stories $(STORIES))

chaos: .venv/development.stamp
	@$(IN) -m tests.chaos $(if $(KILLS),--kills $(KILLS)) $(if $(BROKER),--broker $(BROKER)) \
		$(if $(SEED),--seed $(SEED)) $(if $(FINDINGS),--findings $(FINDINGS))

screenshots: .venv/development.stamp
	$(IN) manage.py screenshots

lock:
	@$(PYTHON) requirements/install.py --uv pip compile pyproject.toml $(LOCK) -o requirements/runtime.txt
	@$(PYTHON) requirements/install.py --uv pip compile pyproject.toml --extra s3 $(LOCK) -o requirements/s3.txt
	@$(PYTHON) requirements/install.py --uv pip compile pyproject.toml --group dev $(LOCK) -o requirements/development.txt
	@$(PYTHON) requirements/install.py --uv pip compile --group audit $(LOCK) -o requirements/audit.txt

licences: .venv/development.stamp
	$(IN) requirements/licences.py
