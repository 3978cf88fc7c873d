"""Correction requests: somebody is listed wrongly, or not listed and was aboard."""
