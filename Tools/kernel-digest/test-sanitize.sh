#!/bin/sh
# Runs the random cases of every kernel under sanitizers and valgrind: `make test-sanitize`.
#
# CASES (default 10000) go through clang's address and undefined-behaviour sanitizers on every table
# of this CPU and on the tiles of NEON in AVX2 registers, VALGRIND_CASES (default 4000) through valgrind, where it is installed, on the tables
# that it can emulate. Arrays are allocations of their own, so reads past an end are found too.
set -eu
cd "$(dirname "$0")/../.."
name=test-sanitize
cases=${CASES:-10000}
valgrind_cases=${VALGRIND_CASES:-4000}
folder=.build/kernel-digest
mkdir -p "$folder"
. Tools/kernel-digest/sources.sh
clang=$(find_clang)

echo 'int main(void) { return 0; }' >"$folder/empty.c"
if ! "$clang" -fsanitize=address,undefined "$folder/empty.c" -o "$folder/empty" \
  2>"$folder/build.log"; then
  cat "$folder/build.log" >&2
  fail "$clang has no sanitizer libraries (gcc cannot build the kernels): set CLANG to another"
fi
build "$folder/sanitized" "$clang" $flags -O1 -gdwarf-4 -fno-omit-frame-pointer \
  -DASSAY_NEON_ON_HOST -I "$kernels_folder" \
  -fsanitize=address,undefined -fno-sanitize-recover=all $sources -lm
"$folder/sanitized" --bare --cases "$cases" >"$folder/sanitized.txt" || fail "see above"
grep ' total ' "$folder/sanitized.txt"

# valgrind lacks AVX-512, and its fma gets signs of zeros wrong: bits are for the other tests.
if command -v valgrind >/dev/null 2>&1; then
  tables=scalar
  ! grep -q '^avx2 total ' "$folder/sanitized.txt" || tables=scalar,avx2
  build "$folder/plain" "$clang" $flags -gdwarf-4 $sources -lm
  valgrind --quiet --error-exitcode=9 --leak-check=full "$folder/plain" --emulated \
    --tables "$tables" --cases "$valgrind_cases" || fail "valgrind: see above"
  second="valgrind $valgrind_cases on $tables"
else
  second="no valgrind here"
fi
echo "test-sanitize: passed, sanitizers $cases cases on every table; $second"
