"""Settings of an organisation's kiosks: thresholds, questions, what a kiosk may see.

Sources of the usual values: docs/kiosks.md. Above ``fever_celsius`` is a fever, itself is none.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from app.organisations.audit import Event, OrganisationEntry, append_event
from app.records.database import Records
from app.records.kiosks.settings import put_settings, stored_settings

Symptom = Literal["fever", "cough", "breath", "throat", "taste"]
SYMPTOMS: tuple[Symptom, ...] = ("fever", "cough", "breath", "throat", "taste")


class KioskSettings(BaseModel):
    """What every kiosk of one organisation is told at each sync."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    exposure: bool = Field(
        True, description="Whether kiosks may see exposures; else temperature alone decides."
    )
    fever_celsius: float = Field(37.3, ge=36.5, le=39.0, description="Above it is a fever.")
    low_celsius: float = Field(
        35.0, ge=30.0, le=36.0, description="Below it a person warms up and is measured again."
    )
    unit: Literal["C", "F"] = "C"
    second_reading: bool = Field(True, description="Measure again before a fever is believed.")
    symptoms: tuple[Symptom, ...] = Field(SYMPTOMS, description="Which are asked, in order.")
    symptoms_at_entry: bool = Field(
        False, description="Whether they are asked at the door too; else in daily reports alone."
    )
    idle_seconds: int = Field(8, ge=3, le=60, description="After them the last person is wiped.")
    direction: Literal["in", "both"] = "in"
    retention_days: int = Field(14, ge=1, le=90, description="Days for which check-ins are kept.")
    sound: bool = True

    @field_validator("fever_celsius", "low_celsius")
    @classmethod
    def _tenths(cls, celsius: float) -> float:
        """Round to what thermometers tell, so that one value has one form."""
        return round(celsius, 1)

    @field_validator("symptoms")
    @classmethod
    def _each_once(cls, symptoms: tuple[Symptom, ...]) -> tuple[Symptom, ...]:
        """Keep the usual order."""
        return tuple(symptom for symptom in SYMPTOMS if symptom in symptoms)


def settings_of(records: Records, organisation: int) -> KioskSettings:
    """Return the settings of an organisation's kiosks. Raises RecordsUnavailable."""
    with records.reading() as connection:
        stored = stored_settings(connection, records.cipher, organisation)
    return KioskSettings.model_validate(stored)


def change_settings(
    records: Records, organisation: int, settings: KioskSettings, actor: str, now: int
) -> None:
    """Keep new settings; kiosks learn of them at their next sync. now: milliseconds."""
    with records.writing() as connection:
        put_settings(connection, records.cipher, organisation, settings.model_dump())
        entry = OrganisationEntry(organisation, actor, Event.KIOSK_SETTINGS_CHANGED)
        append_event(connection, records.cipher, entry, now // 1_000)
