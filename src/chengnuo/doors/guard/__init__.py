"""Asking in process: a guard, and what puts it in front of functions, routes, rows and frames."""
