"""The trip list: from the table `notices` and the numbers of passenger lists to `trips.idx`.

Never from the trips of cases: one that nobody has published must not show here.
"""
