"""Limits on how often one asks, counted under pseudonyms that change each day.

Self-checks by ``check_limiter``, sign-ins and requests by ``actions``, all other pages by
``pages``; what happens while Redis is gone stands in ``redis_fallback``.
"""
