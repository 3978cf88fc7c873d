"""What a build found and did, for those who approve it: counts only, never an identity."""
