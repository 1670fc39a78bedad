"""The sorts of dossier, a module each."""
