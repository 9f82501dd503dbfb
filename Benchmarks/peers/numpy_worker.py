"""NumPy's matrix product (OpenBLAS) as a worker of `make bench`.

    core                      the kernels that OpenBLAS chose (OPENBLAS_CORETYPE forces them)
    version                   NumPy's version
    matmul nn|nt|tn M K N     seconds a product into a ready output, [m, k] times [k, n]
"""

import ctypes
import glob
import os

import numpy

from serving import seconds_per_call, serve

_operands = {}


def core():
    """The name of OpenBLAS's kernels: asked of the library itself, since a wrong
    OPENBLAS_CORETYPE is ignored silently."""
    folder = os.path.join(os.path.dirname(numpy.__file__), "..", "numpy.libs")
    for path in glob.glob(os.path.join(folder, "*openblas*")):
        library = ctypes.CDLL(path)
        for prefix in ("scipy_openblas", "openblas"):
            for suffix in ("64_", ""):
                ask = getattr(library, f"{prefix}_get_corename{suffix}", None)
                if ask is not None:
                    ask.restype = ctypes.c_char_p
                    return ask().decode()
    return "unknown"


def product(layout, m, k, n):
    """A call that multiplies two fixed random matrices stored as the layout says."""
    random = numpy.random.default_rng(1)
    a = random.standard_normal((k, m) if layout == "tn" else (m, k), dtype=numpy.float32)
    b = random.standard_normal((n, k) if layout == "nt" else (k, n), dtype=numpy.float32)
    left = a.T if layout == "tn" else a
    right = b.T if layout == "nt" else b
    c = numpy.empty((m, n), numpy.float32)
    return lambda: numpy.matmul(left, right, out=c)


def answer(words, options):
    if words == ["core"]:
        return [core()]
    if words == ["version"]:
        return [numpy.__version__]
    kind, layout, *sizes = words
    if kind != "matmul":
        raise ValueError("no such request")
    key = tuple(words)
    if key not in _operands:
        _operands.clear()
        _operands[key] = product(layout, *map(int, sizes))
    return [seconds_per_call(_operands[key], options)]


serve(answer)
