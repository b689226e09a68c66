"""What was published under the name of a version stays as it was; what is changed has a name of its own."""

import shutil
from pathlib import Path

import pytest

from openmash.command.parts import run
from openmash.command.published import FOLDERS
from openmash.dated_texts.published import add, unlike_published

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_version_is_what_was_published(folder: str) -> None:
    assert unlike_published(ROOT / folder) == []


def test_the_command_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["published"]) == 0
    assert "what was published under its name" in capsys.readouterr().out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The partnership's practice, copied to be spoilt."""
    return Path(shutil.copytree(ROOT / "practice", tmp_path / "practice"))


def test_one_changed_letter_is_found(root: Path) -> None:
    clocks = root / "draft-2026-12" / "clocks.csv"
    clocks.write_text(clocks.read_text(encoding="utf-8").replace("working_days,45", "working_days,46"))
    (fault,) = unlike_published(root)
    assert "not those that were published" in fault.message


def test_a_new_file_or_one_that_is_gone_is_found(root: Path) -> None:
    (root / "letters-2026-12" / "closure.child.txt").unlink()
    (fault,) = unlike_published(root)
    assert fault.file == "practice/letters-2026-12"
    shutil.rmtree(root / "letters-2026-12")
    (gone,) = unlike_published(root)
    assert "is gone" in gone.message


def test_a_new_version_is_written_down_once_under_a_name_of_its_own(root: Path) -> None:
    later = Path(shutil.copytree(root / "draft-2026-12", root / "draft-2027-02"))
    assert any("not in the register" in fault.message for fault in unlike_published(root))
    add(later)
    (fault,) = unlike_published(root)
    assert "as draft-2026-12 does" in fault.message
    header = later / "practice.toml"
    header.write_text(header.read_text(encoding="utf-8").replace('"2026-12"', '"2027-02"'))
    with pytest.raises(ValueError, match="already"):
        add(later)
