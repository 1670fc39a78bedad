"""Chengnuo 承诺: keep, and prove that you keep, promises about personal information."""
