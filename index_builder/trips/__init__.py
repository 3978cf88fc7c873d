"""Trips on one footing: services, runs, stops, carriages and positions, from text as written."""
