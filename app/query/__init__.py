"""Citizens: checks, trips, trip alerts and corrections, without an account."""
