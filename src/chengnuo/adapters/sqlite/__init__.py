"""The SQLite file of a data folder, and the scratch files of deletions."""
