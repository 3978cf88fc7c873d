"""Rows in one script and checks in another, fillers in place of names, renewed permits."""

import pytest

from exposure_index.identity.document import canonical_document
from tests.scenarios.episodes import Episodes

episodes = Episodes()
nameless = Episodes()

RESIDENT = canonical_document("990102800101001")
PASSPORT, CYRILLIC, MANY_READINGS = "XX0000051", "XX0000052", "XX0000053"
FORMER, GLUED = "XX0000054", "XX0000055"
CANTONESE, BRACKETS, TITLE, TEN_DIGITS = "XX0000056", "XX0000057", "XX0000058", "9900000305"
ASIDE = canonical_document("990102800101006")
RESIDENT_IN_LATIN = canonical_document("990102800101002")
FILLER, MASK, BLANK = (canonical_document(f"99010280010100{n}") for n in (3, 4, 5))


def passenger(episode, id_type, id_number, name):
    episode.case()
    episode.case_leg(**episode.flight, seat="9A")
    who = {"id_type": id_type, "id_number": id_number, "name": name}
    episode.story.aboard(id_number, **{**episode.flight, **who, "seat": "9C"})


@episodes.of_each(
    ("resident", RESIDENT, "张伟 ZHANG WEI"),
    ("passport", PASSPORT, "張偉 ZHANG/WEI MR"),
    ("resident", RESIDENT_IN_LATIN, "ZHANG WEI"),
    ("passport", CYRILLIC, "Иван Петров"),
    ("passport", MANY_READINGS, "曾乐单"),
    ("passport", FORMER, "ZHANG WEI（曾用名：李伟）"),
    ("passport", GLUED, "MRSMITH/JOHN"),
    ("hk_mo_permit", "H9900000101", "陳大文"),
    ("台胞证", "9900000203", "陳大文"),
    ("passport", CANTONESE, "陳大文"),
    ("passport", BRACKETS, "陳大文（CHAN TAI MAN）"),
    ("passport", TITLE, "UM/KULTHUM"),
    ("passport", TEN_DIGITS, "CHEN/TAWEN"),
    ("resident", ASIDE, "旅客张伟"),
)
def aboard(episode, row):
    passenger(episode, *row)


def status(answers_of, document, *names, id_type):
    """The status of a check of the one build of these episodes."""
    answers = next(iter(answers_of.by_episode.values())).answers
    name, name_latin = (*names, "")[:2]
    return answers.ask(document, name, id_type, name_latin).status


@pytest.mark.parametrize(
    ("id_type", "document", "names"),
    [
        ("resident", RESIDENT, ("張偉",)),
        ("resident", RESIDENT, ("张大伟", "Wei Zhang")),
        ("passport", PASSPORT, ("Wei Zhang",)),
        ("passport", PASSPORT, ("张伟", "Zheng Wei")),
    ],
)
def test_either_script_of_a_row_finds_the_person(answers_of, id_type, document, names):
    assert "exposed" == status(answers_of, document, *names, id_type=id_type)


@pytest.mark.parametrize(
    ("id_type", "document", "names"),
    [
        ("resident", RESIDENT_IN_LATIN, ("张伟",)),
        ("passport", CYRILLIC, ("Ivan Petrov",)),
        ("passport", MANY_READINGS, ("Zeng Yueshan",)),
    ],
)
def test_a_name_that_no_check_takes_leaves_the_number(answers_of, id_type, document, names):
    assert "exposed" == status(answers_of, document, *names, id_type=id_type)


@pytest.mark.parametrize(
    ("document", "names"),
    [(FORMER, ("李伟", "Wu Ming")), (FORMER, ("Li Wei",)), (GLUED, ("John Smith",))],
)
def test_a_former_name_and_a_glued_title_find_the_person(answers_of, document, names):
    assert "exposed" == status(answers_of, document, *names, id_type="passport")


@pytest.mark.parametrize(
    ("id_type", "document", "names"),
    [
        ("passport", CANTONESE, ("Chan Tai Man",)),
        ("passport", BRACKETS, ("Chan Tai Man",)),
        ("passport", TITLE, ("Umkulthum",)),
        ("tw_permit", TEN_DIGITS, ("Chen Tawen",)),
        ("passport", "9900000203", ("Chen Dawen",)),
        ("other", "9900000203", ("陈大文",)),
        ("resident", ASIDE, ("张伟",)),
    ],
)
def test_a_name_as_its_holder_types_it_is_found(answers_of, id_type, document, names):
    assert "exposed" == status(answers_of, document, *names, id_type=id_type)


def test_another_name_beside_brackets_is_not_found(answers_of):
    assert "not_found" == status(answers_of, BRACKETS, "Chan Siu Ming", id_type="passport")


@pytest.mark.parametrize(
    ("id_type", "document"),
    [
        ("hk_mo_permit", "H9900000102"),
        ("hk_mo_permit", "h99000001"),
        ("other", "H9900000103"),
        ("tw_permit", "9900000204"),
        ("tw_permit", "99000002"),
    ],
)
def test_a_renewed_permit_is_the_same_document(answers_of, id_type, document):
    assert "exposed" == status(answers_of, document, "陈大文", id_type=id_type)


def test_another_name_is_not_found(answers_of):
    assert "not_found" == status(answers_of, RESIDENT, "李四", "Si Li", id_type="resident")


@nameless.of_each(("resident", FILLER, "N/A"), ("resident", MASK, "张*伟"), ("resident", BLANK, ""))
def named_by_nobody(episode, row):
    passenger(episode, *row)


@pytest.fixture(scope="module")
def answers_nameless(module_story):
    return nameless.answers(module_story)


@pytest.mark.parametrize("document", [FILLER, MASK, BLANK])
def test_a_row_that_names_nobody_is_found_by_its_number_whatever_the_name(
    answers_nameless, document
):
    assert "exposed" == status(answers_nameless, document, "王安娜", id_type="resident")


def test_rows_that_name_nobody_are_counted_by_what_stands_in_the_place_of_a_name(
    answers_nameless,
):
    assert {"blank": 1, "filler": 2} == answers_nameless.report.nameless
