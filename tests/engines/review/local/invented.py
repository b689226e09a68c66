"""Small histories, written row by row."""

from datetime import date
from typing import Any

import pyarrow as pa

from openmash.engines.review.local.history import CHILDREN, CONTACTS, EVENTS, History, history, schema

END = date(2026, 3, 31)


def small_history(
    contacts: list[dict[str, Any]],
    events: list[dict[str, Any]] | None = None,
    children: list[dict[str, Any]] | None = None,
    followed_to: date = END,
) -> History:
    """A history of these rows; whatever a row does not say is not known."""
    named = {row["child"] for row in contacts if row.get("child")} | {row["child"] for row in events or []}
    said = {row["child"]: row for row in children or []}
    everybody = [
        {"child": child, "followed_to": followed_to, **said.get(child, {})} for child in sorted(named)
    ]
    return history(
        "invented",
        followed_to,
        _table(contacts, CONTACTS),
        _table(everybody, CHILDREN),
        _table(events or [], EVENTS),
    )


def _table(rows: list[dict[str, Any]], columns: Any) -> pa.Table:
    shape = schema(columns)
    return pa.table(
        {field.name: pa.array([row.get(field.name) for row in rows], field.type) for field in shape},
        schema=shape,
    )
