"""One person's check-ins and temperatures, with the curve of the temperatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import Connection

from app.kiosk.alarms.reasons import last_celsius
from app.kiosk.dashboard.subjects import Subject
from app.kiosk.health_words import DIRECTION_WORDS, WORD_WORDS, reason_list, symptom_list
from app.records.encrypted_fields import FieldCipher
from app.records.health.readings import HealthReading, readings_of
from app.records.kiosks.checkins import StoredCheckin, checkins_of

WIDTH, HEIGHT = 1_000, 200
LOWEST_CELSIUS, HIGHEST_CELSIUS = 35.0, 41.0


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One check-in or reading; at: milliseconds; mistake: it was taken back."""

    at: int
    place: str
    direction: str
    celsius: float | None
    symptoms: str
    word: str
    reasons: str
    override: str
    mistake: bool


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A temperature and where it stands in a picture WIDTH × HEIGHT; y grows downwards."""

    at: int
    celsius: float
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Curve:
    """Temperatures in the order of time; bound: at which height the bound of fever stands."""

    points: tuple[CurvePoint, ...]
    bound: int

    @property
    def path(self) -> str:
        """The line from point to point, as SVG writes it."""
        return " ".join(f"{point.x},{point.y}" for point in self.points)


def temperature_curve(rows: Sequence[RecordRow], fever_celsius: float) -> Curve:
    """Return the curve of what was measured and not taken back; rows: in the order of time."""
    measured = [
        (row.at, row.celsius) for row in rows if row.celsius is not None and not row.mistake
    ]
    first = measured[0][0] if measured else 0
    span = max(1, measured[-1][0] - first) if measured else 1
    points = tuple(
        CurvePoint(at, celsius, (at - first) * WIDTH // span, _height(celsius))
        for at, celsius in measured
    )
    return Curve(points, _height(fever_celsius))


def record_rows(
    connection: Connection,
    cipher: FieldCipher,
    organisation: int,
    subject: Subject,
    kiosks: Mapping[str, str],
) -> list[RecordRow]:
    """Return everything that is kept of a person, the earliest first; kiosks: names by ids."""
    rows = []
    if subject.person is not None:
        checkins = list(checkins_of(connection, cipher, organisation, subject.person))
        undone = {(each.kiosk, each.content.get("undoes")) for each in checkins}
        rows += [
            _of_checkin(each, kiosks, mistake=(each.kiosk, each.id) in undone)
            for each in checkins
            if not each.content.get("undoes")
        ]
    ids = [one.id for one in subject.observations]
    rows += [_of_reading(one) for one in readings_of(connection, cipher, organisation, ids)]
    return sorted(rows, key=lambda row: row.at)


def _height(celsius: float) -> int:
    share = (HIGHEST_CELSIUS - celsius) / (HIGHEST_CELSIUS - LOWEST_CELSIUS)
    return round(min(1.0, max(0.0, share)) * HEIGHT)


def _of_checkin(checkin: StoredCheckin, kiosks: Mapping[str, str], *, mistake: bool) -> RecordRow:
    content, override = checkin.content, checkin.content.get("override")
    is_log = content.get("purpose") == "log"
    return RecordRow(
        at=checkin.made_at,
        place=kiosks.get(checkin.kiosk, ""),
        direction=str(gettext("daily log") if is_log else DIRECTION_WORDS[checkin.direction]),
        celsius=last_celsius(content),
        symptoms=symptom_list(content.get("symptoms", ())),
        word=str(WORD_WORDS.get(checkin.word, checkin.word)),
        reasons=reason_list(content.get("reasons", ())),
        override=f"{WORD_WORDS.get(override['word'])}: {override['reason']}" if override else "",
        mistake=mistake,
    )


def _of_reading(reading: HealthReading) -> RecordRow:
    return RecordRow(
        at=reading.taken_at,
        place=str(gettext("personal link")),
        direction=str(gettext("daily log")),
        celsius=reading.celsius,
        symptoms=symptom_list(reading.symptoms),
        word="",
        reasons="",
        override="",
        mistake=False,
    )
