"""Two versions of a policy: which cases move, as smallest examples, and what is proved never to."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import pytest

from openmash.engines.thresholds import Answer, Policy, evaluate, parse
from openmash.engines.thresholds.policy.conditions import Contacts, Facts, Signs
from openmash.engines.thresholds.policy.model import Clock, EvidenceGrade, Fact, Rule
from openmash.engines.thresholds.proof.compare import LOWERED, OTHER, RAISED, Comparison, compare, in_common
from openmash.engines.thresholds.proof.errors import NotComparable
from tests.engines.thresholds.invented import FOLDER, draft


def texts() -> dict[str, str]:
    return dict(draft().sources)


def edited(file: str, *changes: tuple[str, str]) -> Policy:
    """The draft as read from its folder, with some words of one file written otherwise."""
    sources = {name: (FOLDER / name).read_text() for name in texts()}
    for old, new in changes:
        assert old in sources[file]
        sources[file] = sources[file].replace(old, new)
    sources["examples.csv"] = sources["examples.csv"].split("\n")[0] + "\n"
    return parse(sources)


@lru_cache(maxsize=1)
def older_toddlers() -> Comparison:
    """The same, with rule C8c for children under three."""
    return compare(draft(), edited("rules.csv", ("child under 24 months,,3", "child under 36 months,,3")))


def test_a_case_that_moves_is_told_as_a_practitioner_would_tell_it() -> None:
    [move] = older_toddlers().moves_of("level")
    assert (move.before, move.after, move.way, move.rules) == ("2", "3", RAISED, ("C8c",))
    said = str(move)
    assert said.startswith(
        "a child under 3 with one level 2 sign of care or safety (A01 “The child has missed"
    )
    assert said.endswith("”), known as suspected: 2 → 3")
    case = move.example.case
    assert case.age_months == (35, 35) and len(case.observations) == 1
    assert evaluate(draft(), case).level.code == "2"


def test_what_never_happens_is_proved() -> None:
    verdict = older_toddlers().verdict("level")
    assert verdict.never_lowers is True and verdict.never_raises is False
    assert older_toddlers().verdict("within").never_lowers is True
    assert "  The level: never lowered (proved), raised for some cases." in older_toddlers().lines()


def test_a_version_is_the_same_as_itself() -> None:
    same = compare(draft(), draft(), "enquiry")
    assert same.moves == () and same.added == () and same.removed == ()
    assert all(verdict.never_lowers and verdict.never_raises for verdict in same.verdicts)
    assert "  The level: the same for every case (proved)." in same.lines()


def few(*rules: Rule, **more: object) -> Policy:
    return replace(draft(), rules=rules, examples=(), **more)  # type: ignore[arg-type]


def rule(id: str, *conditions: object, **effects: object) -> Rule:
    made = Rule(id, "services", "Invented", conditions, "", "", "", (), "Invented.")  # type: ignore[arg-type]
    return replace(made, **effects)  # type: ignore[arg-type]


SERIOUS = Signs(1, level="3", evidence="suspected")


def test_each_rule_that_moves_cases_is_given_an_example_of_its_own() -> None:
    one = rule("R1", Facts("disabled"), level="3")
    two = rule("R2", Signs(3, level="2", evidence="suspected"), level="3")
    comparison = compare(few(one, two), few())
    assert [(m.before, m.after, m.rules) for m in comparison.moves_of("level")] == [
        ("3", "1", ("R1",)),
        ("3", "1", ("R2",)),
    ]
    assert comparison.verdict("level").never_lowers is False
    assert comparison.verdict("level").never_raises is True
    assert {move.patterns for move in comparison.moves_of("level")} == {_patterns_of(one, two)}


def _patterns_of(*rules: Rule) -> int:
    signs = sum(sign.level == "2" for sign in draft().signs)
    without = 1 + signs + signs * (signs - 1) // 2
    # Of two ways to answer the fact and 2ⁿ to choose signs, only a no with fewer than three signs is not level 3.
    return 2 * 2**signs - without


def test_times_duties_and_levels_to_consider_are_compared_where_the_level_stays() -> None:
    before = few(rule("R1", SERIOUS, level="3"))
    after = few(rule("R1", SERIOUS, level="3", consider="4", respond="same_day", duties=("chronology",)))
    comparison = compare(before, after)
    assert comparison.moves_of("level") == ()
    assert [(m.before, m.after) for m in comparison.moves_of("consider", RAISED)] == [("3", "4")]
    assert [(m.before, m.after) for m in comparison.moves_of("within", RAISED)] == [
        ("one_working_day", "same_day")
    ]
    assert [(m.before, m.after) for m in comparison.moves_of("duty", RAISED)] == [("", "chronology")]
    back = compare(after, before)
    assert [(m.what, m.way) for m in back.moves] == [
        (what, LOWERED) for what in ("consider", "within", "duty")
    ]
    assert not any(move.with_level for move in back.moves)


def test_a_case_of_the_earlier_version_lacks_the_new_sign() -> None:
    sign = replace(draft().sign("B11"), id="B99", wording="Something new.")
    after = few(rule("R1", SERIOUS, level="3"), signs=(*draft().signs, sign))
    comparison = compare(few(rule("R1", SERIOUS, level="3")), after)
    assert comparison.added == ("sign B99",)
    [move] = comparison.moves_of("level")
    assert move.needs_new and (move.before, move.after) == ("1", "3")
    assert "B99 “Something new”" in move.example.words
    assert str(move).endswith("(only with what the later version adds)")
    gone = compare(after, few(rule("R1", SERIOUS, level="3")))
    assert gone.removed == ("sign B99",) and gone.verdict("level").never_lowers is False


def test_a_case_of_the_earlier_version_has_the_new_question_not_known() -> None:
    fact = Fact("brand_new", "Is it brand new?", "child", "anyone", "services", "Anyone")
    after = few(
        rule("R1", SERIOUS, level="3"),
        rule("R2", Facts("brand_new", not_ruled_out=True), SERIOUS, level="4"),
        facts=(*draft().facts, fact),
    )
    comparison = compare(few(rule("R1", SERIOUS, level="3")), after)
    [move] = comparison.moves_of("level")
    assert comparison.added == ("fact brand_new",) and not move.needs_new
    assert move.example.case.facts["brand_new"] is Answer.NOT_KNOWN
    assert "“Is it brand new?” not known" in str(move)


def test_a_level_added_between_two_others_keeps_the_order() -> None:
    header = (
        '[[level]]\ncode = "3b"\ngate = "services"\nrank = 4\nname = "More"\nsummary = "More."\n'
        'clock = "one_working_day"\ntold = "More."\n\n[[level]]\ncode = "4"\ngate = "services"\nrank = 5'
    )
    sources: Mapping[str, str] = {name: (FOLDER / name).read_text() for name in texts()}
    made = {**sources, "examples.csv": sources["examples.csv"].split("\n")[0] + "\n"}
    made["policy.toml"] = (
        made["policy.toml"]
        .replace('code = "I"\ngate = "services"\nrank = 5', 'code = "I"\ngate = "services"\nrank = 6')
        .replace('[[level]]\ncode = "4"\ngate = "services"\nrank = 4', header)
    )
    made["pathways.csv"] += "more_help,More help,3b,no,,,More.,,\n"
    made["advice.csv"] += "3b,happens_next,More.\n"
    made["rules.csv"] = made["rules.csv"].replace(
        "fact known_person_of_risk,,,4,", "fact known_person_of_risk,,,3b,"
    )
    comparison = compare(draft(), parse(made))
    assert comparison.added == ("level 3b",)
    [move] = comparison.moves_of("level")
    assert (move.before, move.after, move.way) == ("4", "3b", LOWERED)
    assert comparison.verdict("level").never_raises is True


def test_answers_without_an_order_in_common_are_called_changed_and_not_raised() -> None:
    assert in_common(["1", "2", "3"], ["1", "3"]) == ["1", "2", "3"]
    assert in_common(["1", "2", "3"], ["1", "4", "3"]) is None
    first, *others = draft().clocks
    before, after = (
        few(
            rule("R1", SERIOUS, level="3", respond=f"{hours}_hours"),
            clocks=(first, Clock(f"{hours}_hours", "hours", number, hours), *others),
        )
        for hours, number in (("two", 2), ("three", 3))
    )
    comparison = compare(before, after)
    assert [(m.before, m.after, m.way) for m in comparison.moves] == [("two_hours", "three_hours", OTHER)]
    verdict = comparison.verdict("within")
    assert verdict.never_lowers is None and verdict.never_raises is None
    assert any("not settled whether ever lowered" in line for line in comparison.lines())


def test_versions_that_weigh_evidence_differently_are_refused_in_plain_words() -> None:
    grades = (*draft().evidence[:1], EvidenceGrade("hinted", 1, "Hinted"), *draft().evidence[1:])
    compare(few(rule("R1", SERIOUS, level="3")), few(rule("R1", SERIOUS, level="3"), evidence=grades))
    flat = tuple(replace(grade, rank=min(grade.rank, 3)) for grade in draft().evidence)
    with pytest.raises(NotComparable, match="weigh evidence differently"):
        compare(draft(), few(rule("R1", SERIOUS, level="3"), evidence=flat))
    with pytest.raises(NotComparable, match="no gate called “court”"):
        compare(draft(), draft(), "court")


def test_what_changes_its_meaning_and_keeps_its_name_is_noted() -> None:
    after = edited(
        "policy.toml",
        (
            'id = "two_working_days"\nkind = "working_days"\nnumber = 2',
            'id = "two_working_days"\nkind = "working_days"\nnumber = 3',
        ),
    )
    assert any(
        "clock two_working_days itself changes" in note
        for note in compare(draft(), after, "conference").notes
    )


def test_contacts_are_compared_too() -> None:
    before = few(rule("R1", Contacts(4, 12, kind="neglect"), level="3"))
    after = few(rule("R1", Contacts(3, 12, kind="neglect"), level="3"))
    [move] = compare(before, after).moves_of("level")
    assert len(move.example.case.past) == 2 and len(move.example.case.observations) == 1
    assert "two earlier contacts in the last 12 months about neglect" in str(move)
    assert compare(before, after, plain=True).moves == compare(before, after).moves
