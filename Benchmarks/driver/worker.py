"""A process that measures one thing at a time and waits in between."""

import os
import subprocess


class WorkerError(Exception):
    """A worker refused a request, or ended."""


class Worker:
    """A child process that answers every line with a line.

    It does nothing while it waits, so several of them take turns on an otherwise idle machine.
    """

    def __init__(self, name, command, environment=None):
        self.name = name
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, **(environment or {})},
        )

    def ask(self, request):
        """The words of the answer to a request."""
        try:
            self._process.stdin.write(request + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline().split()
        except OSError as failure:
            raise WorkerError(f"{self.name}: {failure}") from failure
        if not answer:
            raise WorkerError(f"{self.name} ended at: {request}")
        if answer[0] == "error":
            raise WorkerError(f"{self.name}: {' '.join(answer[1:])}")
        return answer

    def close(self):
        """Ends the process by ending its input."""
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
