"""What the Python peers share: requests on standard input, answers on standard output."""

import sys
import time


def serve(answer):
    """Answers every line by `answer(words, options)`, a list of numbers; says why it cannot."""
    for line in sys.stdin:
        words = [word for word in line.split() if "=" not in word]
        options = dict(word.split("=", 1) for word in line.split() if "=" in word)
        try:
            print(*answer(words, options), flush=True)
        except Exception as failure:  # the driver decides what a missing figure means
            print("error", type(failure).__name__, str(failure).replace("\n", " "), flush=True)


def seconds_per_call(call, options):
    """Wall-clock seconds of one call, the first one (which warms the caches) left out."""
    limit = float(options.get("milliseconds", 30)) / 1000
    start = time.perf_counter()
    call()
    calls = int(limit / (time.perf_counter() - start)) + 1
    start = time.perf_counter()
    for _ in range(calls):
        call()
    return (time.perf_counter() - start) / calls
