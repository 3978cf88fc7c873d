"""The columns in which a label leaves the engine and reaches the workers that seal it."""

from exposure_index.label.codec import EXPOSURES_MAX

EXPOSURE_PARTS = ("mode", "tier", "rule", "relation", "day", "until", "carriage", "trip")
"""What a label says of one trip; day, until: days since 2019-01-01, until null where none is."""
LABEL_COLUMNS = (
    "total",
    *(f"{part}_{place}" for place in range(EXPOSURES_MAX) for part in EXPOSURE_PARTS),
)
"""What a label says of one person, as flat columns."""
