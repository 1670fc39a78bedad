"""Moving the database of a data folder: the files' side, the server's side, what is compared."""
