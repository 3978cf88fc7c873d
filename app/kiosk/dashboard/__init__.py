"""The health officer's pages: today's numbers, alarms, single people with a reason, exports."""
