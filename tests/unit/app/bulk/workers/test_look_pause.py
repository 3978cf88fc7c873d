"""Workers look again soon after work, and less and less often after none."""

from itertools import accumulate, pairwise

from app.bulk.workers.worker_processes import (
    FIRST_PAUSE_SECONDS,
    IDLE_SECONDS,
    LONGER_PAUSE,
    LookPause,
)


def test_after_work_a_worker_looks_again_soon():
    pause = LookPause()
    assert pause.seconds == IDLE_SECONDS
    pause.note_look(turns=3)
    assert pause.seconds == FIRST_PAUSE_SECONDS


def test_pauses_grow_to_the_longest_and_lose_a_part_of_the_wait():
    pause = LookPause()
    pause.note_look(turns=1)
    pauses = [pause.seconds]
    for _ in range(30):
        pause.note_look(turns=0)
        pauses.append(pause.seconds)
    assert pauses[-1] == IDLE_SECONDS
    assert all(earlier <= later for earlier, later in pairwise(pauses))
    waited = accumulate(pauses[:-1], initial=FIRST_PAUSE_SECONDS / (LONGER_PAUSE - 1))
    assert all(
        longest <= (LONGER_PAUSE - 1) * before + 1e-9
        for before, longest in zip(waited, pauses, strict=False)
    )
