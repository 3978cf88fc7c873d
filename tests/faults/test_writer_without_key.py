"""Somebody writes every file of an index and has no key: there is never a false "not found".

Whoever is listed is found, or there is no answer; before the index is opened, and behind it.
"""

import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from exposure_index.errors import Refused
from tests.fixtures.attacked_index import (
    LISTED,
    Attacked,
    publish_build,
    published_to_attack,
    wrong_answers,
)
from tests.fixtures.forgeries import DIGESTED, UNDIGESTED, Forger, keyless_digests

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def published(tmp_path_factory) -> Attacked:
    return published_to_attack(tmp_path_factory.mktemp("attacked"))


@pytest.fixture
def attacked(published, tmp_path) -> Attacked:
    return published.copied(tmp_path / "copy")


def wrong_answers_before_and_behind(attacked: Attacked, forge: Callable[[], None]) -> list[object]:
    """Return who is answered falsely by an index that is open, and by one opened afterwards."""
    index = attacked.open()
    assert [] == wrong_answers(index)
    forge()
    wrong = wrong_answers(index)
    try:
        return wrong + wrong_answers(attacked.open())
    except Refused:
        return wrong


in_place_or_not = pytest.mark.parametrize(
    "in_place", [True, False], ids=["in place", "renamed over"]
)


@in_place_or_not
@pytest.mark.parametrize("digest", keyless_digests(bytes(44)))
@pytest.mark.parametrize("forgery", DIGESTED, ids=lambda forgery: forgery.__name__)
def test_nobody_is_falsely_not_found_in_forged_pages(attacked, forgery, digest, in_place):
    forger = attacked.forger(attacked.digest(digest), in_place=in_place)
    assert [] == wrong_answers_before_and_behind(attacked, lambda: forgery(forger))


@in_place_or_not
@pytest.mark.parametrize("forgery", UNDIGESTED, ids=lambda forgery: forgery.__name__)
def test_nobody_is_falsely_not_found_where_files_were_cut_or_changed(attacked, forgery, in_place):
    forger = attacked.forger(attacked.digest("without a key"), in_place=in_place)
    assert [] == wrong_answers_before_and_behind(attacked, lambda: forgery(forger))


@pytest.mark.parametrize(
    "forgery", [Forger.empty_pages, Forger.move_entries], ids=lambda forgery: forgery.__name__
)
def test_the_same_forgery_under_the_page_key_would_lose_people(attacked, forgery):
    """So good are the forgeries: only the key is what they lack."""
    index = attacked.open()
    forgery(attacked.forger(attacked.digest_under_the_page_key, in_place=True))
    assert len(LISTED) // 3 < len(wrong_answers(index))


@pytest.mark.parametrize(
    "kind", ["earlier build", "unsigned build", "copy with another name", "itself"]
)
def test_a_moved_link_leads_to_no_other_index(attacked, kind):
    target = attacked.before
    if kind == "unsigned build":
        target = attacked.out / publish_build(attacked.out, attacked.keys, [], signed=False)
    elif kind == "copy with another name":
        target = attacked.out / "ab" / "cd"
        shutil.copytree(attacked.before, target)
        shutil.copy(attacked.build / "manifest.json", target / "forged")
        (target / "forged").replace(target / "manifest.json")
    elif kind == "itself":
        target = attacked.out / "current"
    (attacked.out / "current").unlink()
    (attacked.out / "current").symlink_to(target)
    with pytest.raises(Refused):
        attacked.open()


READER = """
    import sys
    sys.path.insert(0, sys.argv[3])
    from pathlib import Path
    from tests.fixtures.attacked_index import Attacked, wrong_answers
    index = Attacked(Path(sys.argv[1]), sys.argv[2], sys.argv[2]).open()
    for line in sys.stdin:
        print(len(wrong_answers(index)), flush=True)
"""


def test_a_file_cut_short_in_place_kills_no_reader_and_makes_nobody_not_found(attacked):
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(READER), attacked.folder, attacked.build.name, ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        for length in (None, 4096 * 3 + 5, 4096 + 1, 0):
            if length is not None:
                for name in ("plain.idx", "trips.idx"):
                    (attacked.build / name).chmod(0o644)
                    with (attacked.build / name).open("r+b") as file:
                        file.truncate(min(length, (attacked.build / name).stat().st_size))
            reader.stdin.write("\n")
            reader.stdin.flush()
            assert "0\n" == reader.stdout.readline()
        reader.stdin.close()
        assert 0 == reader.wait()
