"""A small reader of DMN, written from the standard and not from what writes ours: tables and plain FEEL."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from typing import Any

Values = dict[str, Any]
DMN = "{https://www.omg.org/spec/DMN/20191111/MODEL/}"
_TOKEN = re.compile(r'\s*(>=|<=|[A-Za-z_][A-Za-z0-9_]*|\d+|"(?:[^"\\]|\\.)*"|[-+<>=()\[\],.])')
_FUNCTIONS: dict[str, Callable[[list[Any]], Any]] = {"sum": sum, "max": max, "min": min}
_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    ">=": lambda one, other: one >= other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    "<": lambda one, other: one < other,
    "=": lambda one, other: one == other,
}


class Feel:
    """One expression. `value` works it out from the values of the names in it."""

    def __init__(self, text: str) -> None:
        self.tokens = _TOKEN.findall(text)
        assert "".join(self.tokens) == re.sub(r'\s+(?=(?:[^"]*"[^"]*")*[^"]*$)', "", text), text

    def value(self, values: Mapping[str, Any]) -> Any:
        self.left, self.values = [*reversed(self.tokens)], values
        found = self._expression()
        assert not self.left
        return found

    def _next(self) -> str:
        return self.left[-1] if self.left else ""

    def _take(self, *wanted: str) -> str:
        if not self.left or (wanted and self.left[-1] not in wanted):
            raise AssertionError(f"{wanted} expected, found {self._next()}")
        return self.left.pop()

    def _expression(self) -> Any:
        if self._next() != "if":
            return self._either()
        self._take("if")
        held = self._either()
        self._take("then")
        yes = self._expression()
        self._take("else")
        no = self._expression()
        return yes if held else no

    def _either(self) -> Any:
        found = self._both()
        while self._next() == "or":
            self._take()
            other = self._both()
            found = found or other
        return found

    def _both(self) -> Any:
        found = self._comparison()
        while self._next() == "and":
            self._take()
            other = self._comparison()
            found = found and other
        return found

    def _comparison(self) -> Any:
        found = self._sum()
        return _COMPARED[self._take()](found, self._sum()) if self._next() in _COMPARED else found

    def _sum(self) -> Any:
        found = self._place()
        while self._next() == "+":
            self._take()
            found = found + self._place()
        return found

    def _place(self) -> Any:
        found = self._one()
        while self._next() in ("[", "."):
            if self._take() == "[":
                found = found[self._expression() - 1]
                self._take("]")
            else:
                name = self._take()
                found = [each[name] for each in found]
        return found

    def _one(self) -> Any:
        token = self._take()
        if token == "(":
            found = self._expression()
            self._take(")")
            return found
        if token == "[":
            return self._until("]")
        if token.isdigit():
            return int(token)
        if token.startswith('"'):
            return re.sub(r"\\(.)", r"\1", token[1:-1])
        if self._next() == "(":
            self._take()
            given = self._until(")")
            return _FUNCTIONS[token](given[0] if isinstance(given[0], list) else given)
        return {"true": True, "false": False}[token] if token in ("true", "false") else self.values[token]

    def _until(self, end: str) -> list[Any]:
        found = []
        while self._next() != end:
            found.append(self._expression())
            if self._next() == ",":
                self._take()
        self._take(end)
        return found


class Document:
    """A DMN document, its expressions taken apart once."""

    def __init__(self, text: str) -> None:
        root = ET.fromstring(text)
        self.inputs = [each.attrib["name"] for each in root.iter(f"{DMN}inputData")]
        ids = {each.attrib["id"]: each for each in root.iter(f"{DMN}decision")}
        given = {each.attrib["id"]: each.attrib["name"] for each in root.iter(f"{DMN}inputData")}
        self.decisions = {each.attrib["name"]: _decision(each) for each in ids.values()}
        self.needs = {
            each.attrib["name"]: [
                needed.attrib["href"][1:]
                for required in each.iter(f"{DMN}informationRequirement")
                for needed in required
            ]
            for each in ids.values()
        }
        self.names = {**given, **{id: each.attrib["name"] for id, each in ids.items()}}

    def decided(self, told: Mapping[str, Any]) -> Values:
        """What every decision comes to. Each sees what it says it needs, and nothing else."""
        known = {name: told[name] for name in self.inputs}
        waiting = list(self.decisions)
        while waiting:
            name = waiting.pop(0)
            needs = [self.names[id] for id in self.needs[name]]
            if all(need in known for need in needs):
                known[name] = self.decisions[name]({need: known[need] for need in needs})
            else:
                waiting.append(name)
        return known


def _decision(decision: ET.Element) -> Callable[[Values], Any]:
    literal = decision.find(f"{DMN}literalExpression")
    if literal is not None:
        return Feel(literal.findtext(f"{DMN}text") or "").value
    table = decision.find(f"{DMN}decisionTable")
    assert table is not None and table.attrib["hitPolicy"] == "COLLECT"
    compared = [
        Feel(each.findtext(f"{DMN}inputExpression/{DMN}text") or "") for each in table.iter(f"{DMN}input")
    ]
    outputs = [each.attrib["name"] for each in table.findall(f"{DMN}output")]
    rows = [_row(rule, outputs) for rule in table.findall(f"{DMN}rule")]

    def collected(values: Values) -> list[Values]:
        numbers = [each.value(values) for each in compared]
        return [found for tests, found in rows if all(map(_passes, tests, numbers))]

    return collected


def _row(rule: ET.Element, outputs: list[str]) -> tuple[list[str], Values]:
    tests = [each.findtext(f"{DMN}text") or "" for each in rule.findall(f"{DMN}inputEntry")]
    given = [Feel(each.findtext(f"{DMN}text") or "").value({}) for each in rule.findall(f"{DMN}outputEntry")]
    return tests, dict(zip(outputs, given, strict=True))


def _passes(test: str, number: int) -> bool:
    if test == "-":
        return True
    sign, bound = re.fullmatch(r"(>=|<|) ?(\d+)", test).groups()  # type: ignore[union-attr]
    return _COMPARED[sign or "="](number, int(bound))
