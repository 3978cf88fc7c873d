"""Locust scenarios: black box, over HTTP, on loopback only."""
