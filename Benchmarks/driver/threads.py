"""Two threads over one, on a product of 1024³; beside it the peak's and PyTorch's gain."""

from driver.products import LAYOUTS, gflops
from driver.rounds import Contestant
from driver.table import number, print_table, ratio_cell, worst_row

SHAPE = (1024, 1024, 1024)
TARGET = 1.85


def contestants(machine, name, layout):
    found = []
    for count in (1, 2):
        request = f"matmul {layout} {SHAPE[0]} {SHAPE[1]} {SHAPE[2]} threads={count}"
        found += [
            (f"assay {count}", machine.assay(name), request, gflops(SHAPE), count),
            (f"peak {count}", machine.peak(), f"peak {name} {count}", lambda value: value, count),
            (f"PyTorch {count}", machine.torch(), request, gflops(SHAPE), count),
        ]
    return [Contestant(*one) for one in found if one[1] is not None]


def measure(machine, rounds, quick):
    if machine.cores < 2:
        machine.notes.append("threads are not measured: there is one core")
        return []
    lines, rows = [], []
    for name in machine.instruction_sets:
        ratios = []
        for layout in LAYOUTS[:1] if quick else LAYOUTS:
            label = f"{name} {layout}"
            measured = rounds.run(label, contestants(machine, name, layout))
            gains = [measured.ratio(f"{who} 2", f"{who} 1") for who in ("assay", "peak", "PyTorch")]
            speeds = [number(measured.median(f"assay {count}")) for count in (1, 2)]
            lines.append([label, *speeds, *map(ratio_cell, gains)])
            limit = f", the peak itself {ratio_cell(gains[1])}" if gains[1] else ""
            ratios.append((f"{layout}{limit}", gains[0]))
        rows += worst_row("product 1024³, two threads over one", name, ratios, TARGET)
    print_table(
        "Two threads over one, 1024³ (GFLOP/s, medians; gains)",
        ["layout", "Assay, 1", "Assay, 2", "Assay", "peak", "PyTorch"],
        lines,
    )
    return rows
