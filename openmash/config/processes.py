"""Ties a program's life to ours, so that nothing is left running when we are killed."""

import ctypes
import sys
from collections.abc import Callable

SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG in Linux's prctl


def dies_with_parent(signal_number: int) -> Callable[[], None]:
    """For `preexec_fn`: Linux sends the program this signal when its parent has gone. Elsewhere, nothing."""

    def ask() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal_number)

    return ask
