"""Timing: once to warm up, then several times, the least and the middle of them."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """Seconds: the least of several runs and the middle one, and the least of the processor's own time, which
    other work on the machine blurs less.
    """

    least: float
    median: float
    processor: float


def timed(run: Callable[[], object], repeats: int = 5) -> Timing:
    """How long something takes. Other work on the machine only ever adds, so the least says most."""
    run()
    took, processor = [], []
    for _ in range(repeats):
        began, began_processor = time.perf_counter(), time.process_time()
        run()
        took.append(time.perf_counter() - began)
        processor.append(time.process_time() - began_processor)
    return Timing(min(took), statistics.median(took), min(processor))
