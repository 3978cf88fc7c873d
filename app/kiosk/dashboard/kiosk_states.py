"""How the kiosks are: who is out of reach, and whose check-ins have not come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.records.kiosks.checkin_counts import SequenceSpan
from app.records.kiosks.kiosks import Kiosk

OFFLINE_MS = 180_000  # three syncs missed


@dataclass(frozen=True, slots=True)
class KioskState:
    """One kiosk that is not revoked, or has left check-ins behind.

    waiting, refused: check-ins on the tablet, as it last told; missing: sequence numbers that did
    not arrive; last_seen_at: milliseconds.
    """

    id: str
    name: str
    last_seen_at: int
    offline: bool
    revoked: bool
    waiting: int
    refused: int
    missing: int

    @property
    def needs_look(self) -> bool:
        """Whether somebody should go and see."""
        faults = self.waiting or self.refused or self.missing
        return bool((self.offline and not self.revoked) or faults)


def kiosk_states(
    kiosks: Iterable[Kiosk], spans: Mapping[str, SequenceSpan], now: int
) -> list[KioskState]:
    """Return how kiosks are, those that need a look first; now: milliseconds."""
    states = [_state(kiosk, spans.get(kiosk.id), now) for kiosk in kiosks]
    states = [state for state in states if not state.revoked or state.missing]
    return sorted(states, key=lambda state: not state.needs_look)


def _state(kiosk: Kiosk, span: SequenceSpan | None, now: int) -> KioskState:
    revoked = kiosk.revoked_at is not None
    return KioskState(
        id=kiosk.id,
        name=kiosk.name,
        last_seen_at=kiosk.last_seen_at,
        offline=now - kiosk.last_seen_at > OFFLINE_MS,
        revoked=revoked,
        waiting=0 if revoked else int(kiosk.report.get("waiting") or 0),
        refused=int(kiosk.report.get("refused") or 0),
        missing=span.missing if span else 0,
    )
