"""A policy as SQL says what the interpreter says, of every row, wherever it runs."""

from collections.abc import Iterator
from dataclasses import replace

import duckdb
import pytest
import sqlglot
from django.db import connection, transaction

from openmash.engines.thresholds import Policy, Rule
from openmash.engines.thresholds.compiled.circuit import Circuit
from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastContacts,
    PresentFrom,
    SignAnswer,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
)
from openmash.engines.thresholds.elsewhere.expressions import Expressions
from openmash.engines.thresholds.elsewhere.sql import DIALECTS, as_sql, as_table
from openmash.engines.thresholds.elsewhere.wide import LONGEST_NAME, Names, when_empty
from openmash.engines.thresholds.meaning.windows import Window
from openmash.engines.thresholds.text.sentences import read
from tests.engines.thresholds.carried import Row, as_arrow, check
from tests.engines.thresholds.invented import draft


@pytest.fixture
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("SET threads = 1")
        yield opened


def on_duckdb(duck: duckdb.DuckDBPyConnection, policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
    duck.execute("DROP TABLE IF EXISTS cases")
    duck.execute(as_table(policy, dialect="duckdb"))
    duck.register("told", as_arrow(rows))
    duck.execute("INSERT INTO cases BY NAME SELECT * FROM told")
    found: list[Row] = duck.sql(as_sql(policy, gate, dialect="duckdb")).to_arrow_table().to_pylist()
    return found


def test_duckdb_says_what_the_interpreter_says(duck: duckdb.DuckDBPyConnection) -> None:
    check(lambda policy, gate, rows: on_duckdb(duck, policy, gate, rows))


def on_postgres(policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
    """In a transaction that leaves nothing behind."""
    table = "public.the_cases"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(as_table(policy, table=table))
        names = ", ".join(f'"{name}"' for name in rows[0])
        cells = ", ".join(["%s"] * len(rows[0]))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({cells})", [tuple(row.values()) for row in rows]
        )
        cursor.execute(as_sql(policy, gate, table=table))
        columns = [column.name for column in cursor.description]
        found = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
        transaction.set_rollback(True)
    return found


def test_postgresql_says_what_the_interpreter_says(db: None) -> None:
    check(on_postgres, first=9)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("gate", [gate.id for gate in draft().gates])
def test_every_dialect_is_one_statement_that_can_be_read_again(dialect: str, gate: str) -> None:
    (select,) = sqlglot.parse(as_sql(draft(), gate, dialect=dialect), dialect=dialect)
    (table,) = sqlglot.parse(as_table(draft(), dialect=dialect), dialect=dialect)

    assert isinstance(select, sqlglot.exp.Select)
    assert isinstance(table, sqlglot.exp.Create)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_text_says_which_policy_it_is(dialect: str) -> None:
    for text in (as_sql(draft(), dialect=dialect), as_table(draft(), dialect=dialect)):
        assert "draft 2026-11" in text.splitlines()[0]
        assert draft().digest in text.splitlines()[1]


def test_nothing_in_a_title_can_end_the_comment() -> None:
    sly = replace(draft(), title="Ours\n; DROP TABLE cases; --\r*/ SELECT 1")

    (select,) = sqlglot.parse(as_sql(sly), dialect="postgres")

    assert isinstance(select, sqlglot.exp.Select)


def test_a_table_says_what_each_column_means() -> None:
    text = as_table(draft())

    assert "0 no, 1 not known, 2 yes" in text
    assert draft().fact("child_not_seen").question in text
    assert draft().sign("D17").wording in text
    assert "Empty counts as 1." in text


def only(*sentences: str) -> Policy:
    """The draft with one rule, which brings level 4."""
    conditions = tuple(read(sentence) for sentence in sentences)
    rule = Rule("R1", "services", "Invented", conditions, "4", "", "", (), "Invented.")
    return replace(draft(), rules=(rule,), routes=(), examples=())


@pytest.mark.parametrize(
    ("sentence", "fires"),
    [
        ("fact child_not_seen not ruled out", 1),
        ("fact child_not_seen", 0),
        ("child under 12 months", 1),
        ("child unborn", 0),
        ("1 or more domestic_abuse contacts in 12 months from police", 0),
        ("1 or more contacts in 12 months from police", 1),
        ("any level 4 sign at least suspected", 0),
    ],
)
def test_a_row_that_says_nothing_is_not_known_and_never_no(
    duck: duckdb.DuckDBPyConnection, sentence: str, fires: int
) -> None:
    policy = only(sentence)
    duck.execute(as_table(policy, dialect="duckdb"))
    duck.execute("INSERT INTO cases (case_id) VALUES ('0')")

    (row,) = duck.sql(as_sql(policy, dialect="duckdb")).to_arrow_table().to_pylist()

    assert row["rule_R1"] == fires
    assert row["level"] == ("4" if fires else "1")


def test_a_sign_chosen_without_an_answer_to_its_question_is_not_ruled_out(
    duck: duckdb.DuckDBPyConnection,
) -> None:
    policy = only("any conditionally immediate sign not ruled out at least suspected")
    duck.execute(as_table(policy, dialect="duckdb"))
    duck.execute("INSERT INTO cases (case_id, \"sign_D03\") VALUES ('0', 1)")

    (row,) = duck.sql(as_sql(policy, dialect="duckdb")).to_arrow_table().to_pylist()

    assert row["level"] == "4"


def test_what_an_empty_cell_stands_for() -> None:
    for column in (FactAnswer("any"), SignAnswer("D03"), UnbornAnswer(), PresentFrom("police")):
        assert when_empty(column) == 1
    for other in (SignSeen("D03"), YoungestAge(), PastContacts(Window(12))):
        assert when_empty(other) == 0


def test_a_key_may_not_be_called_like_another_column() -> None:
    for key in ("Level", "sign_D03", "YOUNGEST_MONTHS"):
        with pytest.raises(ValueError, match="another column is"):
            as_sql(draft(), key=key)


def test_a_dialect_that_nobody_wrote_for_is_refused() -> None:
    with pytest.raises(ValueError, match="postgres, duckdb, spark"):
        as_sql(draft(), dialect="dbase")


def test_names_stay_apart_without_capitals_and_fit() -> None:
    names = Names(["Level"])
    given = [names.new(one) for one in ("level", "rule_C8a", "rule_C8A", "x" * 80, "x" * 81)]

    assert len({name.lower() for name in given}) == 5
    assert all(len(name) <= LONGEST_NAME for name in given)
    assert given[1] == "rule_C8a"


def test_odd_names_are_quoted(duck: duckdb.DuckDBPyConnection) -> None:
    policy, key, table = only("child unborn"), 'the "key"', 'odd "place".select'
    duck.execute('CREATE SCHEMA "odd ""place"""')
    duck.execute(as_table(policy, dialect="duckdb", table=table, key=key))
    duck.execute('INSERT INTO "odd ""place"""."select" VALUES (\'it\', 2)')

    (row,) = duck.sql(as_sql(policy, dialect="duckdb", table=table, key=key)).to_arrow_table().to_pylist()

    assert (row[key], row["level"]) == ("it", "4")


def test_a_policy_without_rules_at_a_gate_gives_the_lowest_level(duck: duckdb.DuckDBPyConnection) -> None:
    policy = only("child unborn")
    duck.execute(as_table(policy, dialect="duckdb"))
    duck.execute("INSERT INTO cases (case_id) VALUES ('0')")

    (row,) = duck.sql(as_sql(policy, "enquiry", dialect="duckdb")).to_arrow_table().to_pylist()

    assert (row["level"], row["level_rank"], row["consider"]) == ("noS47", 1, None)


def test_a_part_that_does_not_hold_is_written_plainly() -> None:
    circuit = Circuit()
    young, known = circuit.ask(Atom(YoungestAge(), 24)), circuit.ask(Atom(FactAnswer("it"), 2))
    both = circuit.all_of([young, known])
    names: dict[Column, str] = {YoungestAge(): "age", FactAnswer("it"): "it"}

    def written(part: int, named: dict[int, str]) -> str:
        return Expressions(circuit, names, named).condition(circuit.negate(part))

    assert written(young, {}) == '"age" >= 24'
    assert written(known, {}) == '"it" < 2'
    assert written(both, {}) == 'NOT ("age" < 24 AND "it" >= 2)'
    assert written(both, {both: "both"}) == '"both" = 0'


def test_the_meaning_is_the_interpreters(duck: duckdb.DuckDBPyConnection) -> None:
    """One case told in full, so that a fault in how cases become rows cannot hide."""
    policy = only("2 or more examples of B24 at least seen", "child under 156 months")
    duck.execute(as_table(policy, dialect="duckdb"))
    cells = '("case_id", "sign_B24", "sign_B24_examples", "youngest_months")'
    duck.execute(f"INSERT INTO cases {cells} VALUES ('0', 3, 2, 155), ('1', 3, 2, 156), ('2', 2, 2, 155)")

    rows = duck.sql(f"FROM ({as_sql(policy, dialect='duckdb')}) SELECT level ORDER BY case_id").fetchall()

    assert rows == [("4",), ("1",), ("1",)]
