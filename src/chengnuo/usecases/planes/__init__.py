"""The state of consent in planes: kept equal by the process that writes the log."""
