"""The same policy in short sentences, for people who find reading hard.

`tables/easy_words.csv` puts texts of a policy into easy words, each beside the very text it stands for. When
a new version words something differently the easy words no longer stand for it, and the policy's own
sentences are shown until somebody has put the new text into easy words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openmash.engines.thresholds import Level, Policy
from openmash.web.thresholds.presenters.tables import rows_of

ICONS = ("child", "clock", "eye", "letter", "person", "phone", "question", "shield", "talk", "tick")
SENTENCES = re.compile(r"(?<=[.?!]) ")


@dataclass(frozen=True)
class Line:
    """One idea, the picture beside it, and the telephone number it ends with, "" for none."""

    icon: str
    text: str
    phone: str = ""


@dataclass(frozen=True)
class EasyLevel:
    """A level with its name and what it means, one idea a line."""

    level: Level
    lines: tuple[str, ...]
    clock: str


@dataclass(frozen=True)
class EasyGate:
    """What is asked later, when help is not enough."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class EasyRead:
    """The sections before the levels, the levels from the mildest, and the sections after them."""

    first: tuple[tuple[str, tuple[Line, ...]], ...]
    levels: tuple[EasyLevel, ...]
    later: tuple[EasyGate, ...]
    then: tuple[tuple[str, tuple[Line, ...]], ...]


SECTIONS_FIRST = 3
"""Danger, worry and "you do not have to be sure" stand before the levels."""


def easy_read_of(policy: Policy) -> EasyRead:
    """The easy-read page of one version."""
    sections = tuple(_sections(policy))
    return EasyRead(
        first=sections[:SECTIONS_FIRST],
        levels=tuple(
            EasyLevel(level, in_easy_words(level.summary), _within(level.clock, policy))
            for level in policy.levels
        ),
        later=tuple(EasyGate(gate.name, in_easy_words(gate.question)) for gate in policy.gates[1:]),
        then=sections[SECTIONS_FIRST:],
    )


def in_easy_words(text: str) -> tuple[str, ...]:
    """A text of the policy in easy words, one idea each; its own sentences where there are none."""
    easy = {row["said"]: row["easy"] for row in rows_of("easy_words")}.get(text)
    return tuple(easy.split(" | ")) if easy else tuple(SENTENCES.split(text))


def _within(id: str, policy: Policy) -> str:
    """“within 1 working day”, “the same day” or “at once”."""
    clock = policy.clock(id)
    return clock.label if clock.kind in ("at_once", "same_day") else f"within {clock.label}"


def _line(icon: str, words: str, said: Mapping[str, str]) -> Line:
    number = re.fullmatch(r"(.*){(\w+_phone)}\.", words)
    if number:
        return Line(icon, number[1].format_map(said), said[number[2]])
    return Line(icon, words.format_map(said))


def _sections(policy: Policy) -> Iterator[tuple[str, tuple[Line, ...]]]:
    said = {name: _within(clock, policy) for name, clock in policy.promises.items()}
    said |= policy.contacts
    sections: dict[str, list[Line]] = {}
    for row in rows_of("easy_lines"):
        # A partnership that does not say its hours has no line about them.
        if all(said.get(name) for name in re.findall(r"{(\w+)}", row["line"])):
            sections.setdefault(row["section"], []).append(_line(row["icon"], row["line"], said))
    yield from ((heading, tuple(lines)) for heading, lines in sections.items())
