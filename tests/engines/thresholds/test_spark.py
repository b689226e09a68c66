"""A policy on a local Spark says what the interpreter says: as SQL, and as an Arrow function.

Spark hands batches out to workers and gathers them in; nothing of a policy's meaning is its own. The session
is this machine's alone, and all that it writes is in a temporary folder.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.elsewhere.arrow import ArrowAnswers
from openmash.engines.thresholds.elsewhere.sql import as_sql, as_table
from tests.engines.thresholds.carried import Row, as_arrow, check
from tests.engines.thresholds.invented import draft

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = pytest.mark.spark
COMPILABLE = "8000"
"""The most bytes of code that Java compiles in one method, as a limit for what Spark may generate."""


def frame(spark: "SparkSession", rows: list[Row], folder: Path) -> "DataFrame":
    path = folder / f"{id(rows)}.parquet"
    pq.write_table(as_arrow(rows), path)
    return spark.read.parquet(str(path))


def collected(answers: "DataFrame") -> list[Row]:
    return [row.asDict() for row in answers.collect()]


def on_spark(spark: "SparkSession", folder: Path, policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
    frame(spark, rows, folder).createOrReplaceTempView("cases")
    return collected(spark.sql(as_sql(policy, gate, dialect="spark")))


def test_spark_sql_says_what_the_interpreter_says(spark: "SparkSession", tmp_path: Path) -> None:
    check(lambda policy, gate, rows: on_spark(spark, tmp_path, policy, gate, rows), first=4)


def test_spark_sql_says_the_same_when_methods_are_kept_short(spark: "SparkSession", tmp_path: Path) -> None:
    name = "spark.sql.codegen.hugeMethodLimit"
    usual = spark.conf.get(name)
    spark.conf.set(name, COMPILABLE)
    try:
        check(lambda policy, gate, rows: on_spark(spark, tmp_path, policy, gate, rows), first=1)
    finally:
        spark.conf.set(name, str(usual))


def test_an_arrow_function_on_spark_says_what_the_interpreter_says(
    spark: "SparkSession", tmp_path: Path
) -> None:
    def answered(policy: Policy, gate: str, rows: list[Row]) -> list[Row]:
        answers = ArrowAnswers(policy, gate)
        return collected(frame(spark, rows, tmp_path).mapInArrow(answers, answers.spark_schema()))

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "7")
    check(answered, first=4)


def test_spark_makes_the_table(spark: "SparkSession") -> None:
    spark.sql(as_table(draft(), dialect="spark", table="made_here"))

    assert "fact_help_refused" in spark.table("made_here").columns
