"""Reads the people of a roster from a list, as lists of organisations are read."""

import io
from collections.abc import Iterator

from app.kiosk.roster.people import NewPerson
from tables.headings import heading_form
from tables.staff_lists.staff_list import ListKind, ListSource, StaffList, open_staff_list

LIST_MAX_BYTES = 16 << 20
DEPARTMENT_HEADINGS = frozenset(
    heading_form(heading)
    for heading in (
        *(
            "部门",
            "部門",
            "所属部门",
            "所屬部門",
            "科室",
            "处室",
            "車間",
            "车间",
            "班组",
            "班級",
            "班级",
        ),
        *("單位", "单位", "工作单位", "department", "dept", "unit", "team", "division", "class"),
    )
)


def read_people(content: bytes, kind: ListKind) -> Iterator[NewPerson]:
    """Yield everybody of a list, in order. Raises ListRefused and ColumnsUnclear before the first.

    content: the bytes of the file, which are kept in memory alone.
    """
    staff_list = open_staff_list(ListSource("list", kind, lambda: io.BytesIO(content)))
    return _people(staff_list, _department_place(staff_list))


def _people(staff_list: StaffList, department: int | None) -> Iterator[NewPerson]:
    for block in staff_list.blocks():
        for row in block:
            cell = "" if department is None else row.cells[department]
            yield NewPerson(row.row, row.person, cell, row.reason)


def _department_place(staff_list: StaffList) -> int | None:
    """Return the place of the column that names departments, the first of several."""
    taken_by_people = set(staff_list.columns.values())
    for place, heading in enumerate(staff_list.headings):
        if place not in taken_by_people and heading_form(heading) in DEPARTMENT_HEADINGS:
            return place
    return None
