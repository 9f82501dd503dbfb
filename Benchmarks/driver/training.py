"""Training of an MLP 784-256-10 against PyTorch in eager mode, on the same samples."""

import math

from driver.exports import exported
from driver.rounds import Contestant
from driver.table import number, print_table, ratio_cell, worst_row
from driver.worker import WorkerError

WIDTHS = "784-256-10"
SAMPLES, QUICK_SAMPLES = 60_000, 6_400
BATCHES = [64, 256]
OPTIMIZERS = {"sgd": "SGD", "adam": "Adam"}

# Over PyTorch; where PyTorch itself runs AVX-512 kernels there is less to gain.
TARGETS = {"avx512": 2.0, "avx2": 1.25}
TARGET_AGAINST_AVX512 = 1.2


def measure(machine, rounds, quick):
    samples = QUICK_SAMPLES if quick else SAMPLES
    targets = dict(TARGETS)
    if machine.torch_uses_avx512(rounds):
        machine.notes.append("PyTorch runs AVX-512 kernels here: the MLP's target is 1.2, not 2.0")
        targets["avx512"] = TARGET_AGAINST_AVX512
    lines, ratios = [], {name: [] for name in machine.instruction_sets}
    with exported(machine, WIDTHS, samples) as path:
        for count in [1, 2] if machine.cores > 1 else [1]:
            for batch in BATCHES[:1] if quick else BATCHES:
                for optimizer, title in OPTIMIZERS.items():
                    label = f"batch {batch}, {title}, {count} thread{'s' * (count > 1)}"
                    request = (
                        f"train {WIDTHS} batch={batch} optimizer={optimizer} samples={samples}"
                        f" threads={count}"
                    )
                    measured = rounds.run(
                        label, contestants(machine, request, path, samples, count)
                    )
                    check_learning(label, measured)
                    lines.append(line(machine, label, measured))
                    for name in machine.instruction_sets:
                        ratio = measured.ratio(f"assay {name}", "PyTorch")
                        ratios[name].append((label, ratio))
    print_cases(machine, lines)
    return [
        row
        for name in machine.instruction_sets
        for row in worst_row(
            f"MLP {WIDTHS} against PyTorch", name, ratios[name], targets.get(name)
        )
    ]


def contestants(machine, request, path, samples, count):
    def speed(seconds):
        return samples / seconds

    found = [
        Contestant(f"assay {name}", machine.assay(name), request, speed, count)
        for name in machine.instruction_sets
    ]
    if machine.torch() is not None:
        peer = f"{request} data={path}"
        found.append(Contestant("PyTorch", machine.torch(), peer, speed, count))
    return found


def check_learning(label, measured):
    """A speed counts only when the loss fell below that of a guess."""
    for name, (_, loss) in measured.answers.items():
        if not loss < math.log(10):
            raise WorkerError(f"{name} did not learn ({label}): loss {loss}")


def line(machine, label, measured):
    ours = [f"assay {name}" for name in machine.instruction_sets]
    speeds = [f"{measured.median(who):,.0f}" for who in ours]
    peer = f"{measured.median('PyTorch'):,.0f}" if "PyTorch" in measured else ""
    ratios = [ratio_cell(measured.ratio(who, "PyTorch")) for who in ours]
    known = [who for who in [*ours[:1], "PyTorch"] if who in measured]
    losses = [number(measured.answers[who][1], 3) for who in known]
    return [label, *speeds, peer, *ratios, " / ".join(losses)]


def print_cases(machine, lines):
    names = machine.instruction_sets
    print_table(
        f"MLP {WIDTHS} (samples a second, medians; ratios of Assay; loss of the last batch)",
        ["case", *[f"Assay {n}" for n in names], "PyTorch", *names, "losses"],
        lines,
    )
