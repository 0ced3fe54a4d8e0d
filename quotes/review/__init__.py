"""The review desk without the web: an SQLite file with an append-only log of decisions, and views over it."""
