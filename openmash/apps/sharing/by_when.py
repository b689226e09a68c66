"""By when an answer is asked for: a few limits a practitioner chooses from. They are requests, not statutory limits."""

from openmash.engines.clocks import Clock

BY_WHEN: dict[str, tuple[str, Clock]] = {
    "hours_4": ("Within 4 hours", Clock("hours", 4)),
    "today": ("By the end of today", Clock("same_day")),
    "days_1": ("Within one working day", Clock("working_days", 1)),
    "days_3": ("Within 3 working days", Clock("working_days", 3)),
    "days_5": ("Within 5 working days", Clock("working_days", 5)),
    "days_10": ("Within 10 working days", Clock("working_days", 10)),
}
"""What is chosen, its words, and the clock it starts."""
