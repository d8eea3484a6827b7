# The ways into the project; `make` alone lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help demo serve test bench lint format build docs clean

# An import that a target does not declare is an error, in the first build as in every later one.
SWIFT_FLAGS := --explicit-target-dependency-import-check error
# Without this SwiftPM orders the traits of packages anew in every run, and then compiles those packages again. Only for
# building: programs and tests run with hashes as they are in use.
SWIFT_BUILD := SWIFT_DETERMINISTIC_HASHING=1 swift build
SOURCES := Package.swift Modules Services Tools Tests

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Install, build, load the real data, assess, write the reports
	@deploy/setup.sh demo
	@deploy/demo.sh

serve: ## Run all services in one process here, on the data of the demo; Ctrl-C stops them
	@deploy/setup.sh demo
	@deploy/serve.sh

test: ## Run all tests against a private PostgreSQL
	@deploy/setup.sh test
	$(SWIFT_BUILD) --build-tests $(SWIFT_FLAGS)
	@deploy/test.sh

bench: ## Measure starting, serving, jobs, loading, searching and the register as ratios; writes .ceyuan/bench/latest.json
	@deploy/setup.sh bench
	$(SWIFT_BUILD) -c release
	python3 Tools/bench/bench.py --bin "$$(swift build -c release --show-bin-path)"

lint: ## Check format and house rules
	swift format lint --strict --recursive --parallel $(SOURCES)
	@deploy/lint.sh

format: ## Rewrite the sources in the house format
	swift format --in-place --recursive --parallel $(SOURCES)

build: ## Build everything for debugging
	@deploy/setup.sh packages
	$(SWIFT_BUILD) $(SWIFT_FLAGS)

docs: build ## Render the documentation of PostgresClient, and check that it is whole
	@deploy/docs.sh

clean: ## Remove what was built; data under .ceyuan stay
	swift package clean
