// Prints a digest of every kernel's results on every instruction set that this machine has, so that
// the results of processors can be compared.
//
//   kernel-digest [--cases N] [--seed S] [--tables NAME,NAME...] [--bare | --emulated]
//
// Runs N cases (default 10000) of Tests/KernelCases per table, each also on the scalar table, and
// prints a line `TABLE KERNEL DIGEST` per table and kernel, then `all FUNCTION DIGEST` for the
// functions that have one implementation only, then `TABLE total DIGEST`. A digest depends on N and
// S, and on nothing else. --tables leaves out the others; --bare puts each array in an allocation
// of its own, for a sanitizer; --emulated does so for valgrind, which computes bits of its own: it
// compares no outputs and prints no digests. Exits 1 when a table differs from the scalar one or a
// kernel writes where it should not, 2 for arguments that make no sense.
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"
#include "KernelCases.h"
#include "function_digests.h"

#define MOST_FAILURES 20
#define TABLES 4

typedef struct Options {
  uint64_t cases, seed;
  const char *tables;  // null: all
  AssayCaseMemory memory;
} Options;

static void fail(const char *problem, const char *word) {
  fprintf(stderr, "kernel-digest: %s: %s\n", problem, word);
  exit(2);
}

static uint64_t number(const char *option, const char *text) {
  char *end;
  errno = 0;
  uint64_t value = text && text[0] >= '0' && text[0] <= '9' ? strtoull(text, &end, 10) : 0;
  if (!text || text[0] < '0' || text[0] > '9' || *end || errno) fail("needs a number", option);
  return value;
}

static Options read_options(int count, char **words) {
  Options options = {.cases = 10000, .seed = 1};
  for (int i = 1; i < count; i++) {
    const char *next = i + 1 < count ? words[i + 1] : NULL;
    if (strcmp(words[i], "--bare") == 0 || strcmp(words[i], "--emulated") == 0) {
      options.memory = words[i][2] == 'b' ? ASSAY_CASE_BARE : ASSAY_CASE_EMULATED;
      continue;
    }
    if (strcmp(words[i], "--cases") == 0) {
      options.cases = number(words[i], next);
    } else if (strcmp(words[i], "--seed") == 0) {
      options.seed = number(words[i], next);
    } else if (strcmp(words[i], "--tables") == 0 && next) {
      options.tables = next;
    } else {
      fail("not understood", words[i]);
    }
    i++;
  }
  return options;
}

static int listed(const char *list, const char *name) {
  const size_t length = strlen(name);
  for (const char *word = list; word; word = strchr(word, ',') ? strchr(word, ',') + 1 : NULL) {
    if (strncmp(word, name, length) == 0 && (word[length] == ',' || !word[length])) return 1;
  }
  return 0;
}

// The tables to run, the scalar one first.
static size_t choose_tables(const char *list, AssayISA chosen[TABLES]) {
  size_t count = 0, words = 1;
  for (const char *c = list; c && *c; c++) words += *c == ',';
  for (int isa = ASSAY_ISA_SCALAR; isa <= ASSAY_ISA_AVX512; isa++) {
    const AssayKernels *table = assay_kernels_for((AssayISA)isa);
    if (table && (!list || listed(list, table->name))) chosen[count++] = (AssayISA)isa;
  }
  if (list && words != count) fail("names a table that is unknown or not of this CPU", list);
  return count;
}

// Runs the cases of a table; digests[kernel] is continued by each. Returns how many failed.
static uint64_t run_table(const Options *options, AssayISA isa, uint64_t *digests) {
  uint64_t failures = 0;
  for (uint64_t i = 0; i < options->cases; i++) {
    AssayCaseReport report;
    if (!assay_run_kernel_case(options->seed, i, isa, options->memory, &report)) {
      if (++failures <= MOST_FAILURES) fprintf(stderr, "%s\n", report.failure);
      continue;
    }
    digests[report.kernel] = assay_digest_word(digests[report.kernel], report.digest);
  }
  return failures;
}

// Runs a table and prints its digests. Returns their total.
static uint64_t print_table(const Options *options, AssayISA isa, uint64_t *failures) {
  const size_t kernels = assay_case_kernel_count();
  const char *name = assay_kernels_for(isa)->name;
  uint64_t total = 0, *digests = calloc(kernels, sizeof *digests);
  if (!digests) abort();
  *failures += run_table(options, isa, digests);
  for (size_t kernel = 0; kernel < kernels; kernel++) {
    total = assay_digest_word(total, digests[kernel]);
    if (options->memory == ASSAY_CASE_EMULATED) continue;
    printf("%s %s %016" PRIx64 "\n", name, assay_case_kernel_name(kernel), digests[kernel]);
  }
  free(digests);
  return total;
}

static uint64_t print_functions(const Options *options) {
  uint64_t total = 0;
  for (size_t function = 0; function < function_digest_count(); function++) {
    uint64_t digest = function_digest(function);
    total = assay_digest_word(total, digest);
    if (options->memory == ASSAY_CASE_EMULATED) continue;
    printf("all %s %016" PRIx64 "\n", function_name(function), digest);
  }
  return total;
}

int main(int argument_count, char **arguments) {
  const Options options = read_options(argument_count, arguments);
  AssayISA tables[TABLES];
  const size_t count = choose_tables(options.tables, tables);
  uint64_t totals[TABLES] = {0}, failures = 0;
  for (size_t t = 0; t < count; t++) totals[t] = print_table(&options, tables[t], &failures);
  const uint64_t function_total = print_functions(&options);
  for (size_t t = 0; t < count; t++) {
    const char *name = assay_kernels_for(tables[t])->name;
    if (options.memory == ASSAY_CASE_EMULATED) {
      printf("%s ran %" PRIu64 " cases\n", name, options.cases);
    } else {
      printf("%s total %016" PRIx64 "\n", name, assay_digest_word(totals[t], function_total));
    }
  }
  if (failures > 0) fprintf(stderr, "kernel-digest: %" PRIu64 " cases failed\n", failures);
  return failures > 0;
}
