"""A training step of a network so small (4-8-2, batch 16) that only overhead is left."""

from driver.exports import exported
from driver.rounds import Contestant, Ratio
from driver.table import Row, number, print_table

WIDTHS = "4-8-2"
BATCH = 16
SAMPLES, QUICK_SAMPLES = 64_000, 3_200
TARGET_MICROSECONDS = 10


# What is measured, the verdict on the first: as a notebook trains; then what explains it.
CASES = {"": "threads=1", ", no shuffle": "shuffle=0 threads=1", ", two threads": "threads=2"}


def measure(machine, rounds, quick):
    samples = QUICK_SAMPLES if quick else SAMPLES
    times = {}
    with exported(machine, WIDTHS, samples) as path:
        for case, options in CASES.items():
            count = 2 if "threads=2" in options else 1
            if count > machine.cores:
                continue
            found = contestants(machine, samples, options, count, path)
            measured = rounds.run(f"step{case}", found)
            for name in measured.answers:
                times[name + case] = microseconds(measured, name)
    print_table(
        f"A step of {WIDTHS}, batch {BATCH}, SGD; an epoch's shuffle is part of its steps (µs)",
        ["case", "median", "least", "most"],
        [[name, *map(number, figures)] for name, figures in times.items()],
    )
    return [
        Row(
            f"step of {WIDTHS}, µs",
            name,
            Ratio(*times[f"assay {name}"], times[f"assay {name}"][1]),
            TARGET_MICROSECONDS,
            is_time=True,
        )
        for name in machine.instruction_sets
    ]


def contestants(machine, samples, options, count, path):
    def speed(seconds):
        return samples / BATCH / seconds

    request = f"train {WIDTHS} batch={BATCH} optimizer=sgd samples={samples} {options}"
    found = [
        Contestant(f"assay {name}", machine.assay(name), request, speed, count)
        for name in machine.instruction_sets
    ]
    if machine.torch() is not None:
        peer = f"{request} data={path}"
        found.append(Contestant("PyTorch", machine.torch(), peer, speed, count))
    return found


def microseconds(measured, name):
    """Median, least and greatest of the rounds."""
    return [1e6 / measured.median(name), 1e6 / measured.fastest(name), 1e6 / measured.slowest(name)]
