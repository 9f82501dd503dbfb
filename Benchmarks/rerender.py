"""Measures what rendering again, checking and remembering cost; see README.md in this folder.

    python3 -B Benchmarks/rerender.py --assay .build/release/assay

Whole processes, as a user starts them, in projects of their own in a temporary folder. Exit status
1 when something cannot be measured, never because a target was missed.
"""

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from driver.table import print_table

BLOCKS = 50
SECONDS = 0.2


class Project:
    """A folder with notebooks, and the command run in it."""

    def __init__(self, folder, assay):
        self.folder = folder
        self.assay = assay
        os.makedirs(os.path.join(folder, "notebooks"), exist_ok=True)
        self.write("assay.yaml", "")

    def write(self, path, text):
        with open(os.path.join(self.folder, path), "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *words):
        """Seconds of the whole process, and what it said on standard error."""
        start = time.perf_counter()
        done = subprocess.run(
            [self.assay, *words], cwd=self.folder, capture_output=True, text=True, check=False
        )
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            raise SystemExit(f"assay {' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")
        return seconds, done.stderr

    def forget(self, *paths):
        for path in paths:
            place = os.path.join(self.folder, path)
            if os.path.isdir(place):
                shutil.rmtree(place)
            elif os.path.exists(place):
                os.remove(place)

    def size(self, path):
        return os.path.getsize(os.path.join(self.folder, path))


def trainings(count, epochs, prose="The accuracies differ."):
    """A notebook of one data set and `count` trainings that share nothing else."""
    text = f"""---
title: Many trainings
seed: 7
---

{prose}

```experiment digits
dataset: {{synthetic: glyphs, samples: 600, split: {{train: 0.6, validation: 0.2, test: 0.2}}}}
```
"""
    for index in range(count):
        text += f"""
## Network {index}

Its accuracy is `{{= net{index}.test.accuracy as percent 1}}`, see [](#net{index}).

```experiment net{index}
train:
  model: {{sequential: [linear: {{out_features: {16 + index % 5}}}, relu, linear: {{out_features: 10}}]}}
  data: digits
  loss: cross_entropy
  optimizer: {{adam: {{lr: 0.001}}}}
  epochs: {epochs}
  batch_size: 32
evaluate: {{split: test, metrics: [accuracy, macro_f1]}}
seed: {index}
expect:
  - test.accuracy >= 0
```
"""
    return text


def small(count, number):
    """A notebook of `count` trainings that take no time."""
    text = f"---\ntitle: Notebook {number}\nseed: {number}\n---\n"
    text += """
```experiment friedman
dataset: {synthetic: friedman1, samples: 60, split: {train: 0.6, validation: 0.2, test: 0.2}}
```
"""
    for index in range(count - 1):
        text += f"""
```experiment fit{index}
train:
  model: {{sequential: [linear: {{out_features: 4}}, relu, linear: {{out_features: 1}}]}}
  data: friedman
  optimizer: {{sgd: {{lr: 0.01}}}}
  epochs: 1
  batch_size: 20
evaluate: {{split: test, metrics: [mse]}}
seed: {index}
```
"""
    return text


def middle(values):
    return f"{statistics.median(values):.1f}", f"{min(values):.1f} to {max(values):.1f}"


def milliseconds(what, target, values):
    figure, spread = middle([1000 * value for value in values])
    verdict = "" if target is None else "reached" if float(figure) <= target else "MISSED"
    return [what, "" if target is None else f"{target} ms", figure + " ms", spread, verdict]


def rendering(place, options):
    """Rendering again what has not changed, or in its prose alone."""
    project = Project(os.path.join(place, "fifty"), options.assay)
    project.write("notebooks/fifty.md", trainings(BLOCKS - 1, 3))
    project.run("render", "--quiet")
    unchanged, edited = [], []
    for number in range(options.rounds):
        unchanged.append(project.run("render", "--quiet")[0])
        prose = f"The accuracies differ, as is said for the {number}th time."
        project.write("notebooks/fifty.md", trainings(BLOCKS - 1, 3, prose))
        edited.append(project.run("render", "--quiet")[0])
    return [
        milliseconds(f"render, {BLOCKS} blocks, nothing changed", 40, unchanged),
        milliseconds(f"render, {BLOCKS} blocks, prose edited", 50, edited),
    ]


def checking(place, options):
    """`check --no-run` of a large project."""
    project = Project(os.path.join(place, "many"), options.assay)
    notebooks, blocks = (20, 5) if options.quick else (200, 20)
    for number in range(notebooks):
        project.write(f"notebooks/n{number}.md", small(blocks, number))
    project.run("render", "--quiet")
    values = [project.run("check", "--no-run", "--quiet")[0] for _ in range(options.rounds)]
    what = f"check --no-run, {notebooks} notebooks × {blocks} blocks"
    return [milliseconds(what, 1000, values)]


def remembering(place, options):
    """Unchanged data files are not read: a large one costs what a small one costs."""
    rows = []
    for name, count in (("a data file of 30 rows", 30), ("a large one", 3_000_000)):
        project = Project(os.path.join(place, f"rows{count}"), options.assay)
        with open(os.path.join(project.folder, "table.csv"), "w", encoding="utf-8") as file:
            file.write("x,y,kind\n")
            for row in range(30):
                file.write(f"{row}.5,{row * 7 % 11}.25,{'ab'[row % 2]}\n")
            for _ in range((0 if options.quick else count) // 30):
                file.write("1.125,2.625,a\n3.375,4.875,b\n" * 15)
        project.write(
            "notebooks/table.md",
            "```experiment table\ndataset: {csv: table.csv, label: kind}\n```\n",
        )
        # Freshly changed files are not trusted to stay the same: git's rule.
        time.sleep(3.1)
        for _ in range(2):
            first = project.run("render", "--quiet", "--force")[0]
        values = [project.run("render", "--quiet")[0] for _ in range(options.rounds)]
        megabytes = project.size("table.csv") / 1e6
        rows.append(
            milliseconds(f"render with {name} ({megabytes:.0f} MB; {first:.1f} s to read)", None, values)
        )
    return rows


def calibrated_epochs(project):
    """Epochs that make one block take SECONDS on this machine."""
    epochs = 64
    while True:
        project.forget(".assay", "output")
        project.write("notebooks/long.md", trainings(1, epochs))
        _, said = project.run("render", "-j", "1", "--threads", "1")
        taken = re.search(r"net0\.train#0 \(([0-9.]+) s\)", said)
        if taken is None:
            raise SystemExit(f"no time of a training in what was said:\n{said}")
        seconds = float(taken[1])
        if seconds >= SECONDS / 2:
            return max(1, round(epochs * SECONDS / seconds))
        epochs *= 2


def overhead(place, options):
    """A fresh run with store and ledger over the steps' own time, and over a run without a store."""
    project = Project(os.path.join(place, "long"), options.assay)
    epochs = 4 if options.quick else calibrated_epochs(project)
    project.write("notebooks/long.md", trainings(BLOCKS, epochs))
    over_steps, over_bare = [], []
    for _ in range(3):
        project.forget(".assay", "output")
        stored, said = project.run("render", "-j", "1", "--threads", "1")
        steps = float(re.search(r"steps computed: ([0-9.]+) s", said)[1])
        project.forget(".assay", "output")
        # A file in the store's place: nothing is kept, and all else is the same.
        project.write(".assay", "in the way\n")
        bare, _ = project.run("render", "-j", "1", "--threads", "1")
        over_steps.append(100 * (stored / steps - 1))
        over_bare.append(100 * (stored / bare - 1))
    rows = []
    names = (
        f"fresh run of {BLOCKS} blocks of {SECONDS} s: whole process over its steps' own time",
        "the same over the same run without a store",
    )
    for what, values in zip(names, (over_steps, over_bare)):
        figure, spread = middle(values)
        rows.append(
            [what, "3 %", figure + " %", spread, "reached" if float(figure) <= 3 else "MISSED"]
        )
    return rows


PARTS = {
    "render": rendering,
    "check": checking,
    "data": remembering,
    "overhead": overhead,
}


def parse():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assay", required=True, help="the built command")
    parser.add_argument(
        "--parts", default="", help=f"of {','.join(PARTS)}, by commas; default: all"
    )
    parser.add_argument("--rounds", type=int, default=15, help="processes of each kind; default 15")
    parser.add_argument("--quick", action="store_true", help="proves that all runs, no more")
    options = parser.parse_args()
    options.assay = os.path.abspath(options.assay)
    options.parts = [name for name in options.parts.split(",") if name] or list(PARTS)
    unknown = [name for name in options.parts if name not in PARTS]
    if unknown:
        parser.error(f"no part is named {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if options.rounds < 1:
        parser.error("--rounds must be at least 1")
    return options


def main():
    options = parse()
    rows = []
    with tempfile.TemporaryDirectory(prefix="assay-rerender-") as place:
        for name in options.parts:
            print(f"{name} …", file=sys.stderr, flush=True)
            rows += PARTS[name](place, options)
    print_table(
        "Rendering again", ["what", "at most", "median", "least to greatest", "verdict"], rows
    )
    load = os.getloadavg()[0]
    if load > os.cpu_count():
        print(f"\n* Others were computing too (load {load:.1f}): compare with care.")


main()
