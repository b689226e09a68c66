"""Adopting a policy that was agreed elsewhere: proved, by two people, in words, or not at all."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from openmash.apps.policy.actions import adopt
from openmash.apps.policy.errors import VersionNotSound
from openmash.apps.policy.models import AdoptedPolicy
from tests.cast import MONDAY, POLICY_FOLDER, policy_texts

pytestmark = pytest.mark.django_db

BOTH = ("Ann Alder", "Bo Birch")


def adopting(
    folder: Path = POLICY_FOLDER,
    *,
    start: str = "2027-04-01",
    decision: str = "The partners met in March.",
    agreed_by: tuple[str, ...] = BOTH,
) -> None:
    """As somebody types it."""
    names = [word for name in agreed_by for word in ("--agreed-by", name)]
    call_command("adopt_policy", str(folder), "--from", start, "--decision", decision, *names)


def changed_folder(folder: Path, file: str, old: str, new: str) -> Path:
    for name, text in policy_texts().items():
        assert name != file or old in text
        (folder / name).write_text(text.replace(old, new) if name == file else text, encoding="utf-8")
    return folder


def test_a_folder_is_adopted_with_its_decision_and_both_names() -> None:
    adopting()
    made = AdoptedPolicy.objects.get()
    assert made.decision == "The partners met in March. Agreed by Ann Alder, Bo Birch."
    assert made.in_force_from.isoformat() == "2027-03-31T23:00:00+00:00"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"agreed_by": ("Ann Alder",)}, "two people at least"),
        ({"agreed_by": ("Ann Alder", " ann  alder ")}, "two people at least"),
        ({"agreed_by": ("Ann Alder", " ")}, "two people at least"),
        ({"decision": "  "}, "who agreed to it"),
        ({"start": "soon"}, "“soon” is not a day"),
        ({"folder": Path("no-such-folder")}, "There is no such folder"),
    ],
)
def test_what_is_lacking_is_said(changed: dict[str, object], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        adopting(**changed)  # type: ignore[arg-type]
    assert not AdoptedPolicy.objects.exists()


def test_an_example_that_does_not_come_out_as_agreed_is_not_adopted(tmp_path: Path) -> None:
    folder = changed_folder(tmp_path, "examples.csv", ",school,3,4,C3,", ",school,2,4,C3,")
    with pytest.raises(CommandError, match="three_serious: level 2 was agreed, the policy says 3"):
        adopting(folder)
    assert not AdoptedPolicy.objects.exists()


def test_what_cannot_be_read_is_named_with_file_and_row(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"rules\.csv, row"):
        adopting(changed_folder(tmp_path, "rules.csv", "child unborn", "child unbron"))


def test_a_level_that_no_case_reaches_is_not_adopted() -> None:
    texts = policy_texts()
    rules = texts["rules.csv"].splitlines(keepends=True)
    texts["rules.csv"] = "".join(row for row in rules if not row.startswith(("K1,", "K2,", "K3,", "K5,")))
    texts["examples.csv"] = "".join(
        row for row in texts["examples.csv"].splitlines(keepends=True) if not row.startswith("k_")
    )
    with pytest.raises(VersionNotSound, match="ICPC"):
        adopt(texts=texts, in_force_from=MONDAY, decision="Agreed.", by=None, now=MONDAY)


def test_examples_of_the_version_before_that_are_gone_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    adopting()
    assert "Agreed example" not in capsys.readouterr().out
    row = next(line for line in policy_texts()["examples.csv"].split("\n") if line.startswith("v04_anxious,"))
    folder = changed_folder(tmp_path, "examples.csv", row + "\n", "")
    header = (folder / "policy.toml").read_text(encoding="utf-8")
    (folder / "policy.toml").write_text(header.replace('"2026-11"', '"2027-05"', 1), encoding="utf-8")
    adopting(folder, start="2027-05-01")
    out = capsys.readouterr().out
    assert "Agreed example v04_anxious removed. No reason is given." in out and "2027-05" in out


def test_the_same_version_is_not_adopted_twice() -> None:
    adopting()
    with pytest.raises(CommandError, match="was adopted before"):
        adopting()
