"""Which looks are worth a question."""

from datetime import timedelta

from openmash.apps.oversight.rules import LONG_ENDED, MANY, Look, Opened, Why, questions
from tests.cast import MONDAY

MINUTE = timedelta(minutes=1)


def look(record: str = "a", minutes: float = 0, by: int = 1, refused: bool = False) -> Look:
    return Look(by, MONDAY + minutes * MINUTE, record, refused)


def record(*names: str, ended_days_ago: int | None = None, took_part: tuple[int, ...] = ()) -> Opened:
    ended = None if ended_days_ago is None else MONDAY - timedelta(days=ended_days_ago)
    return Opened(frozenset(names), ended, frozenset(took_part))


def whys(looks: list[Look], records: dict[str, Opened], names: dict[int, str] | None = None) -> list[Why]:
    return [question.why for question in questions(looks, records, names or {})]


def test_ones_own_family_name_is_worth_a_question_once_a_record() -> None:
    records = {"a": record("okafor"), "b": record("smith")}
    looks = [look("a"), look("a", 500), look("b")]
    assert whys(looks, records, {1: "okafor"}) == [Why.OWN_NAME]
    assert whys(looks, records, {1: "lee"}) == [] and whys(looks, records, {1: ""}) == []
    assert whys([look("a", refused=True)], records, {1: "okafor"}) == []


def test_more_than_thirty_records_within_an_hour() -> None:
    many = [look(str(n), n) for n in range(MANY + 1)]
    records = {str(n): record() for n in range(MANY + 1)}
    found = questions(many, records, {})
    assert [question.why for question in found] == [Why.MANY] and len(found[0].record_ids) == MANY + 1
    assert whys(many[:-1], records) == []
    assert whys([look(str(n), 3 * n) for n in range(MANY + 1)], records) == []
    assert whys([look("1", n / 10) for n in range(200)], records) == []
    assert whys([look(str(n), n, by=n % 2) for n in range(MANY + 1)], records) == []


def test_three_refusals_within_a_day() -> None:
    refusals = [look("a", 400 * n, refused=True) for n in range(3)]
    assert whys(refusals, {"a": record()}) == [Why.REFUSED]
    assert whys(refusals[:2], {"a": record()}) == []
    assert whys([look("a", 1000 * n, refused=True) for n in range(3)], {"a": record()}) == []


def test_a_record_that_ended_weeks_ago_opened_by_somebody_with_no_part_in_it() -> None:
    late = LONG_ENDED.days + 1
    assert whys([look()], {"a": record(ended_days_ago=late)}) == [Why.LONG_ENDED]
    assert whys([look()], {"a": record(ended_days_ago=late, took_part=(1,))}) == []
    assert whys([look()], {"a": record(ended_days_ago=late - 2)}) == []
    assert whys([look()], {"a": record()}) == []
