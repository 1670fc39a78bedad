"""Recording what goes abroad, and counting whose."""
