"""`gauge settings`: each setting, its default and meaning."""

import os

import click


@click.command()
def settings() -> None:
    """Print every setting, its default and what it means; no value of yours, no secret."""
    from pydantic_core import PydanticUndefined

    from app.settings import Settings, lines_about_unknown, variable

    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True, validated_data={})
        if isinstance(default, tuple):
            default = ",".join(map(str, default))  # as it is written in the environment
        default_text = "" if default in (None, PydanticUndefined, {}, "") else f" [{default}]"
        click.echo(f"{variable(name)}{default_text}\n    {field.description}")
    for line in lines_about_unknown(os.environ):
        click.echo(line, err=True)
