"""Whether a condition holds for a case, and what satisfied it. The plain meaning of every sentence."""

from dataclasses import dataclass

from openmash.engines.thresholds.meaning.case import Seen, View
from openmash.engines.thresholds.meaning.windows import window_of
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
from openmash.engines.thresholds.policy.model import Answer


@dataclass(frozen=True)
class Match:
    """How far a condition is met: `met`, and `short` by how many signs, examples or contacts if it only
    counts.

    `short` is None where no count is missing (a fact, an age). `count` and `domains` say what was counted.
    """

    met: bool
    signs: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    count: int = 0
    domains: int = 0
    agencies: int = 0
    short: int | None = None


def matched(condition: Condition, case: View, reached: int = 0) -> Match:
    """Try one condition. `reached` is the rank of the level worked out so far, for `Reached` alone."""
    match condition:
        case Signs():
            return _signs(condition, case)
        case Examples():
            return _examples(condition, case)
        case Contacts():
            return _contacts(condition, case)
        case ChildUnder(months):
            return Match(could_be_under(months, case))
        case Unborn():
            return Match(case.unborn.rank >= _least(condition.not_ruled_out))
        case Facts():
            return _facts(condition, case)
        case Reached(level):
            return Match(reached >= case.policy.level(level).rank)


def could_be_under(months: int, case: View) -> bool:
    """Not known is never "older": only an age known to be at or over the limit, of a born child, is."""
    return case.unborn is Answer.YES or case.age is None or case.age[0] < months


def counts(condition: Signs, seen: Seen, case: View) -> bool:
    """Whether one observed sign is of the kind a condition counts, known well enough, for long enough."""
    sign = seen.sign
    if condition.sign not in ("", sign.id) or condition.level not in ("", sign.level):
        return False
    if condition.of and not in_set(condition.of, sign.id, sign.accumulates, case):
        return False
    if condition.immediacy and sign.immediate != condition.immediacy:
        return False
    if condition.immediacy == "unless" and seen.answer.rank < _least(condition.not_ruled_out):
        return False
    lasting = seen.longest if condition.lasting_open else seen.lasting or 0
    return lasting >= condition.lasting and _known_well_enough(condition.evidence, seen, case)


def _least(not_ruled_out: bool) -> int:
    """The rank of the least answer that holds."""
    return (Answer.NOT_KNOWN if not_ruled_out else Answer.YES).rank


def in_set(name: str, sign: str, accumulates: str, case: View) -> bool:
    """A set's members are those its row names, or the signs that accumulate as a kind of contact of that
    name.
    """
    return sign in case.policy.sign_sets.get(name, frozenset()) or accumulates == name


def _known_well_enough(grade: str, seen: Seen, case: View) -> bool:
    return not grade or seen.evidence >= case.policy.evidence_grade(grade).rank


def _signs(condition: Signs, case: View) -> Match:
    found = [seen.sign for seen in case.seen.values() if counts(condition, seen, case)]
    domains = len({sign.domain for sign in found})
    short = max(condition.least - len(found), condition.domains - domains, 0)
    ids = tuple(sign.id for sign in found)
    return Match(short == 0, signs=ids, count=len(found), domains=domains, short=short)


def _examples(condition: Examples, case: View) -> Match:
    seen = case.seen.get(condition.sign)
    if seen is None or not _known_well_enough(condition.evidence, seen, case):
        return Match(False, short=condition.least)
    short = max(condition.least - seen.examples, 0)
    return Match(short == 0, signs=(condition.sign,), count=seen.examples, short=short)


def _contacts(condition: Contacts, case: View) -> Match:
    past = window_of(condition).contacts(case)
    present = _present_signs(condition, case)
    here = present is not None
    total = len(past) + here
    if condition.entries:
        total = sum(contact.entries for contact in past) + _present_entries(condition, case, present)
    agencies = {contact.agency for contact in past if contact.agency}
    if here and case.agency:
        agencies.add(case.agency)
    short = max(condition.least - total, 0)
    if condition.agencies > 1:
        short = max(short, condition.agencies - len(agencies))
    return Match(short == 0, signs=present or (), count=total, agencies=len(agencies), short=short)


def _present_signs(condition: Contacts, case: View) -> tuple[str, ...] | None:
    """The signs that make the present contact count; None when it does not.

    Any contact counts if any will do.
    """
    if condition.agency_kind and case.agency_kind not in ("", condition.agency_kind):
        return None
    if not condition.kind:
        return ()
    return tuple(s.sign.id for s in case.seen.values() if s.sign.accumulates == condition.kind) or None


def _present_entries(condition: Contacts, case: View, present: tuple[str, ...] | None) -> int:
    if present is None:
        return 0
    return sum(case.seen[sign].examples for sign in present) if condition.kind else 1


def _facts(condition: Facts, case: View) -> Match:
    names = (condition.fact,) if condition.fact else sorted(case.policy.fact_sets[condition.of])
    found = tuple(name for name in names if case.fact(name).rank >= _least(condition.not_ruled_out))
    return Match(bool(found), facts=found)
