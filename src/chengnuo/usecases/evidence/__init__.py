"""Recording acts, proving from them, erasing, and giving people and courts what shows it."""
