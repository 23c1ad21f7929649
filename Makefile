# The two commands are `make demo` and `make test`; everything runs from here, in relative paths.

PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
ARGS ?=

.PHONY: help demo demo-reset test bench lint messages check install install-dev

help:
	@echo "make demo        start the portal with demonstration data (PORT=8000)"
	@echo "make demo-reset  the same, from fresh data"
	@echo "make test        all tests (ARGS='-k something' for some)"
	@echo "make bench       benchmarks against a bare Django project"
	@echo "make lint        ruff and the contract of the floors"
	@echo "make messages    collect the texts to translate into locale/ru"
	@echo "make check       what CI checks besides the tests"

install:
	@bin/bootstrap requirements.txt

install-dev:
	@bin/bootstrap requirements-dev.txt

demo: install
	@$(PYTHON) -m uclg_portal.services.demo

demo-reset: install
	@$(PYTHON) -m uclg_portal.services.demo --reset

# Browser tests go first and apart: the browser's event loop must not meet the other tests.
# Status 5 means that nothing was selected.
test: install-dev
	@browser=0; \
	$(PYTEST) -m browser -n 2 $(ARGS) || browser=$$?; \
	[ $$browser -ne 5 ] || browser=0; \
	BROWSER_GROUP=$$browser $(PYTEST) -n auto $(ARGS) || exit $$?; \
	exit $$browser

bench: install-dev
	@$(PYTHON) -m bench $(ARGS)

lint: install-dev
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@.venv/bin/lint-imports --no-cache

messages: install-dev
	@$(PYTHON) manage.py catalogue renew

check: lint
	@$(PYTHON) manage.py makemigrations --check --dry-run
	@bin/check-production
	@$(PYTHON) manage.py catalogue check
