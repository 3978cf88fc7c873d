import json

import pytest

from tools.lock_files import (
    NPM_LOCKS,
    REQUIREMENTS,
    ROOT,
    SELECTIONS,
    differing,
    faults,
    lock_faults,
    npm_faults,
    unmet,
)

HASHED = "flask==3.1.0 \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n"


def test_the_lock_files_have_no_fault():
    assert [] == faults()


@pytest.mark.parametrize("name", SELECTIONS)
def test_no_requirements_file_holds_an_address(name):
    assert "://" not in (REQUIREMENTS / name).read_text()


def test_the_npm_lock_holds_no_address_and_every_hash():
    locks = [json.loads((ROOT / place).read_text()) for place in NPM_LOCKS]
    assert [] == [fault for lock in locks for fault in npm_faults(lock)]


def test_a_pinned_and_hashed_requirement_has_no_fault():
    assert [] == list(lock_faults(HASHED))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("flask==3.1.0\n", "without hashes: flask==3.1.0"),
        ("flask>=3.1.0 \\\n    --hash=sha256:00\n", "not pinned: flask>=3.1.0"),
        ("--index-url x\n" + HASHED, "records a download address"),
        ("flask @ file:///x \\\n    --hash=sha256:00\n", "records a download address"),
    ],
)
def test_a_faulty_requirement_is_named(text, fault):
    assert fault in list(lock_faults(text))


def test_a_pin_outside_the_wanted_range_is_seen():
    assert ["does not satisfy flask>=4: type `make lock`"] == list(unmet(HASHED, ["flask>=4"]))


def test_a_requirement_without_pin_is_seen():
    assert 1 == len(list(unmet(HASHED, ["redis>=6"])))


def test_a_version_that_differs_between_locks_is_seen():
    other = HASHED.replace("3.1.0", "3.1.1")
    assert ["flask is pinned otherwise than in test.txt: type `make lock`"] == list(
        differing(HASHED, other)
    )


def test_an_npm_package_without_hash_and_with_address_is_named():
    lock = {"packages": {"": {}, "node_modules/x": {"resolved": "somewhere"}}}
    assert [
        "records a download address: node_modules/x",
        "without integrity: node_modules/x",
    ] == list(npm_faults(lock))
