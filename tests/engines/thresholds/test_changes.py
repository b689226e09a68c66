"""Which rows differ between two versions, and which differences nobody has explained."""

from openmash.engines.thresholds import Policy, parse
from openmash.engines.thresholds.proof.changes import ADDED, CHANGED, REMOVED, changed_rows, without_reason
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
