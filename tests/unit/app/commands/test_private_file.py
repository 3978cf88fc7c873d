import click
import pytest

from app.commands.private_file import private_new_file


def test_what_was_half_written_is_taken_away(tmp_path):
    with pytest.raises(click.UsageError, match="No space left"), private_new_file(tmp_path / "x"):
        raise OSError(28, "No space left on device")
    assert [] == list(tmp_path.iterdir())
