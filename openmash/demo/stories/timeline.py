"""Many stories on one line of time."""

from collections.abc import Callable, Generator
from datetime import datetime
from heapq import heappop, heappush

Story = Generator[datetime, None, None]
"""Yields the moment of its next step; is resumed when that moment has come."""


class Timeline:
    """Resumes every story in the order of time, up to `until`. What would come later does not happen."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.at: datetime | None = None
        self.waiting: list[tuple[datetime, int, Story]] = []
        self.begun = 0

    def begin(self, story: Story) -> None:
        """Add a story. It is run at once to its first moment."""
        self.begun += 1
        self._wait_for(story, self.begun)

    def _wait_for(self, story: Story, number: int) -> None:
        moment = next(story, None)
        if moment is not None and self.at is not None and moment < self.at:
            raise ValueError(f"A story went back in time: {moment} is before {self.at}.")
        if moment is not None and moment <= self.until:
            heappush(self.waiting, (moment, number, story))

    def play(self, each_step: Callable[[], None]) -> None:
        """Play to the end; `each_step` is called after every step."""
        while self.waiting:
            self.at, number, story = heappop(self.waiting)
            self._wait_for(story, number)
            each_step()
