"""The samples of a training in a file, for peers: everyone trains on the same numbers."""

import os
from contextlib import contextmanager


@contextmanager
def exported(machine, widths, samples):
    """The path of the file, which is deleted in the end (60,000 samples take 188 MB)."""
    path = os.path.join(machine.build, f"{widths}-{samples}.samples")
    if " " in path:
        path = os.path.relpath(path)
    worker = machine.assay(machine.instruction_sets[0])
    worker.ask(f"export {widths} samples={samples} path={path}")
    try:
        yield path
    finally:
        os.remove(path)
