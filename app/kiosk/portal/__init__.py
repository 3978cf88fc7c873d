"""Pages under /org: kiosks and their settings, the roster with its badges, and the door."""
