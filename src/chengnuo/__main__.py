"""`python -m chengnuo` is `chengnuo`."""

from chengnuo.wiring import main

main()
