"""The canary: a record that every build holds, under a number that can belong to nobody."""

from datetime import datetime

from exposure_index.identity.canonical import Identity
from exposure_index.identity.document import canonical_document
from exposure_index.identity.name import canonical_name
from exposure_index.label.codec import CANARY_TRIP
from exposure_index.label.model import Exposure, Label, Mode, Relation, Tier


def canary_identity(build_id: str) -> Identity:
    """Return the identity that every build holds, so that the lookup itself can be tried."""
    return Identity(canonical_document(f"GAUGECANARY{build_id}"), canonical_name(CANARY_TRIP))


def canary_label(built_at: datetime) -> Label:
    """Return what the canary's two entries tell: no exposure of anyone."""
    mark = Exposure(Mode.SETTING, Tier.NONE, 0, Relation.UNKNOWN, built_at.date(), 0, CANARY_TRIP)
    return Label.of([mark])
