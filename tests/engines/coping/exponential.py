"""Work that is as likely to end on any day as on any other: what the exact results are about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Exponential:
    mean: float

    def draw(self, random: np.random.Generator, count: int) -> NDArray[np.float64]:
        return random.exponential(self.mean, count)

    def draw_met(self, random: np.random.Generator, count: int) -> NDArray[np.float64]:
        return random.gamma(2.0, self.mean, count)
