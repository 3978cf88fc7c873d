"""Kiosks of organisations: settings, enrolments, check-ins, roster and its decision table."""
