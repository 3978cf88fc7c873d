"""Names that may be a part of one, or more than one: found counts, "not found" is not believed."""

from dataclasses import replace

import pytest

from app.private_lists.list_file import ListFile, one_person, plain_list, staff_list
from app.private_lists.list_run import AnswersInMemory, ListRun
from tables.people_csv import PersonRow
from tables.staff_lists.staff_list import ListChoice
from tests.unit.app.private_lists.conftest import URL, Nobody

COLUMNS = "id_type,id_number,name"


def answered(people, service):
    run, answers = ListRun(people, URL, 1, with_trips=False), AnswersInMemory()
    run.answer(service.connect(), answers, Nobody())
    return [(answer.status, answer.reason) for _, answer in run.rows(answers)]


def read_plain(file):
    return plain_list(file, "")


def read_staff(file):
    return staff_list(file, ListChoice())


@pytest.fixture(params=[read_plain, read_staff], ids=["plain", "staff"])
def check(request, unchanging_service, tmp_path):
    """Check people of a CSV, read as one of people or as a staff list; return state and reason."""

    def check(*persons):
        lines = [f"{one.id_type},{one.id_number},{one.name}" for one in persons]
        path = tmp_path / "list.csv"
        path.write_text("\n".join([COLUMNS, *lines, ""]), "utf-8")
        return answered(request.param(ListFile.at(path)), unchanging_service)

    return check


@pytest.mark.parametrize(
    ("name", "reason"),
    [("周诗诺 财务部", "name_unclear"), ("张", "name_partial"), ("张伟…", "name_partial")],
)
def test_who_is_not_found_under_a_doubtful_name_is_not_checked(check, people, name, reason):
    assert [("not_checked", reason)] == check(replace(people.unlisted, name=name))


def test_who_is_listed_is_found_beside_a_department(check, people):
    assert [("exposed", "")] == check(replace(people.close, name=f"{people.close.name} 财务部"))


def test_doubts_about_one_row_are_none_about_the_next(check, people):
    doubtful = replace(people.unlisted, name=f"{people.unlisted.name} 财务部")
    expected = [("not_checked", "name_unclear"), ("not_found", ""), ("exposed", "")]
    assert expected == check(doubtful, people.unlisted, people.close)


@pytest.mark.parametrize("name", ["Suharto", "Zhang XH", "AnaSilva HR", "AnaSilva IT", "A. Silva"])
def test_one_word_of_a_latin_name_is_not_believed_to_be_all_of_it(check, people, name):
    person = replace(people.unlisted, id_type="passport", id_number="ZZ09876543", name=name)
    assert [("not_checked", "name_partial")] == check(person)


@pytest.mark.parametrize("name", ["Ng Wai", "Ana Silva", "Wu Yi"])
def test_a_short_surname_is_no_initials(check, people, name):
    person = replace(people.unlisted, id_type="passport", id_number="ZZ09876543", name=name)
    assert [("not_found", "")] == check(person)


def test_one_person_who_is_typed_may_have_a_name_of_one_word(unchanging_service):
    person = PersonRow("passport", "ZZ09876543", "Suharto")
    assert [("not_found", "")] == answered(one_person(person), unchanging_service)
