"""The rules about packages, by theme; each module ends in its table `RULES`."""
