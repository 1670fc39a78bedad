"""Wire formats, status codes, pages and commands."""
