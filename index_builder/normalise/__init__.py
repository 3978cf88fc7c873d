"""Normalises the text of one cell into canonical values, with no knowledge of tables.

Every function is pure and is called once for each distinct value of a column; the tables then
join the result back. None raises on any text, except the two layout readers, whose error names
the fault and never the cell.
"""

from exposure_index.trip_text.dates import date
from exposure_index.trip_text.modes import mode
from exposure_index.trip_text.service_numbers import numbers
from index_builder.normalise.carriages import carriages
from index_builder.normalise.layout_ranges import LayoutFault, columns_of, rows_of, units_of
from index_builder.normalise.place_record import Places, SeatPosition
from index_builder.normalise.seat_positions import seats
from index_builder.normalise.stations import station
from index_builder.normalise.times import clock, is_day_or_moment, moment

__all__ = [
    "LayoutFault",
    "Places",
    "SeatPosition",
    "carriages",
    "clock",
    "columns_of",
    "date",
    "is_day_or_moment",
    "mode",
    "moment",
    "numbers",
    "rows_of",
    "seats",
    "station",
    "units_of",
]
