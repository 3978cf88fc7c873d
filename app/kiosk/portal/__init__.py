"""Pages under /org about kiosks: themselves and their settings, the roster, its badges, the door."""
