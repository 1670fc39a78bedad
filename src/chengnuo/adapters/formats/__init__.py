"""Other formats that a register is read from and written to."""
