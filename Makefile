# `make run` and `make test` are all that a newcomer needs; each sets up .venv once, from exact pins.
PYTHON ?= python3
BIN := .venv/bin
MODEL := .venv/installed

.PHONY: run test install check lint types bench lock clean

run: $(MODEL)
	@$(BIN)/tutorbot run

test: $(MODEL)
	@$(MAKE) --no-print-directory lint types
	$(BIN)/tutorbot check
	$(BIN)/pytest -n auto --dist loadgroup

install: $(MODEL)

lint: $(MODEL)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(MODEL)
	$(BIN)/mypy

check: $(MODEL)
	$(BIN)/tutorbot check

# torch is named by itself: any range would bring gigabytes of CUDA packages.
$(MODEL): requirements.lock requirements-dev.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install python3 and python3-venv."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with make PYTHON=python3.12."; exit 1; }
	@echo "Setting up .venv (once; it takes a few minutes)…"
	@$(PYTHON) -m venv .venv || { echo "Python cannot make a virtual environment: install python3-venv."; exit 1; }
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Next to the bare encoder and to two peers, which have an environment of their own. Leave the machine alone meanwhile.
bench: $(MODEL) .venv-peers/installed
	$(BIN)/python benchmarks/asking.py --peers .venv-peers/bin/python
	$(BIN)/python benchmarks/growing.py

.venv-peers/installed: benchmarks/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
	.venv-peers/bin/pip install --quiet --disable-pip-version-check -r benchmarks/peers.txt
	@touch $@

# Make both locks anew from the pins of pyproject.toml (after changing one).
lock:
	rm -rf .venv-lock && $(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet torch==2.13.0 hatchling==1.33.0 .
	.venv-lock/bin/pip freeze --all --exclude pip --exclude setuptools --exclude tutorbot | sed 's/+cpu$$//' > requirements.lock
	.venv-lock/bin/pip install --quiet '.[dev]'
	.venv-lock/bin/pip freeze --all --exclude pip --exclude setuptools --exclude tutorbot | sed 's/+cpu$$//' | grep -vxFf requirements.lock > dev.part
	{ echo '-r requirements.lock'; cat dev.part; } > requirements-dev.lock && rm -rf dev.part .venv-lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
