"""From texts to a policy, or to everything that is wrong with them."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from openmash.engines.thresholds.policy.conditions import Condition
from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors
from openmash.engines.thresholds.policy.model import (
    AdviceLine,
    ChangeNote,
    Duty,
    Example,
    Fact,
    Pathway,
    Policy,
    Route,
    Rule,
    Sign,
)
from openmash.engines.thresholds.text.files import FILES, digest, gather
from openmash.engines.thresholds.text.header import read_header
from openmash.engines.thresholds.text.sentences import NotASentence, read
from openmash.engines.thresholds.text.tables import CODE, NAME, RULE_ID, SIGN_ID, Row, read_table

COLUMNS = {
    "signs.csv": (
        *("sign", "domain", "subdomain", "harm", "level", "immediate", "question", "accumulates", "examples"),
        *("strength", "dfe_factor", "wording", "note", "meanwhile"),
    ),
    "facts.csv": ("fact", "question", "about", "asked_of", "gate", "ask"),
    "sets.csv": ("set", "of", "members", "note"),
    "duties.csv": ("duty", "label", "text", "clock", "blocks", "owner"),
    "rules.csv": (
        *("rule", "gate", "name", "when", "and", "also"),
        *("level", "consider", "respond", "duty", "because", "note"),
    ),
    "routing.csv": ("route", "name", "when", "and", "also", "levels", "tell", "note"),
    "pathways.csv": (
        *(
            "pathway",
            "label",
            "level",
            "closes",
            "clock",
            "needs",
            "what_happens_next",
            "source",
            "to_be_confirmed",
        ),
    ),
    "advice.csv": ("level", "kind", "text"),
    "examples.csv": (
        *(
            "example",
            "gate",
            "story",
            "age",
            "signs",
            "facts",
            "past",
            "raised_by",
            "level",
            "consider",
            "rules",
            "duties",
        ),
    ),
    "changes.csv": ("file", "row", "reason"),
}
KEYS = {name: columns[0] for name, columns in COLUMNS.items() if name not in ("advice.csv", "changes.csv")}
"""The column that names a row, in each table whose rows have a name of their own."""

Made = TypeVar("Made")


def parse(source: Path | Mapping[str, str]) -> Policy:
    """Read a policy from a folder, or from its texts by file name.

    Raises:
        PolicyErrors: every fault found, with file, row and what to write instead. Faults of form are told
            before faults of meaning, since one mistyped row would otherwise make a dozen false reports.
    """
    texts = gather(source)
    fields, faults = read_header(texts["policy.toml"])
    tables = {name: read_table(name, texts[name], columns, faults) for name, columns in COLUMNS.items()}
    faults += _twice(tables)
    sign_sets, fact_sets = _sets(tables["sets.csv"])
    set_notes = {row.text("set"): row.text("note") for row in tables["sets.csv"] if row.text("note")}
    made: dict[str, Any] = {
        "signs": _all(_sign, tables["signs.csv"]),
        "facts": _all(_fact, tables["facts.csv"]),
        "duties": _all(_duty, tables["duties.csv"]),
        "rules": _all(_rule, tables["rules.csv"]),
        "routes": _all(_route, tables["routing.csv"]),
        "pathways": _all(_pathway, tables["pathways.csv"]),
        "advice": _all(_advice, tables["advice.csv"]),
        "examples": _all(_example, tables["examples.csv"]),
        "changes": _all(_change, tables["changes.csv"]),
    }
    if faults:
        raise PolicyErrors(_in_order(faults))
    try:
        return Policy(
            **fields,
            **made,
            sign_sets=sign_sets,
            fact_sets=fact_sets,
            set_notes=set_notes,
            digest=digest(texts),
            sources=texts,
        )
    except PolicyErrors as wrong:
        raise PolicyErrors(_in_order([_placed(fault, tables) for fault in wrong.errors])) from None


def _in_order(faults: list[PolicyError]) -> list[PolicyError]:
    order = ["policy.toml", *COLUMNS]
    return sorted(faults, key=lambda fault: (order.index(fault.file), fault.row or 0))


def _placed(fault: PolicyError, tables: Mapping[str, list[Row]]) -> PolicyError:
    """The same fault, with the row on which the thing it speaks of is written."""
    column = KEYS.get(fault.file)
    for place, row in enumerate(tables.get(fault.file, [])):
        # Lines of advice and of changes have no id of their own: their place in the table is their key.
        if (row.cells[column] if column else str(place)) == fault.key:
            return PolicyError(fault.file, row.number, fault.message, fault.hint, fault.key)
    return fault


def _twice(tables: Mapping[str, list[Row]]) -> list[PolicyError]:
    faults = []
    for name, column in KEYS.items():
        first: dict[str, int] = {}
        for row in tables[name]:
            key = row.cells[column]
            if key and key in first:
                said = f"There is already a {column} called “{key}” in row {first[key]}."
                faults.append(PolicyError(name, row.number, said, "Give this one a name of its own.", key))
            first.setdefault(key, row.number)
    return faults


def _all(make: Callable[[Row], Made], rows: list[Row]) -> tuple[Made, ...]:
    return tuple(make(row) for row in rows)


def _sign(row: Row) -> Sign:
    return Sign(
        id=row.id("sign", SIGN_ID),
        domain=row.needed("domain"),
        subdomain=row.text("subdomain"),
        harm=row.text("harm"),
        level=row.needed("level"),
        immediate=row.choice("immediate", ("never", "always", "unless")),
        immediate_question=row.text("question"),
        accumulates=row.id("accumulates", NAME) if row.text("accumulates") else "",
        counted_examples=row.parts("examples"),
        wording=row.needed("wording"),
        note=row.text("note"),
        meanwhile=row.text("meanwhile"),
        protective=row.yes_no("strength"),
        dfe_factor=row.text("dfe_factor"),
    )


def _fact(row: Row) -> Fact:
    return Fact(
        id=row.id("fact", NAME),
        question=row.needed("question"),
        about=row.choice("about", ("child", "family", "account", "routing")),
        asked_of=row.choice("asked_of", ("anyone", "screener")),
        gate=row.id("gate", NAME),
        ask=row.needed("ask"),
    )


def _sets(rows: list[Row]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    sets: dict[str, dict[str, frozenset[str]]] = {"signs": {}, "facts": {}}
    for row in rows:
        name, of = row.id("set", NAME), row.choice("of", ("signs", "facts"))
        row.needed("members")
        sets[of][name] = frozenset(row.words("members"))
    return sets["signs"], sets["facts"]


def _duty(row: Row) -> Duty:
    return Duty(
        id=row.id("duty", NAME),
        label=row.needed("label"),
        text=row.needed("text"),
        clock=row.needed("clock"),
        blocks=row.choice("blocks", ("", "closing", "lowering")),
        owner=row.needed("owner"),
    )


def _rule(row: Row) -> Rule:
    return Rule(
        id=row.id("rule", RULE_ID),
        gate=row.id("gate", NAME),
        name=row.needed("name"),
        conditions=_conditions(row),
        level=row.text("level"),
        consider=row.text("consider"),
        respond=row.text("respond"),
        duties=row.words("duty"),
        because=row.needed("because"),
        note=row.text("note"),
    )


def _conditions(row: Row) -> tuple[Condition, ...]:
    found = []
    for column in ("when", "and", "also"):
        text = row.needed(column) if column == "when" else row.text(column)
        if not text:
            continue
        if "|" in text or ";" in text:
            row.fault(
                f"The column “{column}” holds more than one condition.",
                "Put one in each of “when”, “and” and “also”: a rule has at most three.",
            )
            continue
        try:
            found.append(read(text))
        except NotASentence as wrong:
            row.fault(str(wrong), wrong.hint)
    return tuple(found)


def _route(row: Row) -> Route:
    row.needed("levels")
    return Route(
        id=row.id("route", RULE_ID),
        name=row.needed("name"),
        conditions=_conditions(row),
        levels=row.words("levels"),
        tell=row.needed("tell"),
        note=row.text("note"),
    )


def _change(row: Row) -> ChangeNote:
    return ChangeNote(row.choice("file", FILES), row.text("row"), row.needed("reason"))


def _pathway(row: Row) -> Pathway:
    return Pathway(
        id=row.id("pathway", NAME),
        label=row.needed("label"),
        level=row.id("level", CODE),
        closes=row.yes_no("closes"),
        needs=row.text("needs"),
        what_happens_next=row.needed("what_happens_next"),
        clock=row.text("clock"),
        source=row.text("source"),
        to_be_confirmed=row.yes_no("to_be_confirmed"),
    )


def _advice(row: Row) -> AdviceLine:
    kinds = ("happens_next", "meanwhile", "tell_family", "if_you_disagree")
    return AdviceLine(row.id("level", CODE), row.choice("kind", kinds), row.needed("text"))


def _example(row: Row) -> Example:
    return Example(
        id=row.id("example", NAME),
        gate=row.id("gate", NAME),
        story=row.needed("story"),
        age=row.needed("age"),
        signs=row.text("signs"),
        facts=row.text("facts"),
        past=row.text("past"),
        raised_by=row.text("raised_by"),
        level=row.id("level", CODE),
        consider=row.text("consider"),
        rules=row.words("rules"),
        duties=row.words("duties"),
    )
