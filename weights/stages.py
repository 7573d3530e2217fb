"""Stages of a training script: all of them in order, or the one that the command line asks for."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping

Stage = Callable[[argparse.Namespace], object]


def run(stages: Mapping[str, Stage], options: argparse.Namespace) -> None:
    """Run ``options.stage``, or ``all``, and print how long each took."""
    for name in stages if options.stage == "all" else [options.stage]:
        started = time.monotonic()
        stages[name](options)
        print(f"{name}: {time.monotonic() - started:.0f} s", flush=True)
