"""One SQLite file: accounts, sessions, register versions, publications, individuals."""
