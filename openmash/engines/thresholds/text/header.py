"""Reading the header of a policy: who, when, the levels, the clocks, the domains, the grades of evidence."""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openmash.engines.thresholds.policy.errors import PolicyError, PolicyErrors, did_you_mean
from openmash.engines.thresholds.policy.model import Clock, Domain, EvidenceGrade, Gate, Level
from openmash.engines.thresholds.text.files import HEADER
from openmash.engines.thresholds.text.tables import CODE, NAME

_KINDS: dict[type, str] = {
    str: "text in double quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date",
}


@dataclass
class Reader:
    """One table of the header, with a note of every fault found in it."""

    where: str
    values: dict[str, Any]
    faults: list[PolicyError]
    known: set[str] = field(default_factory=set)

    def fault(self, message: str, hint: str) -> None:
        self.faults.append(PolicyError(HEADER, None, f"In {self.where}: {message}", hint))

    def get(self, key: str, kind: type, default: Any = None) -> Any:
        """The value of a key; its absence is a fault unless there is a default."""
        self.known.add(key)
        value = self.values.get(key, default)
        if value is None:
            if default is None and kind is not date:
                self.fault(f"“{key}” is missing.", f"Write {key} = and {_KINDS[kind]}.")
            return "" if kind is str else 0 if kind is int else None
        if type(value) is not kind:
            self.fault(f"“{key}” is not {_KINDS[kind]}.", f"Write {_KINDS[kind]}.")
            return default if default is not None else kind() if kind is not date else None
        return value

    def name(self, key: str, shape: tuple[re.Pattern[str], str]) -> str:
        value = str(self.get(key, str))
        if value and not shape[0].fullmatch(value):
            self.fault(f"“{value}” cannot be used as {key}.", f"Use {shape[1]}.")
        return value

    def close(self) -> None:
        """Note every key that means nothing here."""
        for key in self.values:
            if key not in self.known:
                self.fault(f"“{key}” means nothing here.", did_you_mean(key, self.known))


def read_header(text: str) -> tuple[dict[str, Any], list[PolicyError]]:
    """The fields of `Policy` that the header gives, and the faults found."""
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        line = re.search(r"line (\d+)", str(wrong))
        raise PolicyErrors([_unreadable(str(wrong), int(line[1]) if line else None)]) from None
    except (RecursionError, ValueError):
        raise PolicyErrors([_unreadable("it is nested too deeply or a number is too long", None)]) from None
    faults: list[PolicyError] = []
    top = Reader("the header", values, faults)
    fields: dict[str, Any] = {
        key: top.get(key, str) for key in ("id", "version", "title", "status", "sign_off")
    }
    fields |= {key: top.get(key, date) for key in ("in_force_from", "review_by")}
    fields["agency_kinds"] = tuple(_names(top, "agency_kinds"))
    fields["contacts"] = _texts(top, "contacts", 'duty_phone = "…"')
    fields["promises"] = _texts(top, "promises", 'decide = "one_working_day"')
    fields["clocks"] = tuple(_clock(r) for r in _tables(top, "clock"))
    levels = [_level(r) for r in _tables(top, "level")]
    fields["gates"] = tuple(_gate(r, levels) for r in _tables(top, "gate"))
    faults += _levels_of_no_gate(fields["gates"], levels)
    fields["domains"] = tuple(Domain(r.name("id", CODE), r.get("label", str)) for r in _tables(top, "domain"))
    fields["evidence"] = tuple(
        EvidenceGrade(r.name("id", NAME), r.get("rank", int), r.get("label", str))
        for r in _tables(top, "evidence")
    )
    top.close()
    return fields, faults


def _unreadable(what: str, line: int | None) -> PolicyError:
    return PolicyError(
        HEADER, line, f"The header cannot be read: {what}.", "Compare it with an earlier policy’s."
    )


def _names(top: Reader, key: str) -> list[str]:
    top.known.add(key)
    value = top.values.get(key, [])
    if not isinstance(value, list) or not all(
        isinstance(one, str) and NAME[0].fullmatch(one) for one in value
    ):
        top.fault(f"“{key}” is not a list of names.", f"Each is {NAME[1]}.")
        return []
    return value


def _texts(top: Reader, key: str, example: str) -> dict[str, str]:
    top.known.add(key)
    value = top.values.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
        top.fault(f"“{key}” is not a table of texts.", f"Write [{key}] and, below it, {example}.")
        return {}
    return value


def _tables(top: Reader, key: str) -> list[Reader]:
    top.known.add(key)
    value = top.values.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        top.fault(f"“{key}” is not a list of tables.", f"Begin each with [[{key}]].")
        return []
    return [Reader(f"[[{key}]] number {n}", one, top.faults) for n, one in enumerate(value, start=1)]


def _clock(reader: Reader) -> Clock:
    clock = Clock(
        id=reader.name("id", NAME),
        kind=reader.get("kind", str),
        number=reader.get("number", int, 0),
        label=reader.get("label", str),
        source=reader.get("source", str, ""),
        to_be_confirmed=reader.get("to_be_confirmed", bool, False),
    )
    reader.close()
    return clock


def _level(reader: Reader) -> Level:
    level = Level(
        code=reader.name("code", CODE),
        gate=reader.name("gate", NAME),
        rank=reader.get("rank", int),
        name=reader.get("name", str),
        summary=reader.get("summary", str),
        clock=reader.name("clock", NAME),
        told=reader.get("told", str),
    )
    reader.close()
    return level


def _gate(reader: Reader, levels: list[Level]) -> Gate:
    id = reader.name("id", NAME)
    gate = Gate(
        id=id,
        name=reader.get("name", str),
        question=reader.get("question", str),
        when=reader.get("when", str),
        second_person_from=reader.name("second_person_from", CODE),
        levels=tuple(level for level in levels if level.gate == id),
    )
    reader.close()
    return gate


def _levels_of_no_gate(gates: tuple[Gate, ...], levels: list[Level]) -> list[PolicyError]:
    names = [gate.id for gate in gates]
    return [
        PolicyError(
            HEADER,
            None,
            f"Level {level.code} names a gate “{level.gate}” that is not there.",
            did_you_mean(level.gate, names),
        )
        for level in levels
        if level.gate and level.gate not in names
    ]
