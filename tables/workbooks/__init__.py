"""Workbooks: what they hold, hide and compute, and which are refused before a reader opens them."""
