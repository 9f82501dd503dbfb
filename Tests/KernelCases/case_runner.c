// Runs a case on the oracle and on another table, and compares.
#include "KernelCases.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kernel_case.h"

static const CaseGroup *const groups[] = {&matmul_cases, &elementwise_cases, &random_cases,
                                          &row_cases, &encoder_cases, &update_cases};
#define GROUP_COUNT (sizeof groups / sizeof *groups)

static const CaseKernel *kernel_at(size_t kernel) {
  size_t group = 0;
  while (kernel >= groups[group]->count) kernel -= groups[group++]->count;
  return &groups[group]->kernels[kernel];
}

size_t assay_case_kernel_count(void) {
  size_t count = 0;
  for (size_t group = 0; group < GROUP_COUNT; group++) count += groups[group]->count;
  return count;
}

const char *assay_case_kernel_name(size_t kernel) { return kernel_at(kernel)->name; }

// The table begins with what it is; from `matmul` on it holds nothing but pointers to kernels.
size_t assay_kernels_without_cases(void) {
  size_t missing = 0;
  for (size_t entry = CASE_ENTRY(matmul); entry < sizeof(AssayKernels); entry += sizeof(void *)) {
    size_t kernel = 0, count = assay_case_kernel_count();
    while (kernel < count && kernel_at(kernel)->entry != entry) kernel++;
    missing += kernel == count;
  }
  return missing;
}

#define VALUE_KINDS 3

uint64_t assay_edge_case_count(void) {
  return (uint64_t)EDGE_COUNT * VALUE_KINDS * assay_case_kernel_count();
}

uint64_t assay_digest_word(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9e3779b97f4a7c15u + 1;
  return hash ^ (hash >> 29);
}

// Fills the case and returns its kernel.
static size_t draw_case(uint64_t seed, uint64_t index, KernelCase *c) {
  static const uint64_t rarities[] = {1, 4, 50};
  const size_t kernels = assay_case_kernel_count();
  *c = (KernelCase){.random = {seed * 0xd1342543de82ef95u + index}, .edge = -1};
  c->random.state = draw_bits(&c->random);
  size_t kernel = (size_t)(index % kernels);
  if (index < assay_edge_case_count()) {
    uint64_t pass = index / kernels;
    c->edge = (int)(pass % EDGE_COUNT);
    c->values.kind = (ValueKind)(pass / EDGE_COUNT);
  } else {
    // Products have the most ways to go wrong: one random case in four is one.
    if (draw_below(&c->random, 4) == 0) {
      kernel = (size_t)draw_below(&c->random, matmul_cases.count);
    }
    c->values.kind = (ValueKind)draw_below(&c->random, VALUE_KINDS);
  }
  c->values.one_in = rarities[draw_below(&c->random, 3)];
  kernel_at(kernel)->draw(c);
  return kernel;
}

// One run: a fault in words or null, and the digest of the outputs.
static const char *run_on(const AssayKernels *table, const CaseKernel *kernel, KernelCase *c,
                          AssayCaseMemory memory, uint64_t *digest, char *text, size_t capacity) {
  for (size_t i = 0; i < c->array_count; i++) open_array(&c->arrays[i], memory);
  kernel->run(table, c);
  const char *fault = NULL;
  *digest = 0;
  for (size_t i = 0; i < c->array_count; i++) {
    CaseArray *array = &c->arrays[i];
    if (!fault) fault = fault_in_array(array, memory, text, capacity);
    if (array->role == OUTPUT) {
      *digest = digest_of_array(*digest, array);
      if (!array->expected) keep_as_expected(array);
    }
    close_array(array);
  }
  return fault;
}

// "case 12 of seed 3: matmul-nn on avx2, sizes 3 4 5 5 4 4, values 2: c[1] is ..."
static void describe(AssayCaseReport *report, uint64_t seed, uint64_t index, const char *table,
                     const KernelCase *c, const char *fault) {
  char sizes[CASE_SIZES * 22] = "";
  for (int i = 0; i < CASE_SIZES; i++) {
    size_t used = strlen(sizes);
    snprintf(sizes + used, sizeof sizes - used, " %zu", c->sizes[i]);
  }
  snprintf(report->failure, sizeof report->failure,
           "case %" PRIu64 " of seed %" PRIu64 ": %s on %s, sizes%s, values %d: %s", index, seed,
           assay_case_kernel_name(report->kernel), table, sizes, (int)c->values.kind, fault);
}

int assay_run_kernel_case(uint64_t seed, uint64_t index, AssayISA isa, AssayCaseMemory memory,
                          AssayCaseReport *report) {
  KernelCase c;
  char text[200];
  report->kernel = draw_case(seed, index, &c);
  report->failure[0] = 0;
  const CaseKernel *kernel = kernel_at(report->kernel);
  const AssayKernels *tables[] = {assay_kernels_for(ASSAY_ISA_SCALAR), assay_kernels_for(isa)};
  uint64_t *digests[] = {&report->oracle_digest, &report->digest};
  const char *fault = NULL;
  for (int run = 0; run < 2 && !fault; run++) {
    fault = run_on(tables[run], kernel, &c, memory, digests[run], text, sizeof text);
    if (fault) describe(report, seed, index, tables[run]->name, &c, fault);
  }
  for (size_t i = 0; i < c.array_count; i++) drop_array(&c.arrays[i]);
  return fault == NULL;
}
