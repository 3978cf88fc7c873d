"""How Spark is started: private in every file and port, and meaning what DuckDB means."""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from index_builder.engines.engine import EngineUnavailable
from index_builder.engines.engine_choice import SparkChoice

JAVA_AT_LEAST = 17
_HEAP_AT_LEAST_MB = 512
_UNITS_MB = {"K": 1 / 1024, "M": 1, "G": 1024, "T": 1024 * 1024}
_JAVA_VERSION = re.compile(r'version "(?:1\.)?([0-9]+)')
_WAY_OUT = (
    f"Spark needs Java {JAVA_AT_LEAST} or later: apt-get install openjdk-17-jre-headless, or set "
    "JAVA_HOME"
)

# Spark's errors quote cells; what went wrong comes back as an exception instead.
_SILENT = """\
appender.none.type = Null
appender.none.name = none
rootLogger.level = off
rootLogger.appenderRef.none.ref = none
"""


def spark_settings(choice: SparkChoice, folder: Path, memory: str) -> dict[str, str]:
    """Return the settings of a session that works in a private folder.

    memory: of the driver, which in local mode does all the work; a cluster's executors are sized
    by the settings of the choice. Raises EngineUnavailable for too little of it.
    """
    (folder / "tmp").mkdir(exist_ok=True)
    log_settings = folder / "log4j2.properties"
    log_settings.write_text(_SILENT, encoding="ascii")
    java = f"-Djava.io.tmpdir={folder / 'tmp'} -Dlog4j2.configurationFile={log_settings.as_uri()}"
    settings = {
        "spark.app.name": "contact-gauge build",
        "spark.driver.memory": f"{_heap_mb(memory)}m",
        "spark.driver.extraJavaOptions": f"{java} -XX:-UsePerfData -XX:-CreateCoredumpOnCrash",
        **_MEANING,
        **_PRIVATE,
        "spark.sql.warehouse.dir": (folder / "warehouse").as_uri(),
        **(_on_this_machine(folder) if choice.local else _ON_A_CLUSTER),
    }
    return settings | dict(choice.settings)


_MEANING = {
    # An overflow or a cast that fails ends the build, on either engine.
    "spark.sql.ansi.enabled": "true",
    # Moments have no zone: they are all on the clock of Shanghai.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
    "spark.sql.catalogImplementation": "in-memory",
}
_PRIVATE = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.eventLog.enabled": "false",
    "spark.log.level": "OFF",
    "spark.serializer": "org.apache.spark.serializer.KryoSerializer",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.sql.parquet.compression.codec": "zstd",
}
_ON_A_CLUSTER = {
    # The executors' own disks lie outside the private folder.
    "spark.io.encryption.enabled": "true",
}


def _on_this_machine(folder: Path) -> dict[str, str]:
    return {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder / "spill"),
        # The default of 200 is meant for clusters; small ones are merged as they come.
        "spark.sql.shuffle.partitions": str(max(8, 4 * (os.cpu_count() or 1))),
    }


def _heap_mb(memory: str) -> int:
    number, unit = re.fullmatch(r"([0-9.]+) ?([KMGT])i?B", memory, re.IGNORECASE).groups()  # type: ignore[union-attr]
    heap = int(float(number) * _UNITS_MB[unit.upper()])
    if heap < _HEAP_AT_LEAST_MB:
        message = f"Spark needs {_HEAP_AT_LEAST_MB}MB and more; give it with --memory"
        raise EngineUnavailable(message)
    return heap


def check_java(environment: Mapping[str, str]) -> None:
    """Raise EngineUnavailable, saying what to do, where there is no Java that Spark runs on."""
    home = environment.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if java is None:
        raise EngineUnavailable(_WAY_OUT)
    try:
        version_text = subprocess.run(  # noqa: S603 - the operator's own Java
            [java, "-version"], capture_output=True, text=True, check=False, timeout=60
        ).stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineUnavailable(_WAY_OUT) from error
    version = _JAVA_VERSION.search(version_text)
    if version is None or int(version[1]) < JAVA_AT_LEAST:
        raise EngineUnavailable(_WAY_OUT)
