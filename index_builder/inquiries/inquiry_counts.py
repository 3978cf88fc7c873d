"""Counts of inquiries by kind, department, state and age, as a report gives them."""

from dataclasses import dataclass

AGE_CLASSES = ((1, "0-1"), (3, "2-3"), (7, "4-7"))
"""(days up to which, name of the class); whatever is older is OLDEST."""
OLDEST = "8+"


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


def age_class(days: int) -> str:
    """Return the class of an age in days."""
    return next((name for most, name in AGE_CLASSES if days <= most), OLDEST)
