"""Why a check-in or a reading calls the officer."""

from collections.abc import Sequence
from typing import Any

FEVER = "fever"
EXPOSURE = "exposure"
SYMPTOMS = "symptoms"
ALARM_REASONS = (FEVER, EXPOSURE, SYMPTOMS)


def checkin_reasons(content: dict[str, Any], fever_celsius: float) -> tuple[str, ...]:
    """Return why a check-in calls the officer, in the order of ALARM_REASONS; () where it does not.

    What the kiosk decided counts, and what it measured by the organisation's own bound: a terminal
    with older settings hides no fever.
    """
    named = {*content.get("reasons", ())}
    named |= {*measured_reasons(last_celsius(content), content.get("symptoms", ()), fever_celsius)}
    return tuple(reason for reason in ALARM_REASONS if reason in named)


def measured_reasons(
    celsius: float | None, symptoms: Sequence[str], fever_celsius: float
) -> tuple[str, ...]:
    """Return why a temperature and symptoms call the officer."""
    fever = celsius is not None and celsius > fever_celsius
    return (*((FEVER,) if fever else ()), *((SYMPTOMS,) if symptoms else ()))


def last_celsius(content: dict[str, Any]) -> float | None:
    """Return the temperature that counts: a second reading stands for the first."""
    readings = content.get("temperatures", ())
    return float(readings[-1]["celsius"]) if readings else None
