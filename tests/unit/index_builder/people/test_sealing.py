"""Sealing: each person is entered as entries_of_person tells, and whoever is lost is missed."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from exposure_index.identity.entry_spellings import entries_of_person
from exposure_index.label.codec import DAY_ZERO
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.publishing.entry_sealing import Sealing
from index_builder.people.contact_labels import ListedPeople
from index_builder.people.label_columns import LABEL_COLUMNS
from index_builder.people.sealing import PeopleLost, sealed_people
from index_builder.runtime.workspace import Workspace
from tables.document_cells import document_kind

SEALING = Sealing(bytes(64), bytes(16))
ROW_OF = ("id_type", "document", "name")
TEXTS = {"mode", "carriage", "trip"}
LABEL_TYPES = {
    name: "string" if name[:-2] in TEXTS else "int64" if name == "total" else "int32"
    for name in LABEL_COLUMNS
}
TOLD = (1, "train", 1, 3, 4, 366, 380, "8", "G14", *[None] * 8)
LABEL = Label(
    (
        Exposure(
            *(Mode.TRAIN, Tier.CLOSE, 3, Relation.SAME_CARRIAGE),
            *(DAY_ZERO + timedelta(days=366), 8, "G14", DAY_ZERO + timedelta(days=380)),
        ),
    ),
    1,
).pack()
KINDS = ("resident", "身份证", "passport", "台胞证", "回乡证", "foreign_pr", "other", "")
NUMBERS = (
    *("990101199001010019", "99010119900101001X", "99010119900101001x", "990101-19900101-0019"),
    *("990101900101001", "9901011990", "XX0000001", "990101199001010019\n"),
)
NAMES = (
    "王小明",
    "王 小明",
    "王小明(小名)",
    "王某",
    "ZHANG/WEIMS",
    "张伟 ZHANG WEI",
    "欧阳娜娜",
    "",
)


@pytest.fixture
def listed(tmp_path):
    """Return people of the rows (id_type, document, name), each on one trip."""
    with Workspace(tmp_path) as work:

        def people(rows):
            plain = {"person": "string", **LABEL_TYPES, **dict.fromkeys(ROW_OF, "string")}
            texts = "struct<id_type: string, document: string, name: string>"
            manifold = {"person": "string", **LABEL_TYPES, "documents": f"array<{texts}>"}
            told = [(f"P{number}", *TOLD, *row) for number, row in enumerate(rows)]
            tables = (work.small("plain", plain, told), work.small("manifold", manifold, []))
            return work, ListedPeople(*tables, count=len(rows))

        yield people


def entries(block):
    return sorted(block.plain[at : at + 80] for at in range(0, len(block.plain), 80))


def sealed(work, people):
    return [entries(block) for block in sealed_people(work, people)(SEALING)]


def test_each_person_is_entered_as_entries_of_person_tells(listed):
    people = list(product(KINDS, NUMBERS, NAMES))
    expected = [
        (encoded, LABEL)
        for kind, number, name in people
        for encoded in entries_of_person([(document_kind(kind), number, frozenset((name,)))])
    ]
    assert len(expected) > len(people)
    assert [entries(SEALING.seal_block(expected))] == sealed(*listed(people))


@pytest.mark.parametrize("kind", ["resident", "passport"])
@pytest.mark.parametrize("document", [None, ""])
def test_a_person_without_a_document_is_missed_aloud(listed, kind, document):
    people = [("resident", NUMBERS[0], "王小明"), (kind, document, "王小明")]
    with pytest.raises(PeopleLost):
        sealed(*listed(people))


def test_fewer_people_than_counted_are_missed_aloud(listed):
    work, people = listed([("resident", NUMBERS[0], "王小明")])
    with pytest.raises(PeopleLost):
        sealed(work, replace(people, count=2))
