"""The canonical form in the browser, beside the one of the service."""

import json
import random
import unicodedata
from pathlib import Path

import pytest

import exposure_index
from exposure_index.identity.document import ID_TYPES
from exposure_index.identity.parsing import field_faults, parse_identity
from tools.make_unicode_table import TABLE, table_source

FOLDER = Path(exposure_index.__file__).parent
VECTORS = json.loads((FOLDER / "identity_vectors.json").read_text("utf-8"))
FOLD = [line.split("\t") for line in (FOLDER / "fold.tsv").read_text("utf-8").splitlines()]
GENERATED = 100_000


def _typed(vector):
    return {field: vector[field] for field in ("id_type", "id_number", "name")}


def _expected(typed):
    faults = field_faults(**typed)
    if faults:
        return {"faults": faults}
    identity = parse_identity(**typed)
    return {
        "inputs": {
            "xd": {"hex": identity.encode_document().hex()},
            "x0": {"hex": identity.encode().hex()},
        }
    }


def test_the_browser_passes_the_vectors_of_the_service(in_browser):
    answers = in_browser([("inputsOf", [_typed(vector)]) for vector in VECTORS])
    for vector, answer in zip(VECTORS, answers, strict=True):
        if "invalid" in vector:
            fault = vector["invalid"]
            assert fault["reason"] == answer["returned"]["faults"][fault["field"]], vector["why"]
        else:
            inputs = {name: {"hex": vector[name].replace(" ", "")} for name in ("xd", "x0")}
            assert {"inputs": inputs} == answer["returned"], vector["why"]


def test_the_browser_holds_the_whole_fold_table(in_browser):
    answers = in_browser([("canonicalName", [character]) for character, _ in FOLD])
    assert [to for _, to in FOLD] == [answer["returned"] for answer in answers]


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="another version of Unicode")
def test_the_table_of_unicode_14_is_what_python_knows():
    assert table_source() == TABLE.read_text("utf-8")


def test_a_character_that_one_side_may_not_know_is_refused_rather_than_guessed(in_browser):
    typed = {"id_type": "passport", "id_number": "X0000001", "name": "\U00010d50\U00010d51"}
    (answer,) = in_browser([("inputsOf", [typed])])  # Garay, of Unicode 16
    assert {"faults": {"name": "unsure"}} == answer["returned"]


def test_a_han_character_of_a_later_unicode_is_no_obstacle(in_browser):
    typed = {"id_type": "passport", "id_number": "X0000001", "name": "\U0002ebf0\U000323af"}
    (answer,) = in_browser([("inputsOf", [typed])])
    assert _expected(typed) == answer["returned"]


class Generator:
    """Draws identities as people, machines and enemies type them; the same ones each time."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 - draws test cases
        self.letters = [chr(c) for c in range(0x250) if unicodedata.category(chr(c))[0] in "LMNPZ"]
        self.everything = [
            chr(c)
            for c in (*range(0xD800), *range(0xE000, 0x1FFFF), *range(0xE0000, 0xE0200))
            if unicodedata.category(chr(c)) != "Cn"
        ]
        self.han = [character for pair in FOLD for character in pair]

    def name(self):
        kind = self.random.choice(
            [self._han, self._latin, self._mixed, self._other, self._wide, self._marked, self._odd]
        )
        return kind()

    def number(self):
        kind = self.random.randrange(5)
        if kind == 0:
            digits = "".join(self.random.choices("0123456789", k=17))
            return "99" + digits[2:] + self.random.choice("0123456789Xx")
        if kind == 1:
            parts = [self.random.randrange(below) for below in (100, 14, 33, 1000)]
            return "990000{:02}{:02}{:02}{:03}".format(*parts)
        if kind == 2:
            return "".join(self.random.choices("X0123456789- ", k=9))
        if kind == 3:
            return "".join(chr(ord(c) + 0xFEE0) for c in f"X{self.random.randrange(10**7):07}")
        return "".join(self.random.choices(self.everything, k=self.random.randrange(12)))

    def typed(self):
        id_type = self.random.choice([*ID_TYPES, "resident"])
        return {"id_type": id_type, "id_number": self.number(), "name": self.name()}

    def _many(self, letters, most=6):
        return "".join(self.random.choices(letters, k=self.random.randint(1, most)))

    def _han(self):
        planes = [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x323AF), (0xF900, 0xFAD9)]
        first, last = self.random.choice(planes)
        drawn = chr(self.random.randint(first, last))
        return self._many(self.han, 3) + self.random.choice(["", " ", "·", "　", drawn])

    def _latin(self):
        words = [self._many("ABCDEéèüßøÆłıŒœþđẞ'- ", 8) for _ in range(self.random.randint(1, 4))]
        title = self.random.choice(["", "MR", "mrs", "Miss", "CHD", "DR", "Mstr"])
        return self.random.choice([" ", "/", ",", ""]).join([*words, title])

    def _mixed(self):
        return self._many([self._latin(), self._han(), self._other()], 3)

    def _other(self):
        first = self.random.choice(
            [0x370, 0x400, 0x530, 0x5D0, 0x621, 0x905, 0xE01, 0x3041, 0xAC00]
        )
        drawn = [chr(first + self.random.randrange(60)) for _ in range(4)]
        return "".join(c for c in drawn if unicodedata.category(c) != "Cn")

    def _wide(self):
        return "".join(chr(self.random.randint(0xFF01, 0xFF9F)) for _ in range(5))

    def _marked(self):
        return "".join(self.random.choices([*self.letters, "\u0301", "\u0308", "\u0327"], k=6))

    def _odd(self):
        odd = [
            *self.random.choices(self.everything, k=5),
            "\ud800 ",
            "\udfff",
            "\0",
            "\ufeff",
            "\x85",
        ]
        return self._many(odd)


def _alike(expected, given):
    """Whether the faults are the same, except for a name whose capitals came after Unicode 14."""
    return expected == {field: why for field, why in given.items() if why != "unsure"} or (
        expected == given
    )


def test_a_number_is_judged_beside_a_missing_kind_of_document(in_browser):
    blank = {"id_type": "", "id_number": " ", "name": ""}
    [answer] = in_browser([("inputsOf", [blank])])
    assert {"faults": dict.fromkeys(blank, "missing")} == answer["returned"] == _expected(blank)


def test_both_sides_give_one_canonical_form_to_100_000_identities(in_browser):
    generator = Generator(2020)
    identities = [generator.typed() for _ in range(GENERATED)]
    answers = in_browser([("inputsOf", [typed]) for typed in identities])
    differing, declined = [], 0
    for typed, answer in zip(identities, answers, strict=True):
        expected, given = _expected(typed), answer["returned"]
        if {"faults": {"name": "unsure"}} == given:  # a letter that got its capital after 14
            declined += 1
        elif "inputs" in expected:
            differing += [] if expected == given else [(typed, expected, given)]
        elif not _alike(expected["faults"], given["faults"]):
            differing.append((typed, expected, given))
    assert [] == differing[:5]
    assert declined < GENERATED / 1_000
