"""The cases a partnership agreed, written one to a row, and whether the policy still says what was agreed
of them.
"""

import re
from datetime import date

from openmash.engines.thresholds.meaning.case import Case, Observation, PastContact, months_before, view
from openmash.engines.thresholds.meaning.outcome import outcome
from openmash.engines.thresholds.policy.model import Answer, Example, Policy

AS_OF = date(2026, 1, 15)
"""The day on which every example is decided; its past contacts are written as so many months before."""

_AGE = re.compile(r"(?P<number>[0-9]{1,3}) (?P<unit>months?|years?)( old)?")
_SIGN = re.compile(
    r"(?P<sign>[A-Z][A-Z0-9]*) (?P<evidence>[a-z_]+)(?: x(?P<examples>[0-9]{1,3}))?"
    r"(?: for (?P<lasting>[0-9]{1,4}) months?)?(?:,? immediate (?P<answer>yes|no|not_known))?"
)
_FACT = re.compile(r"(?P<fact>[a-z][a-z0-9_]*) (?P<answer>yes|no|not_known)")
_PAST = re.compile(
    r"(?P<months>[0-9]{1,3}) months? ago from (?P<kind>[a-z_]+)"
    r"(?: about (?P<about>[a-z_]+(?: and [a-z_]+)*))?"
    r"(?: with (?P<entries>[0-9]{1,3}) entries)?(?P<assessed>,? assessed)?"
)
_HOW = {
    "age": "“6 years”, “10 months”, “unborn”, “perhaps unborn” or “not known”",
    "signs": "“D03 said, immediate no; B24 seen x2; A10 seen for 4 months”",
    "facts": "“help_refused yes; child_not_seen no”",
    "past": "“3 months ago from school about neglect; 5 months ago from police, assessed”",
}


def case_of(example: Example) -> Case:
    """The case an example describes.

    Raises:
        ValueError: a cell is not written as it must be; the message shows how.
    """
    unborn, age = _age(example.age)
    return Case(
        as_of=AS_OF,
        observations=tuple(_observation(part) for part in _parts(example.signs)),
        facts={found["fact"]: Answer(found["answer"]) for found in _each("facts", _FACT, example.facts)},
        age_months=age,
        unborn=unborn,
        past=tuple(_contact(found) for found in _each("past", _PAST, example.past)),
        agency=example.raised_by,
        agency_kind=example.raised_by,
    )


def check_examples(policy: Policy) -> list[str]:
    """What the policy no longer says as agreed, one sentence for each difference. Empty when all agree."""
    return [said for example in policy.examples for said in differences(policy, example)]


def differences(policy: Policy, example: Example) -> list[str]:
    """What a policy, or a version it was not agreed for, says otherwise of one example."""
    try:
        found = outcome(view(policy, case_of(example), example.gate))
    except (KeyError, ValueError) as wrong:
        return [f"{example.id}: {wrong.args[0]}"]
    said = []
    if found.level.code != example.level:
        said.append(f"{example.id}: level {example.level} was agreed, the policy says {found.level.code}.")
    consider = found.consider.code if found.consider else ""
    if consider != example.consider:
        agreed = example.consider or "none"
        said.append(
            f"{example.id}: level to consider {agreed} was agreed, the policy says {consider or 'none'}."
        )
    fired = {rule.id for rule in found.rules}
    duties = {duty for rule in found.rules for duty in rule.duties}
    said += [
        f"{example.id}: rule {rule} should fire and does not." for rule in example.rules if rule not in fired
    ]
    said += [
        f"{example.id}: duty {duty} should follow and does not."
        for duty in example.duties
        if duty not in duties
    ]
    return said


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _each(column: str, pattern: re.Pattern[str], cell: str) -> list[dict[str, str]]:
    return [_read(column, pattern, part) for part in _parts(cell)]


def _read(column: str, pattern: re.Pattern[str], part: str) -> dict[str, str]:
    match = pattern.fullmatch(part)
    if match is None:
        raise ValueError(
            f"“{part}” in the column “{column}” cannot be read. Write for example {_HOW[column]}."
        )
    return {key: value for key, value in match.groupdict().items() if value}


def _age(cell: str) -> tuple[Answer, tuple[int, int] | None]:
    if cell == "unborn":
        return Answer.YES, None
    if cell == "not known":
        return Answer.NO, None
    if cell == "perhaps unborn":
        return Answer.NOT_KNOWN, None
    found = _read("age", _AGE, cell)
    number = int(found["number"])
    if found["unit"].startswith("month"):
        return Answer.NO, (number, number)
    return Answer.NO, (number * 12, number * 12 + 11)


def _observation(part: str) -> Observation:
    found = _read("signs", _SIGN, part)
    return Observation(
        sign=found["sign"],
        evidence=found["evidence"],
        immediate_answer=Answer(found.get("answer", "not_known")),
        examples=int(found.get("examples", 1)),
        lasting_months=int(found["lasting"]) if "lasting" in found else None,
    )


def _contact(found: dict[str, str]) -> PastContact:
    return PastContact(
        at=months_before(AS_OF, int(found["months"])),
        agency=found["kind"],
        agency_kind=found["kind"],
        accumulates=frozenset(found["about"].split(" and ")) if "about" in found else frozenset(),
        entries=int(found.get("entries", 1)),
        assessed="assessed" in found,
    )
