"""PyTorch as a worker of `make bench`; the requests are those of Assay's worker.

    version                                     PyTorch's version and CPU capability
    matmul nn|nt|tn M K N                       seconds a product into a ready output
    map exp|tanh|erf|log COUNT low=… high=…     seconds a pass into a ready output
    train 784-256-10 batch=… optimizer=sgd|adam samples=… data=FILE
                                                seconds an epoch, loss of its last batch
    bert pretrain|classify tiny|small|base      seconds a step (steps=… at once), loss, peak MB

All take threads=…. A training goes on from one epoch to the next while the line is the same. It
is what a careful user writes in eager mode: data in memory as two tensors, a shuffled index per
epoch, batches gathered by it.
"""

import time

import torch
from torch import nn

from serving import seconds_per_call, serve

_calls = {}
_trainings = {}


def product(layout, m, k, n):
    generator = torch.Generator().manual_seed(1)
    a = torch.randn((k, m) if layout == "tn" else (m, k), generator=generator)
    b = torch.randn((n, k) if layout == "nt" else (k, n), generator=generator)
    left = a.t() if layout == "tn" else a
    right = b.t() if layout == "nt" else b
    c = torch.empty(m, n)
    return lambda: torch.mm(left, right, out=c)


def function(name, count, low, high):
    u = (torch.arange(count, dtype=torch.int64) * 2654435761 % 2**32).double() / 2**32
    x = (low + (high - low) * u).float()
    y = torch.empty_like(x)
    apply = {"exp": torch.exp, "tanh": torch.tanh, "erf": torch.erf, "log": torch.log}[name]
    return lambda: apply(x, out=y)


class Training:
    """A classifier in training: linear layers with ReLU between, cross-entropy."""

    def __init__(self, widths, options):
        self.batch, samples = int(options["batch"]), int(options["samples"])
        self.shuffled = options.get("shuffle") != "0"
        self.x, self.y = self.load(options["data"], samples, widths[0])
        torch.manual_seed(1)
        layers = []
        for inputs, outputs in zip(widths, widths[1:]):
            layers += [nn.Linear(inputs, outputs), nn.ReLU()]
        self.model, self.loss = nn.Sequential(*layers[:-1]), nn.CrossEntropyLoss()
        parameters = self.model.parameters()
        self.optimizer = (
            torch.optim.SGD(parameters, lr=0.05)
            if options["optimizer"] == "sgd"
            else torch.optim.Adam(parameters, lr=1e-3)
        )

    @staticmethod
    def load(path, samples, features):
        """Features as float32, then classes as int32, as Assay's worker exports them."""
        count = samples * features
        words = torch.from_file(path, shared=False, size=count + samples, dtype=torch.float32)
        classes = words[count:].view(torch.int32).long()
        return words[:count].clone().view(samples, features), classes

    def epoch(self):
        start = time.perf_counter()
        count, loss = len(self.y), None
        order = torch.randperm(count) if self.shuffled else torch.arange(count)
        for first in range(0, count, self.batch):
            rows = order[first : first + self.batch]
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.model(self.x[rows]), self.y[rows])
            loss.backward()
            self.optimizer.step()
        return [time.perf_counter() - start, float(loss.detach())]


def call_for(words, options):
    """The call of a product or function, its operands kept from round to round."""
    key = (*words, options.get("low"), options.get("high"))
    if key not in _calls:
        _calls.clear()
        if words[0] == "matmul":
            _calls[key] = product(words[1], *map(int, words[2:]))
        elif words[0] == "map":
            _calls[key] = function(
                words[1], int(words[2]), float(options["low"]), float(options["high"])
            )
        else:
            raise ValueError("no such request")
    return _calls[key]


def answer(words, options):
    if words == ["version"]:
        return [torch.__version__, torch.backends.cpu.get_cpu_capability()]
    torch.set_num_threads(int(options.get("threads", 1)))
    if words[0] == "train":
        key = (*words, *sorted(options.items()))
        if key not in _trainings:
            _trainings.clear()
            _trainings[key] = Training([int(width) for width in words[1].split("-")], options)
        return _trainings[key].epoch()
    if words[0] == "bert":
        key = (*words, *sorted(options.items()))
        if key not in _trainings:
            from bert_training import BertTraining  # takes seconds, and transformers

            _trainings.clear()
            _trainings[key] = BertTraining(*words[1:])
        return _trainings[key].run(int(options.get("steps", 1)))
    return [seconds_per_call(call_for(words, options), options)]


serve(answer)
