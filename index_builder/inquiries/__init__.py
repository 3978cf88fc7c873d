"""Inquiries: one question to one department about what the sources leave open."""
