"""What a worker has for answers that wait for their readers has an end, and comes back."""

from app.server.fast.answer_memory import ANSWER_MAX_BYTES, ANSWERS_MAX_BYTES, AnswerMemory


def test_all_of_it_may_be_taken_and_no_more():
    memory = AnswerMemory()
    answers = ANSWERS_MAX_BYTES // ANSWER_MAX_BYTES
    assert [True] * answers == [memory.take(ANSWER_MAX_BYTES) for _ in range(answers)]
    assert not memory.take(1)


def test_what_is_given_back_may_be_taken_again():
    memory = AnswerMemory()
    memory.take(ANSWERS_MAX_BYTES)
    memory.give_back(7)
    assert [False, True] == [memory.take(8), memory.take(7)]
