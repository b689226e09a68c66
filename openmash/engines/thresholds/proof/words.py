"""A case in words that a practitioner reads: "a child under 2 with one level 2 sign (A12 “…”), known as seen"."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from openmash.engines.thresholds.compiled.columns import (
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.meaning.case import Case, Observation, PastContact
from openmash.engines.thresholds.meaning.reasons import age_in_words
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.policy.conditions import Signs
from openmash.engines.thresholds.policy.model import Answer, Policy, Sign

_COUNT = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def case_in_words(
    case: Case,
    policies: Sequence[Policy],
    *,
    ages: Collection[int] = (),
    agencies: Collection[str] = (),
    lengths: Collection[str] = (),
    rules: Collection[str] = (),
) -> str:
    """A case, told by what it has; whatever is not said was answered no.

    `policies` are the versions asked, latest last: each sign is called as the latest that has it calls it.
    `ages` (in months) and `agencies` (kinds) are those the policy asks about, so that others go unsaid, and
    `lengths` the signs of which it matters that nobody said how long; `rules` are those that fired, by whose sets
    the signs are called.
    """
    told = [*_signs(case, policies, lengths, rules), *_facts(case, policies), *_past(case, agencies)]
    if not told:
        return f"{_child(case, ages)} of whom nothing more was told"
    return f"{_child(case, ages)} with {'; '.join(told)}"


def _child(case: Case, ages: Collection[int]) -> str:
    if case.unborn is Answer.YES:
        return "a child not yet born"
    if case.unborn is Answer.NOT_KNOWN and case.age_months is None:
        return "a child who may not be born yet"
    if case.age_months is None:
        return "a child whose age is not known"
    over = [age for age in ages if age > case.age_months[0]]
    return f"a child under {_age(min(over))}" if over else "a child"


def _age(months: int) -> str:
    words = age_in_words(months)
    return words.removesuffix(" years") if words.endswith(" years") else words


def many(count: int, noun: str) -> str:
    """ "one sign", "two signs", "12 signs"."""
    number = _COUNT[count] if count < len(_COUNT) else str(count)
    plural = noun[:-1] + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if count == 1 else plural}"


def _signs(
    case: Case, policies: Sequence[Policy], lengths: Collection[str], rules: Collection[str]
) -> Iterator[str]:
    groups: dict[tuple[str, str, str], list[str]] = {}
    unsaid = {seen.sign for seen in case.observations if seen.lasting_months is None}.intersection(lengths)
    # A sign told twice differs only in that somebody did not say how long: it is one sign, told once.
    for seen in {seen.sign: seen for seen in reversed(case.observations)}.values():
        sign = next(p.sign(seen.sign) for p in reversed(policies) if seen.sign in p.signs_by_id)
        group = (sign.level, _set_of(sign, policies, rules), seen.evidence)
        groups.setdefault(group, []).append(_sign(seen, sign, may_be_longer=seen.sign in unsaid))
    for (level, named, evidence), members in groups.items():
        kind = many(len(members), f"level {level} sign")
        yield f"{kind}{named} ({'; '.join(members)}), known as {_plain(evidence)}"


def _set_of(sign: Sign, policies: Sequence[Policy], rules: Collection[str]) -> str:
    """The set by which the rules that fired count a sign, if there is just one."""
    own = {
        condition.of
        for policy in policies
        for rule in policy.rules
        if rule.id in rules
        for condition in rule.conditions
        if isinstance(condition, Signs) and condition.of
        if sign.id in policy.sign_sets.get(condition.of, frozenset()) or sign.accumulates == condition.of
    }
    return f" of {_plain(own.pop())}" if len(own) == 1 else ""


def _sign(seen: Observation, sign: Sign, *, may_be_longer: bool) -> str:
    words = [f"{sign.id} “{sign.wording.rstrip('.')}”"]
    if sign.immediate == "unless" and seen.immediate_answer is not Answer.NO:
        words.append(f"“{sign.immediate_question}” {_answer(seen.immediate_answer)}")
    if seen.examples > 1:
        words.append(f"{seen.examples} examples")
    if seen.lasting_months:
        words.append(f"for {many(seen.lasting_months, 'month')}")
    if may_be_longer:
        words.append("perhaps longer" if seen.lasting_months else "for how long is not known")
    return ", ".join(words)


def _answer(answer: Answer) -> str:
    return {"yes": "answered yes", "no": "answered no", "not_known": "not known"}[answer.value]


def _facts(case: Case, policies: Sequence[Policy]) -> Iterator[str]:
    questions = {fact.id: fact.question for policy in policies for fact in policy.facts}
    for fact, question in questions.items():
        answer = case.facts.get(fact, Answer.NOT_KNOWN)
        if answer is not Answer.NO:
            yield f"“{question}” {_answer(answer)}"


def _past(case: Case, agencies: Collection[str]) -> Iterator[str]:
    for words, count in Counter(_contact(contact, case, agencies) for contact in case.past).items():
        yield f"{many(count, 'earlier contact')} {words}"
    names = {contact.agency for contact in case.past} | {case.agency}
    if len(names - {""}) > 1:
        yield f"contacts from {many(len(names - {''}), 'different agency')}, the present one counted"
    if case.past or not case.agency_kind:
        yield from (f"the present contact {by}" for by in [_by(case.agency_kind, agencies)] if by)


def _contact(contact: PastContact, case: Case, agencies: Collection[str]) -> str:
    months = (case.as_of.year - contact.at.year) * 12 + case.as_of.month - contact.at.month
    words = [f"in the last {many(months, 'month')}"]
    if contact.accumulates:
        words.append(f"about {' and '.join(_plain(kind) for kind in sorted(contact.accumulates))}")
    if _by(contact.agency_kind, agencies):
        words.append(_by(contact.agency_kind, agencies))
    if contact.entries > 1:
        words.append(f"with {contact.entries} entries in the record")
    return " ".join(words) + (", assessed since" if contact.assessed else "")


def _by(agency_kind: str, agencies: Collection[str]) -> str:
    if not agencies or agency_kind not in ("", *agencies):
        return ""
    return f"from {_plain(agency_kind)}" if agency_kind else "from an agency whose kind is not known"


def _plain(name: str) -> str:
    return name.replace("_", " ")


def step_in_words(column: Column, policy: Policy) -> str:
    """What grows, when the value of a column does."""
    match column:
        case SignSeen(sign):
            return f"the sign {sign} is chosen, or known better"
        case SignAnswer(sign):
            return f"the answer to “{policy.sign(sign).immediate_question}” goes from no towards yes"
        case SignExamples(sign):
            return f"there is one more example of {sign}"
        case SignLasting(sign):
            return f"{sign} has gone on for longer"
        case SignMayLast(sign):
            return f"{sign} may have gone on for longer"
        case FactAnswer(fact):
            return f"the answer to “{policy.fact(fact).question}” goes from no towards yes"
        case YoungestAge():
            return "the child is younger"
        case UnbornAnswer():
            return "the answer to “Is the child not yet born?” goes from no towards yes"
    return _more_contacts(column)


def _more_contacts(column: PastContacts | PastEntries | PastAgencies | PresentFrom) -> str:
    match column:
        case PastContacts(window):
            return f"there is one more earlier contact {_in(window)}"
        case PastEntries(window):
            return f"there is one more entry in the record {_in(window)}"
        case PastAgencies(window):
            return f"one more agency made the contacts {_in(window)}"
        case PresentFrom(agency_kind):
            return f"the present contact is, or may be, from {_plain(agency_kind)}"


def _in(window: Window) -> str:
    about = f" about {_plain(window.kind)}" if window.kind else ""
    by = f" from {_plain(window.agency_kind)}" if window.agency_kind else ""
    without = ", without an assessment since" if window.unassessed else ""
    return f"within {many(window.months, 'month')}{about}{by}{without}"
