"""The counter: a clerk who is signed in checks one person at a time for those without a phone."""
