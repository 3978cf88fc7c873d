"""Open contacts for the follow-up systems of others: SORMAS and Go.Data."""
