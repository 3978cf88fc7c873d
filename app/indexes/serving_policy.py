"""The serving policy: what the operator's settings say of what is served."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class ServingPolicy:
    """authorities: named by the operator, who must be there; none: see ``expected_authorities``.

    stale_after: how old the oldest source of an index may be; None: any age.
    """

    authorities: frozenset[str] = frozenset()
    stale_after: timedelta | None = None
