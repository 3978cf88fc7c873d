"""Inquiries by kind, department, state and age: what a report may tell of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InquiryCount:
    """How many inquiries share kind, department, state (open, exported, answered, closed), age.

    age: days since the question was first asked, as a class: "0-1", "2-3", "4-7", "8+"; of a
    closed one, how long it took.
    """

    kind: str
    department: str
    state: str
    age: str
    inquiries: int


@dataclass(frozen=True, slots=True)
class InquiryCounts:
    """Every count that is not zero, in order of kind, department, state and age."""

    rows: tuple[InquiryCount, ...]
