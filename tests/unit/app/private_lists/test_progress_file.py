"""The progress file: what it gives back, to whom, and what of it survives damage."""

import pytest

from app.private_lists.person_answer import PersonAnswer, TripAnswer
from app.private_lists.progress_file import (
    ProgressDamaged,
    ProgressFile,
    ProgressInUse,
    answers_in,
)
from app.private_lists.sealed_frames import HEAD_BYTES, STEP_BYTES

DIGEST, OTHER_DIGEST = b"\x01" * 64, b"\x02" * 64
BINDING = {"builds": [["甲市", "00"]], "trips": True}
TRIP = TripAnswer("close", "train", "G1712", "2020-01-21", "nhc-2020-03")
LISTED = PersonAnswer("exposed", "close", "2020-02-04", "", (TRIP,))
UNLISTED = PersonAnswer("not_found")
LENGTH_BYTES = 4


@pytest.fixture
def path(tmp_path):
    return tmp_path / "answers.csv.progress"


@pytest.fixture
def written(path):
    file = ProgressFile(path, DIGEST, BINDING)
    file.append([UNLISTED, LISTED])
    file.append([UNLISTED])
    file.close()
    return path


def answers_again(path, digest=DIGEST, binding=None):
    file = ProgressFile(path, digest, binding or BINDING)
    answers, anew = list(file), file.begun_anew
    file.close()
    return answers, anew


def test_a_new_file_is_empty_and_not_begun_anew(path):
    assert ([], False) == answers_again(path)


def test_answers_come_back_in_order(written):
    assert ([UNLISTED, LISTED, UNLISTED], False) == answers_again(written)


def test_it_is_continued_behind_what_it_holds(written):
    file = ProgressFile(written, DIGEST, BINDING)
    assert 3 == len(file)
    file.append([LISTED])
    file.close()
    assert [UNLISTED, LISTED, UNLISTED, LISTED] == answers_again(written)[0]


def test_only_its_owner_may_read_it(written):
    assert 0o600 == written.stat().st_mode & 0o777


@pytest.mark.parametrize(
    "other", [{"builds": [["甲市", "01"]], "trips": True}, {**BINDING, "trips": False}], ids=str
)
def test_answers_of_another_build_or_output_are_let_go(written, other):
    assert ([], True) == answers_again(written, binding=other)


def test_answers_to_another_list_are_let_go(written):
    assert ([], True) == answers_again(written, digest=OTHER_DIGEST)


def test_without_the_list_nothing_is_read(written):
    assert [] == list(answers_in(written, OTHER_DIGEST))


def test_no_word_of_an_answer_stands_in_the_file(written):
    data = written.read_bytes()
    assert [] == [word for word in (b"exposed", b"not_found", b"G1712", b"close") if word in data]


def test_whether_anybody_is_listed_does_not_change_its_length(tmp_path):
    sizes = []
    for answer in (UNLISTED, LISTED):
        file = ProgressFile(tmp_path / answer.status, DIGEST, BINDING)
        file.append([answer] * 16)
        file.close()
        sizes.append((tmp_path / answer.status).stat().st_size)
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("lost", [1, 100, STEP_BYTES])
def test_a_frame_that_a_kill_left_half_is_cut_off(written, lost):
    data = written.read_bytes()
    written.write_bytes(data[:-lost])
    assert ([UNLISTED, LISTED], False) == answers_again(written)


@pytest.mark.parametrize("place", [0, HEAD_BYTES - 1, HEAD_BYTES + LENGTH_BYTES, HEAD_BYTES + 99])
def test_a_changed_bit_before_the_answers_lets_all_go(written, place):
    data = bytearray(written.read_bytes())
    data[place] ^= 1
    written.write_bytes(data)
    assert ([], True) == answers_again(written)


def test_a_changed_answer_and_all_behind_it_are_let_go(written):
    data = bytearray(written.read_bytes())
    frame = (len(data) - HEAD_BYTES) // 3
    data[HEAD_BYTES + frame + 99] ^= 1
    written.write_bytes(data)
    assert ([], False) == answers_again(written)


def test_answers_in_another_order_are_let_go(written):
    data = written.read_bytes()
    frame = (len(data) - HEAD_BYTES) // 3
    head, first = data[: HEAD_BYTES + frame], data[HEAD_BYTES + frame : HEAD_BYTES + 2 * frame]
    written.write_bytes(head + data[HEAD_BYTES + 2 * frame :] + first)
    assert [] == answers_again(written)[0]


def test_two_runs_do_not_write_one_file(path):
    first = ProgressFile(path, DIGEST, BINDING)
    with pytest.raises(ProgressInUse, match="another run"):
        ProgressFile(path, DIGEST, BINDING)
    first.close()


def test_answers_that_vanish_under_a_run_are_no_answers(path):
    file = ProgressFile(path, DIGEST, BINDING)
    file.append([UNLISTED])
    file.append([LISTED])
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ProgressDamaged):
        list(file)
    file.close()


def test_it_is_removed_when_the_output_is_there(path):
    file = ProgressFile(path, DIGEST, BINDING)
    file.remove()
    assert not path.exists()
