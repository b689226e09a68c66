"""A policy printed as text, and read again: nothing that means anything is lost."""

from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openmash.engines.thresholds import Policy, parse
from openmash.engines.thresholds.text.files import FILES, HEADER
from openmash.engines.thresholds.text.parse import COLUMNS
from openmash.engines.thresholds.text.written import table, written
from tests.engines.thresholds.invented import draft, policies


def again(policy: Policy) -> Policy:
    """The policy read from its own printed texts, with the marks of its first reading."""
    return replace(parse(written(policy)), digest=policy.digest, sources=policy.sources)


# What a cell may hold: anything that can be seen, line ends and quotes among it, but no space around it and
# nothing that a spreadsheet would run.
CELLS = (
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n",;{}'), min_size=1, max_size=40
    )
    .map(str.strip)
    .filter(lambda text: text and text[0] not in "=+-@")
)
# The header can hold every character there is, written with a backslash where TOML wants one.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@st.composite
def reworded(draw: st.DrawFn) -> Policy:
    """An invented policy with odd texts in every place that may hold any text."""
    policy = draw(policies())
    pathway, duty, sign, fact = policy.pathways[0], policy.duties[0], policy.signs[0], policy.facts[0]
    words: dict[str, Any] = {
        "title": draw(TEXTS),
        "sign_off": draw(TEXTS),
        "contacts": {**policy.contacts, draw(TEXTS): draw(TEXTS)},
        "in_force_from": draw(st.none() | st.dates()),
        "set_notes": {name: draw(CELLS) for name in [*policy.sign_sets, *policy.fact_sets][:3]},
        "signs": (
            replace(sign, wording=draw(CELLS), meanwhile=draw(CELLS), harm=draw(CELLS)),
            *policy.signs[1:],
        ),
        "facts": (replace(fact, question=draw(CELLS) + "?", ask=draw(CELLS)), *policy.facts[1:]),
        "duties": (
            replace(duty, label=draw(CELLS), blocks=draw(st.sampled_from(["", "closing"]))),
            *policy.duties[1:],
        ),
        "pathways": (
            replace(pathway, needs=draw(CELLS), source=draw(CELLS), to_be_confirmed=draw(st.booleans())),
            *policy.pathways[1:],
        ),
        "rules": tuple(replace(rule, because=draw(CELLS), note=draw(CELLS)) for rule in policy.rules),
        "routes": tuple(replace(route, tell=draw(CELLS), note=draw(CELLS)) for route in policy.routes),
    }
    return replace(policy, **words)


@settings(max_examples=30)
@given(policies() | reworded())
def test_every_policy_reads_back_as_it_was(policy: Policy) -> None:
    assert again(policy) == policy


def test_the_draft_reads_back_as_it_was() -> None:
    assert again(draft()) == draft()


@pytest.mark.parametrize("name", [name for name in FILES if name != HEADER])
def test_the_draft_is_written_in_canonical_form(name: str) -> None:
    assert written(draft())[name] == draft().sources[name]


def test_the_header_can_hold_any_character() -> None:
    odd = "".join(map(chr, range(0xA1))) + '\\ " \u2028 \U0001f600'
    policy = replace(draft(), title=odd, contacts={**draft().contacts, odd: odd, "": "", "a.b": "c"})
    assert again(policy) == policy


def test_what_is_printed_once_is_printed_the_same_again() -> None:
    texts = written(draft())
    assert written(parse(texts)) == texts


def test_it_is_printed_from_the_policy_and_not_from_its_sources() -> None:
    policy = replace(draft(), sources={}, digest="")
    assert written(policy) == written(draft())


def test_comments_of_the_header_are_what_is_lost() -> None:
    assert "# " in draft().sources[HEADER]
    assert "# " not in written(draft())[HEADER]


@pytest.mark.parametrize(
    "name", [field.name for field in fields(Policy) if field.name not in ("digest", "sources")]
)
def test_every_part_of_a_policy_is_printed(name: str) -> None:
    """A field that is added to the model and forgotten here would be lost without a word."""
    every = replace(
        draft(),
        changes=parse(
            {**draft().sources, "changes.csv": "file,row,reason\nsigns.csv,A01,Because.\n"}
        ).changes,
    )
    assert getattr(every, name), f"the draft says nothing of {name}, so that this would prove nothing"
    assert getattr(parse(written(every)), name) == getattr(every, name)


def test_a_row_of_a_table_that_has_no_column_for_it_is_refused() -> None:
    assert table(COLUMNS["changes.csv"], [{"file": "a", "row": "b", "reason": "c, d"}]) == (
        'file,row,reason\na,b,"c, d"\n'
    )
    with pytest.raises(ValueError, match="seen_by"):
        table(COLUMNS["changes.csv"], [{"file": "a", "row": "b", "reason": "c", "seen_by": "d"}])
