"""Lists of people as they come in forms: what they are, and their bytes out of the form."""
