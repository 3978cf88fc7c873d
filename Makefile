# Contact Gauge: what a person types. Longer logic stands in tools/, each with its reason.
# PYTHON: which python3 makes .venv. HOST, PORT: where `make run` serves. LEGS, CASES, MEMORY: of the
# benchmark of a build.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
LEGS ?= 10000000
ENTRIES ?= 10000000
ROWS ?= 1000000
CHECKS ?= 1000000
CASES ?= 8000
MEMORY ?= 4GB
RATE ?= 100
SECONDS ?= 60
KIOSKS ?= 200
QUEUED ?= 10000
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run run-incomplete setup test check audit bench bench-browser bench-bulk bench-checks bench-kiosks bench-private bench-check-cost bench-time bench-flat bench-memory bench-attacks bench-build bench-private-build bench-set-up bench-start bench-visits bench-lists load load-kiosks lock screenshots format clean python-is-new-enough

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 20

run: setup ## set up and serve the demo on HOST:PORT (127.0.0.1:8000)
	@HOST="$(HOST)" PORT="$(PORT)" exec $(BIN)/python -m tools.serve

run-incomplete: setup ## the same with the data of a second authority missing: whoever is not listed is told `incomplete`
	@HOST="$(HOST)" PORT="$(PORT)" exec $(BIN)/python -m tools.serve --incomplete

setup: python-is-new-enough ## everything `make run` needs, without serving
	@$(PYTHON) -m tools.set_up run

test: python-is-new-enough ## set up, install what tests need, run every test
	@$(PYTHON) -m tools.set_up test
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder

check: python-is-new-enough ## format, lint, types, import rules, dead code, locks, licences, secrets
	@$(PYTHON) -m tools.set_up check
	@$(BIN)/python -m tools.check

audit: python-is-new-enough ## known vulnerabilities, asked of outside services (needs a network that reaches them)
	@$(PYTHON) -m tools.set_up check
	@$(BIN)/python -m tools.audit

bench: bench-visits bench-checks bench-start bench-lists bench-bulk bench-private bench-time bench-flat bench-memory bench-attacks bench-browser bench-kiosks bench-build bench-private-build ## all benchmarks, beside their peers, as ratios in one run

bench-visits: bench-set-up ## whole visits a second and what one costs, beside as many echoes of the fastest Flask server (needs wrk)
	@$(BIN)/python -m loadtests.compare_visits

bench-checks: bench-set-up ## checks beside the fastest servers of its peers: THEN=DIR or an address, an earlier state (needs wrk, redis-server)
	@THEN="$(THEN)" $(BIN)/python -m loadtests.compare_checks
	@$(BIN)/python -m tools.benchmarks.request_costs

bench-set-up: python-is-new-enough # the demo, and the servers that the peers run on
	@$(PYTHON) -m tools.set_up check
	@$(PYTHON) -m tools.set_up run

bench-bulk: setup ## a staff list of ROWS=1000000 through a job, beside the hash alone and one by one; checks beside it and beside spinning programs (needs wrk)
	@ROWS="$(ROWS)" $(BIN)/python -m tools.benchmarks.bulk_lists
	@ROWS="$(ROWS)" $(BIN)/python -m loadtests.checks_beside_lists

bench-private: setup ## compare the private check with the library and with plain files (needs wrk, nginx)
	@$(BIN)/python -m loadtests.compare_private

bench-attacks: setup ## play the attackers of docs/threat-model.md against a local service, measured beside priced
	@$(BIN)/python -m loadtests.attacks

bench-time: setup ## does the time of an answer tell who is listed? exit code 1 where it may
	@$(BIN)/python -m tools.benchmarks.same_time

bench-browser: python-is-new-enough ## pages by Lighthouse, the computing of a private check on a slow phone, and a check on a slow network (needs Chromium)
	@$(PYTHON) -m tools.set_up test
	@$(BIN)/python -m tools.benchmarks.browser_speed
	@$(BIN)/python -m tools.benchmarks.slow_network

bench-kiosks: python-is-new-enough ## 300 badges before one slow tablet that is offline, and its start without network (needs Chromium)
	@$(PYTHON) -m tools.set_up test
	@$(BIN)/python -m tools.benchmarks.kiosk_speed

bench-check-cost: setup ## processor time of one check in process, whole and by step
	@$(BIN)/python -m tools.benchmarks.check_cost

bench-flat: setup ## latency and memory of a worker from 90,000 entries to ENTRIES=10000000; full: ENTRIES=100000000 (20 GB of disk)
	@ENTRIES="$(ENTRIES)" $(BIN)/python -m tools.benchmarks.flat_latency

bench-memory: setup ## does a worker's memory grow? CHECKS=1000000 checks, or what five minutes allow; exit code 1 where it does (needs wrk)
	@CHECKS="$(CHECKS)" $(BIN)/python -m loadtests.worker_memory

bench-build: setup ## compare a build with the bare join: LEGS=10000000 CASES=8000; full: LEGS=100000000 CASES=80000
	@LEGS="$(LEGS)" CASES="$(CASES)" MEMORY="$(MEMORY)" $(BIN)/python -m tools.benchmarks.compare_build

bench-private-build: setup ## what a private check adds to a build, beside the library's evaluations: LEGS=12000000 CASES=9600
	@$(BIN)/python -m tools.benchmarks.compare_private_build

bench-lists: setup ## how fast staff lists are read, beside the bare readers of CSV and of workbooks
	@$(BIN)/python -m tools.benchmarks.staff_lists

bench-start: setup ## how long each command takes to start, beside Python alone
	@$(BIN)/python -m tools.benchmarks.start_up

load: python-is-new-enough ## citizens by check and by trip, open-loop, limits on: RATE=100 (a second) SECONDS=60
	@$(PYTHON) -m tools.set_up test
	@$(BIN)/python -m loadtests.scenarios.citizens --rate "$(RATE)" --seconds "$(SECONDS)"

load-kiosks: python-is-new-enough ## KIOSKS=200 doors in the morning, then QUEUED=10000 check-ins of one that was offline: SECONDS=60
	@$(PYTHON) -m tools.set_up test
	@$(BIN)/python -m loadtests.scenarios.kiosks --kiosks "$(KIOSKS)" --seconds "$(SECONDS)" --queued "$(QUEUED)"

lock: python-is-new-enough ## write requirements/*.txt again from pyproject.toml; UPGRADE=1 takes newer releases
	@$(PYTHON) -m tools.set_up check
	@$(BIN)/python -m tools.lock_files write $(if $(UPGRADE),--upgrade)

screenshots: setup ## draw the pictures of docs/screenshots.md again (needs Chromium and the packages of `make test`); some: STATES="form close" LANGUAGES=en
	@$(BIN)/python -m tools.screenshots $(STATES) $(if $(LANGUAGES),--languages $(LANGUAGES))

format: python-is-new-enough ## format and mend what ruff can
	@$(PYTHON) -m tools.set_up check
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix .

clean: ## remove .venv, the bundle, the demo and every cache; keys of yours are not touched
	rm -rf .venv app/static/bundle frontend/node_modules var/demo var/stamps \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find app exposure_index index_builder loadtests tables tests tools -name __pycache__ -prune -exec rm -rf {} +

python-is-new-enough:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; say which with PYTHON=python3.12" >&2; exit 2; }
