"""Today's numbers: who came and went, who is still in, who was not let in."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from app.kiosk.alarms.reasons import FEVER
from app.kiosk.dashboard.counted_checkins import ENTRY, NOT_CHECKED, WAIT, CountedCheckin
from app.kiosk.dashboard.presence import ASSUMED_MS
from app.records.health.alarms import Alarm

Entry = tuple[str, str]  # kiosk and id of a check-in


@dataclass(frozen=True, slots=True)
class DayNumbers:
    """People, each once, but for overrides, not_checked, nameless and mistakes: check-ins.

    still_in: None where kiosks record nobody who leaves; waiting: not let in, and neither let in
    later nor seen to by the officer.
    """

    came_in: int
    went_out: int
    still_in: int | None
    fevers: int
    waiting: int
    overrides: int
    not_checked: int
    nameless: int
    mistakes: int
    unconfirmed: int


@dataclass(frozen=True, slots=True)
class DayState:
    """What stands beside the check-ins: since when today is, and the alarms that it raised."""

    begin: int
    now: int
    records_leaving: bool
    alarms: Sequence[Alarm]
    mistakes: int
    unconfirmed: int

    @property
    def fevers(self) -> set[Entry]:
        """Which check-ins and readings are fevers."""
        return {(one.kiosk, one.entry) for one in self.alarms if FEVER in one.reasons}

    @property
    def resolved(self) -> set[Entry]:
        """Which check-ins and readings the officer has seen to."""
        return {(one.kiosk, one.entry) for one in self.alarms if one.resolved_at is not None}


def day_numbers(counted: Iterable[CountedCheckin], state: DayState) -> DayNumbers:
    """Return the numbers of today; counted: in order, of the assumed hours before it too."""
    everything, fevers = list(counted), state.fevers
    today = [each for each in everything if each.made_at >= state.begin]
    return DayNumbers(
        came_in=_people(each for each in today if each.entered),
        went_out=_people(each for each in today if each.left),
        still_in=_still_in(everything, state.now) if state.records_leaving else None,
        fevers=_people(each for each in today if (each.kiosk, each.id) in fevers)
        + sum(not kiosk for kiosk, _ in fevers),
        waiting=_waiting(today, state.resolved),
        overrides=sum(each.overridden for each in today),
        not_checked=sum(each.kiosk_word == NOT_CHECKED for each in today),
        nameless=sum(not each.person for each in today),
        mistakes=state.mistakes,
        unconfirmed=state.unconfirmed,
    )


def _people(counted: Iterable[CountedCheckin]) -> int:
    """Return how many people check-ins are of; each without a name is somebody of their own."""
    return len({each.person or f"{each.kiosk}/{each.id}" for each in counted})


def _still_in(counted: Iterable[CountedCheckin], now: int) -> int:
    latest: dict[str, CountedCheckin] = {}
    for each in counted:
        if each.person and (each.entered or each.left):
            latest[each.person] = each
    return sum(each.entered and each.made_at > now - ASSUMED_MS for each in latest.values())


def _waiting(counted: Iterable[CountedCheckin], resolved: Collection[Entry]) -> int:
    latest: dict[str, CountedCheckin] = {}
    for each in counted:
        if each.purpose == ENTRY:
            latest[each.person or f"{each.kiosk}/{each.id}"] = each
    stand = (each for each in latest.values() if each.stands_at_door and each.word == WAIT)
    return sum((each.kiosk, each.id) not in resolved for each in stand)
