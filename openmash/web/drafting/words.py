"""The words that fixed answers have on these pages, and those that may be chosen from a policy."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from openmash.engines.thresholds import Level, Policy
from openmash.web.layout.fields import Choice


@dataclass(frozen=True)
class Offer:
    """The answers to one kind of question. `none` is what an empty answer is called, "" where one is needed."""

    choices: tuple[Choice, ...]
    none: str = ""


def level_words(level: Level) -> str:
    """`Level 4: Protection`; for the later decisions the answer's own name with its code."""
    return f"{level.code}: {level.name}"


FIXED = {
    "immediate": (
        ("never", "Never"),
        ("unless", "Unless its question is answered no"),
        ("always", "Always"),
    ),
    "yes_no": (("no", "No"), ("yes", "Yes")),
    "fact_about": (
        ("child", "The child"),
        ("family", "The family"),
        ("account", "The account that was given"),
        ("routing", "Where it goes (touches no level)"),
    ),
    "asked_of": (("anyone", "Anyone who raises a concern"), ("screener", "The front door only")),
    "set_of": (("signs", "Signs"), ("facts", "Questions of fact")),
    "blocks": (("closing", "Close it"), ("lowering", "Decide lower")),
    "advice_kind": (
        ("happens_next", "What happens next"),
        ("meanwhile", "What to do meanwhile"),
        ("tell_family", "What to tell the family"),
        ("if_you_disagree", "If they disagree"),
    ),
}
_NONE_CALLED = {
    "blocks": "Nothing is held up",
    "any_level": "None",
    "clock_or_none": "No time of its own",
    "agency": "Not said",
}


def _levels(levels: Iterable[Level]) -> list[tuple[str, str]]:
    return [(level.code, level_words(level)) for level in levels]


def _every_level(policy: Policy) -> list[tuple[str, str]]:
    return [
        (
            level.code,
            f"{level_words(level)} ({gate.name.lower()})" if gate != policy.gates[0] else level_words(level),
        )
        for gate in policy.gates
        for level in gate.levels
    ]


def _clocks(policy: Policy) -> list[tuple[str, str]]:
    return [(clock.id, clock.label.capitalize()) for clock in policy.clocks]


FROM_POLICY: dict[str, Callable[[Policy], list[tuple[str, str]]]] = {
    "gate": lambda policy: [(gate.id, gate.name) for gate in policy.gates],
    "level": lambda policy: _levels(policy.levels),
    "any_level": _every_level,
    "any_level_needed": _every_level,
    "levels": _every_level,
    "domain": lambda policy: [(domain.id, domain.label) for domain in policy.domains],
    "clock": _clocks,
    "clock_or_none": _clocks,
    "duties": lambda policy: [(duty.id, duty.label) for duty in policy.duties],
    "agency": lambda policy: [(kind, agency_words(kind)) for kind in policy.agency_kinds],
}


def agency_words(kind: str) -> str:
    return {"gp": "GP", "camhs": "CAMHS", "public": "Family, neighbours or anybody else"}.get(
        kind, kind.replace("_", " ").capitalize()
    )


def offer_for(kind: str, policy: Policy) -> Offer | None:
    """What may be chosen in a column of this kind; None where it is filled in with words."""
    if kind in FIXED:
        listed = FIXED[kind]
    elif kind in FROM_POLICY:
        listed = tuple(FROM_POLICY[kind](policy))
    else:
        return None
    return Offer(tuple(Choice(value, label) for value, label in listed), _NONE_CALLED.get(kind, ""))


def in_words(kind: str, cell: str, policy: Policy) -> str:
    """A cell as a reader would say it."""
    offer = offer_for(kind, policy)
    if offer is None or not cell:
        return cell
    labels = {choice.value: choice.label for choice in offer.choices}
    if kind in ("duties", "levels"):
        return "; ".join(labels.get(word, word) for word in cell.replace(";", " ").replace(",", " ").split())
    return labels.get(cell, cell)
