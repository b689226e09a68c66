"""The fictitious partnership adopts the draft practice and its letters, before any work begins."""

from datetime import datetime
from pathlib import Path

from openmash.apps.casework.actions.adopting import adopt_practice
from openmash.apps.papers.actions.letters import adopt_letters
from openmash.demo.tables import HERE
from openmash.engines.clocks import LONDON

PRACTICE_FOLDER = HERE.parents[1] / "practice" / "draft-2027-01"
LETTERS_FOLDER = HERE.parents[1] / "practice" / "letters-2026-12"
IN_FORCE_FROM = datetime(2024, 6, 1, tzinfo=LONDON)
DECISION = "Adopted by the fictitious partnership, as a draft for trying out."


def adopt_the_practice(now: datetime) -> None:
    """Adopt both, in force long before the first story."""
    at = min(now, IN_FORCE_FROM)
    adopt_practice(
        texts=_texts(PRACTICE_FOLDER), in_force_from=IN_FORCE_FROM, decision=DECISION, by=None, now=at
    )
    adopt_letters(
        texts=_texts(LETTERS_FOLDER), in_force_from=IN_FORCE_FROM, decision=DECISION, by=None, now=at
    )


def _texts(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}
