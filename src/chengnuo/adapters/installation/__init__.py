"""Looking at an installation from outside it: program, files, log, ports; nothing is changed."""
