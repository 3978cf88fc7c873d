"""Workplace terminals: enrolment, check-ins, dashboard."""
