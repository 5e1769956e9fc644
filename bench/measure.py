"""Running something in a process of its own: how long it took and how much memory it had at its peak."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Run:
    """Seconds from start to exit, and the largest resident size in bytes."""

    seconds: float
    peak_bytes: int


def run(arguments: Sequence[str], **environment: str) -> Run:
    """Run Python with the arguments, and these besides our environment, to its end.

    Raises RuntimeError with what it said where it fails.
    """
    started = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        said = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(arguments[:4])} … ended with {process.returncode}: {said[-2000:]}")
    return Run(time.perf_counter() - started, usage.ru_maxrss * 1024)


def middle(runs: Sequence[Run]) -> Run:
    """The median of the seconds, and the highest peak."""
    return Run(median(run.seconds for run in runs), max(run.peak_bytes for run in runs))
