"""Watching for new builds: when a list is asked about again, and what then stands where."""

import csv
import io
from dataclasses import dataclass, field
from datetime import date

import pytest

from app.private_lists.list_file import ListFile, staff_list
from app.private_lists.list_output import CHANGES, EARLIER, PROGRESS, ListOutput
from app.private_lists.list_run import ListRun
from app.private_lists.list_watch import ListWatch
from app.private_lists.progress_file import ProgressFile, ProgressInUse
from exposure_index.identity.parsing import parse_identity
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier
from exposure_index.remote.remote_index import ServiceUnreachable
from tables.staff_lists.staff_list import ListChoice
from tests.unit.app.private_lists.conftest import URL, Nobody


class Ended(Exception):
    """The test has seen enough."""


@dataclass
class Watch:
    """A watch over one list, with what it tells."""

    service: object
    folder: object
    words: list = field(default_factory=list)

    @property
    def output(self):
        return ListOutput(self.folder / "answers.csv", own_columns=True)

    def read(self):
        people = staff_list(ListFile.at(self.folder / "staff.csv"), ListChoice())
        return ListRun(people, URL, jobs=1, with_trips=False)

    def watch(self):
        return ListWatch(self.service.connect, self.read, self.output, Nobody(), self.words.append)

    def look(self):
        self.watch().look()

    def statuses(self, suffix=""):
        text = self.output.beside(suffix).read_text("utf-8-sig")
        return [(row["姓名"], row["status"]) for row in csv.DictReader(io.StringIO(text))]


@pytest.fixture
def watch(service, people, tmp_path):
    persons = (people.close, people.unlisted)
    lines = [f"{one.name},{one.id_number}\n" for one in persons]
    (tmp_path / "staff.csv").write_text("姓名,证件号码\n" + "".join(lines), "utf-8")
    return Watch(service, tmp_path)


@pytest.fixture
def list_everybody(own_private_deployment, people, sample_label):
    """Publish a build in which the one who was unlisted is listed too."""

    def publish():
        person = people.unlisted
        claim = parse_identity(person.id_type, person.id_number, person.name)
        return own_private_deployment.publish(
            private=True, entries=[(claim.encode_names()[0], sample_label)]
        )

    return publish


@pytest.fixture
def sample_label():
    trip = (Relation.SAME_CARRIAGE, date(2020, 1, 22), 8, "G1234", date(2020, 2, 5))
    return Label.of([Exposure(Mode.TRAIN, Tier.CLOSE, 3, *trip)])


def test_at_first_everybody_is_checked_and_nothing_compared(watch, people):
    watch.look()
    assert [(people.close.name, "exposed"), (people.unlisted.name, "not_found")] == watch.statuses()
    assert not watch.output.beside(CHANGES).exists()


def test_between_two_builds_only_the_list_of_indexes_is_asked_for(watch, service):
    watch.look()
    service.requests.clear()
    watch.look()
    assert ["api"] == service.kinds()


def test_a_watch_that_begins_again_asks_about_nobody_twice(watch, service, tmp_path):
    watch.look()
    service.requests.clear()
    Watch(service, tmp_path).look()
    assert ["api"] == service.kinds()


def test_a_new_build_is_asked_about_everybody_and_the_changes_named(watch, list_everybody, people):
    watch.look()
    list_everybody()
    watch.look()
    assert "exposed" == dict(watch.statuses())[people.unlisted.name]
    changes = dict(watch.statuses(CHANGES))
    assert {people.close.name: "not_found", people.unlisted.name: "exposed"} == changes
    assert "2 with another answer than before" in watch.words[-1]


def test_what_an_answer_was_before_stands_beside(watch, list_everybody, people):
    watch.look()
    list_everybody()
    watch.look()
    text = watch.output.beside(CHANGES).read_text("utf-8-sig")
    before = {row["姓名"]: row["status_before"] for row in csv.DictReader(io.StringIO(text))}
    assert {people.close.name: "exposed", people.unlisted.name: "not_found"} == before


def test_a_build_that_changes_nothing_names_nobody(watch, own_private_deployment):
    watch.look()
    own_private_deployment.publish(private=True)
    watch.look()
    assert [] == watch.statuses(CHANGES)


def test_a_list_that_changed_is_checked_at_once_and_compared_with_nothing(watch, people):
    watch.look()
    staff = watch.folder / "staff.csv"
    staff.write_text(f"姓名,证件号码\n{people.close.name},{people.close.id_number}\n", "utf-8")
    watch.look()
    assert [(people.close.name, "exposed")] == watch.statuses()
    assert not watch.output.beside(CHANGES).exists()


def test_a_service_that_is_away_is_told_and_outlived(watch, service):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        service.silent = False
        if len(waits) == 2:
            raise Ended

    service.silent = True
    with pytest.raises(Ended):
        watch.watch().keep_watching(wait)
    assert ("it cannot be reached" in watch.words[0], 2) == (True, len(watch.statuses()))


def test_looks_are_minutes_apart(watch):
    waits = []

    def wait(seconds):
        waits.append(seconds)
        if len(waits) == 20:
            raise Ended

    with pytest.raises(Ended):
        watch.watch().keep_watching(wait)
    assert (True, True) == (min(waits) >= 60, len(set(waits)) > 1)


def test_an_output_before_stays_while_a_build_cannot_be_asked(watch, service, list_everybody):
    watch.look()
    list_everybody()
    service.evaluate = lambda body: b""  # another answer than was asked for
    before = watch.statuses()
    with pytest.raises(Exception, match="evaluation"):
        watch.look()
    assert before == watch.statuses()


def test_another_run_over_the_same_output_is_refused(watch):
    run = watch.read()
    file = ProgressFile(watch.output.beside(PROGRESS), run.people.digest, {})
    with pytest.raises(ProgressInUse):
        watch.watch().keep_watching(lambda _: None)
    file.close()


def test_answers_before_are_kept_sealed(watch):
    watch.look()
    data = watch.output.beside(EARLIER).read_bytes()
    assert (False, False) == (b"exposed" in data, watch.output.beside(PROGRESS).exists())


def test_a_silent_service_is_an_error_that_says_so(watch, service):
    service.silent = True
    with pytest.raises(ServiceUnreachable):
        watch.look()
