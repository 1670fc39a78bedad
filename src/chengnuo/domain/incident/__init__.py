"""Incidents: whom a leak may have come through, by what was recorded."""
