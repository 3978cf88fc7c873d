"""`index-builder dictionary`: who answers for each column, and how private it is."""

import click

from index_builder.data_dictionary.classification import (
    BY_DOCUMENT,
    BY_MODE,
    DEPARTMENT_OF_DOCUMENT,
    DEPARTMENT_OF_MODE,
    DEPARTMENTS,
    SENSITIVITIES,
    classification,
)


@click.command("dictionary")
def dictionary_command() -> None:
    """Print every column of every table with its owner, sensitivity and retention, as Markdown.

    \b
    Example:
      index-builder dictionary > classification.md
    """
    click.echo("| table | column | owner | sensitivity | kept for |")
    click.echo("|---|---|---|---|---|")
    for column in classification():
        retention = "no limit" if column.retention_days is None else f"{column.retention_days} days"
        click.echo(
            f"| `{column.table}` | `{column.column}` | {column.owner} | {column.sensitivity} "
            f"| {retention} |"
        )
    click.echo()
    for name, (english, chinese) in DEPARTMENTS.items():
        click.echo(f"- {name}: {english}; {chinese}")
    click.echo(f"- {BY_MODE}: {_by_owner(DEPARTMENT_OF_MODE)}")
    click.echo(f"- {BY_DOCUMENT}: {_by_owner(DEPARTMENT_OF_DOCUMENT)}")
    click.echo()
    for name, meaning in SENSITIVITIES.items():
        click.echo(f"- {name}: {meaning}")


def _by_owner(owners: dict[str, str]) -> str:
    return ", ".join(f"{word} → {owner}" for word, owner in owners.items())
