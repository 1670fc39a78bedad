"""The stores in SQL, over SQLite or PostgreSQL alike."""
