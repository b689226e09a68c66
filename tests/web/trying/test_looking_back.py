"""Past cases read as a version can read them, and counted in periods."""

from dataclasses import replace
from datetime import date

from openmash.apps.concerns.queries.history import DecidedCase
from openmash.engines.thresholds import Answer, Case, Observation, parse
from openmash.web.trying.looking_back import answers_of, as_known_to, by_period, span_of
from openmash.web.trying.presenters.charts import chart
from openmash.web.trying.small_numbers import Count, How
from tests.cast import policy_texts

POLICY = parse(policy_texts())


def case(*signs: str, **facts: Answer) -> Case:
    seen = tuple(Observation(sign, "seen") for sign in signs)
    return Case(as_of=date(2026, 11, 16), observations=seen, facts=facts, age_months=(96, 96))


def on(day: date, *signs: str) -> DecidedCase:
    return DecidedCase(case(*signs), day, "2", "School", "Northfield", "5 to 10", "Boy or man")


def test_signs_questions_and_grades_that_a_version_does_not_have_are_left_out_and_told() -> None:
    odd = replace(
        case("A13", "Z9", gone=Answer.YES),
        observations=(Observation("A13", "seen"), Observation("Z9", "seen"), Observation("B10", "felt")),
    )
    known, gone = as_known_to(POLICY, odd)
    assert [seen.sign for seen in known.observations] == ["A13"]
    assert dict(known.facts) == {}
    assert gone == {"sign Z9", "sign B10", "question gone"}
    assert as_known_to(POLICY, case("A13", disabled=Answer.NO)) == (
        case("A13", disabled=Answer.NO),
        frozenset(),
    )


def test_every_case_is_answered_and_those_with_something_left_out_are_counted() -> None:
    day = date(2026, 11, 16)
    answers = answers_of([on(day, "A13"), on(day, "A13", "Z9"), on(day, "B10"), on(day)], POLICY)
    assert answers.levels == ["2", "2", "3", "1"]
    assert (answers.left_out.cases, answers.left_out.what) == (1, ("sign Z9",))


def test_the_newest_period_is_a_whole_one() -> None:
    days = [date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 26), date(2026, 2, 1)]
    decided = [on(day) for day in days]
    assert span_of(decided).weeks == 4
    assert by_period(decided, 1) == ([date(2026, 1, 5 + 7 * n) for n in range(4)], [0, 1, 3, 3])
    assert by_period(decided, 4) == ([date(2026, 1, 5)], [0, 0, 0, 0])
    starts, places = by_period([*decided, on(date(2026, 2, 3))], 4)
    assert starts == [date(2025, 12, 15), date(2026, 1, 12)]
    assert places == [0, 1, 1, 1, 1]


def test_a_line_is_broken_where_a_count_is_not_shown_and_hollow_where_it_is_few() -> None:
    counts = [
        Count(How.AS_IT_IS, 10),
        Count(How.FEW, None),
        Count(How.NOT_SHOWN, None),
        Count(How.CLOSE, None, 8),
    ]
    drawn = chart(
        "c", "Level 2", ["a", "b", "c", "d"], [("after", "Draft", counts)], unit="Decisions", marked=1
    )
    (line,) = drawn.lines
    assert len(line.pieces) == 1 and len(line.dots) == 3
    assert [dot.few for dot in line.dots] == [False, True, True]
    assert drawn.marked == line.dots[1].x
    assert "10 at a" in drawn.desc and "b is marked" in drawn.desc
