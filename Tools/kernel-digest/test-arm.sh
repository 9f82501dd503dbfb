#!/bin/sh
# Compares the kernels of aarch64 with those of this machine, bit by bit: `make test-arm [CASES=N]`.
#
# Builds kernel-digest for this machine, and for aarch64 with the clang of the Swift toolchain and
# Debian's cross libraries, then once more with gcc: everything but neon.c, which needs clang's
# vector types. Each runs the same cases, the last two under qemu; every kernel must have one
# digest.
set -eu
cd "$(dirname "$0")/../.."
name=test-arm
cases=${CASES:-12000}
folder=.build/kernel-digest
mkdir -p "$folder"
. Tools/kernel-digest/sources.sh
clang=$(find_clang)
arm="$clang --target=aarch64-linux-gnu --gcc-toolchain=/usr -isystem /usr/aarch64-linux-gnu/include"

build "$folder/host" "$clang" $flags $sources -lm
build "$folder/arm-clang" $arm -static $flags $sources -lm
build "$folder/neon.o" $arm $flags -c "$kernels_folder/neon.c"
build "$folder/arm-gcc" aarch64-linux-gnu-gcc -static $gcc_flags \
  $(echo "$sources" | sed "s|$kernels_folder/neon.c|$folder/neon.o|") -lm

run() { # run PROGRAM COMMAND...
  program=$1
  shift
  "$@" --cases "$cases" >"$folder/$program.txt" || fail "$program: cases differ from the oracle"
  sed -n "s/^\([a-z0-9]*\) total /$program \1 /p" "$folder/$program.txt"
}

run host "$folder/host"
run arm-clang qemu-aarch64 "$folder/arm-clang"
run arm-gcc qemu-aarch64 "$folder/arm-gcc"
for program in arm-clang arm-gcc; do
  for table in scalar neon; do
    grep -q "^$table total " "$folder/$program.txt" || fail "$program did not run $table"
  done
done

# KERNEL DIGEST of every table and program: as many lines as kernels, when all agree.
every() {
  cut -d ' ' -f "$1" "$folder/host.txt" "$folder/arm-clang.txt" "$folder/arm-gcc.txt" |
    sort -u
}
every 2- >"$folder/digests.txt"
if [ "$(every 2 | wc -l)" -ne "$(wc -l <"$folder/digests.txt")" ]; then
  cut -d ' ' -f 1 "$folder/digests.txt" | uniq -d | while read -r kernel; do
    for program in host arm-clang arm-gcc; do
      grep " $kernel " "$folder/$program.txt" | sed "s/^/$program /" >&2
    done
  done
  fail "the kernels above have different digests"
fi
echo "test-arm: passed, $cases cases, $(wc -l <"$folder/digests.txt") digests agree on all tables"
