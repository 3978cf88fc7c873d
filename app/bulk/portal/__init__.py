"""Pages under /org where members of an organisation upload lists and read what came of them."""
