"""Trips as people and departments write them: mode, number and date to canonical values.

The builder reads tables by these rules and the service what a citizen types, so that both mean
the same trip. Every function is pure, and none raises on any text.
"""
