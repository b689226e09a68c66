"""Why a replay cannot be made, in words for the person who asked for it."""


class CannotReplay(ValueError):
    """Anything below."""


class ColumnMissing(CannotReplay):
    """The population does not hold something that a policy looks at."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"The population does not hold “{column}”, which the policy looks at. "
            "Build it for this policy as well."
        )
        self.column = column


class WindowMissing(ColumnMissing):
    """A policy counts earlier contacts over a period that the population was not built with."""

    def __init__(self, column: str, months: int, held: tuple[int, ...]) -> None:
        super().__init__(column)
        there = ", ".join(str(one) for one in held) or "none"
        self.args = (
            f"The population does not hold “{column}”: earlier contacts within {months} months were not "
            f"counted when it was built (of this kind it holds: {there}). Build it with that period as well.",
        )
        self.months = months
        self.held = held


class LabelMissing(CannotReplay):
    """The population was not given this label."""

    def __init__(self, label: str, held: tuple[str, ...]) -> None:
        super().__init__(f"The population has no label “{label}”. It has: {', '.join(held) or 'none'}.")
        self.label = label


class NotWholeNumbers(CannotReplay):
    """A column or a label is not one whole number, 0 or more, for each case."""

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(f"“{name}” must hold one whole number, 0 or more, for each case: {wrong}.")
        self.name = name


class ReadDifferently(CannotReplay):
    """Two policies read the same record differently, so that one population cannot stand for both."""

    def __init__(self, what: str, one: str, other: str) -> None:
        super().__init__(
            f"The policies {one} and {other} do not mean the same by {what}, so one population cannot serve "
            "both. Build one for each."
        )
        self.what = what


class NoSuchKnob(CannotReplay):
    """The policy has no such number to move, or it cannot be moved there."""
