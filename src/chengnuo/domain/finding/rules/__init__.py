"""The rules of the register check, by theme; `all_rules` gathers them in one table."""
