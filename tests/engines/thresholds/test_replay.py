"""A replay says of every case what the interpreter says of it alone, and counts nobody who is not there."""

from collections import Counter
from dataclasses import replace
from functools import cached_property

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Case, Observation, Policy, Rule
from openmash.engines.thresholds.compiled.columns import Atom, SignSeen, YoungestAge
from openmash.engines.thresholds.meaning.case import view
from openmash.engines.thresholds.meaning.outcome import Outcome, outcome, routes_for
from openmash.engines.thresholds.policy.conditions import ChildUnder, Contacts, Signs
from openmash.engines.thresholds.replay import (
    ColumnMissing,
    Label,
    LabelMissing,
    NotWholeNumbers,
    Population,
    ReadDifferently,
    Replayed,
    RuleCounts,
    WindowMissing,
    columns_needed,
    flipped,
    flips,
    replay,
    replay_together,
    running,
)
from tests.engines.thresholds.invented import AS_OF, PROPERTY, cases, draft, policies

SLOWER = settings(PROPERTY, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
MANY = st.lists(cases(), max_size=8)
SEEN = [Case(AS_OF, (Observation(sign, "reported"),), age_months=(90, 90)) for sign in ("A10", "D01", "B10")]


def unlabelled(known: list[Case]) -> list[tuple[Case, dict[str, str]]]:
    return [(case, {}) for case in known]


def outcomes(policy: Policy, known: list[Case], gate: str) -> list[Outcome]:
    return [outcome(view(policy, case, gate)) for case in known]


def agree(replayed: Replayed, known: list[Case]) -> None:
    policy, gate = replayed.policy, replayed.gate
    expected = outcomes(policy, known, gate.id)
    assert replayed.ranks().tolist() == [one.level.rank for one in expected]
    considered = [max(one.level.rank, one.consider.rank if one.consider else 0) for one in expected]
    assert replayed.ranks_considered().tolist() == considered
    clocks = replayed.clocks()
    assert [clocks[place] for place in replayed.clock_places()] == [one.respond for one in expected]
    counted = Counter(one.level.code for one in expected)
    assert replayed.by_level() == {level.code: counted[level.code] for level in gate.levels}
    times = Counter(one.respond.id for one in expected)
    assert replayed.by_clock() == {clock.id: times[clock.id] for clock in clocks}
    for row, one in enumerate(expected):
        assert replayed.fired(row) == tuple(rule.id for rule in one.rules)
        deciding = tuple(rule.id for rule in one.rules if rule.level == one.level.code)
        assert replayed.deciding(row) == deciding
        taken = {id for id, words in replayed.routes.items() if replayed.population.unpacked(words)[row]}
        assert taken == {route.id for route in routes_for(view(policy, known[row], gate.id), one.level)}


@SLOWER
@given(policy=policies(), known=MANY, data=st.data())
def test_every_case_is_what_the_interpreter_says(
    policy: Policy, known: list[Case], data: st.DataObject
) -> None:
    gate = data.draw(st.sampled_from(policy.gates)).id
    agree(replay(Population.of(unlabelled(known), policy, gate=gate), policy, gate), known)


@SLOWER
@given(known=MANY)
def test_every_case_is_what_the_interpreter_says_under_the_draft(known: list[Case]) -> None:
    agree(replay(Population.of(unlabelled(known), draft()), draft()), known)


@SLOWER
@given(before=policies(), after=policies(), known=MANY)
def test_two_versions_in_one_run(before: Policy, after: Policy, known: list[Case]) -> None:
    population = Population.of(unlabelled(known), before, after)
    one, other = replay_together(population, [before, after])
    agree(one, known)
    agree(other, known)
    moved = flips(one, other)
    pairs = [
        (a.level.code, b.level.code)
        for a, b in zip(outcomes(before, known, ""), outcomes(after, known, ""), strict=True)
    ]
    assert {pair: number for pair, number in moved.items() if number} == Counter(pairs)
    for pair in set(pairs):
        assert flipped(one, other, pair) == [row for row, found in enumerate(pairs) if found == pair]


@SLOWER
@given(policy=policies(), known=MANY)
def test_how_often_each_rule_fires_decides_and_decides_alone(policy: Policy, known: list[Case]) -> None:
    found = replay(Population.of(unlabelled(known), policy), policy).by_rule()
    expected = {}
    every = outcomes(policy, known, "")
    for rule in policy.rules_at(policy.gates[0]):
        fires = [one for one in every if rule in one.rules]
        decides = [one for one in fires if rule.level == one.level.code]
        alone = [one for one in decides if sum(r.level == one.level.code for r in one.rules) == 1]
        expected[rule.id] = RuleCounts(len(fires), len(decides), len(alone))
    assert found == expected


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 130])
def test_nobody_is_counted_who_is_not_there(count: int) -> None:
    """Whatever fires for everybody, or for an age not known, must not fire for the padding of a word."""
    anyone = Rule("X1", "services", "Any child", (ChildUnder(9999),), "2", "", "", (), "Invented.")
    policy = replace(draft(), rules=(anyone,), examples=())
    replayed = replay(Population.of(unlabelled([SEEN[0]] * count), policy), policy)
    assert replayed.by_level() == {"1": 0, "2": count, "3": 0, "4": 0, "I": 0}
    assert sum(replayed.by_clock().values()) == count
    lowest = replay(Population.of(unlabelled([SEEN[0]] * count), draft()), draft())
    assert sum(lowest.by_level().values()) == count


class Unmasked(Population):
    """The planted fault: padding that passes for cases."""

    @cached_property
    def valid(self) -> np.ndarray:
        return np.full(self.words, 2**64 - 1, dtype=np.uint64)


def test_without_the_mask_the_padding_would_be_counted() -> None:
    sound = Population.of(unlabelled([SEEN[0]] * 65), draft())
    faulty = Unmasked(sound.count, sound.columns)
    assert sum(replay(sound, draft()).by_level().values()) == 65
    assert sum(replay(faulty, draft()).by_level().values()) == 128


def test_a_population_of_several_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BLOCK", 2)
    known = SEEN * 100
    agree(replay(Population.of(unlabelled(known), draft()), draft()), known)


def test_work_by_week_and_by_agency() -> None:
    labels = [{"week": "2026-W01"}, {"week": "2026-W02"}, {"week": "2026-W02"}]
    replayed = replay(Population.of(zip(SEEN, labels, strict=True), draft()), draft())
    expected = [one.level.code for one in outcomes(draft(), SEEN, "")]
    by_week = replayed.levels_by("week")
    assert by_week["2026-W01"][expected[0]] == 1 and sum(by_week["2026-W02"].values()) == 2
    assert {sum(times.values()) for times in replayed.clocks_by("week").values()} == {1, 2}
    with pytest.raises(LabelMissing, match="It has: week"):
        replayed.levels_by("ward")


def test_levels_of_the_cases_with_each_sign() -> None:
    by_sign = replay(Population.of(unlabelled(SEEN), draft()), draft()).by_sign()
    assert sum(by_sign["D01"].values()) == 1 and by_sign["D01"]["I"] == 1
    assert sum(by_sign["A17"].values()) == 0


def test_ready_made_columns() -> None:
    columns = {column: np.zeros(70, dtype=np.int64) for column in columns_needed(draft())}
    columns[SignSeen("D01")] = np.arange(70) % 2
    label = {"area": Label(np.zeros(70, dtype=np.int32), ("North",))}
    found = replay(Population(70, columns, label), draft())
    assert found.by_level()["I"] == 35 and found.levels_by("area")["North"]["I"] == 35
    youngest = Population(70, columns).bits(Atom(YoungestAge(), 1))
    assert np.bitwise_count(youngest).sum() == 70


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [(np.zeros(3), "float64"), (np.zeros(2, dtype=int), "3 cases and 2"), (np.array([0, -1, 0]), "-1")],
)
def test_columns_that_are_not_whole_numbers_are_refused(numbers: np.ndarray, wrong: str) -> None:
    with pytest.raises(NotWholeNumbers, match=wrong):
        Population(3, {SignSeen("D01"): numbers})


def test_codes_beyond_the_names_of_a_label_are_refused() -> None:
    with pytest.raises(NotWholeNumbers, match="1 names"):
        Population(1, {}, {"area": Label(np.ones(1, dtype=np.int32), ("North",))})


def test_what_the_population_does_not_hold_is_said() -> None:
    population = Population.of(unlabelled(SEEN), draft())
    longer = Rule("X1", "services", "More", (Contacts(3, 24, kind="neglect"),), "3", "", "", (), "Invented.")
    with pytest.raises(WindowMissing, match=r"24 months were not counted.*it holds: 12"):
        replay(population, replace(draft(), rules=(longer,), examples=()))
    other = Rule("X1", "services", "More", (Signs(1, sign="D01", evidence="seen"),), "3", "", "", (), "X.")
    with pytest.raises(ColumnMissing, match="sign_D01"):
        replay(Population(1, {}), replace(draft(), rules=(other,), routes=(), examples=()))


def test_policies_that_read_a_record_differently_cannot_share_a_population() -> None:
    grades = tuple(replace(grade, rank=max(1, grade.rank - 1)) for grade in draft().evidence)
    with pytest.raises(ReadDifferently, match="grades of evidence"):
        Population.of(unlabelled(SEEN), draft(), replace(draft(), evidence=grades, examples=()))


def test_only_replays_of_one_population_can_be_compared() -> None:
    one, other = (replay(Population.of(unlabelled(SEEN), draft()), draft()) for _ in range(2))
    with pytest.raises(ValueError, match="one and the same"):
        flips(one, other)
