"""Hugging Face's safetensors as a worker of `make bench`; the requests are those of Assay's.

    version                        the versions of safetensors and PyTorch
    safetensors path=FILE          seconds to have every tensor of a file as one of PyTorch's
    safetensors path=FILE touch=1  and to read one float of every page
"""

import safetensors
import torch
from safetensors.torch import load_file

from serving import seconds_per_call, serve


def load(options):
    tensors = load_file(options["path"])
    if options.get("touch") == "1":
        return sum(float(tensor.reshape(-1)[::1024].sum()) for tensor in tensors.values())
    return len(tensors)


def answer(words, options):
    if words == ["version"]:
        return [safetensors.__version__, torch.__version__]
    if words != ["safetensors"]:
        raise ValueError("no such request")
    return [seconds_per_call(lambda: load(options), options)]


serve(answer)
