"""Importers of logs of behaviour, one module a format; told by the content of a file."""
