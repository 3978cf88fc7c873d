"""How long records are kept, and how many a network may make."""

from pydantic import BaseModel, Field


class RecordSettings(BaseModel):
    """How long records are kept, and how many a network may make."""

    corrections_days: int = Field(
        90,
        ge=1,
        le=3_650,
        description="Days for which a correction request is kept after it was received.",
    )
    network_corrections: int = Field(
        60, ge=1, description="Correction requests admitted per network and day."
    )
    corrections_everywhere: int = Field(
        10_000,
        ge=1,
        description="Correction requests admitted per day from everywhere; each takes 8 KiB.",
    )
