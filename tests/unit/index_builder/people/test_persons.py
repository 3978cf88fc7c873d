import ibis
import pytest

from index_builder.people.persons import link_persons
from index_builder.runtime.workspace import Workspace

SCHEMA = dict.fromkeys(("person_key", "document", "name"), "string")


@pytest.fixture
def person_of(tmp_path):
    def person_of(*rows):
        cells = [dict(zip(SCHEMA, row, strict=True)) for row in rows]
        with Workspace(tmp_path / "work") as work:
            persons = link_persons(work, ibis.memtable(cells, schema=SCHEMA))
            numbers = work.small("numbers", {"document": "string"}, [(row[1],) for row in rows])
            owned = persons.of(numbers.distinct()).to_pyarrow().to_pylist()
        return {row["document"]: (row["person"], row["linked"], row["doubtful"]) for row in owned}

    return person_of


def one_person(owners):
    return 1 == len({person for person, _, _ in owners.values()})


def test_two_keys_that_share_document_and_name_are_one_person(person_of):
    rows = [("P1", "XX01", "Jo Doe"), ("P1", "XX02", ""), ("P2", "XX02", "DOE/JO")]
    owners = person_of(*rows)
    assert one_person(owners)
    assert {(True, False)} == {one[1:] for one in owners.values()}


def test_a_name_in_the_other_script_is_in_common(person_of):
    owners = person_of(("P1", "XX01", "张伟"), ("P2", "XX01", "ZHANG/WEI"))
    assert (True, False) == owners["XX01"][1:]


@pytest.mark.parametrize("names", [("Jo Doe", "Al Roe"), ("Jo Doe", ""), ("", "")])
def test_two_keys_without_a_name_in_common_are_joined_and_doubtful(person_of, names):
    owners = person_of(("P1", "XX01", names[0]), ("P1", "XX02", ""), ("P2", "XX01", names[1]))
    assert one_person(owners)
    assert {(False, True)} == {one[1:] for one in owners.values()}


def test_a_stand_in_does_not_join_people_without_a_name_in_common(person_of):
    owners = person_of(
        ("P1", "XX01", "Jo Doe"),
        ("P1", "1111111", "Jo Doe"),
        ("P2", "XX02", "Al Roe"),
        ("P2", "1111111", "Al Roe"),
    )
    assert 3 == len({person for person, _, _ in owners.values()})


def test_a_stand_in_of_one_person_joins_and_is_doubtful(person_of):
    owners = person_of(("P1", "XX01", "Jo Doe"), ("P1", "1111111", "Jo Doe"))
    assert one_person(owners)
    assert {(False, True)} == {one[1:] for one in owners.values()}
