"""One row of a table as questions: a list to choose from wherever a policy gives one, words elsewhere."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.text.editing import Table
from openmash.web.drafting.tables import Column, TableShown
from openmash.web.drafting.words import Offer, offer_for
from openmash.web.layout import fields, rendering
from openmash.web.layout.components import gds
from openmash.web.layout.fields import Choice

SEVERAL = ("duties", "levels")


class ChooseOrNot(fields.SelectField):
    """One of a list, or none of it, which has a name of its own."""

    def __init__(self, *, none: str, **kwargs: Any) -> None:
        self.none = none
        super().__init__(**kwargs)

    def offer(self, choices: Iterable[Choice | tuple[str, str]]) -> None:
        fields.Choosing.offer(self, [Choice("", self.none), *choices])


class ReasonForm(fields.QuestionForm):
    """Why something changes. It is printed in the list of changes, so nobody keeps a change without it."""

    reason = fields.LongTextField(
        label="Why does this change?",
        help_text="Printed beside the change in the public list of changes. Say what was learned or agreed, "
        "and no names of children.",
        label_size="s",
        rows=3,
        when_empty="Say why this changes",
    )


class RowForm(ReasonForm):
    """The cells of one row, and why they change. `place` is None for a row to be added."""

    field_order: list[str]

    def __init__(
        self, *args: Any, shown: TableShown, table: Table, place: int | None, policy: Policy, **kwargs: Any
    ) -> None:
        self.shown = shown
        self.before = table.named(place) if place is not None else {}
        initial = {column.name: self._initial(column) for column in shown.columns}
        super().__init__(*args, initial=initial, **kwargs)
        for column in shown.columns:
            if column.kind != "code" or place is None:
                self.fields[column.name] = _field(column, offer_for(column.kind, policy), self.before)
        self.order_fields([*(column.name for column in shown.columns), "reason"])

    def _initial(self, column: Column) -> Any:
        cell = self.before.get(column.name, "")
        if column.kind in SEVERAL:
            return _words(cell)
        return cell or "no" if column.kind == "yes_no" else cell

    def cells(self) -> dict[str, str]:
        """Every cell of the row as it is to be written. What nobody touched is written as it was."""
        return {column.name: self._cell(column) for column in self.shown.columns}

    def _cell(self, column: Column) -> str:
        before = self.before.get(column.name, "")
        given = self.cleaned_data.get(column.name, before)
        if column.kind in SEVERAL:
            same = isinstance(given, list) and set(given) == set(_words(before))
            return before if same or isinstance(given, str) else " ".join(given)
        if column.kind == "yes_no" and given == "no" and not before:
            return ""
        return str(given)

    def onto(self, now: Table, place: int, policy: Policy) -> "RowForm":
        """What was typed, against the row as it stands now: what was not touched is taken from there.

        Otherwise sending it again would put back, without a word, what somebody else has changed meanwhile.
        """
        data: Any = self.data
        typed, stands = data.copy(), now.named(place)
        for name, cell in self.cells().items():
            untouched = " ".join(cell.split()) == self.before.get(name, "")
            if untouched and stands[name] != self.before.get(name, ""):
                several = self.shown.column(name).kind in SEVERAL
                typed.setlist(name, _words(stands[name]) if several else [stands[name]])
        return RowForm(typed, shown=self.shown, table=now, place=place, policy=policy)

    def drawn(self) -> Iterator[SafeString]:
        """Every question, those for conditions in boxes of their own."""
        kinds = {column.name: column.kind for column in self.shown.columns}
        for bound in self:
            if kinds.get(bound.name) == "condition":
                yield draw_condition(bound)
            elif bound.name != "reason":
                yield rendering.render_field(bound)


def draw_condition(bound: BoundField) -> SafeString:
    """A box in which a whole sentence can be read, for which `names.js` looks up names while it is typed."""
    return gds(
        "textarea",
        {
            **rendering.shared(bound),
            **rendering.label(bound),
            "value": rendering.text_of(bound),
            "rows": 2,
            "spellcheck": False,
            "attributes": {"autocapitalize": "none", "data-names": ""},
        },
    )


def _words(cell: str) -> list[str]:
    return cell.replace(";", " ").replace(",", " ").split()


def _field(column: Column, offer: Offer | None, before: dict[str, str]) -> Any:
    given: dict[str, Any] = {
        "label": column.label,
        "help_text": column.hint,
        "label_size": "s",
        "required": False,
    }
    if offer is None:
        if column.kind == "text":
            return fields.LongTextField(rows=3, **given)
        return fields.TextField(**given, width="20" if column.kind == "code" else "")
    # What stands there now is always offered, or opening and keeping a row would change it.
    known = {choice.value for choice in offer.choices}
    stands = _words(before.get(column.name, "")) if column.kind in SEVERAL else [before.get(column.name, "")]
    choices = [*offer.choices, *(Choice(cell, cell) for cell in stands if cell and cell not in known)]
    if column.kind in SEVERAL:
        return fields.MultipleChoiceField(choices=choices, small=True, **given)
    if column.kind == "yes_no":
        return fields.ChoiceField(choices=choices, inline=True, small=True, **given)
    if offer.none:
        return ChooseOrNot(none=offer.none, choices=choices, **given)
    return fields.SelectField(choices=choices, **given)
