"""The report of a build, for its signers: counts only, never an identity."""
