"""Warehouses that can be asked: PostgreSQL, and Spark as far as it reaches. Both only read."""

from importlib import import_module
from typing import Any, cast

import psycopg
import pyarrow as pa

from openmash.engines.review.local.history import CannotRead
from openmash.engines.review.local.warehouse import Connection


def connected(address: str) -> Connection:
    """A connection to `postgresql://…`, or to `spark`: the Spark that this machine is set up for.

    Raises:
        CannotRead: nobody answers there, or it is no such address. The text holds no password.
    """
    if address.startswith(("postgresql://", "postgres://")):
        return Postgres(address)
    if address == "spark":
        return Spark()
    raise CannotRead("The warehouse must be postgresql://user@host/database, or spark.")


class Postgres:
    """PostgreSQL, read only."""

    dialect = "postgres"
    types = {  # of pg_type, and what they are here
        "bool": pa.bool_(), "int2": pa.int64(), "int4": pa.int64(), "int8": pa.int64(), "float8": pa.float64(),
        "numeric": pa.float64(), "date": pa.date32(), "_text": pa.list_(pa.string()), "_varchar": pa.list_(pa.string()),
    }  # fmt: skip

    def __init__(self, address: str) -> None:
        try:
            self.connection = psycopg.connect(address, autocommit=True, connect_timeout=10)
            self.connection.execute("SET default_transaction_read_only = on")
        except psycopg.Error as wrong:
            raise CannotRead(f"The warehouse does not answer ({type(wrong).__name__}).") from None

    def ask(self, query: str) -> pa.Table:
        """The answer, column by column."""
        found = self.connection.execute(query.encode())
        names = [each.name for each in found.description or ()]
        kinds = [self._kind(each.type_code) for each in found.description or ()]
        columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(names)
        made = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
        return pa.table(dict(zip(names, made, strict=True)))

    def close(self) -> None:
        """Leave the warehouse."""
        self.connection.close()

    def _kind(self, code: int) -> pa.DataType:
        known = self.connection.adapters.types.get(code)
        if known is None:
            return pa.string()
        name = f"_{known.name}" if code == known.array_oid else known.name
        return self.types.get(name, pa.string())


class Spark:
    """Spark SQL, in the session that is there or one of its own."""

    dialect = "spark"

    def __init__(self) -> None:
        try:
            session = import_module("pyspark.sql").SparkSession
        except ImportError:
            raise CannotRead("To ask Spark, PySpark must be installed.") from None
        self.session: Any = session.builder.getOrCreate()

    def ask(self, query: str) -> pa.Table:
        """The answer, column by column."""
        return cast(pa.Table, self.session.sql(query).toArrow())

    def close(self) -> None:
        """Nothing: the session is Spark's own, and others may use it."""
