"""A list checked privately, beside the library's own work of a client for it.

    python -m tools.benchmarks.private_lists URL TRUST_FILE

One connection to a running service, whose work is not counted: times are of this process's
processor. Then the whole command over a list, by the clock. Prints people a second and core, and
the ratio to what anybody must do who blinds three inputs and verifies their proof by this library.
"""

import csv
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from pkgutil import resolve_name

from voprf import ristretto

from exposure_index.identity.parsing import parse_identity
from exposure_index.remote.service import PrivateService, ServiceTrust

ROUNDS = 7
PEOPLE = 100
LIST_PEOPLE = 2_000
FLOOR = 200  # people a second and core
INPUTS = (b"1", b"2", b"3")
SECONDS_MAX = 600


def library_work() -> Callable[[], object]:
    """Return what a client of this library must do for one person: blind three, verify, unblind."""
    evaluator = ristretto.Evaluator.from_seed(bytes(32), b"")
    key = evaluator.public_key
    blinded = [ristretto.Client.blind(text) for text in INPUTS]
    batch = evaluator.evaluate_batch([element for _, element in blinded])
    content = bytes(batch.serialize())

    def work() -> object:
        for text in INPUTS:
            ristretto.Client.blind(text)[1].serialize()
        answer = ristretto.VerifiableBatchOutput.deserialize(content)
        return ristretto.Client.finalize_batch([client for client, _ in blinded], answer, key)

    return work


def our_work(url: str, trust: Path) -> Callable[[], object]:
    """Return one check over a connection that is kept."""
    service = PrivateService.at(url, ServiceTrust.from_file(trust))
    checker = resolve_name("app.private_lists.person_checker:PersonChecker")
    task = resolve_name("app.private_lists.person_checker:CheckTask")(
        url, tuple(index.manifest for index in service.indexes), service.missing, with_trips=False
    )
    claims = (parse_identity("passport", "E90000000", "NOBODY"),)
    one = checker(task, time.sleep)
    return lambda: one.check(claims)


def seconds_of(work: Callable[[], object]) -> float:
    """Return the processor's seconds for a person."""
    began = time.process_time()
    for _ in range(PEOPLE):
        work()
    return (time.process_time() - began) / PEOPLE


def list_of_people() -> bytes:
    """Return a list of invented people, none of whom is listed."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("id_type", "id_number", "name"))
    writer.writerows(("passport", f"E9{number:07}", "NOBODY") for number in range(LIST_PEOPLE))
    return text.getvalue().encode()


def whole_command(url: str, trust: Path) -> tuple[float, float]:
    """Run the command over a list; return seconds by the clock, and of all its processors."""
    with tempfile.TemporaryDirectory() as folder:
        people = Path(folder, "people.csv")
        people.write_bytes(list_of_people())
        command = [str(Path(sys.executable).with_name("gauge")), "private-check", url]
        command += ["--trust", str(trust.resolve()), "--people", str(people), "--out", "out.csv"]
        began, before = time.monotonic(), os.times()
        subprocess.run(command, cwd=folder, check=True, timeout=SECONDS_MAX)
        after = os.times()
    worked = after.children_user + after.children_system
    return time.monotonic() - began, worked - before.children_user - before.children_system


def main(url: str, trust_file: str) -> int:
    """Print the figures; return 1 below the floor."""
    trust = Path(trust_file)
    theirs, ours = library_work(), our_work(url, trust)
    for work in (theirs, ours):
        seconds_of(work)
    rounds = [(seconds_of(theirs), seconds_of(ours)) for _ in range(ROUNDS)]
    ratios = sorted(library / own for library, own in rounds)
    own = statistics.median(own for _, own in rounds)
    print("A person of a private list, against the library's blinding and verifying of three")
    print(f"  ours   {own * 1e6:8,.0f} µs, {1 / own:,.0f} people a second and core")
    print(f"  theirs {statistics.median(peer for peer, _ in rounds) * 1e6:8,.0f} µs")
    ratio = statistics.median(ratios)
    print(f"  ratio  {ratio:8.2f} × (rounds {ratios[0]:.2f} to {ratios[-1]:.2f})")
    clock, worked = whole_command(url, trust)
    print(
        f"  the command over {LIST_PEOPLE:,} people, service on the same cores: {clock:.1f} s, "
        f"{LIST_PEOPLE / clock:,.0f} a second, {LIST_PEOPLE / worked:,.0f} a second and core"
    )
    return int(1 / own < FLOOR)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
