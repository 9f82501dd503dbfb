"""The machine at hand and the workers that can run on it."""

import importlib.util
import os
import platform
import shutil
import subprocess
import sys

from driver.rounds import Contestant
from driver.worker import Worker, WorkerError

PEERS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "peers")

# OpenBLAS's kernels for an instruction set: what to ask for, and what it may then say it uses.
OPENBLAS_CORES = {
    "avx512": ("SkylakeX", ("SkylakeX", "Cooperlake", "SapphireRapids")),
    "avx2": ("Haswell", ("Haswell", "Zen")),
    "neon": (None, None),
}


# Processes that want to run, over the last minute, on a machine that may be called idle.
IDLE_LOAD = 0.3


class Machine:
    """Starts workers when they are first needed and ends them all in the end.

    A peer that is not there is None, with a note why.
    """

    def __init__(self, assay, build):
        self.notes = []
        self._assay_path = os.path.abspath(assay)
        self.build = build
        self._workers = {}
        self.cores = len(os.sched_getaffinity(0))
        asked = self._start("assay", [self._assay_path])
        sets = asked.ask("instruction-sets")
        asked.close()
        self.instruction_sets = [name for name in reversed(sets) if name != "scalar"]
        load = os.getloadavg()[0]
        if load > IDLE_LOAD:
            self.notes.append(f"The machine was busy at the start: load average {load:.1f}.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for worker in self._workers.values():
            if worker is not None:
                worker.close()

    @property
    def facts(self):
        """What the figures depend on."""
        return {
            "cpu": cpu_name(),
            "cores": self.cores,
            "instruction_sets": self.instruction_sets,
            "system": f"{platform.system()} {platform.machine()}",
            "peers": [worker.name for worker in self._workers.values() if worker],
        }

    def describe(self):
        """Starts all peers, so that notes come first, and prints what runs."""
        peers = [self.torch()] + [self.openblas(name) for name in self.instruction_sets]
        peers += [self.libm(), self.peak(), self.tokenizers(), self.safetensors()]
        print(f"{cpu_name()}, {self.cores} cores, {', '.join(self.instruction_sets)}")
        print("peers: " + ", ".join(peer.name for peer in peers if peer))
        for note in self.notes:
            print(f"* {note}")
        sys.stdout.flush()

    def assay(self, instruction_set):
        return self._once(
            f"assay {instruction_set}",
            lambda name: self._start(name, [self._assay_path], {"ASSAY_ISA": instruction_set}),
        )

    def torch(self):
        return self._once("PyTorch", self._start_torch)

    def new_assay(self, instruction_set):
        """A process of its own, whose peak of memory is that of one case; the caller ends it."""
        environment = {"ASSAY_ISA": instruction_set}
        return self._start(f"assay {instruction_set}", [self._assay_path], environment)

    def new_torch(self):
        """The same for PyTorch, where it is there."""
        return self._start_torch("PyTorch")

    def openblas(self, instruction_set):
        return self._once(
            f"OpenBLAS {instruction_set}",
            lambda name: self._start_openblas(name, instruction_set),
        )

    def libm(self):
        return self._once("libm", lambda name: self._start_c(name, "libm.c", ["-O2"], ["-lm"]))

    def peak(self):
        return self._once(
            "FMA peak", lambda name: self._start_c(name, "fma_peak.c", ["-O3", "-pthread"], [])
        )

    def tokenizers(self):
        return self._once("tokenizers", self._start_tokenizers)

    def safetensors(self):
        return self._once("safetensors", self._start_safetensors)

    def torch_matches_avx512(self, rounds):
        """Whether PyTorch's products come near what AVX-512 can do, with whichever kernels."""
        if self.torch() is None or self.peak() is None or "avx512" not in self.instruction_sets:
            return False
        flops = 2 * 1024**3 / 1e9
        request = "matmul nn 1024 1024 1024"
        measured = rounds.run(
            "PyTorch's product against the AVX-512 peak",
            [
                Contestant("PyTorch", self.torch(), request, lambda s: flops / s),
                Contestant("peak", self.peak(), "peak avx512 1", lambda gflops: gflops),
            ],
        )
        return measured.fastest("PyTorch") > 0.75 * measured.fastest("peak")

    def torch_uses_avx512(self, rounds):
        """Whether PyTorch's products are faster than AVX2 can be."""
        if self.torch() is None or self.peak() is None or "avx512" not in self.instruction_sets:
            return False
        flops = 2 * 1024**3 / 1e9
        measured = rounds.run(
            "PyTorch's product against the AVX2 peak",
            [
                Contestant(
                    "PyTorch", self.torch(), "matmul nn 1024 1024 1024", lambda s: flops / s
                ),
                Contestant("peak", self.peak(), "peak avx2 1", lambda gflops: gflops),
            ],
        )
        # The fastest rounds: a busy machine slows both, and neither can be too fast.
        return measured.fastest("PyTorch") > 1.05 * measured.fastest("peak")

    def _once(self, name, start):
        if name not in self._workers:
            self._workers[name] = start(name)
        return self._workers[name]

    def _start(self, name, command, environment=None):
        try:
            worker = Worker(name, command, environment)
        except OSError as failure:
            raise WorkerError(f"{name}: {failure}") from failure
        return worker

    def _skip(self, name, reason):
        self.notes.append(f"{name} is left out: {reason}")

    def _start_torch(self, name):
        if importlib.util.find_spec("torch") is None:
            return self._skip(name, "this Python has no torch")
        worker = self._start(name, [sys.executable, "-B", os.path.join(PEERS, "torch_worker.py")])
        version, capability = worker.ask("version")
        worker.name = f"PyTorch {version} ({capability})"
        return worker

    def _start_tokenizers(self, name):
        if importlib.util.find_spec("tokenizers") is None:
            return self._skip(name, "this Python has no tokenizers")
        command = [sys.executable, "-B", os.path.join(PEERS, "tokenizers_worker.py")]
        one_thread = {"RAYON_NUM_THREADS": "1", "TOKENIZERS_PARALLELISM": "false"}
        worker = self._start(name, command, one_thread)
        worker.name = f"tokenizers {worker.ask('version')[0]}"
        return worker

    def _start_safetensors(self, name):
        if not all(importlib.util.find_spec(needed) for needed in ("torch", "safetensors")):
            return self._skip(name, "this Python has no safetensors with torch")
        worker = self._start(name, [sys.executable, "-B", os.path.join(PEERS, "safetensors_worker.py")])
        worker.name = "safetensors {} with PyTorch {}".format(*worker.ask("version"))
        return worker

    def _start_openblas(self, name, instruction_set):
        if importlib.util.find_spec("numpy") is None:
            return self._skip(name, "this Python has no numpy")
        wanted, allowed = OPENBLAS_CORES[instruction_set]
        environment = {"OPENBLAS_NUM_THREADS": "1"}
        if wanted:
            environment["OPENBLAS_CORETYPE"] = wanted
        command = [sys.executable, "-B", os.path.join(PEERS, "numpy_worker.py")]
        worker = self._start(name, command, environment)
        core, version = worker.ask("core")[0], worker.ask("version")[0]
        if allowed and core not in allowed:
            worker.close()
            return self._skip(name, f"asked for its {wanted} kernels, it runs {core}")
        worker.name = f"OpenBLAS {core} in NumPy {version}"
        return worker

    def _start_c(self, name, source, flags, libraries):
        compiler = os.environ.get("CC") or next(filter(shutil.which, ["cc", "gcc", "clang"]), None)
        if compiler is None:
            return self._skip(name, "there is no C compiler")
        program = os.path.join(os.path.abspath(self.build), source[: -len(".c")])
        command = [*compiler.split(), *flags, os.path.join(PEERS, source), "-o", program]
        built = subprocess.run([*command, *libraries], check=False)
        if built.returncode != 0:
            return self._skip(name, f"{compiler} could not compile {source}")
        return self._start(name, [program])


def cpu_name():
    """What the kernel calls the CPU; its architecture where it does not say."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()
