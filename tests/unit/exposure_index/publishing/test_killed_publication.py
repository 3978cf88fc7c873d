"""A kill at any step of publishing leaves a whole, signed build."""

import json
import os
from contextlib import suppress
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import pytest

from exposure_index.publishing.publication import publish, republish


class Killed(BaseException):
    """Ends the program at one step, as a kill would."""


class StepsUntilKilled:
    """Counts every change of the disk that publishing makes, and dies before one of them."""

    def __init__(self, monkeypatch, kill_at: int) -> None:
        self.left = kill_at
        self.reached = False
        for owner, name in (
            (Path, "replace"),
            (Path, "symlink_to"),
            (Path, "touch"),
            (Path, "unlink"),
            (Path, "mkdir"),
            (os, "fsync"),
        ):
            monkeypatch.setattr(owner, name, self.count_calls(getattr(owner, name)))

    def count_calls(self, original):
        def step(*args, **options):
            if self.left == 0:
                self.reached = True
                raise Killed
            self.left -= 1
            return original(*args, **options)

        return step


@pytest.mark.parametrize("kill_at", range(40))
@pytest.mark.parametrize("action", ["publish", "republish"])
def test_killed_at_any_step_current_is_whole_and_a_second_run_finishes(
    site, sample, monkeypatch, action, kill_at
):
    first = site.publish_build()
    if action == "republish":
        site.publish_build()
    candidate = site.candidate() if action == "publish" else first
    before = site.open().manifest.build_id

    def run():
        if action == "publish":
            return publish(site.out, candidate, site.keys, now=sample.now)
        return republish(site.out, candidate, site.keys, sample.now)

    with monkeypatch.context() as patch:
        steps = StepsUntilKilled(patch, kill_at)
        with suppress(Killed):
            run()
    index = site.open()
    assert index.manifest.build_id in {before, candidate}
    assert 1 == len(index.labels(sample.listed[0]))
    if not steps.reached:
        assert candidate == index.manifest.build_id
    assert run().switched
    index = site.open(minimum_seq=index.manifest.seq)
    assert candidate == index.manifest.build_id
    manifests = [path.read_bytes() for path in sorted((site.out / "manifests").glob("*.json"))]
    assert manifests[-1] == (site.out / "current" / "manifest.json").read_bytes()
    for earlier, later in pairwise(manifests):
        assert sha256(earlier).hexdigest() == json.loads(later)["previous"]


def test_the_killing_test_reaches_past_the_last_step(site, sample, monkeypatch):
    site.publish_build()
    candidate = site.candidate()
    steps = StepsUntilKilled(monkeypatch, 40)
    publish(site.out, candidate, site.keys, now=sample.now)
    assert not steps.reached
    assert 15 <= 40 - steps.left
