"""What calls the health officer: fever, exposure and symptoms, from kiosks and personal links."""
