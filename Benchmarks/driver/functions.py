"""exp, tanh, erf and log over many floats, one thread: against PyTorch and libm."""

from driver.rounds import Contestant
from driver.table import number, print_table, ratio_cell, worst_row

# Where the functions are neither 0, 1 nor infinite, so that no one takes a short cut.
RANGES = {"exp": (-10, 10), "tanh": (-5, 5), "erf": (-3, 3), "log": (0.001, 1000)}
COUNT = 1_000_000
TARGET = 1.0


def measure(machine, rounds, quick):
    lines, ratios = [], {name: [] for name in machine.instruction_sets}
    for function, (low, high) in RANGES.items():
        request = f"map {function} {COUNT} low={low} high={high} milliseconds={5 if quick else 30}"
        measured = rounds.run(function, contestants(machine, request))
        ours = [f"assay {name}" for name in machine.instruction_sets]
        peers = ["PyTorch", "libm"]
        speeds = [number(measured.median(who)) if who in measured else "" for who in ours + peers]
        gains = [ratio_cell(measured.ratio(who, peer)) for peer in peers for who in ours]
        lines.append([function, *speeds, *gains])
        for name in machine.instruction_sets:
            ratios[name].append((function, measured.ratio(f"assay {name}", "PyTorch")))
    names = machine.instruction_sets
    print_table(
        f"Functions of {COUNT:,} floats, one thread (million a second, medians; ratios of Assay)",
        [
            "function",
            *[f"Assay {name}" for name in names],
            "PyTorch",
            "libm",
            *[f"{name}/{peer}" for peer in ("PyTorch", "libm") for name in names],
        ],
        lines,
    )
    return [
        row
        for name in names
        for row in worst_row("exp, tanh, erf, log against PyTorch", name, ratios[name], TARGET)
    ]


def contestants(machine, request):
    def speed(seconds):
        return COUNT / seconds / 1e6

    workers = {f"assay {name}": machine.assay(name) for name in machine.instruction_sets}
    workers.update({"PyTorch": machine.torch(), "libm": machine.libm()})
    return [
        Contestant(name, worker, request, speed)
        for name, worker in workers.items()
        if worker is not None
    ]
