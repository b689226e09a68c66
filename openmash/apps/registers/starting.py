"""Begins a linking run in a process of its own, so that no page waits for it and no queue server is needed."""

import subprocess
import sys


def start_linking() -> None:
    """Start `link_registers`. It claims what waits and ends; a timer that starts it too does no harm."""
    subprocess.Popen(
        [sys.executable, "-m", "django", "link_registers"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
