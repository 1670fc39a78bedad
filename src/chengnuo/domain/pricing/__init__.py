"""Differential treatment of individuals in prices and other terms of a deal (PIPL Art. 24)."""
