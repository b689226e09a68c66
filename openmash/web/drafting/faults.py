"""What is wrong with a policy, put where whoever wrote it will look: beside the field, or at the top.

The engine speaks of files and rows. A fault of the row on the page goes to the field it is about, as far as its
words tell; any other is told at the top with its table and row.
"""

import re
from collections.abc import Iterable, Mapping

from openmash.engines.thresholds.policy.errors import PolicyError
from openmash.web.drafting.forms.row import RowForm
from openmash.web.drafting.tables import BY_FILE, title_of
from openmash.web.layout.fields import QuestionForm

# Where neither a column nor what was typed stands in the sentence. Looked for in this order.
_TELLING = (
    ("signs.csv", "asks a question", "question"),
    ("signs.csv", "does not ask what", "question"),
    ("signs.csv", "is a strength", "strength"),
    ("signs.csv", "The note", "note"),
    ("rules.csv", "has no effect", "level"),
    ("rules.csv", "to consider level", "consider"),
    ("rules.csv", "sets a level or a time", "level"),
    ("advice.csv", "curly bracket", "text"),
    ("advice.csv", "in place of", "text"),
    ("sets.csv", "is empty", "members"),
)
_MADE_OF_NAMES = ("members", "rules", "signs", "facts", "past", "age")
_QUOTED = re.compile(r"“([^”]*)”")
_COLUMN = re.compile(r"(?:column|cell in) “([a-z_]+)”|used as an? ([a-z_]+)\.|column ([a-z_]+) of")
_NAME = re.compile(r"\b(?:[a-z]+_[a-z0-9_]+|[A-Z]+[0-9]+[a-z]?)\b")
_TWICE = re.compile(r"There is already an? ([a-z_]+) called")


def beside_fields(
    form: RowForm, faults: Iterable[PolicyError], *, number: int | None, key: str, cells: Mapping[str, str]
) -> None:
    """Put every fault on the form. `number` and `key` are the row's on the page."""
    for fault in faults:
        if fault.file == "changes.csv":
            form.add_error("reason", said(fault))
        elif fault.file == form.shown.file and (fault.row == number or (fault.key and fault.key == key)):
            form.add_error(_field_of(fault, form, cells), said(fault))
        else:
            form.add_error(None, where_and_what(fault))


def at_the_top(form: QuestionForm, faults: Iterable[PolicyError]) -> None:
    """Put every fault at the top of a form that is not about one row."""
    for fault in faults:
        on_reason = fault.file == "changes.csv" and "reason" in form.fields
        form.add_error("reason" if on_reason else None, said(fault) if on_reason else where_and_what(fault))


def said(fault: PolicyError) -> str:
    return f"{fault.message} {fault.hint}".strip()


def where_and_what(fault: PolicyError) -> str:
    """`Rules, row 9 (C3): There is no level “7”. Choose from: …`"""
    row = "" if fault.row is None else f", {'line' if fault.file == 'policy.toml' else 'row'} {fault.row}"
    named = fault.key and fault.file in BY_FILE and fault.file != "advice.csv"
    return f"{title_of(fault.file)}{row}{f' ({fault.key})' if named else ''}: {said(fault)}"


def _field_of(fault: PolicyError, form: RowForm, cells: Mapping[str, str]) -> str | None:
    """The field a sentence is about; None when its words do not tell."""
    candidates = [
        *_columns_named(fault),
        *_typed_so(fault, form, cells),
        *_telling(fault),
        *_shared_names(fault, cells),
    ]
    if "how well a sign must be known" in fault.message:
        candidates = _without_evidence(cells)
    return next((name for name in candidates if name in form.fields), None)


def _columns_named(fault: PolicyError) -> list[str]:
    twice = _TWICE.search(fault.message)
    if twice:
        return [twice[1]]
    return [name for match in _COLUMN.findall(fault.message) for name in match if name]


def _typed_so(fault: PolicyError, form: RowForm, cells: Mapping[str, str]) -> list[str]:
    """Columns that hold what the sentence quotes: the whole cell first, then one of its words.

    In prose a word that is quoted may stand by chance, so only cells that are made of names are looked into.
    """
    of_names = {column.name for column in form.shown.columns if column.kind not in ("text", "line")}
    of_names |= set(_MADE_OF_NAMES)
    quoted = _QUOTED.findall(fault.message)
    whole = [name for name, cell in cells.items() for text in quoted if " ".join(cell.split()) == text]
    words = [
        name
        for name, cell in cells.items()
        for text in quoted
        if name in of_names and text in re.split(r"[\s;,]+", cell)
    ]
    return [*whole, *words]


def _telling(fault: PolicyError) -> list[str]:
    return [name for file, words, name in _TELLING if file == fault.file and words in fault.message]


def _shared_names(fault: PolicyError, cells: Mapping[str, str]) -> list[str]:
    """The conditions, first those that name something which the sentence names too."""
    if fault.file not in ("rules.csv", "routing.csv"):
        return []
    named = set(_NAME.findall(fault.message))
    return sorted(
        ("when", "and", "also"), key=lambda name: -len(named & set(_NAME.findall(cells.get(name, ""))))
    )


def _without_evidence(cells: Mapping[str, str]) -> list[str]:
    return [
        name
        for name in ("when", "and", "also")
        if re.search(r"\b(signs?|examples? of)\b", cells.get(name, "")) and "at least" not in cells[name]
    ]
