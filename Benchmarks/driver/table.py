"""Tables of figures, and the verdicts on the targets."""

from dataclasses import dataclass
from typing import Optional

from driver.rounds import Ratio


@dataclass(frozen=True)
class Row:
    """One line of the last table."""

    what: str
    instruction_set: str
    value: Ratio
    # None: for orientation.
    target: Optional[float]
    # The case that was worst, or what else explains the figure.
    detail: str = ""
    # Microseconds, where less is better, instead of a ratio.
    is_time: bool = False

    @property
    def verdict(self):
        if self.target is None:
            return ""
        return "reached" if self.reaches(self.value.value) else "MISSED"

    def reaches(self, value):
        return value < self.target if self.is_time else value >= self.target

    def cells(self):
        digits = 1 if self.is_time else 2
        bound = "under " if self.is_time else ""
        return [
            self.what,
            self.instruction_set,
            "" if self.target is None else f"{bound}{self.target:g}",
            f"{self.value.value:.{digits}f}",
            f"{self.value.low:.{digits}f} to {self.value.high:.{digits}f}",
            f"{self.value.fastest:.{digits}f}",
            self.verdict,
            self.detail,
        ]


def worst(ratios):
    """The smallest of (detail, ratio or None) pairs; None when there is no ratio."""
    known = [(detail, ratio) for detail, ratio in ratios if ratio is not None]
    return min(known, key=lambda pair: pair[1].value) if known else None


def worst_row(what, instruction_set, ratios, target):
    """The row of the smallest ratio, as a list: empty when there is none."""
    found = worst(ratios)
    if found is None:
        return []
    return [Row(what, instruction_set, found[1], target, found[0])]


def number(value, digits=1):
    """A cell; empty for what was not measured."""
    return "" if value is None else f"{value:.{digits}f}"


def ratio_cell(ratio):
    return "" if ratio is None else f"{ratio.value:.2f}"


def print_table(title, header, rows):
    """A pipe table: the first column is text, the others are numbers unless they are not."""
    cells = [header] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    right = [
        column > 0 and all(not row[column] or is_number(row[column]) for row in cells[1:])
        for column in range(len(header))
    ]
    print(f"\n## {title}\n")
    for index, row in enumerate(cells):
        print("| " + " | ".join(align(*cell) for cell in zip(row, widths, right)) + " |")
        if index == 0:
            rule = ["-" * (w + 1) + (":" if r else "-") for w, r in zip(widths, right)]
            print("|" + "|".join(rule) + "|", flush=True)


def align(text, width, right):
    return text.rjust(width) if right else text.ljust(width)


def is_number(text):
    return text.replace(",", "").replace(".", "", 1).isdigit()


def print_targets(rows, notes, quick):
    """The table "Speed to reach" with this machine's figures."""
    print_table(
        "Speed to reach",
        ["what", "with", "at least", "measured", "single rounds", "fastest", "verdict", "worst case"],
        [row.cells() for row in rows],
    )
    for note in notes:
        print(f"\n* {note}")
    missed = sum(row.verdict == "MISSED" for row in rows)
    judged = sum(bool(row.verdict) for row in rows)
    print(f"\n{judged - missed} of {judged} targets reached.", end="")
    print(" A quick run proves only that everything runs." if quick else "")
