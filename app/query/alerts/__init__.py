"""Trip alerts: a text message when a case on a trip is published."""
