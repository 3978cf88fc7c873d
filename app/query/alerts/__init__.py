"""Trip alerts: told by text message when a case on a trip is published."""
