"""Open-loop arrivals: requests start at times drawn beforehand, whether or not answers come.

A closed population of users waits for slow answers and so hides them (coordinated omission). Here
each arrival has its moment; its latency counts from that moment, also where the generator or a
connection was late.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import gevent
from gevent.pool import Pool

IN_FLIGHT_MAX = 400
SECONDS_TO_FINISH = 15.0


@dataclass(frozen=True, slots=True)
class Request:
    """kind: under which it is counted."""

    kind: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Outcome:
    """Latencies in seconds by kind; statuses by kind (0: no answer); late: started over 50 ms late;
    dropped: arrivals that found IN_FLIGHT_MAX under way, so that they were not even sent."""

    latencies: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    dropped: int = 0
    late: int = 0


def poisson_times(rate: float, seconds: float, chance: random.Random) -> Iterator[float]:
    """Yield the moments of arrivals, in seconds from the start; rate: of one second."""
    moment = chance.expovariate(rate)
    while moment < seconds:
        yield moment
        moment += chance.expovariate(rate)


def arrive(
    times: Iterator[float],
    draw: Callable[[], Request],
    send: Callable[[Request], int],
    record: Callable[[Request, int, float], None],
) -> Outcome:
    """Send one request drawn for each moment; return what came of them all.

    send: returns the status, 0 where there is no answer. record: called with each request, its
    status and latency. Ends SECONDS_TO_FINISH after the last arrival at the latest.
    """
    outcome, pool, start = Outcome(), Pool(IN_FLIGHT_MAX), time.monotonic()

    def one(request: Request, moment: float) -> None:
        status = send(request)
        latency = time.monotonic() - start - moment
        outcome.statuses[request.kind][status] += 1
        if 200 <= status < 400:
            outcome.latencies[request.kind].append(latency)
        record(request, status, latency)

    for moment in times:
        gevent.sleep(max(0.0, start + moment - time.monotonic()))
        outcome.late += time.monotonic() - start - moment > 0.05
        if pool.full():
            outcome.dropped += 1
            continue
        pool.spawn(one, draw(), moment)
    pool.join(SECONDS_TO_FINISH)
    pool.kill()
    return outcome


def percentile(latencies: list[float], share: float) -> float:
    """Return the latency that so large a share does not exceed (nearest rank); 0 for none."""
    ordered = sorted(latencies)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
