"""Reasons to reject a row of a notices file: a fixed list, so that no text repeats a cell."""

from __future__ import annotations

from types import MappingProxyType

NOT_A_TRIP = "not_a_trip"
NOT_A_TRIP = "not_a_trip"
REASONS = MappingProxyType(
    {
        "damaged_bytes": "The row holds bytes that are no text in the file's encoding.",
        "cell_too_long": "A cell is longer than any notice; a quotation mark may be missing.",
        "too_many_cells": "The row has more cells than the heading row; a comma may be unquoted.",
        "quotation_open": "A quotation mark of the row does not close, or closes in another row.",
        "above_headings": "The row stands above the heading row, and may be one of the table.",
        "cells_merged": "Cells of the row are merged across columns.",
        "digits_lost": "A number of the row has lost its last digits in the spreadsheet.",
        "mode_missing": "Neither the row nor its number says which means of transport it was.",
        "mode_unknown": "The means of transport is none of the seven known ones, or several.",
        NOT_A_TRIP: "The row names a place, and no means of transport; it counts for no limit.",
        "several_trips": "The row names two services in two columns; give each a row.",
        "dates_differ": "Two columns date the trip, and not alike.",
        "number_unknown": "The notice does not say which service or vehicle it was: no number, or "
        "a flight's without airline or not understood as a whole.",
        "date_missing": "The row has no date.",
        "date_unreadable": "The date is not possible or in no known form (use YYYY-MM-DD).",
        "year_missing": "The date has no year; say when the notice was published "
        "(--published DATE, or a column 发布日期).",
        "date_after_publication": "Month and day fit no day of the half year before publication.",
        "several_days": "The row names several days; give each day a row of its own.",
        "date_ambiguous": "Day and month cannot be told apart in this file (use YYYY-MM-DD).",
    }
)


class RowRejected(Exception):
    """One row that cannot be used; carries the column and a code of REASONS."""

    def __init__(self, column: str, code: str) -> None:
        """column: the heading, from the table of known ones; code: a key of REASONS."""
        super().__init__(code)
        self.column = column
        self.code = code

    @property
    def sentence(self) -> str:
        """The code and its plain sentence, as written to the list of rejects."""
        return f"{self.code}: {REASONS[self.code]}"
