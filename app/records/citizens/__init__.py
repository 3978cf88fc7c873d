"""What citizens leave: correction requests and trip alerts, sealed, found by receipt codes."""
