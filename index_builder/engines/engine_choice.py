"""Which engine a build chose, and with what; known before any engine is loaded."""

from dataclasses import dataclass, field
from pathlib import Path

ENGINES = ("duckdb", "spark")


@dataclass(frozen=True, slots=True)
class SparkChoice:
    """Which Spark: the master's address, and settings that go before our own."""

    master: str = "local[*]"
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def local(self) -> bool:
        """Whether everything runs on this machine, in one process beside this one."""
        return self.master.startswith("local")


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which engine joins, how much memory it may take before it spills, and where it works.

    work: where the private folder stands, None for the output directory; spark: which Spark.
    """

    name: str = "duckdb"
    memory: str = "4GB"
    work: Path | None = None
    spark: SparkChoice = field(default_factory=SparkChoice)
