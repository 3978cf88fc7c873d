"""The command line of the index builder: one module a command."""

from index_builder.commands.main import main

__all__ = ["main"]
