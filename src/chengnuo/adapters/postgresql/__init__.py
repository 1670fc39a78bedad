"""PostgreSQL in the place of the file of a data folder, for who has outgrown one machine."""
