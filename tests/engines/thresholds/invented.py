"""The draft policy, and invented cases and rules for the property tests."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Answer, Case, Observation, PastContact, Policy, Route, Rule, parse
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

FOLDER = Path(__file__).parents[3] / "policies" / "draft-2026-11"
AS_OF = date(2026, 1, 15)
PROPERTY = settings(deadline=None, max_examples=150)


@lru_cache(maxsize=1)
def draft() -> Policy:
    return parse(FOLDER)


@lru_cache(maxsize=1)
def kinds() -> list[str]:
    return sorted({sign.accumulates for sign in draft().signs} - {""})


ANSWERS = st.sampled_from(Answer)
GRADES = st.sampled_from([grade.id for grade in draft().evidence])
# A handful of signs of every sort comes up as often as all the others together, so that rules and cases meet.
FEW = st.sampled_from(["A10", "A12", "A15", "A17", "B10", "B11", "B18", "B24", "D01", "D03", "D07", "D17"])
CONCERNS = FEW | st.sampled_from([sign.id for sign in draft().signs if not sign.protective])
STRENGTHS = st.sampled_from([sign.id for sign in draft().signs if sign.protective])
AGENCIES = st.sampled_from(["school", "police", "gp", "housing", ""])


def observations(signs: st.SearchStrategy[str]) -> st.SearchStrategy[Observation]:
    lasting = st.none() | st.integers(0, 8)
    return st.builds(Observation, signs, GRADES, ANSWERS, st.integers(1, 4), lasting)


@st.composite
def past_contacts(draw: st.DrawFn) -> PastContact:
    agency = draw(AGENCIES)
    return PastContact(
        at=AS_OF - timedelta(days=draw(st.integers(-40, 800))),
        agency=agency,
        agency_kind=agency,
        accumulates=draw(st.frozensets(st.sampled_from(kinds()), max_size=3)),
        entries=draw(st.integers(1, 4)),
        assessed=draw(st.booleans()),
    )


def ages() -> st.SearchStrategy[tuple[int, int] | None]:
    known = st.tuples(st.integers(0, 220), st.integers(0, 24)).map(lambda pair: (pair[0], sum(pair)))
    return st.none() | known


@st.composite
def cases(draw: st.DrawFn) -> Case:
    agency = draw(AGENCIES)
    facts = st.dictionaries(st.sampled_from([fact.id for fact in draft().facts]), ANSWERS, max_size=5)
    seen = draw(st.integers(0, 6))
    return Case(
        as_of=AS_OF,
        observations=tuple(
            draw(st.lists(observations(CONCERNS | FEW | STRENGTHS), min_size=seen, max_size=seen))
        ),
        facts=draw(facts),
        age_months=draw(ages()),
        unborn=draw(ANSWERS),
        past=tuple(draw(st.lists(past_contacts(), max_size=6))),
        agency=agency,
        agency_kind=agency,
    )


def facts_for_rules(gate: str) -> list[str]:
    """The facts a rule of this gate may name: those known by then, and none about routing."""
    order = [one.id for one in draft().gates]
    by_then = order[: order.index(gate) + 1]
    return [fact.id for fact in draft().facts if fact.gate in by_then and fact.about != "routing"]


def conditions(
    gate: str = "services", levels: tuple[str, ...] = ("2", "3", "4")
) -> st.SearchStrategy[Condition]:
    """Every kind of condition, with every part of it, over the draft's own names."""
    policy = draft()
    few, grade = (
        st.sampled_from([1, 1, 2, 3]),
        st.sampled_from(["suspected", "suspected", "reported", "seen"]),
    )
    signs = st.one_of(
        st.builds(Signs, least=st.just(1), sign=FEW, evidence=grade, lasting=st.sampled_from([0, 0, 0, 3])),
        st.builds(
            Signs,
            least=few,
            level=st.sampled_from(["", *levels]),
            of=st.just("") | st.sampled_from([*policy.sign_sets, *kinds()]),
            evidence=grade,
            domains=st.sampled_from([1, 1, 2]),
            lasting=st.sampled_from([0, 0, 0, 3]),
        ),
        st.builds(Signs, least=few, immediacy=st.just("always"), evidence=grade),
        st.builds(Signs, least=few, immediacy=st.just("unless"), not_ruled_out=st.booleans(), evidence=grade),
    )
    counted = st.sampled_from([sign.id for sign in policy.signs if sign.counted_examples])
    contacts = st.builds(
        Contacts,
        least=few,
        months=st.sampled_from([3, 12, 24]),
        kind=st.sampled_from(["", *kinds()]),
        entries=st.booleans(),
        unassessed=st.booleans(),
    )
    narrowed: st.SearchStrategy[dict[str, Any]] = st.one_of(
        st.just({}),
        st.just({"agencies": 2}),
        st.sampled_from(policy.agency_kinds).map(lambda k: {"agency_kind": k}),
    )
    return st.one_of(
        signs,
        signs,
        st.builds(Examples, few, counted, grade),
        st.tuples(contacts, narrowed).map(lambda pair: replace(pair[0], **pair[1])),
        st.builds(ChildUnder, st.sampled_from([12, 24, 60, 156])),
        st.just(Unborn()),
        st.builds(Facts, st.sampled_from(facts_for_rules(gate)), st.just(""), st.booleans()),
        st.builds(Facts, st.just(""), st.sampled_from(sorted(policy.fact_sets)), st.booleans()),
    )


@st.composite
def rules(draw: st.DrawFn, number: int, policy: Policy) -> Rule:
    gate = draw(st.sampled_from([policy.gates[0], *policy.gates]))
    codes = [level.code for level in gate.levels]
    many = draw(st.sampled_from([1, 1, 1, 2, 3]))
    any_condition = conditions(gate.id, tuple(level.code for level in policy.levels[1:4]))
    found = draw(st.lists(any_condition, min_size=many, max_size=many))
    duties = draw(st.lists(st.sampled_from([duty.id for duty in draft().duties]), max_size=2, unique=True))
    level = consider = respond = ""
    if draw(st.integers(0, 4)) == 0:
        found = [*found[:2], Reached(draw(st.sampled_from(codes[1:])))]
        duties = duties or ["manager_decision"]
    else:
        level = draw(st.sampled_from(codes[:-1]))
        consider = draw(st.sampled_from(["", *codes[codes.index(level) + 1 :]]))
        respond = draw(st.sampled_from(["", "at_once", "same_day", "one_working_day", "five_working_days"]))
    return Rule(
        f"R{number}", gate.id, "Invented", tuple(found), level, consider, respond, tuple(duties), "Invented."
    )


@st.composite
def routes(draw: st.DrawFn, number: int, policy: Policy) -> Route:
    about = [fact.id for fact in policy.facts if fact.about == "routing"]
    levels = tuple(level.code for level in policy.levels[1:4])
    any_condition = conditions(levels=levels) | st.builds(
        Facts, st.sampled_from(about), st.just(""), st.booleans()
    )
    found = draw(st.lists(any_condition, min_size=1, max_size=2))
    codes = [level.code for gate in policy.gates for level in gate.levels]
    at = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True))
    return Route(f"W{number}", "Invented", tuple(found), tuple(at), "Invented.")


@lru_cache(maxsize=3)
def with_levels(number: int) -> Policy:
    """The draft cut down to so many levels at the front door, its graver signs moved to the highest left."""
    first = draft().gates[0]
    kept = first.levels[:number]
    codes = {level.code for level in kept} | {"noS47", "S47", "noICPC", "ICPC"}
    gone = {level.code for level in first.levels} - codes
    gate = replace(first, levels=kept, second_person_from=kept[-1].code)
    return replace(
        draft(),
        gates=(gate, *draft().gates[1:]),
        signs=tuple(
            replace(s, level=kept[-1].code if s.level in gone else s.level, note="") for s in draft().signs
        ),
        pathways=tuple(p for p in draft().pathways if p.level in codes),
        advice=tuple(a for a in draft().advice if a.level in codes),
        rules=(),
        routes=(),
        examples=(),
    )


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Three, four or five levels, with invented rules at every gate, and invented routes."""
    base = with_levels(draw(st.sampled_from([5, 5, 4, 3])))
    count = draw(st.integers(1, 6))
    return replace(
        base,
        rules=tuple(draw(rules(n, base)) for n in range(count)),
        routes=tuple(draw(routes(n, base)) for n in range(draw(st.integers(0, 2)))),
    )


GATES = st.sampled_from([gate.id for gate in draft().gates])


@lru_cache(maxsize=1)
def hurried() -> Policy:
    """A policy whose lesser rule has the shorter time: where taking the deciding rule's time goes wrong."""
    grave = Signs(1, level="3", evidence="suspected")
    small = Signs(1, level="2", evidence="suspected")
    serious = Rule("R1", "services", "Serious", (grave,), "3", "", "", (), "Serious.")
    soon = Rule("R2", "services", "Soon", (small,), "2", "", "same_day", (), "Soon.")
    return replace(draft(), rules=(serious, soon), examples=())
