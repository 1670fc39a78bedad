"""`python -m chengnuo` is `chengnuo`."""

from chengnuo.wiring.program import main

main()
