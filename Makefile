# Casefile. `make demo` and `make test` need nothing but Python 3.11 (and apt, for Chromium).

PORT ?= 8000
DEMO_DATABASE ?= sqlite:///data/demo.db
RUN = .venv/bin/python -m
WORKERS ?= 2

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help demo test quick prove bench check requirements docs clean

help: ## list these commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

demo: ## install, build, migrate, fill an invented partnership and serve it (PORT=8000)
	@scripts/install
	@scripts/build-assets
	@CASEFILE_ENVIRONMENT=development CASEFILE_DATABASE_URL=$(DEMO_DATABASE) CASEFILE_PORT=$(PORT) \
	  sh -c '.venv/bin/casefile migrate && .venv/bin/casefile demo && exec scripts/start'

test: ## every kind of test, with small counts, on SQLite and PostgreSQL and in Chromium
	@scripts/install
	@scripts/build-assets
	@scripts/find-chromium
	$(RUN) pytest -n $(WORKERS) --dist loadgroup

quick: ## the tests to run all the time: no browser, no kills, SQLite only
	@scripts/install
	@scripts/build-assets
	$(RUN) pytest -q -n $(WORKERS) -m "not browser and not slow" -k "not postgresql"

prove: ## the same tests with the full counts (thousands of histories, hundreds of kills)
	@scripts/install
	@scripts/build-assets
	@scripts/find-chromium
	CASEFILE_PROVE=1 $(RUN) pytest -n $(WORKERS) --dist loadgroup

bench: ## measure against limits of the same run (needs wrk: apt-get install wrk)
	@scripts/install
	@scripts/build-assets
	$(RUN) tests.bench

check: ## linters, types, import contracts, templates, audit tools
	@scripts/install
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/djlint --quiet --lint templates
	.venv/bin/casefile check-tools

requirements: ## compile the hashed requirements anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q requirements.in -o requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q requirements-dev.in -o requirements-dev.txt

docs: ## write the generated files anew
	@scripts/install
	.venv/bin/casefile write-docs

clean: ## remove what was built or installed; data/ is kept
	rm -rf .venv node_modules build
