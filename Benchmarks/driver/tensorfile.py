"""Reading the weights of BERT-base (440 MB) from a safetensors file that the system has in memory."""

import os

from driver.rounds import Contestant, Ratio
from driver.table import Row, print_table

# A reader at the speed of mapping the file.
TARGET_MICROSECONDS = 300_000
CASES = {"opened, every tensor at hand": 0, "one float of every page read": 1}


def measure(machine, rounds, quick):
    worker = machine.assay(machine.instruction_sets[0])
    folder = os.path.join(machine.build, "bert-base")
    folder = os.path.relpath(folder) if " " in folder else folder
    path = os.path.join(folder, "model.safetensors")
    worker.ask(f"pretrained write class=BertForPreTraining size=base path={folder}")
    peer = machine.safetensors()
    lines, rows = [], []
    try:
        megabytes = os.path.getsize(path) / 1e6
        for case, touch in CASES.items():
            request = f"safetensors path={path} touch={touch} milliseconds={5 if quick else 200}"
            contestants = [Contestant("assay", worker, request, lambda seconds: 1 / seconds)]
            if peer is not None:
                contestants.append(Contestant("safetensors", peer, request, lambda seconds: 1 / seconds))
            measured = rounds.run(f"safetensors, {case}", contestants)
            times = [1e6 / measured.median(c.name) for c in contestants]
            lines.append([case, f"{megabytes:.0f}", *(f"{time:.0f}" for time in times)])
            best, worst = 1e6 / measured.fastest("assay"), 1e6 / measured.slowest("assay")
            rows.append(
                Row(
                    "safetensors of BERT-base, µs", "", Ratio(times[0], best, worst, best),
                    TARGET_MICROSECONDS, case, is_time=True,
                )
            )
    finally:
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))
        os.rmdir(folder)
    names = ["Assay"] + ([] if peer is None else ["safetensors"])
    print_table("Reading the weights of BERT-base (µs, medians)", ["case", "MB", *names], lines)
    return rows
