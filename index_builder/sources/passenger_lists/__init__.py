"""Passenger name lists of airlines (IATA PNL, ADL, PFS) as rows of the table legs."""
