"""A manifest that nobody could have signed ends a command as refused, not as a bug."""

import json
import os

import pytest

from exposure_index.errors import ExitCode


def lone_surrogate(file, document):
    file.write_text(json.dumps({**document, "authority": "\ud800"}), "ascii")


def pipe(file, _):
    os.mkfifo(file)


PERSON = ("--id-type", "other", "--id-number", "P00009", "--name", "Somebody Else")


@pytest.mark.parametrize("put", [lone_surrogate, pipe])
@pytest.mark.parametrize(
    "command",
    ["inspect DIR", "verify DIR", "verify DIR --keys KEYS", "check --index DIR --keys KEYS"],
)
def test_it_is_refused(run, out, keys, tmp_path, command, put):
    document = json.loads((out / "current" / "manifest.json").read_bytes())
    put(tmp_path / "manifest.json", document)
    words = [{"DIR": tmp_path, "KEYS": keys}.get(word, word) for word in command.split()]
    more = PERSON if words[0] == "check" else ()
    assert ExitCode.REFUSED == run(*words, *more).exit_code
