"""A genogram ready to be drawn: numbers, and the words that stand in it."""

from dataclasses import dataclass

Point = tuple[float, float]


@dataclass(frozen=True)
class Symbol:
    """One person: `shape` is square, circle, diamond or triangle, `x` and `y` its middle, `lines` stand below."""

    key: str
    shape: str
    x: float
    y: float
    inside: str
    lines: tuple[str, ...]
    is_concerned: bool
    has_died: bool


@dataclass(frozen=True)
class Line:
    """A line through these points. `kind` names its style; `ends` are people it goes between."""

    kind: str
    points: tuple[Point, ...]
    doubtful: bool
    ends: frozenset[str]

    @property
    def path(self) -> str:
        """The points as the design of a polyline wants them."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Mark:
    """Something on a line: two strokes where a couple parted, or a question mark where it is in doubt."""

    kind: str
    x: float
    y: float


@dataclass(frozen=True)
class Outline:
    """The dotted line around those who live together, and the name of the household."""

    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class PersonTold:
    """A person in the text: who they are, and a sentence for each thing said of them."""

    key: str
    line: str
    is_concerned: bool
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Told:
    """The whole genogram in sentences. `not_so` is what somebody said is not so: no line is drawn for it.
    `unsure` is what nobody who said it was sure of.
    """

    summary: str
    people: tuple[PersonTold, ...]
    households: tuple[str, ...]
    doubts: tuple[str, ...]
    not_so: tuple[str, ...]
    unsure: tuple[str, ...]


@dataclass(frozen=True)
class Genogram:
    """The drawing and the same in words. `kinds` are the styles of line it uses, for its key."""

    width: float
    height: float
    symbols: tuple[Symbol, ...]
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    outlines: tuple[Outline, ...]
    kinds: tuple[str, ...]
    told: Told

    @property
    def has_doubtful_lines(self) -> bool:
        return any(line.doubtful for line in self.lines)
