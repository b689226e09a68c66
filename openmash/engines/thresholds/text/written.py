"""From a policy back to its texts: what `parse` reads, printed from the frozen meaning alone.

Canonical form: the header's parts in one order, each table with its columns in the order of
`parse.COLUMNS`, quotes only where a comma or a line end needs them, "\\n" at the end of every line, the
members of a set in the order in which the policy lists them.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from openmash.engines.thresholds.policy.model import (
    AdviceLine,
    ChangeNote,
    Clock,
    Duty,
    Example,
    Fact,
    Gate,
    Pathway,
    Policy,
    Route,
    Rule,
    Sign,
)
from openmash.engines.thresholds.text.files import HEADER
from openmash.engines.thresholds.text.parse import COLUMNS
from openmash.engines.thresholds.text.sentences import write

Cells = dict[str, str]


def written(policy: Policy) -> dict[str, str]:
    """Every text of a policy by file name, printed from the policy and not from its `sources`.

    `parse(written(policy))` is the same policy in everything but `digest` and `sources`. What is lost is what
    means nothing: comments in the header, empty rows, the order of columns, how a cell was quoted. A policy
    made by hand may hold what no text can say, such as a cell that begins with "="; `parse` then refuses it.
    """
    rows: dict[str, Iterable[Cells]] = {
        "signs.csv": map(_sign, policy.signs),
        "facts.csv": map(_fact, policy.facts),
        "sets.csv": _sets(policy),
        "duties.csv": map(_duty, policy.duties),
        "rules.csv": map(_rule, policy.rules),
        "routing.csv": map(_route, policy.routes),
        "pathways.csv": map(_pathway, policy.pathways),
        "advice.csv": map(_advice, policy.advice),
        "examples.csv": map(_example, policy.examples),
        "changes.csv": map(_change, policy.changes),
    }
    return {HEADER: _header(policy), **{name: table(COLUMNS[name], cells) for name, cells in rows.items()}}


def table(columns: Iterable[str], rows: Iterable[Cells]) -> str:
    """A table in canonical form. Each row must name exactly these columns.

    Raises:
        ValueError: a row names another column, which would otherwise be left out without a word.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(columns), extrasaction="raise", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


# The header is written by hand: a TOML text is a JSON text, and tomli-w would fold short tables into one line
# each, which nobody could compare with the version before.


def _header(policy: Policy) -> str:
    top: dict[str, Any] = {key: getattr(policy, key) for key in ("id", "version", "title", "status")}
    top |= {"in_force_from": policy.in_force_from, "review_by": policy.review_by}
    top |= {"sign_off": policy.sign_off, "agency_kinds": policy.agency_kinds}
    parts = [
        _keys(top),
        "[contacts]\n" + _keys(policy.contacts),
        "[promises]\n" + _keys(policy.promises),
        *("[[gate]]\n" + _keys(_gate(gate)) for gate in policy.gates),
        *("[[level]]\n" + _keys(vars(level)) for gate in policy.gates for level in gate.levels),
        *("[[clock]]\n" + _keys(_clock(clock)) for clock in policy.clocks),
        *("[[domain]]\n" + _keys(vars(domain)) for domain in policy.domains),
        *("[[evidence]]\n" + _keys(vars(grade)) for grade in policy.evidence),
    ]
    return "\n".join(parts)


def _gate(gate: Gate) -> dict[str, Any]:
    return {key: value for key, value in vars(gate).items() if key != "levels"}


def _clock(clock: Clock) -> dict[str, Any]:
    """A clock without what it does not say: no number, no source, nothing to be confirmed."""
    return {key: value for key, value in vars(clock).items() if value or key in ("id", "kind", "label")}


def _keys(values: Mapping[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in values.items() if value is not None)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_quoted, value)) + "]"
    return str(value)  # a whole number, or a date, which prints as 2026-01-31


def _quoted(text: str) -> str:
    # JSON escapes all that TOML forbids in a text, but for one character.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _yes(value: bool, no: str = "no") -> str:
    return "yes" if value else no


def _sign(sign: Sign) -> Cells:
    return {
        "sign": sign.id,
        "domain": sign.domain,
        "subdomain": sign.subdomain,
        "harm": sign.harm,
        "level": sign.level,
        "immediate": sign.immediate,
        "question": sign.immediate_question,
        "accumulates": sign.accumulates,
        "examples": "; ".join(sign.counted_examples),
        # Few signs are strengths, so that only a yes is worth a word in the table.
        "strength": _yes(sign.protective, no=""),
        "dfe_factor": sign.dfe_factor,
        "wording": sign.wording,
        "note": sign.note,
        "meanwhile": sign.meanwhile,
    }


def _fact(fact: Fact) -> Cells:
    return {
        "fact": fact.id,
        "question": fact.question,
        "about": fact.about,
        "asked_of": fact.asked_of,
        "gate": fact.gate,
        "ask": fact.ask,
    }


def _sets(policy: Policy) -> Iterator[Cells]:
    for of, sets, order in (
        ("signs", policy.sign_sets, [sign.id for sign in policy.signs]),
        ("facts", policy.fact_sets, [fact.id for fact in policy.facts]),
    ):
        for name, members in sets.items():
            listed = " ".join(id for id in order if id in members)
            yield {"set": name, "of": of, "members": listed, "note": policy.set_notes.get(name, "")}


def _duty(duty: Duty) -> Cells:
    return {
        "duty": duty.id,
        "label": duty.label,
        "text": duty.text,
        "clock": duty.clock,
        "blocks": duty.blocks,
        "owner": duty.owner,
    }


def _conditions(row: Rule | Route) -> Cells:
    sentences = [write(condition) for condition in row.conditions]
    return dict(zip(("when", "and", "also"), [*sentences, "", ""], strict=False))


def _rule(rule: Rule) -> Cells:
    return {
        "rule": rule.id,
        "gate": rule.gate,
        "name": rule.name,
        **_conditions(rule),
        "level": rule.level,
        "consider": rule.consider,
        "respond": rule.respond,
        "duty": " ".join(rule.duties),
        "because": rule.because,
        "note": rule.note,
    }


def _route(route: Route) -> Cells:
    return {
        "route": route.id,
        "name": route.name,
        **_conditions(route),
        "levels": " ".join(route.levels),
        "tell": route.tell,
        "note": route.note,
    }


def _pathway(pathway: Pathway) -> Cells:
    return {
        "pathway": pathway.id,
        "label": pathway.label,
        "level": pathway.level,
        "closes": _yes(pathway.closes),
        "clock": pathway.clock,
        "needs": pathway.needs,
        "what_happens_next": pathway.what_happens_next,
        "source": pathway.source,
        "to_be_confirmed": _yes(pathway.to_be_confirmed),
    }


def _advice(line: AdviceLine) -> Cells:
    return {"level": line.level, "kind": line.kind, "text": line.text}


def _example(example: Example) -> Cells:
    return {
        "example": example.id,
        "gate": example.gate,
        "story": example.story,
        "age": example.age,
        "signs": example.signs,
        "facts": example.facts,
        "past": example.past,
        "raised_by": example.raised_by,
        "level": example.level,
        "consider": example.consider,
        "rules": " ".join(example.rules),
        "duties": " ".join(example.duties),
    }


def _change(change: ChangeNote) -> Cells:
    return {"file": change.file, "row": change.row, "reason": change.reason}
