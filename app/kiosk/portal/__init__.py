"""Pages under /org about kiosks: the roster and its badges, and the door."""
