"""What the service keeps: one schema on SQLite or PostgreSQL. Each feature's tables and statements
stand in a module of their own, its revision in ``migrations/versions``."""
