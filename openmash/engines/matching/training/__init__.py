"""Training the weights by Splink, with the levels of `comparing`: one definition of a level for both.

Needs the extra `batch`. Nothing outside `benchmarks` and whoever trains on their own registers imports it.
"""

from openmash.engines.matching.training.by_splink import Known, Shares, train

__all__ = ["Known", "Shares", "train"]
