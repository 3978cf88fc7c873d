"""Groups of commands whose modules are loaded when a command runs, and not for a list of them.

What one command needs takes seconds to load: engines, databases, drawing. Neither `--help` nor any
other command waits for it.
"""

from collections.abc import Iterable
from importlib import import_module

import click


class LazyCommand(click.Command):
    """What a group knows of a command before its module is loaded: name, first sentence, place."""

    def __init__(self, name: str, summary: str, place: str, *, hidden: bool = False) -> None:
        """summary: the first sentence of its help; place: `module:attribute`."""
        super().__init__(name, help=summary, hidden=hidden)
        self._place = place

    def load(self) -> click.Command:
        """Return the command itself."""
        module, _, attribute = self._place.partition(":")
        command = getattr(import_module(module), attribute)
        if not isinstance(command, click.Command):
            message = f"{self._place} is no command"
            raise TypeError(message)
        return command


class LazyGroup(click.Group):
    """A group that lists LazyCommands, and loads the one that is called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return name, loaded command and the other arguments."""
        name, command, others = super().resolve_command(ctx, args)
        return name, command.load() if isinstance(command, LazyCommand) else command, others

    def add_commands(self, commands: Iterable[click.Command]) -> None:
        """Take commands in under their own names."""
        for command in commands:
            self.add_command(command)
