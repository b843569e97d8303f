# Thin names: the README gives the commands, for use without make and on Windows.

PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
# nbgrader calls its tools by name.
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: env lab test test-all grade notebooks bench browser lock
.DEFAULT_GOAL := lab

env:
	@$(PYTHON) install.py

lab: env
	@$(BIN)/autograder lab

test: env
	@echo "The tests, notebooks included: a quarter of an hour on two cores."
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser"

test-all: env
	@echo "The slow tests and those in a browser: half an hour or more on two cores."
	$(BIN)/python -m pytest -n 2 -m "slow or browser"

grade: env
	$(BIN)/python examples/build.py
	@# 1 is "done, with problems in submissions", and the sample class has some on purpose.
	$(BIN)/autograder grade --course examples/class || test $$? -eq 1

notebooks: env
	$(BIN)/autograder build

bench: env
	@echo "Measuring: about an hour; 'python bench.py import lab' takes one."
	$(BIN)/python bench.py

browser: env
	$(BIN)/python -m pytest -m browser

# After a change to the pins in pyproject.toml.
lock: env
	$(BIN)/uv pip compile --universal --no-header --no-annotate --quiet pyproject.toml -o requirements.lock
