"""A run over a list: what it sends, what it survives, and what it gives to whom."""

from dataclasses import replace

import pytest

from app.private_lists import person_checker
from app.private_lists.list_file import row_to_check
from app.private_lists.list_rows import PeopleList
from app.private_lists.list_run import FEWEST_KEPT, AnswersInMemory, ListRun
from app.private_lists.person_answer import PersonAnswer
from app.private_lists.progress_file import ProgressFile
from exposure_index.remote.remote_index import CannotAnswer, ServiceUnreachable
from tables.people_csv import PersonRow
from tests.fixtures.people import Person
from tests.unit.app.private_lists.conftest import URL, Nobody


def run_over(*persons):
    rows = [
        PersonRow(one.id_type, one.id_number, one.name, row=at) for at, one in enumerate(persons, 2)
    ]
    return ListRun(PeopleList(lambda: map(row_to_check, rows), bytes(64)), URL, 1, with_trips=False)


def answers_of(run, service):
    answers = AnswersInMemory()
    run.answer(service.connect(), answers, Nobody())
    return answers


def test_a_duplicate_is_not_asked_about_and_has_the_answer_of_its_person(
    unchanging_service, people
):
    run = run_over(people.close, people.unlisted, people.close)
    answers = answers_of(run, unchanging_service)
    assert 2 == len(answers)
    statuses = [answer.status for _, answer in run.rows(answers)]
    assert ["exposed", "not_found", "exposed"] == statuses


def test_a_list_of_listed_people_sends_what_one_of_others_sends(unchanging_service, people):
    traces = []
    for person in (people.close, people.unlisted):
        other = replace(person, name="江小白")
        answers_of(run_over(person, other, people.wrong_name), unchanging_service)
        traces.append(unchanging_service.kinds())
    assert traces[0] == traces[1]
    assert ["api", *["api", "b"] * 3] == traces[0]


@pytest.fixture
def pauses(monkeypatch):
    monkeypatch.setattr(person_checker, "PAUSES_SECONDS", (0.0, 0.0))


def test_a_service_that_is_away_for_a_moment_is_asked_again(unchanging_service, people, pauses):
    evaluate, away = unchanging_service.evaluate, iter([True, True])

    def evaluate_later(body):
        unchanging_service.refuse_while(next(away, False))
        return evaluate(body)

    unchanging_service.evaluate = evaluate_later
    assert "exposed" == next(iter(answers_of(run_over(people.close), unchanging_service))).status


def test_a_service_that_stays_away_ends_the_run_and_keeps_what_there_is(
    unchanging_service, people, pauses
):
    run, answers = run_over(people.close, people.unlisted), AnswersInMemory()
    evaluate, left = unchanging_service.evaluate, iter([False])

    def evaluate_once(body):
        unchanging_service.refuse_while(next(left, True))
        return evaluate(body)

    unchanging_service.evaluate = evaluate_once
    with pytest.raises(ServiceUnreachable):
        run.answer(unchanging_service.connect(), answers, Nobody())
    assert ["exposed"] == [answer.status for answer in answers]


def test_whatever_is_not_as_signed_is_not_asked_for_again(unchanging_service, people):
    asked = []
    unchanging_service.evaluate = lambda body: asked.append(body) or b""
    with pytest.raises(CannotAnswer):
        answers_of(run_over(people.close), unchanging_service)
    assert 1 == len(asked)


def test_a_short_list_leaves_no_progress_on_the_disk(unchanging_service, people, tmp_path):
    run, path = run_over(people.close), tmp_path / "progress"
    answers = run.answers_for(unchanging_service.connect(), path)
    assert (False, False) == (isinstance(answers, ProgressFile), path.exists())


def test_a_long_list_continues_behind_the_answers_of_an_earlier_run(
    unchanging_service, people, tmp_path
):
    crowd = [Person("passport", f"E9{at:07}", "ANY PERSON") for at in range(FEWEST_KEPT)]
    run, path = run_over(*crowd, people.close), tmp_path / "progress"
    earlier = run.answers_for(unchanging_service.connect(), path)
    earlier.append([PersonAnswer("not_found")] * FEWEST_KEPT)
    earlier.close()
    unchanging_service.kinds()
    answers = run.answers_for(unchanging_service.connect(), path)
    run.answer(unchanging_service.connect(), answers, Nobody())
    assert ["api", "api", "api", "b"] == unchanging_service.kinds()
    assert "exposed" == list(answers)[-1].status
    answers.close()


def test_a_name_among_words_that_nobody_knows_is_found_among_more_than_two(
    unchanging_service, people
):
    among_words = replace(people.close, name=f"{people.close.name} 女 30岁")
    answers = answers_of(run_over(among_words), unchanging_service)
    assert "exposed" == next(iter(answers)).status
