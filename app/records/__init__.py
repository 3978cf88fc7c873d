"""What the service keeps: one schema on SQLite or PostgreSQL. Each feature's tables and statements
stand in a module of its folder, its revision in ``migrations/versions``."""
