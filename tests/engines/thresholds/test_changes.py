"""Which rows differ between two versions, and which differences nobody has explained."""

from openmash.engines.thresholds import Policy, parse
from openmash.engines.thresholds.proof.changes import (
    ADDED,
    CHANGED,
    REMOVED,
    changed_rows,
    examples_not_kept,
    without_reason,
)
from tests.engines.thresholds.invented import draft


def edited(*changes: tuple[str, str, str]) -> Policy:
    sources = dict(draft().sources)
    sources["examples.csv"] = sources["examples.csv"].split("\n")[0] + "\n"
    for file, old, new in changes:
        assert old in sources[file]
        sources[file] = sources[file].replace(old, new, 1)
    return parse(sources)


def test_a_version_differs_from_itself_in_nothing() -> None:
    assert changed_rows(draft(), draft()) == ()


def test_a_changed_cell_is_told_before_and_after_with_its_reason() -> None:
    reason = "file,row,reason\nrules.csv,C8c,Two-year-olds are as easily hurt.\n"
    after = edited(
        ("rules.csv", "child under 24 months,,3", "child under 36 months,,3"),
        ("changes.csv", "file,row,reason\n", reason),
    )
    [change] = [change for change in changed_rows(edited(), after) if change.file == "rules.csv"]
    assert (change.row, change.what) == ("C8c", CHANGED)
    assert str(change) == (
        "rules.csv C8c changed: and: child under 24 months → child under 36 months."
        " Two-year-olds are as easily hurt."
    )
    assert change not in without_reason(changed_rows(edited(), after))


def test_rows_added_and_removed_are_named() -> None:
    row = next(line for line in draft().sources["rules.csv"].split("\n") if line.startswith("C14,"))
    without = edited(("rules.csv", row + "\n", ""))
    [gone] = changed_rows(edited(), without)
    assert (gone.file, gone.row, gone.what) == ("rules.csv", "C14", REMOVED)
    [back] = changed_rows(without, edited())
    assert (back.row, back.what) == ("C14", ADDED)
    assert str(back) == "rules.csv C14 added. No reason is given."
    assert without_reason((back,)) == (back,)


def test_the_header_is_compared_key_by_key_and_table_by_table() -> None:
    after = edited(
        ("policy.toml", 'version = "2026-11"', 'version = "2027-01"'),
        ("policy.toml", 'answer = "one_working_day"', 'answer = "same_day"'),
        ("policy.toml", 'summary = "A child may be in danger now.', 'summary = "A child may be in danger.'),
    )
    changes = {change.row: str(change) for change in changed_rows(edited(), after)}
    assert changes["version"] == "policy.toml version changed: value: 2026-11 → 2027-01. No reason is given."
    assert "answer: one_working_day → same_day" in changes["promises"]
    assert "summary: A child may be in danger now." in changes["level I"]
    assert {change.row for change in without_reason(changed_rows(edited(), after))} == {"promises", "level I"}


def test_a_reason_for_a_whole_file_covers_its_rows() -> None:
    after = edited(
        ("sets.csv", "help_refused visits_missed", "help_refused"),
        ("changes.csv", "file,row,reason\n", "file,row,reason\nsets.csv,,Said more plainly.\n"),
    )
    [change] = changed_rows(edited(), after)
    assert (change.row, change.reason) == ("refusal", "Said more plainly.")


def test_lines_of_advice_are_told_apart_by_level_and_kind() -> None:
    advice = draft().advice[0]
    after = edited(("advice.csv", advice.text, "Something else."))
    [change] = changed_rows(edited(), after)
    assert change.row.startswith(f"{advice.level} {advice.kind}")
    assert change.cells[0].after == "Something else."


def with_examples(*changes: tuple[str, str, str]) -> Policy:
    sources = dict(draft().sources)
    for file, old, new in changes:
        assert old in sources[file]
        sources[file] = sources[file].replace(old, new, 1)
    return parse(sources)


def example(id: str) -> str:
    return next(line for line in draft().sources["examples.csv"].split("\n") if line.startswith(f"{id},"))


def test_an_agreed_example_that_was_taken_out_is_named_with_the_reason_and_what_now_comes_of_it() -> None:
    after = with_examples(
        ("rules.csv", "child under 24 months,,3", "child under 12 months,,3"),
        ("examples.csv", example("toddler_unwatched") + "\n", ""),
        ("examples.csv", example("v04_anxious"), example("v04_anxious").replace("14 years", "15 years")),
        ("changes.csv", "file,row,reason\n", "file,row,reason\nexamples.csv,toddler_unwatched,In the way.\n"),
    )
    changed, gone = examples_not_kept(draft(), after)
    assert (gone.example, gone.what, gone.reason) == ("toddler_unwatched", REMOVED, "In the way.")
    assert gone.story == "A child of one is not always watched over."
    assert gone.differs[0] == "toddler_unwatched: level 3 was agreed, the policy says 2."
    assert str(gone).startswith(
        "Agreed example toddler_unwatched removed. In the way. toddler_unwatched: level 3"
    )
    assert (changed.example, changed.what, changed.reason, changed.differs) == (
        "v04_anxious",
        CHANGED,
        "",
        (),
    )
    assert str(changed) == (
        "Agreed example v04_anxious changed. No reason is given. The case as it was agreed still comes out so."
    )


def test_an_example_that_was_added_takes_nothing_away() -> None:
    assert examples_not_kept(edited(), draft()) == ()
    assert examples_not_kept(draft(), draft()) == ()


def test_an_agreed_example_of_what_is_no_longer_there_is_named_all_the_same() -> None:
    """A sign that was taken out: the example cannot be put to the later version at all."""
    rows = [line for line in draft().sources["signs.csv"].split("\n") if line.startswith("A06,")]
    after = edited(("signs.csv", rows[0] + "\n", ""))
    named = {each.example: each for each in examples_not_kept(draft(), after)}
    assert set(named) == {each.id for each in draft().examples}
    assert "has no sign called “A06”" in named["v04_anxious"].differs[0]
