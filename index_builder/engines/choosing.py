"""Starts the engine that a build chose; one that is not chosen is not even imported."""

from pathlib import Path

from index_builder.engines.engine import Engine, EngineChoice
from index_builder.engines.on_duckdb import DuckDbEngine

ENGINES = ("duckdb",)


def start_engine(choice: EngineChoice, folder: Path) -> Engine:
    """Return the engine over a private folder. Raises EngineUnavailable."""
    return DuckDbEngine(folder, choice.memory)
