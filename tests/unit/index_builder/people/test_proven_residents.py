"""The engine proves resident numbers as Python reads them, and no other text."""

import random

import pytest
from stdnum.cn.ric import calc_check_digit

from exposure_index.identity.parsing import MAX_FIELD_CHARACTERS
from index_builder.people.identities import canonical_names
from index_builder.people.identity_batches import canonical_batch
from index_builder.people.proven_residents import with_proven_residents
from index_builder.runtime.workspace import Workspace
from tests.fixtures import document_cells

SEED, NUMBERS = 20201130, 5_000
COLUMNS = {"id_type": "string", "id_number": "string", "name": "string"}
RIGHT = "990102198001010037"
KINDS = ("resident", "passport", "台胞证", "港澳通行证", "")
LONGEST = "王" * MAX_FIELD_CHARACTERS


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    with Workspace(tmp_path_factory.mktemp("work")) as workspace:
        yield workspace


def proven(work, rows):
    """Return the rows (id_type, id_number, name) that the engine holds for proven."""
    table = work.small("tested_residents", COLUMNS, rows)
    judged = with_proven_residents(table)
    assert 0 == judged.filter(judged.resident.isnull()).count().execute()
    return judged.filter(judged.resident).to_pyarrow()


def drawn(dice):
    """Return seventeen digits of no region, and with them the right check digit or any."""
    digits = f"99{dice.randrange(10**15):015}"
    check = calc_check_digit(f"{digits}0") if dice.randrange(2) else dice.choice("0123456789X")
    return digits + check


def test_the_engine_proves_what_the_check_digit_proves(work):
    dice = random.Random(SEED)  # noqa: S311 - a test
    numbers = {drawn(dice) for _ in range(NUMBERS)}
    right = {number for number in numbers if calc_check_digit(number) == number[-1]}
    found = proven(work, [("resident", number, "王小明") for number in numbers])
    assert right == set(found["id_number"].to_pylist())
    assert {True, False} == {number.endswith("X") for number in right}


@pytest.mark.parametrize("kind", KINDS)
def test_a_proven_number_is_its_own_canonical_form_and_has_no_fault(work, kind):
    dice = random.Random(SEED)  # noqa: S311 - a test
    found = proven(work, [(kind, drawn(dice), "王小明") for _ in range(NUMBERS)])
    assert found.num_rows > NUMBERS / 3
    for row in canonical_batch(found.combine_chunks().to_batches()[0]).to_pylist():
        forms = (row["document"], row["long_document"], row["fault"])
        assert (row["id_number"], row["id_number"], None) == forms


def test_no_other_cell_is_proven(work):
    dice = random.Random(SEED)  # noqa: S311 - a test
    cells = {document_cells.any_cell(dice) or "" for _ in range(2 * NUMBERS)}
    cells |= {
        *("", "0" * 18, "0x0FFFFFFFFFFFFF01", "1.000000000000e161", "1_0000000000000_00"),
        *("１" * 18, f" {RIGHT[1:]}", f"-{RIGHT[1:]}", f"{RIGHT}\n", f"{RIGHT}0", RIGHT[:17]),
        *(f"0{RIGHT[1:]}", "99010219800101 038", "99010219800101003x", "XXXXXXXXXXXXXXXXXX"),
    }
    found = proven(work, [("", cell, "") for cell in cells])["id_number"].to_pylist()
    assert all(len(cell) == 18 and calc_check_digit(cell) == cell[-1] for cell in found)


def test_whoever_has_a_name_too_long_to_be_typed_is_read_in_python(work):
    rows = [("resident", RIGHT, LONGEST), ("resident", RIGHT, f"{LONGEST}王")]
    assert [LONGEST] == proven(work, rows)["name"].to_pylist()


def test_each_name_is_read_once_and_as_in_python(work):
    names = ["王小明", "王小明", "Anna Oez", "", "N/A", "张*伟"]
    table = work.small("tested_names", COLUMNS, [("resident", RIGHT, name) for name in names])
    found = canonical_names(work, "tested_name_keys", table).to_pyarrow().to_pylist()
    cells = [{"id_type": "resident", "id_number": RIGHT, "name": name} for name in set(names)]
    expected = canonical_batch(
        work.small("tested_read", COLUMNS, [tuple(cell.values()) for cell in cells])
        .to_pyarrow()
        .combine_chunks()
        .to_batches()[0]
    ).to_pylist()
    assert {row["name"]: row["name_key"] for row in expected} == {
        row["name"]: row["name_key"] for row in found
    }
    assert len(set(names)) == len(found)
