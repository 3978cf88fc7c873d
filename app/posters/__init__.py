"""Posters and QR codes that lead to the service."""
