"""A temperature as people type it: full-width digits, a comma, ℃ or ℉; read whole or not at all."""

import re
import unicodedata

LOWEST_CELSIUS = 34.0
HIGHEST_CELSIUS = 43.0
TEXT_MAX_CHARACTERS = 20
NUMBER = re.compile(r"(\d{2,3}(?:[.,·。]\d{1,2})?)\s*(?:°|度|º)?\s*([CFcf])?", re.ASCII)


class TemperatureRefused(ValueError):
    """A text that is no temperature of a person; code: missing, unreadable, implausible, unit."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def parse_temperature(text: str, unit: str) -> float:
    """Return degrees Celsius; unit: C or F, unless the text says one.

    Raises TemperatureRefused: ``unit`` where the number would fit the other unit.
    """
    folded = unicodedata.normalize("NFKC", text).strip()
    if not folded:
        raise TemperatureRefused("missing")
    match = NUMBER.fullmatch(folded) if len(folded) <= TEXT_MAX_CHARACTERS else None
    if match is None:
        raise TemperatureRefused("unreadable")
    number = float(re.sub("[,·。]", ".", match[1]))
    said = (match[2] or unit).upper()
    celsius = to_celsius(number, said)
    if not _is_plausible(celsius):
        other = to_celsius(number, "F" if said == "C" else "C")
        raise TemperatureRefused("unit" if _is_plausible(other) else "implausible")
    return celsius


def to_celsius(number: float, unit: str) -> float:
    """Return a temperature in degrees Celsius, to a hundredth; unit: C or F.

    Not to a tenth: 99.2 °F, which is above 37.3 °C, would no longer be.
    """
    return round((number - 32) * 5 / 9, 2) if unit == "F" else number


def in_unit(celsius: float, unit: str) -> float:
    """Return a temperature in a unit, C or F, to a tenth."""
    return round(celsius * 9 / 5 + 32, 1) if unit == "F" else round(celsius, 1)


def _is_plausible(celsius: float) -> bool:
    return LOWEST_CELSIUS <= celsius <= HIGHEST_CELSIUS
