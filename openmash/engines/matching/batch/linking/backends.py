"""Where the linking runs: DuckDB on one machine, Spark beyond it. Splink speaks to both in the same words."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
import pyarrow.dataset as ds
from splink import DuckDBAPI


class Backend(Protocol):
    """What linking needs of an engine."""

    def register(self, parquet: Path, name: str) -> Any:
        """A table of Splink's from a Parquet file."""

    def write(self, sql: str, into: Path) -> None:
        """The rows of a question, in its order, as Parquet in a folder or file."""

    def keys_shared_by_more_than(
        self, most: int, parquet: Path
    ) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        """Keys that stand in more than so many rows, in ascending order."""

    def close(self) -> None: ...


class OnDuckDB:
    """One machine. Beyond `memory_mb` the engine writes to `scratch`, so a large register is slow and not fatal."""

    def __init__(self, *, scratch: Path, memory_mb: int, threads: int) -> None:
        self._connection = duckdb.connect()
        self._connection.execute("SET memory_limit = ?", [f"{memory_mb}MB"])
        self._connection.execute("SET threads = ?", [threads])
        self._connection.execute("SET temp_directory = ?", [str(scratch)])
        self._connection.execute("SET enable_progress_bar = false")
        self._api = DuckDBAPI(self._connection)

    def register(self, parquet: Path, name: str) -> Any:
        self._connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [str(parquet)])  # noqa: S608
        return self._api.register(name, dataset_display_name=name)

    def write(self, sql: str, into: Path) -> None:
        self._connection.execute(f"COPY ({sql}) TO '{_quoted(into)}' (FORMAT parquet)")

    def keys_shared_by_more_than(
        self, most: int, parquet: Path
    ) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        asked = """
            SELECT key FROM (SELECT unnest(keys) AS key FROM read_parquet(?)) GROUP BY key
            HAVING count(*) > ? ORDER BY key
        """
        return np.asarray(
            self._connection.execute(asked, [str(parquet), most]).fetchnumpy()["key"], dtype=np.int64
        )

    def close(self) -> None:
        self._connection.close()


class OnSpark:
    """A cluster, through a session somebody made: see `docs/matching-registers.md`."""

    def __init__(self, session: Any) -> None:
        # Spark is not part of the extra: only whoever has it comes here.
        self._session = session
        self._api = importlib.import_module("splink").SparkAPI(spark_session=session)

    def register(self, parquet: Path, name: str) -> Any:
        self._session.read.parquet(str(parquet)).createOrReplaceTempView(name)
        return self._api.register(name, dataset_display_name=name)

    def write(self, sql: str, into: Path) -> None:
        self._session.sql(sql).write.parquet(str(into))

    def keys_shared_by_more_than(
        self, most: int, parquet: Path
    ) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
        self._session.read.parquet(str(parquet)).createOrReplaceTempView("of_whom_keys_are_counted")
        asked = (
            "SELECT key FROM (SELECT explode(keys) AS key FROM of_whom_keys_are_counted) GROUP BY key "
            "HAVING count(*) > :most ORDER BY key"
        )
        rows = self._session.sql(asked, args={"most": most}).collect()
        return np.array([row[0] for row in rows], dtype=np.int64)

    def close(self) -> None:
        """The session is whoever's who made it."""


def on_spark() -> Callable[[Path, Any], Backend]:
    """Makes the backend from the session of the cluster, or from a local one: whatever `spark-submit` says.

    Raises:
        ModuleNotFoundError: Spark is not installed.
    """
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.appName("openmash-linking")
    # Splink's own functions for comparing names come as a jar beside it.
    builder = builder.config(
        "spark.jars", importlib.import_module("splink.backends.spark").similarity_jar_location()
    )

    def made(folder: Path, machine: Any) -> Backend:
        session = builder.getOrCreate()
        # Splink breaks long chains of work by writing in between, and needs a place for it.
        if session.sparkContext.getCheckpointDir() is None:
            session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
        return OnSpark(session)

    return made


def written_rows(folder: Path, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """What `write` wrote, in order: part after part, by name."""
    for part in sorted(folder.iterdir()):
        files = (
            [part] if part.is_file() else sorted(each for each in part.iterdir() if each.suffix == ".parquet")
        )
        for file in files:
            for batch in ds.dataset(file, format="parquet").to_batches(columns=columns, batch_size=20_000):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
