# The two commands are `make demo` and `make test`; everything runs from here, in relative paths.

PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest
APPS := content mailing accounts facts search translating editorial members dues governance meetings partnerships events news library programme travel hosting awards attendance judging laureates nominations ratings questionnaires standings practices projects consultations association newsletter opendata uclg_portal
ARGS ?=

# What "nothing was selected" in the browser group means: with ARGS all is well, in CI never.
NOTHING_SELECTED := $(if $(strip $(ARGS)),$(if $(CI),5,0),5)

# $(call step,title,command): when it fails, its title is the last word.
step = $(2) || { status=$$?; echo "== FAILED: $(1)" >&2; exit $$status; }

.PHONY: help demo demo-reset test bench lint messages check install install-dev

help:
	@echo "make demo        start the portal with demonstration data (PORT=8000)"
	@echo "make demo-reset  the same, from fresh data"
	@echo "make test        all tests (ARGS='-k something' for some)"
	@echo "make bench       benchmarks against a bare Django project"
	@echo "make lint        ruff, bandit and the contract of the floors"
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
# Status 5 means that nothing was selected, which only ARGS may cause.
test: install-dev
	@browser=0; \
	$(PYTEST) -m browser -n 2 $(ARGS) || browser=$$?; \
	[ $$browser -ne 5 ] || browser=$(NOTHING_SELECTED); \
	BROWSER_GROUP=$$browser $(PYTEST) -n auto $(ARGS) || exit $$?; \
	exit $$browser

bench: install-dev
	@$(PYTHON) -m bench $(ARGS)

lint: install-dev
	@$(call step,ruff check,$(PYTHON) -m ruff check .)
	@$(call step,ruff format,$(PYTHON) -m ruff format --check .)
	@$(call step,contract of the floors,.venv/bin/lint-imports --no-cache)
	@$(call step,bandit,.venv/bin/bandit -q -ll -r $(APPS) -x '*/tests/*')

messages: install-dev
	@$(PYTHON) manage.py catalogue renew

check: lint
	@$(call step,no model without its migration,\
		$(PYTHON) manage.py makemigrations --check --dry-run)
	@$(call step,deployment checks on production settings,bin/check-production)
	@$(call step,no untranslated or fuzzy message,$(PYTHON) manage.py catalogue check)
