"""The closed English of the rule table: seven kinds of sentence, each meaning one condition.

`read` turns a sentence into a condition, `write` turns it back. Nothing else may be written: a policy must be
readable aloud by the people who agree it, and provable by the machine that keeps it.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches

from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)

FORMS = (
    "any level 3 sign at least suspected",
    "3 or more level 3 signs at least reported across 2 or more domains",
    "3 or more level 2 signs at least suspected lasting 3 or more months",
    "3 or more level 2 signs at least suspected lasting 3 or more months not ruled out",
    "2 or more neglect signs at least reported",
    "any always immediate sign at least suspected",
    "any conditionally immediate sign not ruled out at least suspected",
    "sign D17 at least reported",
    "2 or more examples of B24 at least seen",
    "3 or more contacts in 12 months without assessment",
    "3 or more neglect contacts in 12 months",
    "6 or more neglect entries in 12 months from 2 or more agencies",
    "3 or more domestic_abuse contacts in 12 months from police",
    "child under 24 months",
    "child unborn",
    "child unborn not ruled out",
    "fact help_refused",
    "fact child_not_seen not ruled out",
    "any vulnerability fact",
    "any vulnerability fact not ruled out",
    "level 4 or more reached",
)

_NUMBER = r"[1-9][0-9]{0,3}"
_NAME = r"[a-z][a-z0-9_]*"
_ID = r"[A-Z][A-Z0-9]*"
_COUNT = rf"(?:any|(?P<least>{_NUMBER}) or more)"
_EVIDENCE = rf"(?: at least (?P<evidence>{_NAME}))?"
_LASTING = rf"(?: lasting (?P<lasting>{_NUMBER}) or more months?(?P<lasting_open> not ruled out)?)?"

_SIGNS = re.compile(
    rf"{_COUNT}(?: (?P<immediacy>always|conditionally) immediate)?(?: level (?P<level>[A-Za-z0-9]+))?"
    rf"(?: (?P<of>(?!signs?\b){_NAME}))? signs?(?P<open> not ruled out)?{_EVIDENCE}"
    rf"(?: across (?P<domains>{_NUMBER}) or more domains?)?{_LASTING}"
)
_SIGN = re.compile(rf"sign (?P<sign>{_ID}){_EVIDENCE}{_LASTING}")
_EXAMPLES = re.compile(rf"(?P<least>{_NUMBER}) or more examples? of (?P<sign>{_ID}){_EVIDENCE}")
_CONTACTS = re.compile(
    rf"(?P<least>{_NUMBER}) or more(?: (?P<kind>(?!contacts?\b|entry\b|entries\b){_NAME}))?"
    rf" (?:contacts?|(?P<entries>entry|entries)) in (?P<months>{_NUMBER}) months?"
    rf"(?: from (?:(?P<agencies>{_NUMBER}) or more (?:agency|agencies)|(?P<agency_kind>{_NAME})))?"
    rf"(?P<unassessed> without assessment)?"
)
_UNDER = re.compile(rf"child under (?P<months>{_NUMBER}) months?")
_UNBORN = re.compile(r"child unborn(?P<open> not ruled out)?")
_FACTS = re.compile(rf"(?:fact (?P<fact>{_NAME})|any (?P<of>{_NAME}) fact)(?P<open> not ruled out)?")
_REACHED = re.compile(r"level (?P<level>[A-Za-z0-9]+) or more reached")


class NotASentence(ValueError):
    """The text is none of the sentences the table knows. `hint` says what to write instead."""

    def __init__(self, text: str, hint: str) -> None:
        super().__init__(f"“{text}” is not a sentence this table knows.")
        self.hint = hint


def read(text: str) -> Condition:
    """The condition a sentence means.

    Raises:
        NotASentence: with the nearest sentence that would be understood.
    """
    words = " ".join(text.split())
    for pattern, build in _READERS:
        match = pattern.fullmatch(words)
        if match:
            return build({k: v for k, v in match.groupdict().items() if v})
    raise NotASentence(words, _hint(words))


def _signs(found: dict[str, str]) -> Condition:
    immediacy = {"always": "always", "conditionally": "unless"}.get(found.get("immediacy", ""), "")
    return Signs(
        least=int(found.get("least", 1)),
        sign=found.get("sign", ""),
        level=found.get("level", ""),
        of=found.get("of", ""),
        immediacy=immediacy,
        not_ruled_out="open" in found,
        evidence=found.get("evidence", ""),
        domains=int(found.get("domains", 1)),
        lasting=int(found.get("lasting", 0)),
        lasting_open="lasting_open" in found,
    )


def _examples(found: dict[str, str]) -> Condition:
    return Examples(int(found["least"]), found["sign"], found.get("evidence", ""))


def _contacts(found: dict[str, str]) -> Condition:
    return Contacts(
        least=int(found["least"]),
        months=int(found["months"]),
        kind=found.get("kind", ""),
        entries="entries" in found,
        agencies=int(found.get("agencies", 1)),
        agency_kind=found.get("agency_kind", ""),
        unassessed="unassessed" in found,
    )


_READERS: tuple[tuple[re.Pattern[str], Callable[[dict[str, str]], Condition]], ...] = (
    (_REACHED, lambda found: Reached(found["level"])),
    (_UNDER, lambda found: ChildUnder(int(found["months"]))),
    (_UNBORN, lambda found: Unborn("open" in found)),
    (_FACTS, lambda found: Facts(found.get("fact", ""), found.get("of", ""), "open" in found)),
    (_EXAMPLES, _examples),
    (_CONTACTS, _contacts),
    (_SIGN, _signs),
    (_SIGNS, _signs),
)

_FORBIDDEN = (
    (
        r"\b(fewer|less|at most|no more|under [0-9]+ (signs?|contacts?)|except|unless|only if)\b",
        "A rule may only ask for a minimum: “2 or more …”, “any …”. "
        "Anything else could let more concern lower the answer.",
    ),
    (
        r"\b(child|aged?|children) (over|above|older|aged?)\b|\bolder than\b",
        "Ages may only be asked from below: “child under 24 months”.",
    ),
    (r"\byears?\b", "Write ages and periods in months: “child under 24 months”."),
)


def _hint(words: str) -> str:
    for pattern, hint in _FORBIDDEN:
        if re.search(pattern, words, re.IGNORECASE):
            return hint
    # Numbers and names differ from policy to policy, so the shape is compared and not the letters.
    close = get_close_matches(words, FORMS, n=1, cutoff=0.5)
    return f"Write for example “{close[0]}”." if close else "Write for example “2 or more neglect signs”."


def write(condition: Condition) -> str:
    """The sentence for a condition: `read(write(c)) == c`."""
    match condition:
        case Signs():
            return _write_signs(condition)
        case Examples(least, sign, evidence):
            return f"{least} or more examples of {sign}{_at_least(evidence)}"
        case Contacts():
            return _write_contacts(condition)
        case ChildUnder(months):
            return f"child under {months} months"
        case Unborn(not_ruled_out):
            return "child unborn" + _open(not_ruled_out)
        case Facts(fact, of, not_ruled_out):
            subject = f"fact {fact}" if fact else f"any {of} fact"
            return subject + _open(not_ruled_out)
        case Reached(level):
            return f"level {level} or more reached"


def _open(not_ruled_out: bool) -> str:
    return " not ruled out" if not_ruled_out else ""


def _at_least(evidence: str) -> str:
    return f" at least {evidence}" if evidence else ""


def _write_signs(c: Signs) -> str:
    tail = _open(c.not_ruled_out) + _at_least(c.evidence)
    tail += f" across {c.domains} or more domains" if c.domains > 1 else ""
    tail += f" lasting {c.lasting} or more months{_open(c.lasting_open)}" if c.lasting else ""
    if c.sign:
        return f"sign {c.sign}{tail}"
    words = ["any" if c.least == 1 else f"{c.least} or more"]
    words += [{"always": "always immediate", "unless": "conditionally immediate"}.get(c.immediacy, "")]
    words += [f"level {c.level}" if c.level else "", c.of, "sign" if c.least == 1 else "signs"]
    return " ".join(word for word in words if word) + tail


def _write_contacts(c: Contacts) -> str:
    noun = "entries" if c.entries else "contacts"
    text = " ".join(word for word in (f"{c.least} or more", c.kind, noun, f"in {c.months} months") if word)
    if c.agency_kind:
        text += f" from {c.agency_kind}"
    elif c.agencies > 1:
        text += f" from {c.agencies} or more agencies"
    return text + (" without assessment" if c.unassessed else "")
