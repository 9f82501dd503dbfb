"""Alternating rounds: everyone measures once, then once again in the opposite order, and so on.

Machines drift (heat, neighbours on the same host), by more between two runs than kernels differ.
What is measured within one round shares the drift, so ratios are taken of such figures only.
"""

import json
import statistics
import time
from dataclasses import dataclass
from typing import Callable


@dataclass(frozen=True)
class Contestant:
    """Who measures what."""

    name: str
    worker: object
    request: str
    # From the first number of an answer to a speed: more is better.
    speed: Callable[[float], float]
    threads: int = 1


@dataclass(frozen=True)
class Ratio:
    """The ratio of two median speeds; the least and greatest within one round; and the ratio of
    the two fastest rounds, which a busy machine changes least."""

    value: float
    low: float
    high: float
    fastest: float


class Measured:
    """The speeds of one case, round by round, by name."""

    def __init__(self):
        self._speeds = {}
        self.answers = {}

    def add(self, name, speed, answer):
        self._speeds.setdefault(name, []).append(speed)
        self.answers[name] = answer

    def __contains__(self, name):
        return name in self._speeds

    def median(self, name):
        return statistics.median(self._speeds[name])

    def fastest(self, name):
        return max(self._speeds[name])

    def slowest(self, name):
        return min(self._speeds[name])

    def ratio(self, ours, theirs):
        """How many times as fast `ours` is as `theirs`; None when either was not measured."""
        if ours not in self or theirs not in self:
            return None
        single = [a / b for a, b in zip(self._speeds[ours], self._speeds[theirs])]
        return Ratio(
            self.median(ours) / self.median(theirs),
            min(single),
            max(single),
            self.fastest(ours) / self.fastest(theirs),
        )


class Rounds:
    """Runs cases and writes every single figure to a file of JSON lines."""

    # Worker threads of OpenMP spin for a few milliseconds after their last work.
    SETTLING_SECONDS = 0.02

    def __init__(self, count, path, machine):
        self.count = count
        self._log = open(path, "w", encoding="utf-8")
        self._write(machine=machine.facts)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._log.close()

    def run(self, case, contestants):
        """Measures a case: a round that is not counted, then the alternating ones."""
        measured = Measured()
        for index in range(-1, self.count):
            order = contestants if index % 2 == 0 else list(reversed(contestants))
            for contestant in order:
                answer = [float(word) for word in contestant.worker.ask(contestant.request)]
                if contestant.threads > 1:
                    time.sleep(self.SETTLING_SECONDS)
                if index >= 0:
                    speed = contestant.speed(answer[0])
                    measured.add(contestant.name, speed, answer)
                    self._write(
                        case=case,
                        round=index,
                        contestant=contestant.name,
                        request=contestant.request,
                        answer=answer,
                        speed=speed,
                    )
        return measured

    def _write(self, **figures):
        self._log.write(json.dumps(figures) + "\n")
        self._log.flush()
