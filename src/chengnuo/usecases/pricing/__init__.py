"""Prices and other terms held against the ban on unreasonable differential treatment."""
