# Two commands do everything: `make report` and `make test`.
#
# SWIFTFLAGS reaches every build, for example SWIFTFLAGS=-v.

SWIFT      ?= swift
SWIFTFLAGS ?=
RELEASE    := -c release $(SWIFTFLAGS)
ASSAY      := .build/release/assay

.PHONY: report test build lint format clean dependencies verify-functions

report: build ## Build, then render notebooks/ into output/.
	$(ASSAY) render notebooks

# No test looks inside a module (`@testable`), so tests and command share one build.
test: build ## Build, then run every test.
	$(SWIFT) test $(RELEASE) --disable-testable-imports

build: dependencies
	$(SWIFT) build $(RELEASE) --product assay

# libcmark's header is the one thing that a machine with Swift may lack.
dependencies:
	@.ci/install-libcmark

lint: ## Check the format of every source file.
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests

format: ## Rewrite every source file in the project's format.
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests

verify-functions: ## Check the float functions over all 2^32 arguments; takes many minutes.
	mkdir -p .build
	$(CC) -O2 -mfma -ffp-contract=off -I Sources/CKernels Tools/verify-functions/verify.c -lm \
	  -o .build/verify-functions
	.build/verify-functions

clean:
	rm -rf .build .assay
