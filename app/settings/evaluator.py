"""Who holds the keys of the private check."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field


class EvaluatorSettings(BaseModel):
    """Who holds the keys of the private check."""

    evaluator: Literal["embedded", "process"] = Field(
        "embedded",
        description="Who holds the keys private_<no> and evaluates private checks: each web worker "
        "(embedded), or a process of its own (process), which `gauge serve` starts and keeps "
        "running.",
    )
    evaluator_socket: Path | None = Field(
        None,
        description="Unix socket of a `gauge evaluator` that runs apart, best as another user; the "
        "service then refuses to start where it can read a private key itself. Only with "
        "GAUGE_EVALUATOR=process.",
    )
    evaluator_workers: int = Field(
        0,
        ge=0,
        le=256,
        description="Processes of the evaluator; 0: one for each processor.",
    )
