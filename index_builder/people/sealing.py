"""Seals the label of each person under every spelling of each document, in worker processes."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain

from exposure_index.publishing.entry_sealing import SealedBlock, Sealing
from index_builder.people.contact_labels import ListedPeople
from index_builder.people.sealed_batches import PeopleLost, sealed_batch
from index_builder.runtime.workers import each_batch
from index_builder.runtime.workspace import Workspace

_BATCH_ROWS = 20_000


def sealed_people(
    work: Workspace, people: ListedPeople
) -> Callable[[Sealing], Iterator[SealedBlock]]:
    """Return what yields, given a build's key, every entry of every person, in blocks.

    That raises PeopleLost where a person has no document, RowsLost where a stream ends early:
    whoever is missing would be told "not found".
    """

    def blocks(sealing: Sealing) -> Iterator[SealedBlock]:
        people_out = 0
        tables = (people.plain, people.manifold)
        batches = chain.from_iterable(work.stream(table, _BATCH_ROWS) for table in tables)
        for count, block in each_batch(partial(sealed_batch, sealing), batches, people.count):
            people_out += count
            yield block
        if people_out != people.count:
            message = f"{people_out} of {people.count} people came out of the engine"
            raise PeopleLost(message)

    return blocks
