"""A Spark of this machine's own, for tests of what runs in other people's.

All that it writes is in a temporary folder, and it listens on this machine alone. There is one for every test
of a process: Java is started once, and reads what lies beside it then and never again.
"""

import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parents[1]
SILENT = "rootLogger.level = off\n"


def spark_or_skip() -> Any:
    """PySpark's own `sql`; where it or Java is missing, the test is skipped with a sentence that says so."""
    sentence = ""
    if importlib.util.find_spec("pyspark") is None:
        sentence = "PySpark is missing. Install it with: pip install pyspark"
    elif not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        sentence = "Java is missing. Install it with: apt-get install openjdk-17-jre-headless"
    if sentence and os.environ.get("OPENMASH_REQUIRE_SPARK"):
        pytest.fail(sentence)
    if sentence:
        pytest.skip(f"THE SPARK TESTS ARE SKIPPED. {sentence}")
    return importlib.import_module("pyspark.sql")


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator["SparkSession"]:
    sql = spark_or_skip()
    folder = tmp_path_factory.mktemp("spark")
    (folder / "log4j2.properties").write_text(SILENT)
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "1g",
        # Splink's functions that compare names.
        "spark.jars": importlib.import_module("splink.backends.spark").similarity_jar_location(),
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
        session.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
        yield session
        session.stop()
