"""A policy on a local Spark says what the interpreter says: as SQL, and as an Arrow function.

Spark hands batches out to workers and gathers them in; nothing of a policy's meaning is its own. The session
is this machine's alone, and all that it writes is in a temporary folder.
"""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
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
ROOT = Path(__file__).parents[3]
SILENT = "rootLogger.level = off\n"
COMPILABLE = "8000"
"""The most bytes of code that Java compiles in one method, as a limit for what Spark may generate."""


def missing() -> str:
    """What Spark still needs here, "" for nothing."""
    if importlib.util.find_spec("pyspark") is None:
        return "PySpark is missing. Install it with: pip install pyspark"
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "Java is missing. Install it with: apt-get install openjdk-17-jre-headless"
    return ""


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    if sentence := missing():
        if os.environ.get("OPENMASH_REQUIRE_SPARK"):
            pytest.fail(sentence)
        pytest.skip(f"THE SPARK TESTS ARE SKIPPED. {sentence}")
    sql = importlib.import_module("pyspark.sql")
    folder = tmp_path_factory.mktemp("spark")
    (folder / "log4j2.properties").write_text(SILENT)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        "spark.driver.extraJavaOptions": " ".join(
            (
                f"-Dlog4j2.configurationFile={folder}/log4j2.properties",
                f"-Djava.io.tmpdir={folder}",
                # Few rows and many plans: what starts quickly is quicker here than what runs quickly.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
            )
        ),
        "spark.local.dir": str(folder),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.sql.adaptive.enabled": "false",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        builder = sql.SparkSession.builder.master("local[2]").appName("tests")
        for name, value in settings.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        yield session
        session.stop()


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
