"""Starts the engine of a build; the other one is not even imported."""

import os
from pathlib import Path

from index_builder.engines.engine import Engine, EngineUnavailable
from index_builder.engines.engine_choice import EngineChoice
from index_builder.engines.on_duckdb import DuckDbEngine
from index_builder.engines.spark_settings import check_java


def start_engine(choice: EngineChoice, folder: Path) -> Engine:
    """Return the engine over a private folder. Raises EngineUnavailable."""
    if choice.name == "duckdb":
        return DuckDbEngine(folder, choice.memory)
    check_java(os.environ)
    try:
        from index_builder.engines.on_spark import SparkEngine  # noqa: PLC0415 - an extra
    except ImportError as error:
        way_out = "in the project's folder type: pip install '.[builder,spark]'"
        message = f"Spark is not installed; {way_out}"
        raise EngineUnavailable(message) from error
    return SparkEngine(folder, choice.memory, choice.spark)
