"""Where the builder's side keeps what must not reach the web tier."""

import stat

from index_builder.casework import Casework


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
