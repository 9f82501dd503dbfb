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
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

format: ## Rewrite every source file in the project's format.
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

verify-functions: ## Check the float functions over all 2^32 arguments; takes many minutes.
	mkdir -p .build
	$(CC) -O2 -mfma -ffp-contract=off -I Sources/CKernels Tools/verify-functions/verify.c -lm \
	  -o .build/verify-functions
	.build/verify-functions

clean:
	rm -rf .build .assay

.PHONY: test-arm test-sanitize

test-arm: ## Compare the kernels with those of aarch64, under qemu; CASES=N for other than 12000.
	@.ci/install-arm-tools
	SWIFT='$(SWIFT)' Tools/kernel-digest/test-arm.sh

test-sanitize: ## Run the kernels' cases under clang's sanitizers, and valgrind when it is there.
	SWIFT='$(SWIFT)' Tools/kernel-digest/test-sanitize.sh

.PHONY: bench

# PYTHON: one that has torch, transformers, numpy and tokenizers; BENCH: parts, by commas; BENCHFLAGS: --quick, --rounds N.
bench: $(if $(PYTHON),,.build/bench-venv/ready) ## Measure speed beside PyTorch, OpenBLAS and libm; minutes.
	$(SWIFT) build $(RELEASE) --product assay-bench
	$(or $(PYTHON),.build/bench-venv/bin/python) -B Benchmarks/bench.py \
	  --assay .build/release/assay-bench --build .build/bench --parts '$(BENCH)' $(BENCHFLAGS)

.PHONY: bench-rerender

bench-rerender: build ## Measure what rendering again, checking and remembering cost; two minutes.
	python3 -B Benchmarks/rerender.py --assay $(ASSAY) --parts '$(BENCH)' $(BENCHFLAGS)

.build/bench-venv/ready:
	@echo "PyTorch, NumPy and tokenizers go into .build/bench-venv: a download of several GB, once."
	@echo "Stop here (Ctrl-C) to use a Python that has them: make bench PYTHON=path/to/python"
	python3 -m venv .build/bench-venv
	.build/bench-venv/bin/pip install --quiet torch transformers numpy tokenizers
	touch $@
