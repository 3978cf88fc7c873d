"""Welch's t of two series of times, as dudect uses it: do they differ by more than chance?

Source: O. Reparaz, J. Balasch, I. Verbauwhede, "Dude, is my code constant time?", DATE 2017. Slow
outliers (interrupts, other programs) are cropped at several percentiles of both series together,
and the largest |t| of all crops counts.
"""

import math
import statistics
from collections.abc import Sequence

CROPS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.0)
THRESHOLD = 4.5


def welch_t(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Welch's t; 0 where nothing varies."""
    spread = statistics.variance(one) / len(one) + statistics.variance(other) / len(other)
    return (statistics.fmean(one) - statistics.fmean(other)) / math.sqrt(spread) if spread else 0.0


def largest_t(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the t of the crop whose |t| is the largest."""
    together = sorted([*one, *other])
    found = []
    for crop in CROPS:
        most = together[int(crop * (len(together) - 1))]
        cropped = [[each for each in series if each <= most] for series in (one, other)]
        if min(map(len, cropped)) > 1:
            found.append(welch_t(cropped[0], cropped[1]))
    return max(found, key=abs)
