"""The canonical form in the browser, beside the one of the service."""

import json
import unicodedata
from pathlib import Path

import pytest

import exposure_index
from exposure_index.identity.name import UnusableName, read_names
from exposure_index.identity.parsing import InvalidIdentity, field_faults, parse_identity
from exposure_index.identity.tables import FOLD_PATH, LATIN_PATH, LOOKALIKES_PATH, table_of
from tests.fixtures.drawn_identities import DrawnIdentities
from tools.make_unicode_table import TABLE, table_source

FOLDER = Path(exposure_index.__file__).parent
VECTORS = json.loads((FOLDER / "identity_vectors.json").read_text("utf-8"))["vectors"]
FOLD, LATIN, LOOKALIKES = map(table_of, (FOLD_PATH, LATIN_PATH, LOOKALIKES_PATH))
FIELDS = ("id_type", "id_number", "name", "name_latin")
GENERATED = 100_000
REASONS = {
    "missing", "unknown_type", "too_long", "empty", "character", "no_digit", "too_short",
    "looks_like_name", "length", "check_digit", "filler", "looks_like_document",
    "han_name_needed", "latin_name_needed",
}  # fmt: skip


def _typed(vector):
    return {field: vector.get(field, "") for field in FIELDS}


def _faults(typed):
    faults = field_faults(**typed)
    return {
        field: {
            "reason": fault.reason,
            **({"character": fault.character} if fault.character else {}),
        }
        for field, fault in faults.items()
    }


def _expected(typed):
    try:
        claim = parse_identity(**typed)
    except InvalidIdentity:
        return {"faults": _faults(typed)}
    names = zip(("x0", "x1"), claim.encode_names(), strict=False)
    inputs = [("xd", claim.encode_document()), *names]
    return {"inputs": {name: {"hex": encoded.hex()} for name, encoded in inputs}}


def test_the_browser_passes_the_vectors_of_the_service(in_browser):
    answers = in_browser([("inputsOf", [_typed(vector)]) for vector in VECTORS])
    for vector, answer in zip(VECTORS, answers, strict=True):
        if "faults" in vector:
            assert {"faults": vector["faults"]} == answer["returned"], vector["why"]
        else:
            names = [name for name in ("xd", "x0", "x1") if name in vector]
            inputs = {name: {"hex": vector[name].replace(" ", "")} for name in names}
            assert {"inputs": inputs} == answer["returned"], vector["why"]


@pytest.mark.parametrize(
    ("name", "table"), [("fold", FOLD), ("latin", LATIN), ("lookalikes", LOOKALIKES)]
)
def test_the_browser_holds_each_table(in_browser, name, table):
    (answer,) = in_browser([(name, [])])
    held = dict(answer["returned"])
    in_capitals = {c: held.get(c.upper()) for c in table}  # texts are in upper case when read
    assert table == {**in_capitals, **held}


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="another version of Unicode")
def test_the_table_of_unicode_14_is_what_python_knows():
    assert table_source() == TABLE.read_text("utf-8")


def test_a_character_that_one_side_may_not_know_is_refused_rather_than_guessed(in_browser):
    name = "\U00010d50\U00010d51"  # Garay, of Unicode 16
    typed = dict(zip(FIELDS, ("passport", "X0000001", name, "Ana"), strict=True))
    (answer,) = in_browser([("inputsOf", [typed])])
    assert {"faults": {"name": {"reason": "unsure"}}} == answer["returned"]


def test_a_han_character_of_a_later_unicode_is_no_obstacle(in_browser):
    name = "\U0002ebf0\U000323af"
    typed = dict(zip(FIELDS, ("hk_mo_permit", "X0000001", name, ""), strict=True))
    (answer,) = in_browser([("inputsOf", [typed])])
    assert _expected(typed) == answer["returned"]


def test_a_number_is_judged_beside_a_missing_kind_of_document(in_browser):
    blank = {"id_type": "", "id_number": " ", "name": "", "name_latin": ""}
    [answer] = in_browser([("inputsOf", [blank])])
    missing = {"reason": "missing"}
    faults = {"id_type": missing, "id_number": missing, "name": missing}
    assert {"faults": faults} == answer["returned"] == _expected(blank)


def test_both_sides_give_one_canonical_form_or_refusal_to_100_000_identities(in_browser):
    drawn = DrawnIdentities(2020)
    identities = [drawn.typed() for _ in range(GENERATED)]
    answers = in_browser([("inputsOf", [typed]) for typed in identities])
    differing, unsure, accepted, reasons = [], 0, 0, set()
    for typed, answer in zip(identities, answers, strict=True):
        expected, given = _expected(typed), answer["returned"]
        accepted += "inputs" in expected
        reasons.update(fault["reason"] for fault in expected.get("faults", {}).values())
        if _unsure(given):  # a letter that got its capital after Unicode 14: no answer is given
            unsure += 1
        elif expected != given:
            differing.append((typed, expected, given))
    assert [] == differing[:5]
    assert unsure < GENERATED / 50
    assert accepted > GENERATED / 10
    assert REASONS <= reasons


@pytest.mark.parametrize("length", [201, 10_000])
def test_long_texts_are_read_alike_and_refused_in_a_form(in_browser, length):
    drawn = DrawnIdentities(length)
    texts = [(drawn.name() * length)[:length].replace("\U0001f600", "") for _ in range(40)]
    typed = [dict(zip(FIELDS, ("other", text, text, text), strict=True)) for text in texts]
    answers = in_browser([("inputsOf", [each]) for each in typed])
    too_long = {"reason": "too_long"}
    for each, answer in zip(typed, answers, strict=True):
        assert {"faults": dict.fromkeys(FIELDS[1:], too_long)} == answer["returned"]
        assert _expected(each) == answer["returned"]
    whole = in_browser([("readNames", [text]) for text in texts])
    for text, answer in zip(texts, whole, strict=True):
        if answer.get("reason") != "unsure":
            assert _names(text) == answer


def _names(text):
    try:
        return {"returned": read_names(text)._asdict()}
    except UnusableName as error:
        return {"thrown": "Unusable", "reason": error.reason}


def _unsure(given):
    faults = given.get("faults", {}).values()
    return any(fault["reason"] == "unsure" for fault in faults)
