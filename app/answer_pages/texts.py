"""Texts that a citizen reads: of document kinds, modes, tiers, relations, rule sets, faults."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import LazyString, gettext, lazy_gettext

from exposure_index.identity.parsing import FieldFault
from exposure_index.label.model import Mode, Relation, Tier

ID_TYPE_WORDS: dict[str, LazyString] = {
    "resident": lazy_gettext("Resident identity card"),
    "passport": lazy_gettext("Passport"),
    "hk_mo_permit": lazy_gettext("Travel permit for Hong Kong and Macao residents"),
    "tw_permit": lazy_gettext("Travel permit for Taiwan residents"),
    "foreign_pr": lazy_gettext("Permanent residence card for foreigners"),
    "other": lazy_gettext("Another document"),
}

MODE_WORDS: dict[Mode, LazyString] = {
    Mode.SETTING: lazy_gettext("Contact found by investigators"),
    Mode.FLIGHT: lazy_gettext("Flight"),
    Mode.TRAIN: lazy_gettext("Train"),
    Mode.METRO: lazy_gettext("Metro"),
    Mode.COACH: lazy_gettext("Coach"),
    Mode.BUS: lazy_gettext("Bus"),
    Mode.TAXI: lazy_gettext("Taxi"),
    Mode.SHIP: lazy_gettext("Ship"),
}

DISEASE_WORDS: dict[str, LazyString] = {
    "covid-19": lazy_gettext("COVID-19"),
    "tuberculosis": lazy_gettext("tuberculosis"),
    "measles": lazy_gettext("measles"),
    "rubella": lazy_gettext("rubella"),
    "influenza": lazy_gettext("influenza"),
    "sars": lazy_gettext("SARS"),
    "mers": lazy_gettext("MERS"),
    "meningococcal-disease": lazy_gettext("meningococcal disease"),
    "ebola": lazy_gettext("Ebola"),
    "lassa": lazy_gettext("Lassa fever"),
    "mpox": lazy_gettext("mpox"),
    "diphtheria": lazy_gettext("diphtheria"),
    "pertussis": lazy_gettext("whooping cough"),
    "plague": lazy_gettext("plague"),
    "cholera": lazy_gettext("cholera"),
}
"""Words for the names that a manifest gives to diseases; others are shown as they are."""

TIER_WORDS: dict[Tier, LazyString] = {
    Tier.NONE: lazy_gettext("Test record of this service: nobody is meant"),
    Tier.CLOSE: lazy_gettext("Close contact"),
    Tier.GENERAL: lazy_gettext("General contact"),
}

RELATION_WORDS: dict[Relation, LazyString] = {
    Relation.UNKNOWN: lazy_gettext("Your seat, or the case’s, is not known"),
    Relation.SAME_ROW: lazy_gettext("You sat in the same row as the case"),
    Relation.NEIGHBOURING: lazy_gettext("You sat in a row or compartment near the case"),
    Relation.SAME_UNIT: lazy_gettext("You were in the same compartment, bay or cabin as the case"),
    Relation.SAME_CARRIAGE: lazy_gettext("You were in the same carriage as the case"),
    Relation.SAME_VEHICLE: lazy_gettext("You were on the same flight, train or bus as the case"),
    Relation.COMPANION: lazy_gettext("You travelled on the same booking as the case"),
    Relation.CREW: lazy_gettext("You worked where the case sat"),
}

NEIGHBOURING_WORDS: dict[str, LazyString] = {
    "rows-1": lazy_gettext("You sat in the row in front of or behind the case"),
    "rows-2": lazy_gettext("You sat within two rows of the case, in front or behind"),
    "rows-3": lazy_gettext("You sat within three rows of the case, in front or behind"),
    "bays-1": lazy_gettext("You were in the compartment, bay or cabin next to the case’s"),
}
"""How near a neighbour sat, by the mark drawn where the rule set says how far it reaches."""

BETWEEN_DISEASES = lazy_gettext(", ")
PASSENGER_LISTS = lazy_gettext("Passenger lists")
ANOTHER_AUTHORITY = lazy_gettext("Another health authority")

_NAME_FAULTS: tuple[tuple[str, LazyString], ...] = (
    ("missing", lazy_gettext("Enter the name on the document")),
    ("empty", lazy_gettext("The name must contain letters or Chinese characters")),
    ("too_long", lazy_gettext("The name is too long")),
    (
        "filler",
        lazy_gettext(
            "This is no name, or part of it is left out. Enter the whole name as on the document"
        ),
    ),
    (
        "looks_like_document",
        lazy_gettext("This looks like a document number. Enter the name here"),
    ),
    (
        "han_name_needed",
        lazy_gettext("Enter the name in Chinese characters, as on the resident identity card"),
    ),
    (
        "latin_name_needed",
        lazy_gettext("Enter the name in Latin letters (A to Z), as on the document"),
    ),
    (
        "too_many_names",
        lazy_gettext("Enter two names of this document at most; check a third one by itself"),
    ),
    (
        "brackets",
        lazy_gettext(
            "Leave out the brackets and what stands in them. Check a former name by itself"
        ),
    ),
    ("digits", lazy_gettext("A name has no digits. Enter the name alone")),
    (
        "repetition",
        lazy_gettext("The name stands here more than once. Enter it once, as on the document"),
    ),
    ("several", lazy_gettext("Enter one person’s name. Check others by themselves")),
    (
        "aside",
        lazy_gettext(
            "Leave out titles and other words beside the name. Enter the name as on the document"
        ),
    ),
    ("surname_only", lazy_gettext("Enter the whole name, not the family name alone")),
    ("initials", lazy_gettext("Write every name out, without initials")),
    ("single_word", lazy_gettext("Enter both the family name and the given names")),
    (
        "unsure",
        lazy_gettext(
            "This name holds a character that your browser may read otherwise than the service. "
            "Let the service check instead"
        ),
    ),
)
FIELD_FAULTS: dict[tuple[str, str], LazyString] = {
    ("id_type", "missing"): lazy_gettext("Choose the kind of document"),
    ("id_type", "unknown_type"): lazy_gettext("Choose the kind of document"),
    ("id_number", "missing"): lazy_gettext("Enter the document number"),
    ("id_number", "empty"): lazy_gettext(
        "The document number must contain digits or the letters A to Z"
    ),
    ("id_number", "looks_like_name"): lazy_gettext(
        "This looks like a name. Enter the document number here"
    ),
    ("id_number", "no_digit"): lazy_gettext(
        "A document number contains at least one digit. Compare it with the document"
    ),
    ("id_number", "too_short"): lazy_gettext(
        "The document number is too short: it has 4 characters or more. Compare it with the "
        "document"
    ),
    ("id_number", "too_long"): lazy_gettext("The document number is too long"),
    ("id_number", "length"): lazy_gettext(
        "A resident identity card number has 18 digits, the last of which may be an X, older ones "
        "15. Compare it with the card, or choose another kind of document"
    ),
    ("id_number", "check_digit"): lazy_gettext(
        "This number has a mistake: its last character does not fit the others. Compare it with "
        "the card"
    ),
    ("id_number", "several_numbers"): lazy_gettext(
        "This is more than one document number, or longer than any. Enter only the one used for "
        "the trip, without dates; check the other by itself. If it is right, choose "
        "“Another document”"
    ),
    ("id_number", "words"): lazy_gettext(
        "Enter the number alone, without words such as “No.” or a country code. If it is right, "
        "choose “Another document”"
    ),
    ("id_number", "letter_for_digit"): lazy_gettext(
        "This number holds a letter O or I where documents have the digit 0 or 1. Compare it with "
        "the document. If it is right, choose the kind of document"
    ),
    ("id_number", "unsure"): lazy_gettext(
        "This number holds a character that your browser may read otherwise than the service. "
        "Type it again"
    ),
}
FIELD_FAULTS.update(
    ((field, reason), words) for field in ("name", "name_latin") for reason, words in _NAME_FAULTS
)


def fault_words(field: str, fault: FieldFault) -> LazyString:
    """Return the message for a field that cannot be used; it may name one character, escaped.

    Of what was sent it repeats nothing else.
    """
    if (field, fault.reason) == ("id_number", "character"):
        return character_words(fault.character or "")
    words = FIELD_FAULTS.get((field, fault.reason))
    return words or lazy_gettext("Compare this with the document")


def browser_fault_words() -> dict[str, str]:
    """Return the messages of all faults for a script, by "field reason"; "" is of any other.

    ``{character}`` stands where the script puts the character that was refused.
    """
    words = {f"{field} {reason}": str(text) for (field, reason), text in FIELD_FAULTS.items()}
    words["id_number character"] = str(character_words("{character}"))
    return {**words, "": str(fault_words("", FieldFault("")))}


def character_words(character: str) -> LazyString:
    """Return the message for a character that no document number holds."""
    return lazy_gettext(
        "A document number cannot contain “%(character)s”, only digits and the letters A to Z",
        character=character,
    )


def mode_words(word: str) -> LazyString | str:
    """Return the words of a mode given as in a manifest; the mode itself where it is not known."""
    try:
        return MODE_WORDS[Mode[word.upper()]]
    except KeyError:
        return word


def disease_list(names: Iterable[str]) -> str:
    """Return the words of diseases given as in a manifest, in one line; "" of none."""
    words = [str(DISEASE_WORDS.get(name, name)) for name in names]
    return str(BETWEEN_DISEASES).join(words) if words else ""


def rule_words(rule: object, mode: Mode, language: str) -> str:
    """Return a rule set's plain words for one mode, in the language, else English, else ""."""
    by_language = _table(_table(_table(rule).get("words")).get(mode.word))
    in_language, in_english = by_language.get(language), by_language.get("en")
    return str(in_language or in_english or "")


def source_words(rule: object, language: str) -> str:
    """Return where a rule set is taken from, in the language where the manifest has it, or ""."""
    fields = _table(rule)
    in_language, source, title = (
        _table(fields.get("source_words")).get(language),
        fields.get("source"),
        fields.get("title"),
    )
    return str(in_language or source or title or "")


def advice_steps(rule: object, tier: Tier, language: str) -> tuple[str, ...]:
    """Return the advice of a rule set for a tier, () where the manifest does not say."""
    by_language = _table(_table(_table(rule).get("advice")).get(tier.word))
    in_language, in_english = by_language.get(language), by_language.get("en")
    steps = in_language or in_english
    return tuple(map(str, steps if isinstance(steps, list) else ()))


def _table(value: object) -> dict[str, Any]:
    """Return a table of a manifest, empty where it has another shape: the same work either way."""
    return value if isinstance(value, dict) else {}


def unusable_phone_words(countries: Sequence[str]) -> str:
    """Return the message for a telephone out of reach; countries: country codes within reach."""
    codes = ", ".join(f"+{code}" for code in countries)
    words = gettext(
        "Enter a mobile number that can receive text messages. Country codes that can: %(codes)s",
        codes=codes,
    )
    return str(words)
