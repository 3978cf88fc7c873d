"""Rounds that take turns, so that what else the machine does falls on all alike.

The median of the rounds' ratios counts, never the ratio of two medians.
"""

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of the rounds' ratios, and the least and the largest of them."""

    median: float
    least: float
    largest: float

    @classmethod
    def of(cls, ours: Sequence[float], theirs: Sequence[float]) -> "Ratio":
        """Return ours by theirs, round by round."""
        ratios = sorted(own / peer for own, peer in zip(ours, theirs, strict=True))
        return cls(statistics.median(ratios), ratios[0], ratios[-1])

    def __str__(self) -> str:
        return f"{self.median:.2f} × (rounds {self.least:.2f} to {self.largest:.2f})"


def take_turns(measures: Mapping[str, Callable[[], Found]], rounds: int) -> dict[str, list[Found]]:
    """Return what each measure found in each round; every other round goes backwards."""
    found: dict[str, list[Found]] = {name: [] for name in measures}
    for turn in range(rounds):
        order = list(measures.items())
        for name, measure in order if turn % 2 == 0 else reversed(order):
            found[name].append(measure())
    return found
