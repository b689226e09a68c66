"""A few of the runs of `python -m tests.crash`; hundreds are run by hand, and their number is in benchmarks/."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.crash
def test_what_is_killed_leaves_nothing_half_made_and_sends_nothing_twice() -> None:
    asked = [sys.executable, "-W", "ignore", "-m", "tests.crash", "--runs", "12"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=1_500)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed" in done.stdout, "nothing was killed, so nothing was tried"
