"""The rules as the independent client follows them, against the shared vectors and our own."""

import json
import random

import pytest

from exposure_index.identity.canonical import IDENTITY_HASH
from exposure_index.identity.parsing import field_faults, parse_identity
from tests.interop.conftest import TABLES

VECTORS = json.loads((TABLES / "identity_vectors.json").read_text("utf-8"))["vectors"]
FIELDS = ("id_type", "id_number", "name", "name_latin")
GENERATED = 4_000
SEED = 20_201_129
PIECES = (
    "张伟王小明欧陽娜々〇○某先生女士小姐太太未知旅客乘客甲佚名无名氏",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "abcdeéèüñßøæåƏɓŁđıĳŒ",
    " -.,·'’/",
    "()（）[]【】〔“”„",
    "0123456789",
    "٠١२३",
    "АВЕКМНОРСТУХабвгдΑΒΓαβγ",
    "가나다김철수やまだタロウنازك",
    "*#?×X○〇□■",
    "\u200b\u200d\u202e\ufeff\u00ad\ufe0f\u0301\u0308",
    "\ud800\ue000\U000f0000",
    "𠮷𪚥豈ﬁ①㎡ⅷ",
)
WORDS = (
    "MR",
    "MISS",
    "FNU",
    "III",
    "NA",
    "TBA",
    "XXX",
    "MUXXER",
    "先生",
    "某某",
    "(曾用名 李)",
    "々々",
)


def typed_fields(vector):
    return [vector.get(field, "") for field in FIELDS]


def as_ours(fields):
    if faults := field_faults(*fields):
        return {field: (fault.reason, fault.character) for field, fault in faults.items()}
    claim = parse_identity(*fields)
    return [claim.encode_document(), *claim.encode_names()]


def as_theirs(rules, tables, fields):
    try:
        return rules.encodings(*rules.claim(tables, *fields))
    except rules.Refused as refusal:
        return refusal.faults


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_every_vector_gives_its_claim_or_its_faults(rules, tables, vector):
    found = as_theirs(rules, tables, typed_fields(vector))
    if "faults" in vector:
        expected = {
            field: (fault["reason"], fault.get("character"))
            for field, fault in vector["faults"].items()
        }
        assert expected == found
    else:
        encodings = [vector[name] for name in ("xd", "x0", "x1") if name in vector]
        assert encodings == [encoded.hex(" ") for encoded in found]


def test_the_hash_of_the_files_is_that_of_a_manifest(tables):
    assert IDENTITY_HASH == tables.hash


def generated_text(chance, characters):
    parts = []
    for _ in range(chance.randint(0, 6)):
        kind = chance.random()
        if kind < 0.25:
            parts.append(chance.choice(WORDS))
        elif kind < 0.9:
            parts += chance.choices(chance.choice(PIECES), k=chance.randint(1, 4))
        elif kind < 0.97:
            parts.append(chance.choice(characters))
        else:
            parts.append(chr(chance.randrange(0x110000)))
        parts += " " * (chance.random() < 0.3)
    return "".join(parts)


def generated_number(chance, characters):
    digits = "".join(chance.choices("0123456789", k=chance.choice((4, 8, 10, 15, 18))))
    first = chance.choice(("", "", "H", "M", "E"))
    return first + digits if chance.random() < 0.7 else generated_text(chance, characters)


def test_generated_fields_of_every_script_give_what_ours_gives(rules, tables):
    chance = random.Random(SEED)  # noqa: S311 - repeatable, nothing secret
    characters = [*tables.fold, *tables.latin, *tables.lookalikes]
    different = []
    for _ in range(GENERATED):
        fields = (
            chance.choice((*rules.ID_TYPES, "", "visa")),
            generated_number(chance, characters),
            generated_text(chance, characters),
            chance.choice(("", generated_text(chance, characters))),
        )
        if as_ours(fields) != as_theirs(rules, tables, fields):
            different.append(fields)
    assert [] == different
