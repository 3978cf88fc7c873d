"""Drawings of the zone that a rule lists somebody for: which one, and the words beside it.

A drawing is put together of a vehicle and a mark, both parts of `answer_pages/zone_parts.html`,
which stands in every answer page. They follow docs/contact-zones.md. Nothing says where the case
sat: a label does not hold it, and the mark always stands in the middle.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask_babel import LazyString, lazy_gettext

from exposure_index.label.model import Mode, Relation

DISTANCES = ("rows", "unit", "seats")
"""Kinds of distances of a rule set, in the order in which ``distance_key`` puts them."""


class Sketch(NamedTuple):
    """The parts of a drawing by name: ids of the page behind ``zone-``, and its marking's words."""

    vehicle: str
    mark: str
    marking: str


@dataclass(frozen=True, slots=True)
class ZonePicture:
    """A drawing in words: of the vehicle, of where the reader was, and of what is marked.

    is_drawn: False where nothing can be drawn, as of a place that investigators found.
    """

    vehicle: str
    mark: str
    vehicle_words: str
    place_words: str
    marking_words: str
    is_drawn: bool


VEHICLE_WORDS: dict[str, LazyString] = {
    "aircraft": lazy_gettext("Drawing of an aircraft cabin from above"),
    "coach": lazy_gettext("Drawing of a coach from above"),
    "train": lazy_gettext("Drawing of three carriages of a train from above"),
    "carriage": lazy_gettext("Drawing of a carriage with seats from above"),
    "bays": lazy_gettext("Drawing of a carriage with compartments from above"),
    "cabins": lazy_gettext("Drawing of the cabins of a ship from above"),
    "car": lazy_gettext("Drawing of a car from above"),
}

_IN_MARKED_PART = lazy_gettext("You were in the marked part")
PLACE_WORDS: dict[str, LazyString] = {
    "row": _IN_MARKED_PART,
    "rows": _IN_MARKED_PART,
    "near": _IN_MARKED_PART,
    "unit": _IN_MARKED_PART,
    "units": _IN_MARKED_PART,
    "cabin": _IN_MARKED_PART,
    "carriage": _IN_MARKED_PART,
    "all": _IN_MARKED_PART,
    "unknown": lazy_gettext("You may have been near the case"),
    "companion": lazy_gettext("You travelled together with the case"),
    "crew": lazy_gettext("You worked in the marked part"),
}
"""Where the reader was, by marking."""

MARKING_WORDS: dict[str, LazyString] = {
    "row": lazy_gettext("Striped: the row of the case."),
    "rows": lazy_gettext("Filled: the row of the case. Striped: the rows near it in the rule."),
    "near": lazy_gettext("Filled: where the case was. Striped: near it. How far, the rule says."),
    "unit": lazy_gettext("Striped: the compartment or bay of the case."),
    "units": lazy_gettext(
        "Filled: the compartment or bay of the case. Striped: those next to it, in the rule."
    ),
    "cabin": lazy_gettext("Striped: the cabin of the case."),
    "carriage": lazy_gettext("Striped: the carriage of the case."),
    "all": lazy_gettext("Striped: everyone aboard."),
    "unknown": lazy_gettext("Striped: where you or the case may have been."),
    "companion": lazy_gettext("The two figures: you and the case, on one booking."),
    "crew": lazy_gettext("Striped: where the case was and you worked."),
}

NOT_DRAWN = Sketch("", "", "")
_MARKS_IN_ROWS = {
    Relation.UNKNOWN: ("anywhere", "unknown"),
    Relation.SAME_ROW: ("row", "row"),
    Relation.NEIGHBOURING: ("near", "near"),
    Relation.SAME_UNIT: ("row", "row"),
    Relation.SAME_CARRIAGE: ("all", "all"),
    Relation.SAME_VEHICLE: ("all", "all"),
    Relation.COMPANION: ("pair", "companion"),
    Relation.CREW: ("crew", "crew"),
}
_ON_A_TRAIN = {
    Relation.UNKNOWN: Sketch("train", "anywhere", "unknown"),
    Relation.SAME_ROW: Sketch("carriage", "row", "row"),
    Relation.NEIGHBOURING: Sketch("carriage", "near", "near"),
    Relation.SAME_UNIT: Sketch("bays", "bay", "unit"),
    Relation.SAME_CARRIAGE: Sketch("train", "middle", "carriage"),
    Relation.SAME_VEHICLE: Sketch("train", "all", "all"),
    Relation.COMPANION: Sketch("train", "pair", "companion"),
    Relation.CREW: Sketch("carriage", "crew", "crew"),
}
_ON_A_SHIP = {
    Relation.UNKNOWN: Sketch("cabins", "anywhere", "unknown"),
    Relation.SAME_ROW: Sketch("cabins", "bay", "cabin"),
    Relation.NEIGHBOURING: Sketch("cabins", "near", "near"),
    Relation.SAME_UNIT: Sketch("cabins", "bay", "cabin"),
    Relation.SAME_CARRIAGE: Sketch("cabins", "bay", "cabin"),
    Relation.SAME_VEHICLE: Sketch("cabins", "all", "all"),
    Relation.COMPANION: Sketch("cabins", "pair", "companion"),
    Relation.CREW: Sketch("cabins", "crew", "crew"),
}


def _in_rows(vehicle: str) -> dict[Relation, Sketch]:
    return {relation: Sketch(vehicle, *mark) for relation, mark in _MARKS_IN_ROWS.items()}


def _in_an_aircraft() -> dict[Relation, Sketch]:
    """Return what is drawn in rows, with marks of the whole cabin that follow its round ends."""
    rounded = {"all": "all-aircraft", "anywhere": "anywhere-aircraft"}
    return {
        relation: sketch._replace(mark=rounded.get(sketch.mark, sketch.mark))
        for relation, sketch in _in_rows("aircraft").items()
    }


def _in_a_car(relation: Relation) -> Sketch:
    mark, marking = _MARKS_IN_ROWS[relation]
    if marking in {"companion", "crew"}:
        return Sketch("car", mark, marking)
    return Sketch("car", "all-car", "unknown" if marking == "unknown" else "all")


SKETCHES: dict[Mode, dict[Relation, Sketch]] = {
    Mode.SETTING: dict.fromkeys(Relation, NOT_DRAWN),
    Mode.FLIGHT: _in_an_aircraft(),
    Mode.TRAIN: _ON_A_TRAIN,
    Mode.METRO: _ON_A_TRAIN,
    Mode.COACH: _in_rows("coach"),
    Mode.BUS: _in_rows("coach"),
    Mode.TAXI: {relation: _in_a_car(relation) for relation in Relation},
    Mode.SHIP: _ON_A_SHIP,
}
"""What is drawn by means of transport and relation."""

ROWS_DRAWN = range(1, 4)
_ROW_VEHICLES = {
    Mode.FLIGHT: "aircraft",
    Mode.COACH: "coach",
    Mode.BUS: "coach",
    Mode.TRAIN: "carriage",
    Mode.METRO: "carriage",
}
_UNIT_VEHICLES = {Mode.TRAIN: "bays", Mode.METRO: "bays", Mode.SHIP: "cabins"}


def distance_key(distances: object) -> str:
    """Return what a rule set's distances for one mode are called in ``NEIGHBOURING_SKETCHES``."""
    known = distances if isinstance(distances, dict) else {}
    return ",".join([str(known.get(kind, "")) for kind in DISTANCES])


def _neighbouring(mode: Mode) -> dict[str, Sketch]:
    sketches = {}
    if mode in _ROW_VEHICLES:
        for kind in ("rows", "seats"):
            for rows in ROWS_DRAWN:
                sketch = Sketch(_ROW_VEHICLES[mode], f"rows-{rows}", "rows")
                sketches[distance_key({kind: rows})] = sketch
    if mode in _UNIT_VEHICLES:
        sketches[distance_key({"unit": 1})] = Sketch(_UNIT_VEHICLES[mode], "bays-1", "units")
    return sketches


NEIGHBOURING_SKETCHES: dict[Mode, dict[str, Sketch]] = {mode: _neighbouring(mode) for mode in Mode}
"""What is drawn for neighbours where the rule set says how far its zone reaches; by its key."""


@dataclass(frozen=True, slots=True)
class ZonePictures:
    """All drawings in one language; by_distance: those of neighbours, by mode and distances."""

    by_relation: Mapping[Mode, Mapping[Relation, ZonePicture]]
    by_distance: Mapping[Mode, Mapping[str, ZonePicture]]

    def picture_of(self, mode: Mode, relation: Relation, rule: object) -> ZonePicture:
        """Return the drawing for a relation under a rule of the manifest: the same work for each.

        rule: the manifest's entry; without distances in it the drawing leaves open how far.
        """
        distances = _table(_table(rule).get("distances")).get(mode.word)
        usual = self.by_relation[mode][relation]
        near = self.by_distance[mode].get(distance_key(distances), usual)
        return (usual, near)[relation is Relation.NEIGHBOURING]


def zone_pictures() -> ZonePictures:
    """Return the drawings in the language of the present request."""
    return ZonePictures(
        {mode: {key: _picture(one) for key, one in SKETCHES[mode].items()} for mode in Mode},
        {
            mode: {key: _picture(one) for key, one in NEIGHBOURING_SKETCHES[mode].items()}
            for mode in Mode
        },
    )


def browser_pictures() -> dict[str, Any]:
    """Return the drawings for a script: names of their parts, and the words of each part."""
    return {
        "distances": list(DISTANCES),
        "by_relation": {
            mode.word: {relation.word: list(one) for relation, one in of_mode.items()}
            for mode, of_mode in SKETCHES.items()
        },
        "by_distance": {
            mode.word: {key: list(one) for key, one in of_mode.items()}
            for mode, of_mode in NEIGHBOURING_SKETCHES.items()
        },
        "vehicle_words": _in_words(VEHICLE_WORDS),
        "place_words": _in_words(PLACE_WORDS),
        "marking_words": _in_words(MARKING_WORDS),
    }


def _picture(sketch: Sketch) -> ZonePicture:
    return ZonePicture(
        sketch.vehicle,
        sketch.mark,
        str(VEHICLE_WORDS.get(sketch.vehicle, "")),
        str(PLACE_WORDS.get(sketch.marking, "")),
        str(MARKING_WORDS.get(sketch.marking, "")),
        is_drawn=sketch != NOT_DRAWN,
    )


def _in_words(texts: Mapping[str, LazyString]) -> dict[str, str]:
    return {name: str(words) for name, words in texts.items()}


def _table(value: object) -> dict[str, Any]:
    """Return a table of a manifest, empty where it has another shape: the same work either way."""
    return value if isinstance(value, dict) else {}
