"""Files inside files: ZIP archives read as Android reads them, and what package they make."""
