"""What the published threshold said, as kept in a record, in the order a person needs it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openmash.apps.concerns.queries.opened import Opened
from openmash.engines.thresholds import Level, Policy, as_record
from openmash.engines.thresholds.policy.conditions import Contacts

IF_SO = {
    "age": ("If as young as could be", "If older"),
    "duration": ("If it has gone on long enough", "If not"),
    "agency": (
        "If of as many agencies, and of such a kind, as could be",
        "If of none that a rule asks about",
    ),
}


@dataclass(frozen=True)
class RuleShown:
    id: str
    name: str
    because: tuple[str, ...]
    leads_to: str


@dataclass(frozen=True)
class UnknownShown:
    question: str
    could_change: str


@dataclass(frozen=True)
class FindingShown:
    """`level` and `consider` are in words; `bounds` says how far what is not known could move the level."""

    level: str
    is_immediate: bool
    summary: str
    consider: str
    respond: str
    rules: tuple[RuleShown, ...]
    duties: tuple[tuple[str, str], ...]
    routes: tuple[tuple[str, str], ...]
    unknowns: tuple[UnknownShown, ...]
    bounds: str
    strengths: tuple[str, ...]


def is_immediate(level: Level, policy: Policy) -> bool:
    return policy.clock(level.clock).kind == "at_once"


def level_words(level: Level, policy: Policy) -> str:
    """`Level 4: Protection`, or `Immediate: act now` for the level whose time is at once."""
    return f"{level.name}: act now" if is_immediate(level, policy) else f"Level {level.code}: {level.name}"


def code_words(code: str, policy: Policy) -> str:
    """The same for a level's code; a code that this version does not have is shown as it is."""
    known = {level.code: level for level in policy.levels}
    return level_words(known[code], policy) if code in known else f"Level {code}"


def rank_words(rank: int, policy: Policy) -> str:
    """The same for a level's rank."""
    return next((level_words(level, policy) for level in policy.levels if level.rank == rank), f"rank {rank}")


def in_a_sentence(words: str) -> str:
    return words[:1].lower() + words[1:]


def finding_shown(record: Mapping[str, Any], policy: Policy, *, ask: Sequence[str]) -> FindingShown:
    """From a finding in the shape of `engines.thresholds.as_record`, and the version it was made under.

    `ask` are the front doors of earlier contacts that the reader may not see. They count towards the level, but how
    many there are, and what of, is not told.
    """
    wording = {sign.id: sign.wording for sign in policy.signs}
    level = policy.level(record["level"]["code"])
    return FindingShown(
        level=level_words(level, policy),
        is_immediate=is_immediate(level, policy),
        summary=record["level"]["summary"],
        consider=code_words(record["consider"]["code"], policy) if record["consider"] else "",
        respond=record["respond"]["label"],
        rules=tuple(_rule(fired, policy, ask) for fired in record["fired"]),
        duties=tuple((duty["label"], duty["text"]) for duty in record["duties"]),
        routes=tuple((route["name"], route["tell"]) for route in record["routes"]),
        unknowns=tuple(_unknown(unknown, policy) for unknown in record["unknowns"]),
        bounds=_bounds(record, policy),
        strengths=tuple(wording.get(sign, sign) for sign in record["strengths"]),
    )


def finding_now(opened: Opened) -> FindingShown:
    """What the published threshold says of a contact as it stands, for whoever opened it."""
    return finding_shown(as_record(opened.finding), opened.policy, ask=opened.ask_about_earlier)


def _rule(fired: Mapping[str, Any], policy: Policy, ask: Sequence[str]) -> RuleShown:
    leads_to = []
    if fired["level"]:
        leads_to.append(code_words(fired["level"], policy))
    if fired["consider"]:
        leads_to.append(f"a manager must consider {in_a_sentence(code_words(fired['consider'], policy))}")
    if fired["respond"]:
        leads_to.append(f"answer {_in_time(fired['respond'])}")
    return RuleShown(
        id=fired["rule"],
        name=fired["name"],
        because=(fired["rule_because"], *_why(fired, policy, ask)),
        leads_to="; ".join(leads_to),
    )


def _why(fired: Mapping[str, Any], policy: Policy, ask: Sequence[str]) -> Sequence[str]:
    rule = policy.rules_by_id.get(fired["rule"])
    counts_contacts = rule is None or any(isinstance(each, Contacts) for each in rule.conditions)
    if not ask or not counts_contacts:
        return tuple(fired["because"])
    doors = " and of ".join(ask)
    return (f"Earlier contacts that are not shown to you may count here. Ask the front door of {doors}.",)


def _in_time(clock: Mapping[str, Any]) -> str:
    return clock["label"] if clock["kind"] in ("at_once", "same_day") else f"within {clock['label']}"


def _unknown(unknown: Mapping[str, Any], policy: Policy) -> UnknownShown:
    yes, no = IF_SO.get(unknown["kind"] if unknown["id"] != "unborn" else "", ("If yes", "If no"))
    could_change = (
        f"{yes}: {code_words(unknown['if_yes'], policy)}. {no}: {code_words(unknown['if_no'], policy)}."
        if unknown["if_yes"] != unknown["if_no"]
        else "The level would stay as it is; what has to be done could change."
    )
    return UnknownShown(question=unknown["question"], could_change=could_change)


def _bounds(record: Mapping[str, Any], policy: Policy) -> str:
    lowest, highest = record["lowest"]["code"], record["highest"]["code"]
    if lowest == highest:
        return "Nothing that is still not known would change the level."
    return (
        "Depending on what is still not known, the published threshold would say between "
        f"{in_a_sentence(code_words(lowest, policy))} and {in_a_sentence(code_words(highest, policy))}."
    )
