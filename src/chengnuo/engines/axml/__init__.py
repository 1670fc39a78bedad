"""Manifests, layouts and resource tables of Android packages, in each form they are kept in."""
