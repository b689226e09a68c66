"""One row: changing it, adding one, taking one out."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from openmash.engines.thresholds.text.editing import Table, table_of, with_row, without_row
from openmash.engines.thresholds.text.parse import KEYS
from openmash.web.drafting import faults
from openmash.web.drafting.forms.other import RemoveForm
from openmash.web.drafting.forms.row import RowForm
from openmash.web.drafting.keeping import Change, respond
from openmash.web.drafting.opening import Begun, begin
from openmash.web.drafting.presenters.rows import SENTENCES, names_shown, row_shown
from openmash.web.drafting.tables import BY_SLUG, TableShown


def edit_row(request: HttpRequest, pk: int, table: str, key: str) -> HttpResponse:
    """Change one row, with the reason."""
    begun, shown, as_seen = _opened(request, pk, table)
    place = as_seen.place(key)
    if place is None:
        raise Http404
    form = _form(begun, shown, as_seen, place)
    return respond(_change(begun, shown, form, as_seen, place))


def add_row(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """Add one row, with the reason."""
    begun, shown, as_seen = _opened(request, pk, table)
    form = _form(begun, shown, as_seen, None)
    return respond(_change(begun, shown, form, as_seen, None))


def remove_row(request: HttpRequest, pk: int, table: str, key: str) -> HttpResponse:
    """Take one row out, with the reason."""
    begun, shown, as_seen = _opened(request, pk, table)
    place = as_seen.place(key)
    if place is None:
        raise Http404
    form = RemoveForm(request.POST or None)
    texts, policy = begun.as_seen()
    row = row_shown(shown, as_seen, place, policy)
    return respond(
        Change(
            begun=begun,
            form=form,
            template="remove_row",
            title=f"Take out {_called(shown, row.name)}",
            button="Take it out",
            texts=lambda: without_row(texts, shown.file, place),
            done=f"Taken out: {_called(shown, row.name)}.",
            go_to=reverse("drafting:table", args=[pk, table]),
            action=request.path,
            context={"table": shown, "row": row, "key": key},
            action_now=lambda fresh: _address_now("remove_row", fresh, shown, as_seen, place),
        )
    )


def _opened(request: HttpRequest, pk: int, table: str) -> tuple[Begun, TableShown, Table]:
    begun = begin(request, pk, to="revise_draft")
    if table not in BY_SLUG:
        raise Http404
    shown = BY_SLUG[table]
    return begun, shown, table_of(begun.as_seen()[0], shown.file)


def _form(begun: Begun, shown: TableShown, as_seen: Table, place: int | None) -> RowForm:
    return RowForm(
        begun.request.POST or None, shown=shown, table=as_seen, place=place, policy=begun.as_seen()[1]
    )


def _change(begun: Begun, shown: TableShown, form: RowForm, as_seen: Table, place: int | None) -> Change:
    texts, policy = begun.as_seen()
    key = "" if place is None else as_seen.key(place)
    name = key if shown.file in KEYS else f"line {key}"

    def new_texts() -> Mapping[str, str]:
        return with_row(texts, shown.file, place, form.cells())

    def place_faults(wrong: Any) -> None:
        cells = form.cells()
        number = as_seen.number(len(as_seen.rows) if place is None else place)
        own = cells.get(KEYS.get(shown.file, ""), "")
        faults.beside_fields(form, wrong, number=number, key=own, cells=cells)

    def action_now(fresh: Begun) -> str | None:
        return begun.request.path if place is None else _address_now("edit_row", fresh, shown, as_seen, place)

    def form_now(fresh: Begun) -> RowForm:
        now = table_of(fresh.opened.policy.sources, shown.file)
        there = None if place is None else as_seen.same_row(place, now)
        return form if there is None else form.onto(now, there, fresh.opened.policy)

    return Change(
        begun=begun,
        form=form,
        template="edit_row",
        title=shown.adding if place is None else f"Change {_called(shown, name)}",
        button="Keep this row" if place is None else "Keep this change",
        texts=new_texts,
        done=f"Added to {shown.title.lower()}." if place is None else f"Changed: {_called(shown, name)}.",
        go_to=_where_it_stands(begun, shown, key or form.data.get(KEYS.get(shown.file, ""), "")),
        action=begun.request.path,
        context={
            "table": shown,
            "key": key,
            "has_conditions": any(column.kind == "condition" for column in shown.columns),
            "forms": SENTENCES,
            "names": names_shown(policy),
        },
        place_faults=place_faults,
        action_now=action_now,
        form_now=form_now,
    )


def _where_it_stands(begun: Begun, shown: TableShown, key: str) -> str:
    """The table, with only the row that was changed, so that one sees it among its own words."""
    table = reverse("drafting:table", args=[begun.pk, shown.slug])
    return f"{table}?{urlencode({'words': key})}" if key and shown.file in KEYS else table


def _called(shown: TableShown, name: str) -> str:
    return f"{shown.one} {name}" if shown.file in KEYS else f"{name.lower()} of advice"


def _address_now(verb: str, fresh: Begun, shown: TableShown, as_seen: Table, place: int) -> str | None:
    """Where the same row is found now, None if somebody took it out or, without an id, changed it."""
    now = table_of(fresh.opened.policy.sources, shown.file)
    there = as_seen.same_row(place, now)
    return None if there is None else reverse(f"drafting:{verb}", args=[fresh.pk, shown.slug, now.key(there)])
