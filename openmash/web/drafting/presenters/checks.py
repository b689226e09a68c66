"""What the check says of a draft, in the author's words, each remark with the way to its row."""

from collections.abc import Iterable
from dataclasses import dataclass

from openmash.apps.policy.queries.checking import Checked, Found
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.policy.errors import PolicyWarning
from openmash.engines.thresholds.proof.report import FAULT, QUESTION, UNSETTLED, WARNING
from openmash.web.drafting.tables import ADVICE, BY_FILE, title_of

HEADINGS = {
    FAULT: "Must be put right",
    UNSETTLED: "Could not be settled",
    WARNING: "Hidden by other rules, and so without effect as written",
    QUESTION: "Questions for the board",
}


@dataclass(frozen=True)
class RemarkShown:
    """One remark. `slug` and `key` lead to its row, "" where it has no page of its own."""

    where: str
    slug: str
    key: str
    words: str
    shown_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remarks:
    """Remarks of one weight."""

    heading: str
    is_fault: bool
    remarks: tuple[RemarkShown, ...]


def remarks_shown(checked: Checked) -> list[Remarks]:
    """The remarks, those that must be put right first."""
    found = []
    for weight, heading in HEADINGS.items():
        those = tuple(_remark(each) for each in checked.remarks if each.weight == weight)
        if those:
            found.append(Remarks(heading, weight in (FAULT, UNSETTLED), those))
    return found


def _remark(found: Found) -> RemarkShown:
    slug = _slug(found.file) if found.key else ""
    return RemarkShown(
        where=_where(found.file, found.key),
        slug=slug,
        key=found.key if slug else "",
        words=f"{found.message} {found.hint}".strip(),
        shown_by=found.shown_by,
    )


def wording_shown(warnings: Iterable[PolicyWarning], policy: Policy) -> list[RemarkShown]:
    """Wording that may be misread."""
    shown = []
    for warning in warnings:
        slug = _slug(warning.file) if warning.key else ""
        words = f"{warning.message} {warning.hint}".strip()
        shown.append(RemarkShown(_where(warning.file, warning.key), slug, warning.key if slug else "", words))
    return shown


@dataclass(frozen=True)
class ExampleShown:
    """An agreed example that no longer comes out as agreed."""

    key: str
    story: str
    words: tuple[str, ...]


def examples_shown(differences: Iterable[str], policy: Policy) -> list[ExampleShown]:
    """Each example that differs, with its own story and every difference."""
    stories = {example.id: example.story for example in policy.examples}
    found: dict[str, list[str]] = {}
    for sentence in differences:
        key, _, words = sentence.partition(": ")
        found.setdefault(key, []).append(words[:1].upper() + words[1:])
    return [ExampleShown(key, stories.get(key, ""), tuple(words)) for key, words in found.items()]


def _slug(file: str) -> str:
    table = BY_FILE.get(file)
    return table.slug if table and table is not ADVICE else ""


def _where(file: str, key: str) -> str:
    return f"{title_of(file)}, {key}" if key else title_of(file)
