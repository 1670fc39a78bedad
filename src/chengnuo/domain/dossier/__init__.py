"""Dossiers: what was done about one matter of duty, act by act."""
