"""What a server told when it refused something, as far as it may be repeated."""


class ServerSaidError(Exception):
    """What the server told, without the values that its message repeats.

    Attributes:
        state: The SQLSTATE, five letters and digits.

    """

    def __init__(self, state: str) -> None:
        super().__init__(f"SQLSTATE {state}")
        self.state = state
