"""Exposures: who shared a vehicle with a case, by which zone of which rule set."""
