"""Matrix products, one thread: against the FMA peak, OpenBLAS and PyTorch."""

from driver.rounds import Contestant
from driver.table import number, print_table, ratio_cell, worst_row

# (m, k, n): a layer of the MLP, squares, and the linear layers of BERT base at 1024 tokens.
SHAPES = [
    (64, 784, 256),
    (512, 512, 512),
    (1024, 1024, 1024),
    (2048, 2048, 2048),
    (1024, 768, 3072),
    (1024, 3072, 768),
    (1024, 768, 768),
]
QUICK_SHAPES = SHAPES[:2]
LAYOUTS = ["nn", "nt", "tn"]

# Of the FMA peak, one thread: the shape and what issue and README promise.
PEAK_TARGETS = {(1024, 1024, 1024): 0.80, (64, 784, 256): 0.65}
OPENBLAS_TARGET = 0.95

# Share by which the median peak of a case may fall below another's without a remark.
NOISE = 0.08


def gflops(shape):
    """From seconds a product to GFLOP/s."""
    m, k, n = shape
    return lambda seconds: 2 * m * k * n / seconds / 1e9


def contestants(machine, shape, layout):
    m, k, n = shape
    request = f"matmul {layout} {m} {k} {n} threads=1"
    found = []
    for name in machine.instruction_sets:
        found += [
            (f"assay {name}", machine.assay(name), request, gflops(shape)),
            (f"peak {name}", machine.peak(), f"peak {name} 1", lambda value: value),
            (f"OpenBLAS {name}", machine.openblas(name), request, gflops(shape)),
        ]
    found.append(("PyTorch", machine.torch(), request, gflops(shape)))
    return [Contestant(*one) for one in found if one[1] is not None]


def measure(machine, rounds, quick):
    cases = {}
    for shape in QUICK_SHAPES if quick else SHAPES:
        for layout in LAYOUTS:
            label = f"{'×'.join(map(str, shape))} {layout}"
            cases[shape, layout, label] = rounds.run(label, contestants(machine, shape, layout))
    for name in machine.instruction_sets:
        print_cases(name, cases)
        note_noise(machine, name, cases)
    return [row for name in machine.instruction_sets for row in rows(name, cases)]


def note_noise(machine, name, cases):
    """Says so when the peak, which depends on nothing but the machine, did not stay the same."""
    peaks = [m.median(f"peak {name}") for m in cases.values() if f"peak {name}" in m]
    if peaks and min(peaks) < (1 - NOISE) * max(peaks):
        machine.notes.append(
            f"The machine was not idle or changed its clock: the {name} peak varied from"
            f" {min(peaks):.0f} to {max(peaks):.0f} GFLOP/s between cases."
        )


def print_cases(name, cases):
    ours, peak, blas = f"assay {name}", f"peak {name}", f"OpenBLAS {name}"
    lines = []
    for (_, _, label), measured in cases.items():
        speed = [
            number(measured.median(who)) if who in measured else ""
            for who in (ours, peak, blas, "PyTorch")
        ]
        ratios = [ratio_cell(measured.ratio(ours, who)) for who in (peak, blas, "PyTorch")]
        lines.append([label, *speed, *ratios])
    print_table(
        f"Matrix products with {name}, one thread (GFLOP/s, medians; ratios of Assay)",
        ["m×k×n", "Assay", "peak", "OpenBLAS", "PyTorch", "of peak", "OpenBLAS", "PyTorch"],
        lines,
    )


def rows(name, cases):
    def ratios(against, only=None):
        return [
            (label, measured.ratio(f"assay {name}", against))
            for (shape, _, label), measured in cases.items()
            if only in (None, shape)
        ]

    found = []
    for shape, target in PEAK_TARGETS.items():
        what = f"product {'×'.join(map(str, shape))}, of FMA peak"
        found += worst_row(what, name, ratios(f"peak {name}", shape), target)
    found += worst_row(
        "products against OpenBLAS", name, ratios(f"OpenBLAS {name}"), OPENBLAS_TARGET
    )
    found += worst_row("products against PyTorch", name, ratios("PyTorch"), None)
    return found
