"""What the kernel of Linux keeps a process from, once it has given something up for good."""
