"""Where the builder's side keeps what must not reach the web tier."""

import os
import stat
from datetime import UTC, datetime, timedelta

from index_builder.runtime.casework import Casework


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_it_lies_beside_the_index_never_in_it(tmp_path):
    casework = Casework.beside(tmp_path / "index")
    assert tmp_path / "index-casework" == casework.path
    assert tmp_path / "elsewhere" == Casework.beside(tmp_path, tmp_path / "elsewhere").path


def test_its_folders_and_files_are_the_owners_alone(tmp_path):
    casework = Casework(tmp_path / "casework")
    casework.log.write_text("earlier\n")
    casework.log.chmod(0o644)
    assert 0o600 == mode(casework.log)
    assert 0o700 == mode(casework.digests("ab").parent)
    assert 0o700 == mode(casework.inquiries.parent)


def test_digests_go_a_week_after_their_build(tmp_path):
    casework, out = Casework(tmp_path / "casework"), tmp_path / "out"
    (out / "here").mkdir(parents=True)
    for name in ("here", "gone", "fresh"):
        casework.digests(name).write_text("")
    now = datetime.now(UTC)
    old = (now - timedelta(days=8)).timestamp()
    for name in ("here", "gone"):
        os.utime(casework.digests(name), (old, old))
    casework.prune_digests(out, now)
    assert {"here.parquet", "fresh.parquet"} == {
        path.name for path in casework.digests("x").parent.iterdir()
    }
