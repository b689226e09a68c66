"""The draft policy, and invented cases and rules for the property tests."""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from openmash.engines.thresholds import (
    Answer,
    Case,
    Gate,
    Observation,
    PastContact,
    Policy,
    Route,
    Rule,
    parse,
)
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


# Hypothesis takes longer to make a strategy than to draw from it, so each is made once and kept.


@lru_cache(maxsize=8)
def observations(signs: st.SearchStrategy[str]) -> st.SearchStrategy[Observation]:
    lasting = st.none() | st.integers(0, 8)
    return st.builds(Observation, signs, GRADES, ANSWERS, st.integers(1, 4), lasting)


def _past_contact(agency: str, days: int, kinds: frozenset[str], entries: int, assessed: bool) -> PastContact:
    return PastContact(AS_OF - timedelta(days=days), agency, agency, kinds, entries, assessed)


@lru_cache(maxsize=1)
def past_contacts() -> st.SearchStrategy[PastContact]:
    about = st.frozensets(st.sampled_from(kinds()), max_size=3)
    return st.builds(_past_contact, AGENCIES, st.integers(-40, 800), about, st.integers(1, 4), st.booleans())


@lru_cache(maxsize=1)
def ages() -> st.SearchStrategy[tuple[int, int] | None]:
    known = st.tuples(st.integers(0, 220), st.integers(0, 24)).map(lambda pair: (pair[0], sum(pair)))
    return st.none() | known


@lru_cache(maxsize=1)
def _seen() -> st.SearchStrategy[list[Observation]]:
    any_sign = observations(CONCERNS | FEW | STRENGTHS)
    return st.integers(0, 6).flatmap(lambda many: _of(any_sign, many))


@lru_cache(maxsize=64)
def _of(each: st.SearchStrategy[Any], many: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(each, min_size=many, max_size=many)


def _case(agency: str, seen: list[Observation], past: list[PastContact], **known: Any) -> Case:
    return Case(AS_OF, observations=tuple(seen), past=tuple(past), agency=agency, agency_kind=agency, **known)


@lru_cache(maxsize=1)
def cases() -> st.SearchStrategy[Case]:
    return st.builds(
        _case,
        AGENCIES,
        _seen(),
        st.lists(past_contacts(), max_size=6),
        facts=st.dictionaries(st.sampled_from([fact.id for fact in draft().facts]), ANSWERS, max_size=5),
        age_months=ages(),
        unborn=ANSWERS,
    )


def facts_for_rules(gate: str) -> list[str]:
    """The facts a rule of this gate may name: those known by then, and none about routing."""
    order = [one.id for one in draft().gates]
    by_then = order[: order.index(gate) + 1]
    return [fact.id for fact in draft().facts if fact.gate in by_then and fact.about != "routing"]


@lru_cache(maxsize=16)
def conditions(
    gate: str = "services", levels: tuple[str, ...] = ("2", "3", "4")
) -> st.SearchStrategy[Condition]:
    """Every kind of condition, with every part of it, over the draft's own names."""
    policy = draft()
    few, grade = (
        st.sampled_from([1, 1, 2, 3]),
        st.sampled_from(["suspected", "suspected", "reported", "seen"]),
    )
    # How long it has gone on, and whether it counts where somebody did not say.
    lasting = st.sampled_from([(0, False), (0, False), (0, False), (3, False), (3, True)])

    def length(made: Signs, long: tuple[int, bool]) -> Signs:
        return replace(made, lasting=long[0], lasting_open=long[1])

    signs = st.one_of(
        st.builds(length, st.builds(Signs, least=st.just(1), sign=FEW, evidence=grade), lasting),
        st.builds(
            length,
            st.builds(
                Signs,
                least=few,
                level=st.sampled_from(["", *levels]),
                of=st.just("") | st.sampled_from([*policy.sign_sets, *kinds()]),
                evidence=grade,
                domains=st.sampled_from([1, 1, 2]),
            ),
            lasting,
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
        st.builds(Unborn, st.booleans()),
        st.builds(Facts, st.sampled_from(facts_for_rules(gate)), st.just(""), st.booleans()),
        st.builds(Facts, st.just(""), st.sampled_from(sorted(policy.fact_sets)), st.booleans()),
    )


@lru_cache(maxsize=64)
def rules(number: int, policy: Policy) -> st.SearchStrategy[Rule]:
    gates = st.sampled_from([policy.gates[0], *policy.gates])
    return gates.flatmap(lambda gate: _rules_at(number, policy, gate))


@lru_cache(maxsize=256)
def _rules_at(number: int, policy: Policy, gate: Gate) -> st.SearchStrategy[Rule]:
    codes = [level.code for level in gate.levels]
    any_condition = conditions(gate.id, tuple(level.code for level in policy.levels[1:4]))
    duties = st.lists(st.sampled_from([duty.id for duty in draft().duties]), max_size=2, unique=True)

    def rule(found: list[Condition], duties: list[str], level: str, consider: str, respond: str) -> Rule:
        conditions = tuple(found)
        return Rule(
            f"R{number}",
            gate.id,
            "Invented",
            conditions,
            level,
            consider,
            respond,
            tuple(duties),
            "Invented.",
        )

    def waiting(found: list[Condition], reached: Reached, duties: list[str]) -> Rule:
        return rule([*found[:2], reached], duties or ["manager_decision"], "", "", "")

    def deciding(found: list[Condition], duties: list[str], levels: tuple[str, str], respond: str) -> Rule:
        return rule(found, duties, *levels, respond)

    some = st.sampled_from([1, 1, 1, 2, 3]).flatmap(lambda many: _of(any_condition, many))
    levels = [(one, other) for one in codes[:-1] for other in ["", *codes[codes.index(one) + 1 :]]]
    clocks = ["", "at_once", "same_day", "one_working_day", "five_working_days"]
    decides = st.builds(deciding, some, duties, st.sampled_from(levels), st.sampled_from(clocks))
    waits = st.builds(waiting, some, st.builds(Reached, st.sampled_from(codes[1:])), duties)
    return st.one_of(waits, decides, decides, decides, decides)


@lru_cache(maxsize=16)
def routes(number: int, policy: Policy) -> st.SearchStrategy[Route]:
    about = [fact.id for fact in policy.facts if fact.about == "routing"]
    levels = tuple(level.code for level in policy.levels[1:4])
    any_condition = conditions(levels=levels) | st.builds(
        Facts, st.sampled_from(about), st.just(""), st.booleans()
    )
    codes = [level.code for gate in policy.gates for level in gate.levels]

    def route(found: list[Condition], at: list[str]) -> Route:
        return Route(f"W{number}", "Invented", tuple(found), tuple(at), "Invented.")

    return st.builds(
        route,
        st.lists(any_condition, min_size=1, max_size=2),
        st.lists(st.sampled_from(codes), min_size=1, max_size=3, unique=True),
    )


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


@lru_cache(maxsize=1)
def policies() -> st.SearchStrategy[Policy]:
    """Three, four or five levels, with invented rules at every gate, and invented routes."""

    def policy(base: Policy, rules: tuple[Rule, ...], routes: tuple[Route, ...]) -> Policy:
        return replace(base, rules=rules, routes=routes)

    def over(number: int) -> st.SearchStrategy[Policy]:
        base = with_levels(number)
        some = [st.tuples(*(rules(n, base) for n in range(count))) for count in range(1, 7)]
        ways = [st.tuples(*(routes(n, base) for n in range(count))) for count in range(3)]
        return st.builds(policy, st.just(base), st.one_of(some), st.one_of(ways))

    return st.one_of([over(number) for number in (5, 5, 4, 3)])


GATES = st.sampled_from([gate.id for gate in draft().gates])


@lru_cache(maxsize=1)
def hurried() -> Policy:
    """A policy whose lesser rule has the shorter time: where taking the deciding rule's time goes wrong."""
    grave = Signs(1, level="3", evidence="suspected")
    small = Signs(1, level="2", evidence="suspected")
    serious = Rule("R1", "services", "Serious", (grave,), "3", "", "", (), "Serious.")
    soon = Rule("R2", "services", "Soon", (small,), "2", "", "same_day", (), "Soon.")
    return replace(draft(), rules=(serious, soon), examples=())
