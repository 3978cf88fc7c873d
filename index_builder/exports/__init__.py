"""Exports open contacts to follow-up systems: SORMAS and Go.Data."""

FORMATS = ("sormas", "godata")
