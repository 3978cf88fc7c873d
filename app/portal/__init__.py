"""Pages under /org that lists and kiosks share: sign-in, members, keys, log, and their frame."""
