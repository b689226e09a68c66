"""A policy as DMN 1.3, one way out, so that other tools can read, draw and check it.

For each gate: a decision for every count that a rule compares; a table of rules (hit policy COLLECT); the
level, the level to consider and the time, each the highest or shortest of what the table gives; a table of
the rules that wait for the level; and a table of routes. Rules carry their name as a label and their reason
as a description, which modellers show as the annotation of a row.

What is lost in translation, and why nothing is read back:

- Sets and kinds of sign are written out, sign by sign. To change a set, change the policy.
- Inputs are whole numbers (0 no, 1 not known, 2 yes). FEEL takes a number that is missing for no match, which
  would make not known a no: whoever calls must fill every input, as the description of each one says.
- A finding's provenance: which signs satisfied a rule, what is not known and what it could change, and the
  sources. DMN gives ids of rules, a level and duties, and no reasons.
- Periods, ages and agencies are counted beforehand. The promise that more concern never lowers the answer
  holds for these tables, but DMN cannot say it, and a changed table may break it.
- Examples, advice, pathways and the agreement itself stay in the policy. There is no drawing (DMNDI).
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openmash.engines.thresholds.compiled.columns import Column
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.quantities import LEVEL, Quantities, Quantity, Test
from openmash.engines.thresholds.elsewhere.wide import WideColumn, wide_column, wide_columns
from openmash.engines.thresholds.meaning.outcome import time_for
from openmash.engines.thresholds.policy.conditions import Reached
from openmash.engines.thresholds.policy.model import Gate, Policy, Rule
from openmash.engines.thresholds.text.sentences import write

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
# What may not stand in an XML document, however it is written.
_NOT_IN_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_OUTPUTS = {
    "rule": "string",
    "rank_set": "number",
    "rank_to_consider": "number",
    "clock_place": "number",
    "duties": "string",
}


def as_dmn(policy: Policy, gate: str = "") -> str:
    """The policy's rules at one gate ("" for the front door's), as a DMN 1.3 document.

    Raises:
        KeyError: the policy has no such gate.
    """
    return _Document(policy, policy.gate(gate) if gate else policy.gates[0]).text()


@dataclass(frozen=True)
class _Row:
    """One row of a table: its tests, its outputs in FEEL, and what to say of it."""

    id: str
    label: str
    description: str
    tests: Sequence[Test]
    outputs: Sequence[str]


class _Document:
    """One document in the making. Counts are named, and inputs noted, as tables turn out to need them."""

    def __init__(self, policy: Policy, gate: Gate) -> None:
        self.policy, self.gate = policy, gate
        self.columns = wide_columns(compile_policy(policy))
        self.quantities = Quantities(policy, {column: wide.name for column, wide in self.columns.items()})
        self.counted: dict[Quantity, str] = {}
        self.inputs: dict[Column, WideColumn] = {}

    def text(self) -> str:
        every = self.policy.rules_at(self.gate)
        rules = [
            self._lowest(),
            *(self._rule(rule, self._weight(rule)) for rule in every if not _waits(rule)),
        ]
        later = [self._rule(rule, ()) for rule in every if _waits(rule)]
        table = self._table("rules", self.gate.question, tuple(_OUTPUTS), rules)
        # Some readers refuse a table without rows, so one that would be empty is left out.
        further = [
            self._table(name, question, outputs, rows)
            for name, question, outputs, rows in (
                ("rules_after_level", "What else follows from the level?", ("rule", "duties"), later),
                ("routes", "Where does it go?", ("rule",), list(self._routes())),
            )
            if rows
        ]
        counts = [self._count(quantity, name) for quantity, name in self.counted.items()]
        root = self._root()
        root.extend([*map(_input, self.inputs.values()), *counts, table, *self._answers(), *further])
        ET.indent(root)
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'

    def _root(self) -> ET.Element:
        policy, gate = self.policy, self.gate
        root = ET.Element("definitions", xmlns=NAMESPACE, id=f"gate_{gate.id}", exporter="OpenMASH")
        root.set("name", _clean(f"{policy.title}: {gate.name}"))
        root.set("namespace", f"urn:openmash:policy:{policy.digest}")
        ranks = ", ".join(f"{level.rank} {level.code} ({level.name})" for level in gate.levels)
        _add(
            root,
            "description",
            f"Threshold policy {policy.id} {policy.version}, gate {gate.id}. SHA-256 of the policy’s text: "
            f"{policy.digest}. Levels by rank: {ranks}. Guidance: a person decides. One way out: to change this, "
            "change the policy and write it out again. Every input must be given; nothing may be left empty.",
        )
        return root

    def _lowest(self) -> _Row:
        """What stands when no rule fires, so that the table is never without an answer."""
        lowest = self.gate.levels[0]
        clock = self.policy.clock_places[lowest.clock] + 1
        return _Row(
            "lowest", lowest.name, lowest.summary, (), (_string(""), "1", "1", str(clock), _string(""))
        )

    def _weight(self, rule: Rule) -> tuple[str, ...]:
        """The ranks of its level and of the one to consider, and its clock's place; as little as can be if none."""
        ranks = {level.code: level.rank for level in self.gate.levels}
        clock = time_for(rule, self.policy) or self.policy.clocks[-1]
        numbers = (
            ranks.get(rule.level, 1),
            ranks.get(rule.consider, 1),
            self.policy.clock_places[clock.id] + 1,
        )
        return tuple(str(number) for number in numbers)

    def _rule(self, rule: Rule, weight: Sequence[str]) -> _Row:
        when = "; ".join(write(condition) for condition in rule.conditions)
        about = " ".join(part for part in (rule.because, f"When: {when}.", rule.note) if part)
        outputs = (_string(rule.id), *weight, _string(" ".join(rule.duties)))
        return _Row(f"rule_{rule.id}", rule.name, about, self.quantities.tests(rule.conditions), outputs)

    def _routes(self) -> Iterable[_Row]:
        """A row for each level of a route: a cell then holds one number, which every reader understands."""
        for route in self.policy.routes:
            for level in self.gate.levels:
                if level.code in route.levels:
                    tests = [Test(LEVEL, level.rank, ""), *self.quantities.tests(route.conditions)]
                    about = " ".join(part for part in (route.tell, route.note) if part)
                    id = f"route_{route.id}_{level.rank}"
                    yield _Row(id, route.name, about, tests, (_string(route.id),))

    def _table(self, name: str, question: str, outputs: Sequence[str], rows: Sequence[_Row]) -> ET.Element:
        compared = list(dict.fromkeys(test.quantity for row in rows for test in row.tests))
        needs = [need for quantity in compared for need in self._needs(quantity)]
        decision = _decision(name, question, needs)
        table = ET.SubElement(decision, "decisionTable", id=f"{name}_table", hitPolicy="COLLECT")
        for place, quantity in enumerate(compared):
            clause = ET.SubElement(table, "input", id=f"{name}_in_{place}", label=_clean(quantity.words))
            given = ET.SubElement(clause, "inputExpression", id=f"{name}_from_{place}", typeRef="number")
            _add(given, "text", self._called(quantity))
        for output in outputs:
            ET.SubElement(table, "output", id=f"{name}_out_{output}", name=output, typeRef=_OUTPUTS[output])
        table.extend(_table_row(name, row, compared) for row in rows)
        return decision

    def _called(self, quantity: Quantity) -> str:
        """The name by which a table compares a quantity."""
        if quantity.given:
            return quantity.feel
        return self.counted.setdefault(quantity, f"counted_{len(self.counted) + 1}")

    def _needs(self, quantity: Quantity) -> list[str]:
        """The elements that a table which compares a quantity rests on."""
        if quantity == LEVEL or not quantity.given:
            return [f"#decision_{self._called(quantity)}"]
        return self._inputs(quantity)

    def _inputs(self, quantity: Quantity) -> list[str]:
        for column in quantity.columns:
            if column not in self.inputs:
                wide = self.columns.get(column) or wide_column(column, self.policy, column.name)
                self.inputs[column] = wide
        return [f"#input_{self.inputs[column].name}" for column in quantity.columns]

    def _count(self, quantity: Quantity, name: str) -> ET.Element:
        return _literal(name, quantity.words, quantity.feel, self._inputs(quantity), "number")

    def _answers(self) -> Iterable[ET.Element]:
        levels = ", ".join(_string(level.code) for level in self.gate.levels)
        clocks = ", ".join(_string(clock.id) for clock in self.policy.clocks)
        rules, rank = "#decision_rules", f"#decision_{LEVEL.feel}"
        consider = f'if max(rules.rank_to_consider) > {LEVEL.feel} then [{levels}][max(rules.rank_to_consider)] else ""'
        yield _literal(
            LEVEL.feel, "The highest rank of all rules that fire", "max(rules.rank_set)", [rules], "number"
        )
        yield _literal("level_code", "The level", f"[{levels}][{LEVEL.feel}]", [rank], "string")
        yield _literal(
            "consider_code", "A higher level to consider, if any", consider, [rules, rank], "string"
        )
        yield _literal(
            "respond_clock",
            "The shortest time of all rules that fire",
            f"[{clocks}][min(rules.clock_place)]",
            [rules],
            "string",
        )


def _waits(rule: Rule) -> bool:
    return any(isinstance(condition, Reached) for condition in rule.conditions)


def _input(wide: WideColumn) -> ET.Element:
    found = ET.Element("inputData", id=f"input_{wide.name}", name=wide.name)
    _add(found, "description", f"{wide.meaning} Where nothing is written, give {wide.when_empty}.")
    ET.SubElement(found, "variable", id=f"variable_{wide.name}", name=wide.name, typeRef="number")
    return found


def _decision(name: str, question: str, needs: Iterable[str], type: str = "") -> ET.Element:
    decision = ET.Element("decision", id=f"decision_{name}", name=name)
    _add(decision, "question", question)
    variable = ET.SubElement(decision, "variable", id=f"variable_of_{name}", name=name)
    if type:
        variable.set("typeRef", type)
    for place, need in enumerate(dict.fromkeys(needs)):
        required = ET.SubElement(decision, "informationRequirement", id=f"{name}_needs_{place}")
        kind = "requiredInput" if need.startswith("#input_") else "requiredDecision"
        ET.SubElement(required, kind, href=need)
    return decision


def _literal(name: str, question: str, feel: str, needs: Iterable[str], type: str) -> ET.Element:
    decision = _decision(name, question, needs, type)
    _add(ET.SubElement(decision, "literalExpression", id=f"{name}_is", typeRef=type), "text", feel)
    return decision


def _table_row(name: str, row: _Row, compared: Sequence[Quantity]) -> ET.Element:
    found = ET.Element("rule", id=f"{name}_{row.id}", label=_clean(row.label))
    _add(found, "description", row.description)
    tests = {test.quantity: test.feel for test in row.tests}
    for place, quantity in enumerate(compared):
        entry = ET.SubElement(found, "inputEntry", id=f"{name}_{row.id}_in_{place}")
        _add(entry, "text", tests.get(quantity, "-"))
    for place, output in enumerate(row.outputs):
        entry = ET.SubElement(found, "outputEntry", id=f"{name}_{row.id}_out_{place}")
        _add(entry, "text", output)
    return found


def _add(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)


def _string(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
