"""Pure rules. Lower rows know nothing of upper ones; siblings do not see each other."""
