"""Alarms as the dashboard lists them: who, where, why. The reason stands nowhere else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import Connection

from app.kiosk.alarms.reasons import last_celsius
from app.kiosk.dashboard.person_names import PersonNames
from app.kiosk.dashboard.subjects import checkin_handle, observation_handle
from app.kiosk.health_words import reason_list, symptom_list
from app.records.encrypted_fields import FieldCipher
from app.records.health.alarms import Alarm
from app.records.health.observations import Observation, observations_of
from app.records.health.readings import HealthReading, readings_of_ids
from app.records.kiosks.checkins import StoredCheckin, checkins_of_ids


@dataclass(frozen=True, slots=True)
class AlarmLine:
    """One alarm as a page shows it; handle: of the person, "" where nobody was named.

    override: the guard's reason where they let the person in all the same; unsure: the clock of the
    kiosk was not to be trusted; unconfirmed: the kiosk was revoked afterwards.
    """

    alarm: Alarm
    name: str
    detail: str
    place: str
    reasons: str
    celsius: float | None
    symptoms: str
    override: str | None
    unsure: bool
    unconfirmed: bool
    handle: str


class AlarmLines:
    """Puts alarms of one organisation into words; kiosks: the name of each by its id."""

    def __init__(
        self,
        connection: Connection,
        cipher: FieldCipher,
        organisation: int,
        kiosks: Mapping[str, str],
    ) -> None:
        self._connection = connection
        self._cipher = cipher
        self._organisation = organisation
        self._kiosks = kiosks
        self._names = PersonNames(connection, cipher, organisation)

    def lines(self, alarms: Sequence[Alarm]) -> list[AlarmLine]:
        """Return a line for each alarm whose check-in or reading is still there."""
        at_kiosks = [(alarm.kiosk, alarm.entry) for alarm in alarms if alarm.kiosk]
        scope = (self._connection, self._cipher, self._organisation)
        checkins = {(one.kiosk, one.id): one for one in checkins_of_ids(*scope, at_kiosks)}
        by_links = [alarm.entry for alarm in alarms if not alarm.kiosk]
        readings = {one.id: one for one in readings_of_ids(*scope, by_links)} if by_links else {}
        observed = {one.id: one for one in observations_of(*scope)} if readings else {}
        lines = []
        for alarm in alarms:
            if checkin := checkins.get((alarm.kiosk, alarm.entry)):
                lines.append(self._of_checkin(alarm, checkin))
            elif reading := readings.get(alarm.entry):
                lines.append(_of_reading(alarm, reading, observed.get(reading.observation)))
        return lines

    def _of_checkin(self, alarm: Alarm, checkin: StoredCheckin) -> AlarmLine:
        content = checkin.content
        person = self._names.of_content(content)
        override = content.get("override")
        return AlarmLine(
            alarm=alarm,
            name=person.name,
            detail=person.detail,
            place=self._kiosks.get(checkin.kiosk, ""),
            reasons=reason_list(alarm.reasons),
            celsius=last_celsius(content),
            symptoms=symptom_list(content.get("symptoms", ())),
            override=override["reason"] if override and override["word"] == "come_in" else None,
            unsure=content.get("clock") == "unsure",
            unconfirmed=checkin.unconfirmed,
            handle=checkin_handle(checkin) if checkin.person else "",
        )


def _of_reading(alarm: Alarm, reading: HealthReading, observation: Observation | None) -> AlarmLine:
    return AlarmLine(
        alarm=alarm,
        name=observation.name if observation else str(gettext("Observation deleted")),
        detail=str(gettext("in observation")),
        place=str(gettext("personal link")),
        reasons=reason_list(alarm.reasons),
        celsius=reading.celsius,
        symptoms=symptom_list(reading.symptoms),
        override=None,
        unsure=False,
        unconfirmed=False,
        handle=observation_handle(observation.id) if observation else "",
    )
