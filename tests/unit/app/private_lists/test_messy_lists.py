"""Staff lists as they come, checked privately: every row has its state, none is guessed."""

import pytest

from app.private_lists.list_file import ListFile, StaffListRefused, staff_list
from app.private_lists.list_run import AnswersInMemory, ListRun
from app.private_lists.own_columns import own_row
from tables.staff_lists.staff_list import ListChoice
from tests.fixtures.messy_workbooks import messy_workbooks
from tests.unit.app.private_lists.conftest import URL, Nobody

LISTS = messy_workbooks()
ANSWERS = {"exposed", "not_found", "duplicate"}
# an upload checks no doubtful name; here it is looked up, and believed where it is found


@pytest.mark.parametrize("messy", LISTS, ids=lambda messy: messy.name)
def test_every_row_of_a_messy_list_has_its_state(messy, unchanging_service, tmp_path):
    path = tmp_path / messy.name
    path.write_bytes(messy.data)
    if messy.first_answer:
        with pytest.raises(StaffListRefused):
            staff_list(ListFile.at(path), ListChoice())
        if messy.choice is None:
            return
    people = staff_list(ListFile.at(path), messy.choice or ListChoice())
    run, answers = ListRun(people, URL, jobs=1, with_trips=False), AnswersInMemory()
    run.answer(unchanging_service.connect(), answers, Nobody())
    rows = [(row.row, own_row(row, answer)) for row, answer in run.rows(answers)]
    states = {at: one.status if one.status in ANSWERS else one.reason for at, one in rows}
    assert (messy.expected, len(states)) == (states, len(rows))
