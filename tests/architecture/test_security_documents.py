"""What the documents on security say of tests, files and settings is so."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ("docs/security.md", "docs/security-checklist.md", "docs/audit.md")
PATH = re.compile(r"`((?:tests|openmash|docs|locks|benchmarks|\.env)[\w./-]*|pyproject\.toml)(?:::(\w+))?`")
SETTING = re.compile(r"setting `([A-Z_]+)`")
ITEM = re.compile(r"^\| V(\S+) \|", re.MULTILINE)
COUNTED = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14,
    12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip
"""How many requirements of levels 1 and 2 each chapter of version 5.0.0 has: 253 in all."""


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_test_and_file_named_is_there(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    named = PATH.findall(text)
    assert named or document == "docs/audit.md"
    missing = [path for path, _test in named if not (ROOT / path).exists()]
    missing += [
        f"{path}::{test}"
        for path, test in named
        if test and (ROOT / path).exists() and f"def {test}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_setting_named_is_set(document: str) -> None:
    named = SETTING.findall((ROOT / document).read_text(encoding="utf-8"))
    assert [name for name in named if not hasattr(settings, name)] == []


def test_the_checklist_has_every_requirement_of_both_levels() -> None:
    counted: dict[int, int] = {}
    for item in ITEM.findall((ROOT / "docs/security-checklist.md").read_text(encoding="utf-8")):
        first, _, last = item.partition("-")
        chapter, _section, number = map(int, first.split("."))
        if "." in last:
            counted[chapter] = COUNTED[chapter]  # a whole chapter in one line
        else:
            counted[chapter] = counted.get(chapter, 0) + (int(last) - number + 1 if last else 1)
    assert counted == COUNTED
