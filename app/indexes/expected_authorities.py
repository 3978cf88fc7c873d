"""Expected authorities: whose indexes must be there, so that whoever is gone is missed.

Threat: an authority's index is gone, nobody remembers it, and a person listed there is told "not
found". Limit: every keyring of the keys directory that opens no index counts as somebody missing;
so does whoever is named by GAUGE_AUTHORITIES, which only adds; and whoever was served before, by
the state directory or by the memory of this process. Nothing subtracts but the operator.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

from app.indexes.rollback_guard import ServedSeq
from exposure_index.lookup.result import Missing

NOT_SERVED = "an index directory of which nothing was ever served"
NOT_LOOKED = "whatever was published since the last look that came to its end"


@dataclass(frozen=True, slots=True)
class ExpectedAuthorities:
    """Who should be here, by the last reload.

    known_authorities: named, served now or served before; claimed_authorities: named by what
    stands in the directories; idle_keyrings: names of keyrings that open no index, and whose
    authority nobody knows; damaged_authorities: those whose build is quarantined.
    """

    known_authorities: frozenset[str] = frozenset()
    claimed_authorities: frozenset[str] = frozenset()
    directories: int = 0
    idle_keyrings: tuple[str, ...] = ()
    damaged_authorities: frozenset[str] = frozenset()

    def with_damaged(self, authorities: Collection[str]) -> "ExpectedAuthorities":
        """Return the same with builds of some authorities quarantined."""
        damaged = frozenset(authorities)
        known = self.known_authorities | damaged
        return replace(self, known_authorities=known, damaged_authorities=damaged)

    def with_keyrings(
        self, idle_keyrings: tuple[str, ...], never_seen: Collection[str]
    ) -> "ExpectedAuthorities":
        """Return the same with idle keyrings, where they may be of others than are missed by name.

        never_seen: who is named, and was neither served before nor stands here now: the keyrings
        may be theirs, and they are missed in any case. Where they are fewer, every keyring is told.
        """
        nameless = idle_keyrings if len(idle_keyrings) > len(never_seen) else ()
        return replace(self, idle_keyrings=nameless)


def idle_keyrings(
    keyrings: Collection[str], used: Collection[str], served: Collection[ServedSeq]
) -> tuple[str, ...]:
    """Return the keyrings whose authority is gone without anybody knowing its name.

    keyrings, used: names of all keyrings, and of those that open an index directory now; served:
    everything that was served before: its authorities are missed by their names.
    """
    known = {one.keyring for one in served}
    return tuple(sorted(name for name in keyrings if name not in used and name not in known))


def named_missing(
    missing: Collection[Missing], idle_keyrings: Collection[str], not_looked: bool
) -> tuple[Missing, ...]:
    """Return what is missing as operators know it: a keyring where nobody knows whose it is.

    not_looked: whether the last one is what nobody has looked for lately.
    """
    nameless = sum(not one.authority for one in missing)
    last = [NOT_LOOKED] * not_looked
    keyrings = [*map(_words, idle_keyrings)][: nameless - len(last)]
    words = iter([*keyrings, *[NOT_SERVED] * (nameless - len(keyrings) - len(last)), *last])
    return tuple(
        one if one.authority else Missing(next(words, NOT_SERVED), one.why) for one in missing
    )


def _words(keyring: str) -> str:
    return f"whoever is opened with the keys in GAUGE_KEYS_DIR/{keyring}"
