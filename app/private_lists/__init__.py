"""Private lists: an organisation checks a list of people and hands over none of it."""
