"""Latin names with words beside them: looked up in fewer words too, or not at all."""

import pytest

from exposure_index.identity.name import canonical_name
from tables.people_csv import PersonRow
from tables.staff_lists.claims import claims_of
from tables.staff_names.latin_names import names_of_fewer_words
from tests.fixtures.staff_sources import person_reason, resident


def person(name, id_number="ZZ09876543", id_type="passport", name_latin=""):
    return PersonRow(id_type, id_number, name, name_latin)


def names(*fields):
    return {name for claim in claims_of(person(*fields)) for name in claim.names}


@pytest.mark.parametrize(
    "cell",
    [
        *("Ana Silva, HR", "Sales - Ana Silva", "Sra. Ana Silva", "Ana Silva female"),
        *("Ana Maria Silva", "Ana “Annie” Silva", "Ana Silva née Costa", "Name: Ana Silva"),
        *("Surname: Silva, given: Ana", "Ana Silva Costa de Melo Lima", "Ana (Annie) Silva"),
    ],
)
def test_a_name_is_looked_up_without_the_words_beside_it(cell):
    assert canonical_name("Ana Silva") in names(cell)


def test_the_whole_name_is_looked_up_first():
    (claim,) = claims_of(person("Ana Maria Silva"))
    assert canonical_name("Ana Maria Silva") == claim.names[0]


def test_a_name_in_fewer_words_is_the_same_identity_to_the_quota():
    assert 1 == len(claims_of(person("Ana Maria Silva Costa")))


def test_the_second_name_of_a_document_is_looked_up_in_fewer_words_too():
    found = names("张晓辉", "ZZ09876543", "passport", "Zhang Xiaohui Hugh")
    assert canonical_name("Zhang Xiaohui") in found


def test_no_name_of_fewer_words_is_one_word_or_initials():
    assert ("ANA SILVA",) == names_of_fewer_words("Ana B Silva")


def test_two_words_are_the_name():
    assert () == names_of_fewer_words("Ana Silva")


@pytest.mark.parametrize("cell", ["Md Hossain", "RAHMAN MD", "Ts Batbold", "Ng Siu"])
def test_a_name_of_two_consonants_that_people_bear_is_a_name(cell):
    assert canonical_name(cell) in names(cell)


def test_a_resident_is_looked_up_under_the_name_in_han_alone():
    fields = (resident(1), "resident", "Zhou Shi Nuo")
    (claim,) = claims_of(person("周诗诺", *fields))
    assert ("周诗诺", canonical_name("Zhou Shi Nuo")) == claim.names


@pytest.mark.parametrize(
    "cell", ["Ana Silva and Bruno Costa", "Ana Silva of the Human Resources Department in Macao"]
)
def test_several_people_and_sentences_are_no_name(cell):
    assert "name_unclear" == person_reason(person(cell))


@pytest.mark.parametrize(
    "cell",
    ["Herr Mueller", "Captain Castellan", "Surname: Castellan", "Mueller Familie", "Mme Roy"],
)
def test_a_surname_with_what_its_bearer_is_called_is_a_part_of_a_name(cell):
    assert "name_partial" == person_reason(person(cell))
    assert canonical_name("Ana Silva") in names(f"{cell.split()[0].strip(':')} Ana Silva")
