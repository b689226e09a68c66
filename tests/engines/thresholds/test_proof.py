"""The exact proof: of the draft, of faults put in on purpose, and of small policies against trying every case."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import (
    Answer,
    Case,
    Observation,
    PastContact,
    Policy,
    PolicyErrors,
    Rule,
    evaluate,
)
from openmash.engines.thresholds.compiled.circuit import Circuit, Node
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignLasting,
    SignMayLast,
    SignSeen,
    YoungestAge,
    value_of,
)
from openmash.engines.thresholds.compiled.compile import CompiledPolicy, compile_policy
from openmash.engines.thresholds.meaning.case import months_before, view
from openmash.engines.thresholds.meaning.outcome import Outcome, outcome
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.policy import model
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
from openmash.engines.thresholds.proof.answers import Judge
from openmash.engines.thresholds.proof.check import check, check_compiled, load
from openmash.engines.thresholds.proof.diagrams import Diagrams
from openmash.engines.thresholds.proof.errors import CircuitDisagrees, NoSuchCase, ProofTooLarge
from openmash.engines.thresholds.proof.monotone import steps
from openmash.engines.thresholds.proof.past import Band, past_for
from openmash.engines.thresholds.proof.quick import holds_by_form
from openmash.engines.thresholds.proof.report import FAULT, QUESTION, UNSETTLED, WARNING, Remark, Report
from tests.engines.thresholds.invented import AS_OF, draft, hurried, policies
from tests.engines.thresholds.planted import by_circuit

# A policy that fails is small enough already, and each one is tried on some thousand cases.
FEW = settings(deadline=None, max_examples=8, phases=(Phase.explicit, Phase.generate))


@lru_cache(maxsize=1)
def proved() -> Report:
    return check(draft(), exact=True)


def services(*rules: Rule) -> Policy:
    return replace(draft(), rules=rules, examples=())


def rule(id: str, *conditions: Condition, level: str = "", **more: object) -> Rule:
    duties = ("manager_decision",) if not (level or more) else ()
    made = Rule(id, "services", "Invented", conditions, level, "", "", duties, "Invented.")
    return replace(made, **more)  # type: ignore[arg-type]


def of(report: Report, weight: str, check: str = "") -> list[Remark]:
    return [r for r in report.remarks if r.weight == weight and check in ("", r.check)]


# --- the draft ---


def test_the_draft_is_sound_and_every_claim_is_proved() -> None:
    assert proved().sound
    assert all(claim.proved for gate in proved().gates for claim in gate.claims)
    assert [gate.gate for gate in proved().gates] == ["services", "enquiry", "conference"]


def test_the_smallest_case_of_each_level_comes_to_it() -> None:
    for gate in proved().gates:
        levels = [level.code for level in draft().gate(gate.gate).levels]
        assert [code for code, _ in gate.levels] == levels
        for code, witness in gate.levels:
            assert evaluate(draft(), witness.case, gate.gate).level.code == code


def test_each_rule_is_shown_to_decide_by_a_case_that_changes_without_it() -> None:
    for gate in proved().gates:
        assert {each.rule for each in gate.decides} == {r.id for r in draft().rules if r.gate == gate.gate}
        for each in gate.decides:
            assert each.rule in {one.rule.id for one in evaluate(draft(), each.example.case, gate.gate).fired}


def test_the_words_are_those_of_a_practitioner() -> None:
    words = {each.rule: each.example.words for each in proved().gates[0].decides}
    assert words["C8c"].startswith(
        "a child under 2 with one level 2 sign of care or safety (A01 “The child has"
    )
    assert words["C8c"].endswith("”), known as suspected")
    assert words["C7"] == "a child with two earlier contacts in the last 12 months"
    assert words["C8e"].startswith("a child not yet born with one level 2 sign of carer health or substance")
    assert "“Is the child disabled or seriously ill?” answered yes" in words["C8a"]


def test_questions_name_the_row_of_the_spreadsheet() -> None:
    duplicate = of(proved(), QUESTION, "duplicate")
    assert [r.key for r in duplicate] == ["C16c", "C16d", "E9a", "E9b", "E9c", "K7b"]
    assert [r.row for r in duplicate[:2]] == [37, 38]
    assert "C1b" in duplicate[0].message


def test_the_report_reads_well_in_a_terminal() -> None:
    lines = proved().lines()
    assert lines[0].startswith("Policy draft 2026-11: proved for every possible case (")
    assert "  yes  More concern never means less: the time allowed." in lines
    assert lines[-1] == "Sound."


def test_the_quick_check_proves_nothing_and_finds_nothing_wrong() -> None:
    report = check(draft(), exact=False)
    assert report.sound and not report.exact
    assert "checked by its form only" in report.lines()[0]
    assert holds_by_form(compile_policy(draft()))


def test_whoever_loads_a_policy_has_its_form_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even if reading it were to let something through that it must not."""
    texts = dict(draft().sources)
    assert load(texts) == draft()
    texts["rules.csv"] = texts["rules.csv"].replace(
        "fact known_person_of_risk,,,4", "fact consent_refused,,,4"
    )
    with pytest.raises(PolicyErrors, match="is about routing"):
        load(texts)
    monkeypatch.setattr(model, "find_problems", lambda policy: [])
    with pytest.raises(PolicyErrors, match=r"facts\.csv, row 23: An answer rests on consent_refused"):
        load(texts)


# --- rules that do nothing ---


def test_a_hidden_rule_is_named_with_the_rule_that_hides_it() -> None:
    policy = services(
        rule("R1", Signs(1, level="3", evidence="suspected"), level="3"),
        rule("R2", Signs(2, level="3", evidence="seen"), level="2"),
    )
    [remark] = of(check(policy, exact=True), WARNING)
    assert (remark.check, remark.key, remark.file) == ("decides", "R2", "rules.csv")
    assert "rule R1 already gives as much" in remark.message


def test_a_rule_hidden_by_several_together_is_named_with_all_of_them() -> None:
    policy = services(
        rule("R1", Facts("help_refused"), level="3"),
        rule("R2", Facts("disabled"), level="3"),
        rule("R3", Facts("visits_missed"), level="3"),
        rule("R4", Facts(of="refusal"), level="2"),
    )
    [remark] = of(check(policy, exact=True), WARNING)
    assert remark.key == "R4"
    assert "wherever it fires, rules R1 and R3 already give as much" in remark.message


def test_a_rule_that_needs_an_unborn_child_to_be_old_enough_can_still_fire() -> None:
    report = check(services(rule("R1", Unborn(), ChildUnder(1), level="3")), exact=True)
    assert not of(report, WARNING)


def test_a_rule_that_asks_for_more_signs_than_there_are_can_never_fire() -> None:
    policy = services(rule("R1", Signs(99, level="2", evidence="suspected"), level="3"))
    report = check(policy, exact=True)
    assert [r.key for r in of(report, FAULT, "fires")] == ["R1"]
    assert [r.message for r in of(report, FAULT, "reachable")][1] == "No case comes to level 3."
    assert not report.sound


def test_a_rule_that_can_never_fire_stands_in_the_way_though_all_else_is_well() -> None:
    extra = rule("X1", Signs(99, level="2", evidence="suspected"), level="3")
    report = check(replace(draft(), rules=(*draft().rules, extra), examples=()), exact=True)
    assert [(r.check, r.key) for r in of(report, FAULT)] == [("fires", "X1")]
    assert not report.sound


def test_a_rule_that_sets_nothing_above_the_lowest_level_stands_in_the_way() -> None:
    extra = rule("X1", Facts("disabled"), level="1")
    report = check(replace(draft(), rules=(*draft().rules, extra), examples=()), exact=True)
    [fault] = of(report, FAULT)
    assert (fault.check, fault.key) == ("decides", "X1")
    assert "it sets nothing above the lowest level and its time" in fault.message
    assert not report.sound


def test_a_rule_that_others_hide_stands_in_nobody_s_way() -> None:
    extra = rule("X1", Signs(2, level="3", evidence="seen"), level="2")
    report = check(replace(draft(), rules=(*draft().rules, extra), examples=()), exact=True)
    assert report.sound
    assert [(r.key, "rule C2b already gives as much" in r.message) for r in of(report, WARNING)] == [
        ("X1", True)
    ]


# --- faults put in on purpose ---


@lru_cache(maxsize=1)
def base() -> Policy:
    """A few of the draft's own rules, so that a fault is found in a moment."""
    kept = ("C1d", "C2a", "C2b", "C2c", "C6a", "C8a", "C8c", "C9a", "C10")
    return services(*(rule for rule in draft().rules if rule.id in kept))


Change = Mapping[str, Any]


def planted(policy: Policy, change: Change, compiled: CompiledPolicy) -> Report:
    gate = replace(compiled.gates["services"], **change)
    faulty = CompiledPolicy(policy, compiled.circuit, {"services": gate})
    judges: dict[str, Judge] = {"services": by_circuit(faulty, "services")}
    return check_compiled(faulty, exact=True, judges=judges)


def raised_to(level: str, node: Node, compiled: CompiledPolicy) -> Change:
    gate, circuit = compiled.gates["services"], compiled.circuit
    upto = [
        code for code in gate.levels if compiled.policy.level(code).rank <= compiled.policy.level(level).rank
    ]
    levels = {**gate.levels, **{code: circuit.any_of([gate.levels[code], node]) for code in upto}}
    return {"levels": levels}


def not_known(circuit: Circuit, fact: str) -> Node:
    yes = circuit.ask(Atom(FactAnswer(fact), 2))
    return circuit.all_of([circuit.ask(Atom(FactAnswer(fact), 1)), circuit.negate(yes)])


def test_a_rule_that_counts_what_is_not_known_and_not_yes_is_caught() -> None:
    compiled = compile_policy(base())
    facts = ("help_refused", "visits_missed", "disabled", "not_mobile")
    counts = compiled.circuit.at_least(3, [not_known(compiled.circuit, fact) for fact in facts])
    report = planted(base(), raised_to("4", counts, compiled), compiled)
    assert not report.sound
    [fault] = of(report, FAULT, "monotone_level")
    assert fault.pair is not None
    assert (fault.pair.less.reply.level, fault.pair.more.reply.level) == ("4", "1")
    told = {fact: answer for fact, answer in fault.pair.less.case.facts.items() if answer is not Answer.NO}
    assert set(told) < set(facts) and list(told.values()) == [Answer.NOT_KNOWN] * 3
    assert not fault.pair.less.case.observations and not fault.pair.less.case.past
    assert "lowers the level from level 4 to level 1" in fault.message
    assert not holds_by_form(
        CompiledPolicy(
            base(),
            compiled.circuit,
            {"services": replace(compiled.gates["services"], **raised_to("4", counts, compiled))},
        )
    )


def test_an_exclusion_is_caught_and_one_that_another_rule_covers_is_not_a_fault() -> None:
    compiled = compile_policy(base())
    circuit = compiled.circuit
    serious = [circuit.ask(Atom(SignSeen(s.id), 1)) for s in base().signs if s.level == "3"]
    refused = circuit.ask(Atom(FactAnswer("help_refused"), 2))
    unless = circuit.all_of([circuit.at_least(2, serious), circuit.negate(refused)])
    [fault] = of(planted(base(), raised_to("4", unless, compiled), compiled), FAULT)
    assert fault.check == "monotone_level" and fault.pair is not None
    assert len(fault.pair.less.case.observations) == 2
    assert (fault.pair.less.reply.level, fault.pair.more.reply.level) == ("4", "3")
    # At level 3 the rule C2b holds whatever was left out: only the form is asked about.
    covered = planted(base(), raised_to("3", unless, compiled), compiled)
    assert covered.sound and [r.check for r in of(covered, QUESTION, "form")] == ["form"]


def test_a_time_taken_from_the_deciding_row_is_caught() -> None:
    policy = hurried()
    compiled = compile_policy(policy)
    gate, circuit = compiled.gates["services"], compiled.circuit
    serious, soon = gate.rules["R1"], gate.rules["R2"]
    same_day = circuit.all_of([soon, circuit.negate(serious)])
    report = planted(policy, {"within": {**gate.within, "same_day": same_day}}, compiled)
    [fault] = of(report, FAULT, "monotone_within")
    assert fault.pair is not None
    assert (fault.pair.less.reply.within, fault.pair.more.reply.within) == ("same_day", "one_working_day")
    assert len(fault.pair.less.case.observations) == 1
    assert "from the same day to 1 working day" in fault.message


def test_an_age_that_must_be_known_to_count_is_caught() -> None:
    compiled = compile_policy(base())
    circuit = compiled.circuit
    grown = circuit.negate(circuit.ask(Atom(YoungestAge(), 192)))
    homeless = circuit.all_of([grown, circuit.ask(Atom(SignSeen("B20"), 1))])
    report = planted(base(), raised_to("4", homeless, compiled), compiled)
    [fault] = of(report, FAULT, "unknown_age")
    assert fault.pair is not None
    assert fault.pair.less.case.age_months == (192, 192) and fault.pair.more.case.age_months is None
    assert fault.pair.more.words.startswith("a child whose age is not known")


def test_not_known_counting_for_less_than_no_is_caught() -> None:
    compiled = compile_policy(base())
    circuit = compiled.circuit
    certain = circuit.negate(not_known(circuit, "disabled"))
    node = circuit.all_of([certain, circuit.ask(Atom(FactAnswer("help_refused"), 2))])
    report = planted(base(), raised_to("2", node, compiled), compiled)
    [fault] = of(report, FAULT, "not_known")
    assert fault.pair is not None
    assert fault.pair.less.case.facts["disabled"] is Answer.NO
    assert fault.pair.more.case.facts["disabled"] is Answer.NOT_KNOWN


def test_a_kind_of_agency_that_must_be_known_to_count_is_caught() -> None:
    compiled = compile_policy(base())
    circuit = compiled.circuit
    police, school, gp = (circuit.ask(Atom(PresentFrom(kind), 1)) for kind in ("police", "school", "gp"))
    hungry, refused = circuit.ask(Atom(SignSeen("A10"), 1)), circuit.ask(Atom(FactAnswer("help_refused"), 2))
    certain = circuit.all_of([police, circuit.negate(school), hungry])
    node = circuit.any_of([certain, circuit.all_of([gp, hungry, refused])])
    [fault] = of(planted(base(), raised_to("4", node, compiled), compiled), FAULT)
    assert fault.check == "monotone_level" and fault.pair is not None
    # Nobody is of two kinds, so it takes the step from one kind to not known.
    assert (fault.pair.less.case.agency_kind, fault.pair.more.case.agency_kind) == ("police", "")


def test_a_proof_that_differs_from_the_plain_meaning_stops_everything() -> None:
    compiled = compile_policy(base())
    wrong = raised_to("4", compiled.circuit.ALWAYS, compiled)
    gate = replace(compiled.gates["services"], **wrong)
    with pytest.raises(CircuitDisagrees, match="a fault in the program"):
        check_compiled(CompiledPolicy(base(), compiled.circuit, {"services": gate}), exact=True)


# --- limits ---


def test_a_proof_that_grows_too_large_ends_and_says_so() -> None:
    for plain in (False, True):
        with pytest.raises(ProofTooLarge, match="Nothing was proved"):
            check(draft(), exact=True, plain=plain, most_nodes=1500)


def test_without_cudd_the_proof_is_the_same() -> None:
    policy = services(
        rule("R1", Signs(2, level="3", evidence="seen", domains=2), level="3"),
        rule("R2", Signs(1, sign="A12", evidence="suspected"), ChildUnder(24), level="4"),
        rule("R3", Contacts(3, 12, kind="neglect"), level="2", respond="same_day"),
        rule("R4", Reached("4"), duties=("manager_decision",)),
    )
    fast, slow = (check(policy, exact=True, plain=plain) for plain in (False, True))
    assert slow.engine == "plain Python"
    assert (fast.gates, fast.remarks) == (slow.gates, slow.remarks)


# --- earlier contacts ---


def test_contacts_are_found_for_windows_that_overlap() -> None:
    wide, neglect, recent = Window(12), Window(12, "neglect"), Window(3)
    both = Window(3, "neglect")
    bands: dict[Column, Band] = {
        PastContacts(w): Band(n, n) for w, n in ((wide, 2), (neglect, 1), (recent, 1), (both, 0))
    }
    past, _ = past_for({**bands, PastEntries(neglect): Band(4, 4)}, "gp", "gp")
    assert len(past) == 2
    case = view(draft(), Case(as_of=AS_OF, past=past))
    assert [value_of(PastContacts(w), case) for w in (wide, neglect, recent, both)] == [2, 1, 1, 0]
    assert value_of(PastEntries(neglect), case) == 4


def test_contacts_that_cannot_be_are_refused() -> None:
    police, school, all_ = Window(12, agency_kind="police"), Window(12, agency_kind="school"), Window(12)
    bands: dict[Column, Band] = {
        PastContacts(police): Band(2, 2),
        PastContacts(school): Band(2, 2),
        PastContacts(all_): Band(2, 2),
    }
    past, _ = past_for(bands, "gp", "gp")
    assert [contact.agency_kind for contact in past] == ["", ""]
    with pytest.raises(NoSuchCase):
        past_for(
            {PastContacts(all_): Band(1, 1), PastAgencies(all_, with_present=False): Band(2, 2)}, "gp", "gp"
        )


# --- small policies, against trying every case ---

PLAIN = (
    Signs(1, sign="A12", evidence="suspected"),
    Signs(1, sign="A12", evidence="seen"),
    Signs(1, of="bruise", immediacy="unless", evidence="suspected"),
    Signs(1, of="bruise", immediacy="unless", not_ruled_out=True, evidence="suspected"),
    Signs(2, of="direct_or_neglect", evidence="suspected"),
    Examples(2, "A12", "suspected"),
    Facts("disabled"),
    Facts("disabled", not_ruled_out=True),
    ChildUnder(24),
    ChildUnder(60),
    Unborn(),
    Unborn(not_ruled_out=True),
)
LASTING = (
    Signs(1, sign="A12", evidence="suspected"),
    Signs(1, sign="A12", evidence="suspected", lasting=3),
    Signs(1, sign="A12", evidence="suspected", lasting=3, lasting_open=True),
    Signs(1, sign="A12", evidence="suspected", lasting=6),
    Signs(1, sign="A12", evidence="suspected", lasting=6, lasting_open=True),
    Signs(2, of="direct_or_neglect", evidence="suspected", lasting=3),
    Signs(2, of="direct_or_neglect", evidence="suspected", lasting=6, lasting_open=True),
    Unborn(),
    Unborn(not_ruled_out=True),
    ChildUnder(24),
)
COUNTED = (
    Signs(1, sign="A12", evidence="suspected"),
    Contacts(2, 12),
    Contacts(3, 12),
    Contacts(2, 12, kind="neglect"),
    Contacts(2, 12, kind="neglect", entries=True),
    Contacts(2, 12, agencies=2),
    Contacts(2, 12, kind="neglect", agencies=2),
    Contacts(2, 12, unassessed=True),
)


@st.composite
def few_rules(draw: st.DrawFn, pool: tuple[Condition, ...]) -> tuple[Rule, ...]:
    rules = []
    for number in range(draw(st.integers(2, 4))):
        conditions = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=3, unique=True))
        level = draw(st.sampled_from(["", "2", "3", "3", "4"]))
        respond = draw(st.sampled_from(["", "", "same_day"])) if level else "at_once"
        rules.append(rule(f"R{number}", *conditions, level=level, respond=respond))
    return tuple(rules)


def small(rules: tuple[Rule, ...]) -> Policy:
    sets = {**draft().sign_sets, "direct_or_neglect": frozenset({"A12", "D03"}), "bruise": frozenset({"D03"})}
    return replace(draft(), rules=rules, sign_sets=sets, examples=())


def plain_cases() -> Iterator[Case]:
    a12 = [
        None,
        *(Observation("A12", grade, examples=n) for grade, n in product(("suspected", "seen"), (1, 2))),
    ]
    d03 = [None, *(Observation("D03", "suspected", answer) for answer in Answer)]
    ages = [(12, Answer.NO), (36, Answer.NO), (100, Answer.NO), (None, Answer.NOT_KNOWN), (None, Answer.YES)]
    for one, other, (age, unborn), disabled in product(a12, d03, ages, Answer):
        yield Case(
            AS_OF,
            tuple(seen for seen in (one, other) if seen),
            {"disabled": disabled},
            None if age is None else (age, age),
            unborn,
        )


def lasting_cases() -> Iterator[Case]:
    """Signs told once or twice: for so many months, by somebody who did not say, or both."""
    told: list[tuple[int | None, ...]] = [(), (None,), (1,), (4,), (7,), (1, None), (4, None), (7, None)]
    ages = [(12, Answer.NO), (36, Answer.NO), (None, Answer.NO), (None, Answer.NOT_KNOWN), (None, Answer.YES)]
    for one, other, (age, unborn) in product(told, told, ages):
        seen = [("A12", months) for months in one] + [("D03", months) for months in other]
        yield Case(
            AS_OF,
            tuple(Observation(sign, "suspected", Answer.NO, lasting_months=months) for sign, months in seen),
            age_months=None if age is None else (age, age),
            unborn=unborn,
        )


def counted_cases() -> Iterator[Case]:
    kinds = [
        PastContact(months_before(AS_OF, 1), agency, "gp", frozenset(about), 1, assessed)
        for agency, about, assessed in product(("a", "b"), ((), ("neglect",)), (False, True))
    ]
    kinds += [replace(kind, entries=2) for kind in kinds if kind.agency == "a" and kind.accumulates]
    # B08 is about neglect too, so that a rule about A12 need not fire.
    neglect = [
        Observation(sign, "suspected", examples=number) for sign in ("A12", "B08") for number in (1, 2)
    ]
    signs = [(), *((seen,) for seen in neglect)]
    for many in range(4):
        for past in combinations_with_replacement(kinds, many):
            for seen, agency in product(signs, ("a", "c", "")):
                yield Case(AS_OF, seen, {}, (100, 100), Answer.NO, past, agency, "gp")


def compared(policy: Policy, cases: list[Case]) -> None:
    report = check(policy, exact=True)
    found = {gate.gate: gate for gate in report.gates}["services"]
    replies = [outcome(view(policy, case)) for case in cases]
    assert {code for code, _ in found.levels} == {reply.level.code for reply in replies}
    fired = {rule.id for reply in replies for rule in reply.rules}
    assert {r.key for r in of(report, FAULT, "fires")} == {rule.id for rule in policy.rules} - fired
    decides = {rule.id for rule in policy.rules if changes_something(policy, rule, cases, replies)}
    assert {each.rule for each in found.decides} == decides
    for code, witness in found.levels:
        told = [things(case) for case, reply in zip(cases, replies, strict=True) if reply.level.code == code]
        assert things(witness.case) == min(told)


def changes_something(policy: Policy, rule: Rule, cases: list[Case], replies: list[Outcome]) -> bool:
    without = replace(policy, rules=tuple(one for one in policy.rules if one is not rule))

    def answers(reply: Outcome) -> tuple[object, ...]:
        duties = {duty for rule in reply.rules for duty in rule.duties}
        return reply.level, reply.consider, reply.respond, duties

    return any(
        answers(reply) != answers(outcome(view(without, case)))
        for case, reply in zip(cases, replies, strict=True)
        if rule in reply.rules
    )


def things(case: Case) -> int:
    unborn = case.unborn is not Answer.NO
    facts = sum(1 for answer in case.facts.values() if answer is not Answer.NO)
    return len({seen.sign for seen in case.observations}) + facts + len(case.past) + unborn


@FEW
@given(few_rules(PLAIN))
def test_verdicts_on_small_policies_are_those_of_trying_every_case(rules: tuple[Rule, ...]) -> None:
    compared(small(rules), list(plain_cases()))


ONLY_WHERE_NOBODY_SAID = (
    rule(
        "R0",
        ChildUnder(24),
        Signs(1, sign="A12", evidence="suspected", lasting=3, lasting_open=True),
        level="2",
    ),
    rule("R1", Signs(1, sign="A12", evidence="suspected", lasting=3), level="3"),
    rule(
        "R2",
        Signs(2, of="direct_or_neglect", evidence="suspected", lasting=6, lasting_open=True),
        level="4",
    ),
)
"""Level 2 is only reached by a sign of which nobody said how long, and which so may have gone on for six months."""


@FEW
@given(few_rules(LASTING))
@example(ONLY_WHERE_NOBODY_SAID)
def test_verdicts_on_how_long_are_those_of_trying_every_length(rules: tuple[Rule, ...]) -> None:
    compared(small(rules), list(lasting_cases()))


def test_every_longer_time_is_reached_by_steps_that_a_real_case_can_take() -> None:
    circuit = Circuit()
    said, may = SignLasting("A12"), SignMayLast("A12")
    every = [circuit.ask(Atom(column, bound)) for column in (said, may) for bound in (3, 6, 9)]
    diagrams = Diagrams(circuit, every, [draft()])
    ways = list(steps(diagrams, set(diagrams.atoms)))
    lengths = [(one, other) for one in range(0, 10, 3) for other in range(one, 10, 3) if other in (one, 9)]

    def told(one: int, other: int) -> dict[Atom, bool]:
        known = {
            Atom(column, bound): length >= bound
            for column, length in ((said, one), (may, other))
            for bound in (3, 6, 9)
        }
        return {**known, Atom(SignSeen("A12"), 1): True}

    def is_possible(answers: dict[Atom, bool]) -> bool:
        return not diagrams.is_never(diagrams.both(diagrams.exactly(answers), diagrams.possible))

    tried = [told(one, other) for one in range(0, 10, 3) for other in range(0, 10, 3)]
    assert [each for each in tried if is_possible(each)] == [told(*each) for each in lengths]
    for start in (told(*each) for each in lengths):
        reached, waiting = [start], [start]
        while waiting:
            here = waiting.pop()
            for step in ways:
                there = {**here, **step.change}
                fits = all(here[atom] == answer for atom, answer in step.before.items())
                if fits and there not in reached and is_possible(there):
                    reached.append(there)
                    waiting.append(there)
        above = [
            each
            for each in (told(*pair) for pair in lengths)
            if all(each[atom] or not yes for atom, yes in start.items())
        ]
        assert all(each in reached for each in above)


@FEW
@given(few_rules(COUNTED))
def test_verdicts_on_contacts_are_those_of_trying_every_history(rules: tuple[Rule, ...]) -> None:
    compared(small(rules), every_history())


@lru_cache(maxsize=1)
def every_history() -> list[Case]:
    return list(counted_cases())


def test_the_smallest_case_has_no_more_contacts_than_it_takes() -> None:
    # "Two or more contacts" is also told by three; with three, fewer details have to be said.
    policy = services(
        rule("R1", Contacts(2, 12, agencies=2), Contacts(2, 12, kind="neglect"), level="2"),
        rule("R2", Contacts(2, 12, kind="neglect", agencies=2), level="4"),
    )
    levels = dict(check(policy, exact=True).gates[0].levels)
    assert len(levels["2"].case.past) == 2


def test_patterns_are_counted_exactly() -> None:
    policy = services(
        rule("R1", Facts("disabled"), level="2"), rule("R2", Signs(1, sign="A12", evidence="seen"), level="3")
    )
    compiled = compile_policy(policy)
    gate = compiled.gates["services"]
    diagrams = Diagrams(compiled.circuit, gate.responses().values(), [policy])
    assert diagrams.patterns(diagrams.possible) == 4
    assert diagrams.patterns(diagrams.of(gate.levels["2"])) == 3


@settings(deadline=None, max_examples=5, phases=(Phase.explicit, Phase.generate))
@given(policies())
def test_whatever_the_rules_and_levels_more_concern_never_means_less(policy: Policy) -> None:
    report = check(policy, exact=True)
    claims = {claim.check: claim.proved for gate in report.gates for claim in gate.claims}
    assert all(claims[name] for name in claims if name not in ("reachable", "fires", "decides"))
    assert not of(report, UNSETTLED)
