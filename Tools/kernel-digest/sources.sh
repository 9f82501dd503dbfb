# What the scripts here share; sourced, with the folder of the package as the working folder.

cases_folder=Tests/KernelCases
kernels_folder=Sources/CKernels
# Every C file of the program.
sources="$(echo "$kernels_folder"/*.c "$cases_folder"/*.c Tools/kernel-digest/*.c)"
flags="-std=gnu11 -O2 -Wall -Wextra -I $kernels_folder/include -I $cases_folder"
flags="$flags -I $cases_folder/include"
# gcc knows neither clang's nullability nor its pragmas; it is told by an option not to contract.
gcc_flags="$flags -ffp-contract=off -Wno-unknown-pragmas -D_Nonnull= -D_Nullable="

fail() {
  printf '%s: FAILED: %s\n' "$name" "$1" >&2
  exit 1
}

# The clang of the Swift toolchain: CLANG, or the one that lies beside swift, or any.
find_clang() {
  if [ -n "${CLANG:-}" ]; then
    echo "$CLANG"
    return
  fi
  swift=$(command -v "${SWIFT:-swift}" || true)
  [ -z "$swift" ] || swift=$(readlink -f "$swift")
  if [ -n "$swift" ] && [ -x "$(dirname "$swift")/clang" ]; then
    echo "$(dirname "$swift")/clang"
  else
    command -v clang || fail "there is no clang: install a Swift toolchain or name one in CLANG"
  fi
}

# Runs a compiler silently unless it fails. Its linker warns of much that is none of our business.
build() { # build OUTPUT COMMAND...
  output=$1
  shift
  "$@" -o "$output" >"$folder/build.log" 2>&1 || {
    cat "$folder/build.log" >&2
    fail "cannot build $output"
  }
}
