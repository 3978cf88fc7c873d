"""The options that choose the engine: how it is named, how much memory it has, where it works."""

import re
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from index_builder.engines.engine_choice import ENGINES, EngineChoice, SparkChoice

_MEMORY_SIZE = re.compile(r"0*[1-9][0-9]*(?:\.[0-9]+)? ?[KMGT]i?B", re.IGNORECASE)
_SETTING = re.compile(r"spark\.[A-Za-z0-9_.]+=.*", re.DOTALL)


def _memory_size(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not _MEMORY_SIZE.fullmatch(value):
        message = "give a size such as 512MB or 8GB"
        raise click.BadParameter(message)
    return value


def _settings(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    if not all(_SETTING.fullmatch(value) for value in values):
        message = "give settings such as spark.executor.memory=16g"
        raise click.BadParameter(message)
    return tuple((name, rest) for name, _, rest in (value.partition("=") for value in values))


_OPTIONS = (
    click.option(
        "--engine",
        default="duckdb",
        show_default=True,
        type=click.Choice(ENGINES),
        help="The engine that joins; both find the same people. spark needs Java 17 and "
        "pip install '.[builder,spark]'.",
    ),
    click.option(
        "--memory",
        default="4GB",
        show_default=True,
        metavar="SIZE",
        callback=_memory_size,
        help="How much memory the engine may take before it spills.",
    ),
    click.option(
        "--work",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="Where the engine's private folder stands during the build; on a cluster, a place "
        "that every machine sees [default: OUT].",
    ),
    click.option(
        "--spark-master",
        default="local[*]",
        show_default=True,
        metavar="URL",
        help="With spark: this machine, or a cluster such as spark://host:7077, yarn, k8s://….",
    ),
    click.option(
        "--spark-set",
        "spark_settings",
        multiple=True,
        metavar="NAME=VALUE",
        callback=_settings,
        help="With spark: a setting of Spark, e.g. spark.executor.memory=16g; may be repeated.",
    ),
)


def engine_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options; the command is given one parameter, `engine`, an EngineChoice."""

    @wraps(command)
    def with_choice(
        *args: object,
        engine: str,
        memory: str,
        work: Path | None,
        spark_master: str,
        spark_settings: tuple[tuple[str, str], ...],
        **others: object,
    ) -> object:
        spark = SparkChoice(spark_master, spark_settings)
        return command(*args, engine=EngineChoice(engine, memory, work, spark), **others)

    wrapped: Callable[..., Any] = with_choice
    for option in reversed(_OPTIONS):
        wrapped = option(wrapped)
    return wrapped
