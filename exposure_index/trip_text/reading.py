"""The reading of trip numbers, named by the hash of its vectors.

A trip list is looked up by the canonical number that its builder made of a cell. A service that
reads what people type by other rules would look elsewhere, and find "no case so far".
"""

from hashlib import sha256
from pathlib import Path

READING_PATH = Path(__file__).parents[1] / "trip_number_vectors.json"
READING_HASH: str = sha256(READING_PATH.read_bytes()).hexdigest()
"""SHA-256 of the vectors in hex: what a manifest names as `reading`."""
