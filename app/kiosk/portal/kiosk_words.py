"""What pages say of kiosks: where one stands, and what of it wants looking at."""

from dataclasses import dataclass

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from app.portal.formats import number_words, time_left
from app.records.kiosks.kiosks import Kiosk

SILENT_AFTER_SECONDS = 180  # a kiosk syncs once a minute
BATTERY_LOW_PERCENT = 20
CLOCK_OFF_MS = 60_000

SYMPTOM_WORDS: dict[str, LazyString] = {
    "fever": lazy_gettext("Fever"),
    "cough": lazy_gettext("Cough"),
    "breath": lazy_gettext("Short of breath"),
    "throat": lazy_gettext("Sore throat"),
    "taste": lazy_gettext("Lost sense of smell or taste"),
}


@dataclass(frozen=True, slots=True)
class KioskLine:
    """A kiosk as the page lists it; last_seen, enrolled: seconds since 1970."""

    id: str
    name: str
    state: str
    warnings: tuple[str, ...]
    enrolled_at: int
    software: str
    revoked_at: int | None


def kiosk_line(kiosk: Kiosk, now: int) -> KioskLine:
    """Return a kiosk as the page lists it; now: milliseconds since 1970."""
    revoked = kiosk.revoked_at is not None
    return KioskLine(
        id=kiosk.id,
        name=kiosk.name,
        state=_state(kiosk, now),
        warnings=() if revoked else tuple(_warnings(kiosk)),
        enrolled_at=kiosk.enrolled_at // 1_000,
        software=str(kiosk.report.get("software", "")),
        revoked_at=None if kiosk.revoked_at is None else kiosk.revoked_at // 1_000,
    )


def _state(kiosk: Kiosk, now: int) -> str:
    silent = (now - kiosk.last_seen_at) // 1_000
    if kiosk.revoked_at is not None:
        return str(gettext("Revoked."))
    if silent > SILENT_AFTER_SECONDS:
        return str(gettext("No contact for %(time)s.", time=time_left(silent)))
    return str(gettext("In contact."))


def _warnings(kiosk: Kiosk) -> list[str]:
    """Return what a guard or an administrator should look at, each as a sentence."""
    report, found = kiosk.report, []
    waiting, refused = int(report.get("waiting", 0)), int(report.get("refused", 0))
    if waiting:
        number = number_words(waiting)
        found.append(
            ngettext(
                "%(number)s check-in waits to be sent.",
                "%(number)s check-ins wait to be sent.",
                waiting,
                number=number,
            )
        )
    if refused:
        number = number_words(refused)
        found.append(
            ngettext(
                "%(number)s check-in was refused and is kept at the kiosk.",
                "%(number)s check-ins were refused and are kept at the kiosk.",
                refused,
                number=number,
            )
        )
    battery = report.get("battery")
    if battery is not None and battery <= BATTERY_LOW_PERCENT and not report.get("charging"):
        found.append(gettext("Battery at %(percent)s %%: plug it in.", percent=battery))
    offset = report.get("clock_offset_ms")
    if offset is not None and abs(offset) > CLOCK_OFF_MS:
        found.append(gettext("Its clock is wrong: set it to automatic time."))
    return [str(words) for words in found]
