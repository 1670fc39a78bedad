# Chengnuo 承诺. A fresh machine needs Python 3.11 or newer with pip, make and git; every target sets up
# what it uses. Say `make` to see the targets.
#
#   PORT=8800 make run     another port          PYTHON=python3.12 make setup     another Python

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV ?= $(shell uv --version >/dev/null 2>&1 && command -v uv || echo .uv/bin/uv)
WORKERS ?= 2

# Compiled modules are kept: without them every start compiles the libraries anew.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONUNBUFFERED := 1
export PIP_ROOT_USER_ACTION := ignore
export UV_PYTHON_DOWNLOADS := never
export UV_SYSTEM_CERTS := 1

bin := .venv/bin
# -rs: whatever was skipped is said, with the reason.
pytest := $(bin)/pytest -q -rs -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)
compile := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --custom-compile-command "make lock" --quiet
install := $(UV) pip install --quiet --python $(bin)/python
# The project itself, from this folder; its build tools are locked like everything else.
install_self := $(install) --no-deps --build-constraints requirements/build.txt --editable .

.PHONY: help run test all setup check lint fmt slow bench golden docs page shots lock audit release

help: ## Show the targets.
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: .venv/.run .data/shop.db ## Serve the sample shop: privacy centre, console, API, rights over its database.
	@mkdir -p .data/uploads
	@exec env SHOP_DB="sqlite:///$(CURDIR)/.data/shop.db" SHOP_UPLOADS="file://$(CURDIR)/.data/uploads" \
	  $(bin)/chengnuo serve --demo --register examples/shop/register --data .data/demo $(if $(PORT),--port $(PORT))

test: .venv/.dev .venv-apps/.made ## Run the tests of every day, real servers and browsers included.
	@$(pytest) -m "not slow and not long"

all: .venv/.dev .venv-apps/.made ## Run every test but the slow ones, as CI does.
	@$(pytest) -m "not slow"

setup: .venv/.dev ## Make the environment .venv with all development tools.

check: lint ## Run what must be green before a commit: style, types, floors, docs, fast tests.
	@$(pytest) -m "not slow and not real and not service" --hypothesis-profile=check

lint: .venv/.dev ## Run what of `check` runs no tests: style, types, floors, docs.
	@$(bin)/mypy & types=$$!; trap 'kill $$types 2>/dev/null || true' EXIT; \
	  $(bin)/ruff check; $(bin)/ruff format --check --quiet; $(bin)/lint-imports --no-cache; \
	  $(bin)/zensical build --clean --strict; wait $$types

fmt: .venv/.dev ## Format the code and mend what ruff can mend.
	@$(bin)/ruff check --fix --quiet || true
	@$(bin)/ruff format

slow: .venv/.dev .venv-apps/.made ## Run the slow tests, and every property test on many random inputs.
	@$(bin)/pytest -q -rs -m "slow or hypothesis" --hypothesis-profile=slow
	@$(pytest) --slow-link tests/doors/web/browser -k "not every_page and not every_word and not looks"

bench: .venv/.dev ## Measure the aims in their short form and print the figures.
	@UV="$(UV)" $(bin)/python -m bench.run

golden: .venv/.dev ## Write the golden files anew; read their diff like code.
	@$(bin)/pytest -q -rs -m "not slow" --golden
	@git --no-pager diff --stat -- tests/golden docs/commands.md

docs: .venv/.dev ## Build the documentation into site/, strictly.
	@$(bin)/zensical build --clean --strict

page: .venv/.dev ## Build the page that verifies, verify.html, where it lies and where it is served.
	@$(bin)/python verifier/web/build.py

shots: .venv/.dev ## Take the pictures of every page that docs/screens.md shows.
	@$(bin)/python -m tests.doors.web.browser.shots --docs

lock: | $(UV) ## Lock what pyproject.toml asks for, with hashes; UPGRADE=--upgrade takes newer versions.
	@$(compile) $(UPGRADE) --output-file requirements/run.txt
	@$(compile) $(UPGRADE) --group dev --constraints requirements/run.txt --output-file requirements/dev.txt
	@$(UV) pip compile requirements/apps.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --quiet $(UPGRADE) --output-file requirements/apps.txt
	@$(UV) pip compile --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --custom-compile-command "make lock" --quiet $(UPGRADE) --output-file requirements/build.txt

audit: .venv/.dev ## Look for secrets in all that was ever committed, and ask about known holes of what is locked.
	@$(bin)/python -m release.secrets
	@$(bin)/python -m release.secrets --history
	@$(bin)/python -m release.holes

release: .venv/.dev ## Make wheel, sdist, list of parts and signed sums of what is committed, in dist/.
	@UV="$(abspath $(UV))" $(bin)/python -m release.make

# Published applications in an environment of their own: their databases are what rights are tried on.
.venv-apps/.made: requirements/apps.txt | $(UV) .venv/bin/python
	@echo "setup: installing the applications of the tests into .venv-apps/"
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv-apps
	@$(UV) pip install --quiet --python .venv-apps/bin/python --require-hashes --requirement requirements/apps.txt
	@touch $@

.uv/bin/uv: requirements/uv.txt
	@echo "setup: bringing uv into .uv/"
	@rm -rf .uv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target .uv -r requirements/uv.txt
	@touch $@

.venv/bin/python: | $(UV)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=/path/to/it")'
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv

# The sample shop's customers; deleting the file brings them all back.
.data/shop.db: | .venv/.run
	@mkdir -p .data
	@$(bin)/python examples/shop/make_database.py $@ --customers 200 >/dev/null

.venv/.run: requirements/run.txt requirements/build.txt pyproject.toml | $(UV) .venv/bin/python
	@echo "setup: installing what the service needs into .venv/"
	@$(install) --require-hashes --requirement requirements/run.txt
	@$(install_self)
	@touch $@

.venv/.dev: requirements/dev.txt requirements/build.txt pyproject.toml | $(UV) .venv/bin/python
	@echo "setup: installing the service and the development tools into .venv/"
	@$(install) --require-hashes --requirement requirements/dev.txt
	@$(install_self)
	@touch .venv/.run $@
