"""The same review from a warehouse, asked in its own dialect: a real PostgreSQL."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from benchmarks.review import END, write_concerns
from openmash.apps.review.local.connections import connected
from openmash.apps.review.local.review import Local, local
from openmash.engines.review.local.history import CannotRead, History
from openmash.engines.review.local.readers.concerns import read_concerns
from openmash.engines.review.local.warehouse import in_warehouse
from tests.engines.review.local.invented import small_history

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TYPES = {
    pa.string(): "text", pa.date32(): "date", pa.float64(): "double precision", pa.int8(): "smallint",
    pa.int16(): "smallint", pa.bool_(): "boolean", pa.list_(pa.string()): "text[]",
}  # fmt: skip
Put = dict[str, pa.Table]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    file = tmp_path_factory.mktemp("warehouse") / "concerns.csv"
    write_concerns(file, 4_000)
    return read_concerns(file, END)


@pytest.fixture
def warehouse(transactional_db: None) -> Iterator[psycopg.Connection[Any]]:
    """A database of its own kind: three tables in the schema `public`, gone when the test ends."""
    with psycopg.connect(address(), autocommit=True) as opened:
        yield opened
        opened.execute("DROP TABLE IF EXISTS contacts, children, events")


def address() -> str:
    where = connection.settings_dict
    who = f"{where['USER']}:{where['PASSWORD']}@" if where["PASSWORD"] else f"{where['USER']}@"
    if where["HOST"].startswith("/"):  # the directory of its socket
        return f"postgresql://{who}/{where['NAME']}?host={quote(where['HOST'], safe='')}&port={where['PORT'] or 5432}"
    return f"postgresql://{who}{where['HOST'] or '127.0.0.1'}:{where['PORT'] or 5432}/{where['NAME']}"


def put(warehouse: psycopg.Connection[Any], tables: Put) -> None:
    for name, table in tables.items():
        columns = ", ".join(f'"{field.name}" {TYPES[field.type]}' for field in table.schema)
        warehouse.execute(f"DROP TABLE IF EXISTS {name}")
        warehouse.execute(f"CREATE TABLE {name} ({columns})")
        with warehouse.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in table.to_pylist():
                copy.write_row(tuple(row.values()))


def tables_of(history: History) -> Put:
    return {"contacts": history.contacts, "children": history.children, "events": history.events}


def reviewed(times: int = 5) -> Local:
    with closing(connected(address())) as asked:
        return local(in_warehouse(asked, END), replications=times)


def test_postgresql_says_what_duckdb_says_of_every_table(
    warehouse: psycopg.Connection[Any], history: History
) -> None:
    put(warehouse, tables_of(history))
    here, there = local(history, replications=5), reviewed()
    assert len(here.sheets) > 15
    assert there.sheets == here.sheets
    assert (there.concerns, there.capacity, there.first) == (here.concerns, here.capacity, here.first)


@pytest.mark.spark
def test_spark_says_what_duckdb_says_of_every_table(
    spark: "SparkSession", history: History, tmp_path: Path
) -> None:
    for name, table in tables_of(history).items():
        pq.write_table(table, tmp_path / f"{name}.parquet")
        spark.read.parquet(str(tmp_path / f"{name}.parquet")).createOrReplaceTempView(name)
    with closing(connected("spark")) as asked:
        there = local(in_warehouse(asked, END), replications=5)
    assert there.sheets == local(history, replications=5).sheets


def test_what_cannot_be_is_left_out_and_counted_and_what_is_not_kept_is_not_shown(
    warehouse: psycopg.Connection[Any],
) -> None:
    day = date(2025, 1, 6)
    rows = [
        {
            "contact": str(number),
            "child": f"c{number}",
            "received_on": day,
            "decided_on": day + timedelta(number),
        }
        for number in range(60)
    ]
    rows[0]["decided_on"] = day - timedelta(1)
    rows[1]["received_on"] = END + timedelta(1)
    made = tables_of(small_history(rows, [{"child": "c2", "on": day, "kind": "moved"}]))
    put(
        warehouse,
        {**made, "contacts": made["contacts"].select(["contact", "child", "received_on", "decided_on"])},
    )
    warehouse.execute("UPDATE events SET kind = 'emigrated'")
    warehouse.execute("DELETE FROM children WHERE child = 'c7'")
    review = reviewed()
    assert review.concerns == "60" and review.source == "the warehouse"
    assert [(each.where, each.what.partition(":")[0]) for each in review.faults] == [
        ("contacts", "1 rows"),
        ("contacts", "1 rows"),
        ("events", "1 rows"),
        ("contacts", "2 rows"),
    ]
    assert {sheet.name for sheet in review.sheets} == {"days-to-decision"}


def test_events_nobody_writes_down_are_not_known_and_never_none(warehouse: psycopg.Connection[Any]) -> None:
    rows = [
        {"contact": str(n), "child": f"c{n}", "received_on": date(2024, 1, 8), "decided_on": date(2024, 1, 8),
         "closed_at_door": True} for n in range(80)
    ]  # fmt: skip
    put(warehouse, tables_of(small_history(rows, [{"child": "c1", "on": date(2025, 1, 6), "kind": "moved"}])))
    before = {sheet.name for sheet in reviewed().sheets}
    assert "after-again" in before and not any("serious" in name for name in before)
    warehouse.execute("UPDATE events SET kind = 'plan'")
    assert "after-serious" in {sheet.name for sheet in reviewed().sheets}


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        ("DROP TABLE events", "tables or views called contacts, children, events"),
        (
            "ALTER TABLE contacts DROP COLUMN received_on",
            "contacts of the warehouse has no column received_on",
        ),
        ("INSERT INTO children SELECT * FROM children LIMIT 1", "has a child twice"),
        ("INSERT INTO contacts SELECT * FROM contacts LIMIT 1", "has a concern about the same child twice"),
        ("DELETE FROM children", "until when a child was followed"),
    ],
)
def test_a_warehouse_that_cannot_be_used_says_why(
    warehouse: psycopg.Connection[Any], spoil: str, says: str
) -> None:
    put(
        warehouse, tables_of(small_history([{"contact": "1", "child": "c", "received_on": date(2025, 1, 6)}]))
    )
    warehouse.execute(spoil)
    with pytest.raises(CannotRead, match=says):
        reviewed()


def test_nothing_can_be_written_and_no_password_is_ever_said(warehouse: psycopg.Connection[Any]) -> None:
    with closing(connected(address())) as asked, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        asked.ask("CREATE TABLE written (n int)")
    for wrong in ("postgresql://somebody:s3cret@127.0.0.1:1/none", "mysql://somebody:s3cret@here"):
        with pytest.raises(CannotRead) as refused:
            connected(wrong)
        assert "s3cret" not in str(refused.value)
