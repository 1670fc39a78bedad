"""One SQLite file: accounts, sessions, register versions, individuals."""
