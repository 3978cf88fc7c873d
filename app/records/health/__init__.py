"""Health data of organisations: the daily log, alarms, who looked at them, how long all stays."""
