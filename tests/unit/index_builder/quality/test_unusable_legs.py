"""Roles are counted by what they mean, however a carrier writes them."""

import pytest

from index_builder.quality.unusable_legs import strange_roles
from index_builder.runtime.workspace import Workspace
from index_builder.sources.reject_list import RejectList
from index_builder.sources.source import open_source

KNOWN = ("passenger", "crew", "infant", " Passenger ", "旅客", "乘务员", "", " ", None)


@pytest.mark.parametrize("strange", [(), ("pilot",), ("pilot", " pilot ", "PILOT", "passengers")])
def test_rows_of_roles_that_the_standard_does_not_know_are_counted(tmp_path, strange):
    source = tmp_path / "source"
    source.mkdir()
    (source / "cases.csv").write_text("case_id\nC1\n")
    rows = [f'flight,CA1,2020-01-20,X0000001,Ana,"{role or ""}"' for role in (*KNOWN, *strange)]
    head = "mode,number,service_date,id_number,name,role"
    (source / "legs.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    with Workspace(tmp_path) as work, RejectList(work.folder, tmp_path) as rejects:
        legs = open_source(source, work, rejects).tables["legs"]
        assert len(strange) == strange_roles(legs.raw, legs.clean)
