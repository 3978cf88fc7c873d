"""Trips: scheduled services, runs, stops, carriages and positions, read from text as written."""
