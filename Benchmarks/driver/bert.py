"""Training steps of a BERT against PyTorch and transformers in eager mode, on the same batches."""

import importlib.util
import math
from contextlib import contextmanager

from driver.rounds import Contestant, Ratio
from driver.table import Row, print_table, ratio_cell
from driver.worker import WorkerError

# Tokens of a batch, padding counted: what a peer computes.
TOKENS = {"tiny": 16 * 128, "small": 16 * 128, "base": 8 * 128}
# Steps that are timed together.
STEPS = {"tiny": 4, "small": 2, "base": 1}
VOCABULARY = {"tiny": 8192, "small": 8192, "base": 30522}

# Over PyTorch by work, size and instruction set; two thirds of these where PyTorch's own products
# run as fast as AVX-512 does, so that there is less to gain.
TARGETS = {
    "pretrain": {
        "tiny": {"avx512": 4.0, "avx2": 2.2},
        "small": {"avx512": 3.0, "avx2": 1.8},
        "base": {"avx512": 2.2, "avx2": 1.3},
    },
    "classify": {"tiny": {"avx512": 2.0}, "small": {"avx512": 2.0}},
}
# How many times as much memory PyTorch takes at its peak.
MEMORY_TARGET = 1 / 0.6


def measure(machine, rounds, quick):
    if machine.torch() is not None and importlib.util.find_spec("transformers") is None:
        machine.notes.append("BERT has no peer: this Python has no transformers")
    share = 1.0
    if machine.torch_matches_avx512(rounds):
        share = 2 / 3
        machine.notes.append(
            "PyTorch's products are as fast as AVX-512 here: BERT's targets are two thirds"
        )
    lines, rows = [], []
    for work, size, count in cases(machine, quick):
        label = f"{work} {size}, {count} thread{'s' * (count > 1)}"
        with workers(machine, size) as found:
            measured = rounds.run(label, contestants(found, work, size, count))
        check_losses(label, size, measured)
        lines.append(line(machine, label, measured))
        for name in machine.instruction_sets:
            ratio = measured.ratio(f"assay {name}", "PyTorch")
            target = TARGETS[work].get(size, {}).get(name)
            if ratio is not None:
                rows.append(
                    Row(
                        f"BERT {label}", name, ratio, round(target * share, 2) if target else None
                    )
                )
        if size == "base":
            rows += memory_rows(machine, measured)
    print_cases(machine, lines)
    return rows


def cases(machine, quick):
    if quick:
        return [("pretrain", "tiny", 1)]
    counts = sorted({1, min(2, machine.cores), machine.cores})
    found = [("pretrain", "tiny", count) for count in counts]
    found += [("pretrain", "small", 1), ("classify", "tiny", 1), ("classify", "small", 1)]
    return found + [("pretrain", "base", 1)]


@contextmanager
def workers(machine, size):
    """Those of the machine; for the size whose memory is measured, processes of their own."""
    names = [f"assay {name}" for name in machine.instruction_sets]
    has_peer = machine.torch() is not None and importlib.util.find_spec("transformers") is not None
    if size != "base":
        found = {name: machine.assay(name.split()[1]) for name in names}
        if has_peer:
            found["PyTorch"] = machine.torch()
        yield found
        return
    found = {name: machine.new_assay(name.split()[1]) for name in names}
    if has_peer:
        found["PyTorch"] = machine.new_torch()
    try:
        yield found
    finally:
        for worker in found.values():
            worker.close()


def contestants(found, work, size, count):
    request = f"bert {work} {size} steps={STEPS[size]} threads={count}"
    tokens = TOKENS[size]
    return [
        Contestant(name, worker, request, lambda seconds: tokens / seconds, count)
        for name, worker in found.items()
    ]


def check_losses(label, size, measured):
    """Everyone's loss must be that of a model that knows nothing yet, or less."""
    limit = 1.3 * (math.log(VOCABULARY[size]) + math.log(2))
    for name, answer in measured.answers.items():
        if not 0 < answer[1] < limit:
            raise WorkerError(f"{name} did not learn ({label}): loss {answer[1]}")


def memory_rows(machine, measured):
    """The peaks of the processes, which have done nothing else."""
    if "PyTorch" not in measured:
        return []
    theirs = measured.answers["PyTorch"][2]
    rows = []
    for name in machine.instruction_sets:
        ours = measured.answers[f"assay {name}"][2]
        ratio = theirs / ours
        rows.append(
            Row(
                "BERT base: PyTorch's peak memory over ours",
                name,
                Ratio(ratio, ratio, ratio, ratio),
                round(MEMORY_TARGET, 2),
                f"{theirs:,.0f} MB, {ours:,.0f} MB",
            )
        )
    return rows


def line(machine, label, measured):
    ours = [f"assay {name}" for name in machine.instruction_sets]
    known = [who for who in [*ours, "PyTorch"] if who in measured]
    speeds = {who: f"{measured.median(who):,.0f}" for who in known}
    losses = " / ".join(f"{measured.answers[who][1]:.2f}" for who in [known[0], known[-1]])
    ratios = [ratio_cell(measured.ratio(who, "PyTorch")) for who in ours]
    return [label, *[speeds.get(who, "") for who in [*ours, "PyTorch"]], *ratios, losses]


def print_cases(machine, lines):
    names = machine.instruction_sets
    print_table(
        "BERT training (tokens a second with padding, medians; ratios of Assay; last losses)",
        ["case", *[f"Assay {n}" for n in names], "PyTorch", *names, "losses"],
        lines,
    )
