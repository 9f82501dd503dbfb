"""Measures Assay beside what people would use instead; see README.md in this folder.

    python3 Benchmarks/bench.py --assay .build/release/assay-bench --build .build/bench

Needs the built worker `assay-bench`; `make bench` builds it first. Exit status 1 when a
measurement could not be made, never because a target was missed: that is the machine's affair.
"""

import argparse
import os
import sys
import time

from driver import bert, functions, products, step, tensorfile, threads, tokenizer, training
from driver.machine import Machine
from driver.rounds import Rounds
from driver.table import print_targets
from driver.worker import WorkerError

PARTS = {
    "matmul": products,
    "threads": threads,
    "mlp": training,
    "functions": functions,
    "step": step,
    "bert": bert,
    "tokenizer": tokenizer,
    "safetensors": tensorfile,
}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assay", required=True, help="the built worker assay-bench")
    parser.add_argument("--build", required=True, help="folder for peers built and raw figures")
    parser.add_argument(
        "--parts", default="", help=f"of {','.join(PARTS)}, by commas; default: all"
    )
    parser.add_argument("--rounds", type=int, default=9, help="alternating rounds; default 9")
    parser.add_argument(
        "--quick", action="store_true", help="under half a minute: proves that all runs, no more"
    )
    options = parser.parse_args()
    options.parts = [name for name in options.parts.split(",") if name] or list(PARTS)
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown:
        parser.error(f"no part is named {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    return options


def main():
    options = parse()
    start = time.monotonic()
    os.makedirs(options.build, exist_ok=True)
    rows = []
    with Machine(options.assay, options.build) as machine:
        machine.describe()
        for name in options.parts:
            count = 2 if options.quick else options.rounds
            with Rounds(count, os.path.join(options.build, f"{name}.jsonl"), machine) as rounds:
                rows += PARTS[name].measure(machine, rounds, options.quick)
        print_targets(rows, machine.notes, options.quick)
    print(f"\n{time.monotonic() - start:.0f} s; raw figures in {options.build}/*.jsonl")


if __name__ == "__main__":
    try:
        main()
    except WorkerError as failure:
        sys.exit(f"bench: {failure}")
