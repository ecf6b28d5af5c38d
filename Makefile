PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup check test bench rules

setup:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'

check:
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test:
	$(BIN)/python -m pytest

rules:
	$(BIN)/legcramp rules check
	$(BIN)/legcramp rules test

bench:
	$(BIN)/python tests/benchmarks/run.py
