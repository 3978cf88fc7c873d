"""Published trips: from the table `notices` and the manifests' numbers to `trips.idx`.

Never from the trips of cases: one that nobody has published must not show here.
"""
