from pathlib import Path

import pytest

from tools.stamps import Step, content_digest, perform


@pytest.fixture
def step_counting_runs(tmp_path):
    runs = []
    read, made = tmp_path / "read", tmp_path / "made"
    read.write_text("first")

    def work():
        runs.append(read.read_text())
        made.write_text("made")

    return Step("work", work, tmp_path / "stamps" / "work", (read,), (made,)), runs


def test_a_step_is_done_once_while_nothing_changes(step_counting_runs):
    step, runs = step_counting_runs
    assert [True, False, False] == [perform(step), perform(step), perform(step)]
    assert ["first"] == runs


def test_a_step_is_done_again_when_what_it_reads_changes(step_counting_runs):
    step, runs = step_counting_runs
    perform(step)
    step.inputs[0].write_text("second")
    perform(step)
    assert ["first", "second"] == runs


def test_a_step_is_done_again_when_what_it_made_is_gone(step_counting_runs):
    step, runs = step_counting_runs
    perform(step)
    step.outputs[0].unlink()
    perform(step)
    assert 2 == len(runs)


def test_an_interrupted_step_is_done_again_though_it_was_done_before(tmp_path):
    made = tmp_path / "made"
    made.touch()

    def interrupted():
        raise KeyboardInterrupt

    stamp = tmp_path / "stamp"
    perform(Step("first", made.touch, stamp, (), (made,), ("1",)))
    with pytest.raises(KeyboardInterrupt):
        perform(Step("second", interrupted, stamp, (), (made,), ("2",)))
    assert perform(Step("third", made.touch, stamp, (), (made,), ("1",)))


def test_a_renamed_file_in_a_folder_is_a_change(tmp_path):
    file = tmp_path / "folder" / "a"
    file.parent.mkdir()
    file.write_text("same")
    before = content_digest([file.parent])
    file.rename(file.with_name("b"))
    assert before != content_digest([file.parent])


def test_installed_packages_below_a_folder_do_not_count(tmp_path):
    before = content_digest([tmp_path])
    Path(tmp_path, "node_modules").mkdir()
    Path(tmp_path, "node_modules", "x").touch()
    assert before == content_digest([tmp_path])
