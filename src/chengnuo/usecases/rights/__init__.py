"""Requests about rights: taken in, planned, carried out in the stores, answered."""
