"""Decisions over a unix socket, for programs on the same machine: frames, one after another."""
