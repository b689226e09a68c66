"""A policy as DMN is valid, is read by others, and says what the interpreter says."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import SpiffWorkflow.dmn
from lxml import etree
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

from openmash.engines.thresholds import Policy, Rule
from openmash.engines.thresholds.compiled.compile import compile_policy
from openmash.engines.thresholds.elsewhere.dmn import NAMESPACE, as_dmn
from openmash.engines.thresholds.elsewhere.wide import wide_columns
from openmash.engines.thresholds.text.sentences import read, write
from tests.engines.thresholds.carried import Row, check, told
from tests.engines.thresholds.feel import Document, Values
from tests.engines.thresholds.invented import draft

SCHEMA = Path(SpiffWorkflow.dmn.__file__).parent / "parser" / "schema" / "DMN13.xsd"
GATES = [gate.id for gate in draft().gates]


def filled(policy: Policy, rows: list[Row]) -> list[Row]:
    """The rows with every cell given, as the description of each input asks for."""
    empty = {each.name: each.when_empty for each in wide_columns(compile_policy(policy)).values()}
    return [{name: empty[name] if value is None else value for name, value in row.items()} for row in rows]


@lru_cache(maxsize=1)
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def test_it_is_valid_against_the_schema_of_dmn() -> None:
    for one in told():
        document = etree.fromstring(as_dmn(one.policy, one.gate).encode())
        schema().assertValid(document)


def read_by_us(policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
    document = Document(as_dmn(policy, gate))
    # A count that can never be reached is written out all the same, and looks at signs that the table leaves out.
    beside = dict.fromkeys(document.inputs, 0)
    return [_answers(policy, gate, row, document.decided({**beside, **row})) for row in filled(policy, rows)]


def _answers(policy: Policy, gate: str, row: Row, decided: Values) -> Row:
    at = policy.gate(gate)
    fired = [*decided["rules"], *decided.get("rules_after_level", [])]
    rules = {each["rule"] for each in fired}
    duties = {duty for each in fired for duty in each["duties"].split()}
    routes = {each["rule"] for each in decided.get("routes", [])}
    here = {level.code for level in at.levels}
    return {
        "case_id": row["case_id"],
        "level": decided["level_code"],
        "level_rank": decided["level_rank"],
        "consider": decided["consider_code"] or None,
        "respond": decided["respond_clock"],
        **{f"rule_{each.id}": int(each.id in rules) for each in policy.rules_at(at)},
        **{f"duty_{each.id}": int(each.id in duties) for each in policy.duties},
        **{
            f"route_{each.id}": int(each.id in routes)
            for each in policy.routes
            if here.intersection(each.levels)
        },
    }


def test_dmn_says_what_the_interpreter_says() -> None:
    check(read_by_us)


@pytest.mark.parametrize("gate", GATES)
def test_an_independent_reader_finds_the_same_rules(gate: str) -> None:
    """SpiffWorkflow reads one table to a file, and leaves counting to whoever calls it."""
    one = next(each for each in told() if each.gate == gate)
    text = as_dmn(one.policy, gate)
    document, engines = Document(text), tables(text)
    for row in filled(one.policy, one.rows)[:8]:
        decided = document.decided({**dict.fromkeys(document.inputs, 0), **row})
        for name, engine in engines.items():
            ours = [each["rule"] for each in decided[name]]
            assert by_spiff(engine, decided).get("rule", []) == ours


def tables(text: str) -> dict[str, DMNEngine]:
    found = {}
    names = [each.get("name") for each in etree.fromstring(text.encode()).iter(f"{{{NAMESPACE}}}decision")]
    for name in names:
        root = etree.fromstring(text.encode())
        for decision in root.findall(f"{{{NAMESPACE}}}decision"):
            if decision.get("name") != name:
                root.remove(decision)
        if root.find(f".//{{{NAMESPACE}}}decisionTable") is not None:
            parser = BpmnDmnParser()
            parser.add_dmn_xml(root)
            found[name] = parser.get_engine(f"decision_{name}", None)
    return found


def by_spiff(engine: DMNEngine, values: Values) -> Any:
    plain = {name: value for name, value in values.items() if isinstance(value, int)}
    workflow = SimpleNamespace(script_engine=PythonScriptEngine())
    return engine.result(SimpleNamespace(data=plain, workflow=workflow))


def test_two_bounds_on_one_number_become_the_stricter_one() -> None:
    sentences = ("child under 12 months", "child under 24 months", "fact help_refused not ruled out")
    conditions = tuple(read(each) for each in sentences)
    rule = Rule("R1", "services", "Invented", conditions, "4", "", "", (), "Invented.")
    document = Document(as_dmn(replace(draft(), rules=(rule,), routes=(), examples=())))

    levels = [
        document.decided({"youngest_months": age, "fact_help_refused": 1})["level_code"] for age in (11, 12)
    ]

    assert levels == ["4", "1"]


def test_rows_carry_their_name_their_reason_and_their_sentences() -> None:
    text = as_dmn(draft())
    rule = draft().rule("C8d")

    assert f'label="{rule.name}"' in text
    assert rule.because in text
    assert all(write(condition) in text for condition in rule.conditions)


def test_it_says_which_policy_it_is_and_that_every_input_must_be_given() -> None:
    text = as_dmn(draft())

    assert f"{draft().id} {draft().version}" in text
    assert draft().digest in text
    assert "Where nothing is written, give 1." in text


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = etree.fromstring(as_dmn(replace(draft(), title="Ours\x00 & <theirs> \ufffe")).encode())

    assert document.get("name").startswith("Ours  & <theirs>")


def test_a_gate_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match="no gate"):
        as_dmn(draft(), "garden")
