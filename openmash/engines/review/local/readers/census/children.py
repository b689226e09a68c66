"""One child's record of the census: what is read of it, and what is wrong with it, said by line and element.

Whatever cannot be, counts as not known; a referral without a day that can be read is left out. Nothing that stands in
a record is repeated unless it is a code or a day, so that no name gets into a list of faults.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from openmash.engines.review.local.history import EventKind
from openmash.engines.review.local.readers.census import codes
from openmash.engines.review.local.readers.mending import LONGEST_BACK

Say = Callable[[Any, str], None]
"""Takes the element at which something is wrong, and what."""
Coded = TypeVar("Coded")

OLDEST, BEFORE_BIRTH = timedelta(days=25 * 366), timedelta(days=280)
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-Z]")
_REPEATED = re.compile(r"[A-Za-z]{0,2}\d[\dA-Za-z/:.-]{0,18}")
_NOT_KNOWN = "It counts as not known."


@dataclass(slots=True)
class Referral:
    """One referral: the day, who made it, whether nothing further was done (None: not known), and what followed."""

    on: date
    agency_kind: str | None
    need: str | None
    nothing_further: bool | None
    events: set[tuple[date, EventKind]] = field(default_factory=set)


@dataclass(slots=True)
class Child:
    """One record, and the lines it stands on.

    `number` is the council's own (empty: none), `upns` those by which schools
    know the child.
    """

    place: int
    lines: tuple[int, int]
    number: str
    upns: tuple[str, ...]
    born_on: date | None
    died_on: date | None
    sex: str | None
    ethnicity: str | None
    disabled: bool | None
    referrals: list[Referral]


def name_of(element: Any) -> str:
    """An element's name in small letters, without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def named(element: Any, name: str) -> Iterator[Any]:
    """The children of an element that have this name, in whatever letters."""
    return (each for each in element if name_of(each) == name.lower())


def first(element: Any | None, name: str) -> Any | None:
    """The first of them; None where there is none."""
    return None if element is None else next(named(element, name), None)


def text_of(element: Any | None) -> str:
    """The text that stands in it."""
    return (element.text or "").strip() if element is not None else ""


def child_of(element: Any, place: int, until: date, say: Say) -> Child:
    """What stands in the record of one child. Days after `until`, the last of the census, cannot be."""
    reading = _Reading(until, say)
    who, about = first(element, "ChildIdentifiers"), first(element, "ChildCharacteristics")
    if who is None:
        say(element, "ChildIdentifiers is missing: nobody knows who the child is.")
    number = text_of(first(who, "LAchildID"))
    upns = tuple(reading.upns(who))
    if who is not None and not number and not upns:
        say(who, "There is neither LAchildID nor UPN: what came later about the child cannot be seen.")
    referrals = [
        found
        for each in named(element, "CINdetails")
        if (found := reading.referral(each)) is not None
    ]  # fmt: skip
    if first(element, "CINdetails") is None:
        say(element, "CINdetails is missing: there is nothing to review.")
    return Child(
        place,
        (element.sourceline, element.sourceline + sum(each.count("\n") for each in element.itertext())),
        number,
        upns,
        reading.born(who, [each.on for each in referrals]),
        reading.day(first(who, "PersonDeathDate")),
        reading.sex(who),
        reading.code(first(about, "Ethnicity"), codes.ETHNICITY_OF),
        reading.disabled(about),
        referrals,
    )


class _Reading:
    def __init__(self, until: date, say: Say) -> None:
        self.until, self.say = until, say

    def day(self, element: Any | None, not_before: date | None = None) -> date | None:
        """The day in an element; None, and said why, where it cannot be."""
        if not (text := text_of(element)):
            return None
        try:
            found = date.fromisoformat(text)
        except ValueError:
            self._wrong(element, "is not a day as 2026-03-31 is.")
            return None
        if found > self.until:
            self._wrong(element, f"is after {self.until}, the last day of this census.")
        elif not_before and found < not_before:
            self._wrong(element, f"is before {not_before}, the day it would follow from.")
        else:
            return found
        return None

    def code(self, element: Any | None, known: Mapping[str, Coded]) -> Coded | None:
        if not (text := text_of(element).upper()):
            return None
        if text not in known:
            self._wrong(element, "is no code of the census.")
            return None
        return known[text]

    def yes_no(self, parent: Any, name: str) -> bool | None:
        """From 1, 0, true or false, whatever the case."""
        element = first(parent, name)
        text = text_of(element).lower()
        if text in codes.TRUE or text in codes.FALSE:
            return text in codes.TRUE
        if text:
            self._wrong(element, "is neither 1, 0, true nor false.")
        else:
            self.say(parent if element is None else element, f"{name} is missing. {_NOT_KNOWN}")
        return None

    def upns(self, who: Any | None) -> Iterator[str]:
        for name in ("UPN", "FormerUPN"):
            element = first(who, name)
            text = text_of(element).upper()
            if _UPN.fullmatch(text):
                yield text
            elif text:
                self.say(element, f"{name.upper()}: it has not the form of one. Nobody is known by it.")

    def sex(self, who: Any | None) -> str | None:
        for name in ("Sex", "GenderCurrent"):
            if (element := first(who, name)) is not None:
                return self.code(element, codes.SEX_OF)
        return None

    def born(self, who: Any | None, referred: list[date]) -> date | None:
        """The day of birth, or the one expected, which may be to come."""
        for name in ("PersonBirthDate", "ExpectedPersonBirthDate"):
            element = first(who, name)
            if not (text := text_of(element)):
                continue
            try:
                found = date.fromisoformat(text)
            except ValueError:
                self._wrong(element, "is not a day as 2026-03-31 is.")
                continue
            if referred and found > min(referred) + BEFORE_BIRTH:
                self._wrong(element, "is more than 40 weeks after the child was referred.")
            elif referred and found < min(referred) - OLDEST:
                self._wrong(element, "would make the child over 25.")
            else:
                return found
        return None

    def disabled(self, about: Any | None) -> bool | None:
        """None where nothing stands there, or where "none" stands beside a disability."""
        element = first(about, "Disabilities")
        every = [] if element is None else list(named(element, "Disability"))
        said = {text_of(each).upper() for each in every} - {""}
        if unknown := said - codes.DISABILITIES:
            wrong = next(each for each in every if text_of(each).upper() in unknown)
            self._wrong(wrong, "is no code of the census.")
            said -= unknown
        if not said:
            return None
        if codes.NO_DISABILITY in said and len(said) > 1:
            self.say(element, f"Disabilities: “NONE” stands beside others. {_NOT_KNOWN}")
            return None
        return codes.NO_DISABILITY not in said

    def referral(self, details: Any) -> Referral | None:
        element = first(details, "CINreferralDate")
        on = self.day(element)
        if on is not None and on.year < self.until.year - LONGEST_BACK:
            self._wrong(element, f"is more than {LONGEST_BACK} years back.")
            on = None
        if on is None:
            missing = "" if text_of(element) else "CINreferralDate is missing. "
            self.say(details, f"{missing}The referral was left out, as nobody knows when it was.")
            return None
        found = Referral(
            on,
            self.code(first(details, "ReferralSource"), codes.AGENCY_KIND_OF),
            self.code(first(details, "PrimaryNeedCode"), codes.NEED_OF),
            self.yes_no(details, "ReferralNFA"),
        )
        found.events = set(self._events(details, on))
        if found.nothing_further and any(kind is not EventKind.MOVED for _, kind in found.events):
            self.say(
                details,
                "ReferralNFA says that nothing further was done, and an assessment, enquiry, conference or plan stands "
                "beside it. Whether it was closed at once counts as not known.",
            )
            found.nothing_further = None
        return found

    def _events(self, details: Any, on: date) -> Iterator[tuple[date, EventKind]]:
        conference = self.day(first(details, "DateOfInitialCPC"), on)
        if conference:
            yield conference, EventKind.CONFERENCE
        for each in named(details, "Assessments"):
            yield from self._began(each, "AssessmentActualStartDate", on, EventKind.ASSESSED)
        for each in named(details, "Section47"):
            yield from self._began(each, "S47ActualStartDate", on, EventKind.ENQUIRY)
            if conference := self.day(first(each, "DateOfInitialCPC"), on):
                yield conference, EventKind.CONFERENCE
        for each in named(details, "ChildProtectionPlans"):
            began = list(self._began(each, "CPPstartDate", on, EventKind.PLAN))
            yield from began
            self._reviews(each, began[0][0] if began else on)
        closed = self.day(first(details, "CINclosureDate"), on)
        if closed and text_of(first(details, "ReasonForClosure")).upper() == codes.MOVED:
            yield closed, EventKind.MOVED

    def _began(self, element: Any, name: str, on: date, kind: EventKind) -> Iterator[tuple[date, EventKind]]:
        if day := self.day(first(element, name), on):
            yield day, kind
        elif not text_of(first(element, name)):
            self.say(element, f"{name} is missing: nobody knows when it began. It was left out.")

    def _reviews(self, plan: Any, began: date) -> None:
        """Days of reviews, whether one `Reviews` holds them all or each has its own; looked at, and not counted."""
        for reviews in named(plan, "Reviews"):
            every = list(named(reviews, "CPPreviewDate"))
            if not every:
                self.say(reviews, "Reviews: no CPPreviewDate stands in it.")
            for each in every:
                self.day(each, began)

    def _wrong(self, element: Any, what: str) -> None:
        name, text = element.tag.rpartition("}")[2], text_of(element)
        shown = f"“{text}”" if _REPEATED.fullmatch(text) else "What stands there"
        self.say(element, f"{name}: {shown} {what} {_NOT_KNOWN}")
