"""Worklists go out once, each to one department."""

import stat

from tests.unit.index_builder.inquiries.conftest import IDS, TAXI, sheet


def test_each_department_gets_one_worklist_of_its_own(export, tmp_path):
    done = export()
    assert 0 == done.exit_code, done.output
    departments = ("civil_aviation", "exit_entry", "public_security", "railway", "transport")
    expected = {f"{name}-2020-01-22.xlsx" for name in departments}
    assert expected == {path.name for path in (tmp_path / "lists").iterdir()}


def test_a_worklist_is_its_owners_alone_and_names_the_requesters(export, tmp_path):
    export("--department", "transport")
    (path,) = (tmp_path / "lists").iterdir()
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert 0o700 == stat.S_IMODE(path.parent.stat().st_mode)
    (row,) = sheet(path)
    assert IDS.of(TAXI) == row["inquiry_id"]
    assert "Guangzhou CDC; Shenzhen CDC" == row["requesters"]
    assert "粤A12345" == row["asked_plate"]
    assert "" == row["id_number"]


def test_nothing_is_handed_out_twice_until_it_is_late(export, tmp_path):
    export()
    assert "nothing to ask" in export().output
    assert "nothing to ask" in export(as_of="2020-01-24").output
    late = export("--department", "railway", as_of="2020-01-25")
    assert "1 inquiries, 1 of them again" in late.output
    (row,) = sheet(tmp_path / "lists/railway-2020-01-25.xlsx")
    assert "1" == row["reminder"]


def test_again_writes_beside_the_worklist_that_is_being_filled_in(export, tmp_path):
    export("--department", "railway")
    export("--department", "railway", "--again")
    names = sorted(path.name for path in (tmp_path / "lists").iterdir())
    assert ["railway-2020-01-22-2.xlsx", "railway-2020-01-22.xlsx"] == names
