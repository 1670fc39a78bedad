"""HTTP/1.1 as the service speaks it: uvicorn's protocol over llhttp, with a bound on heads.

llhttp parses a request in microseconds where a parser in Python takes most of the time of a short
one, but it takes heads of any length; whoever sends one beyond the bound is answered 431 and let
go before it is kept (RFC 6585 section 5).
"""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES: Final = 16_384
_REFUSAL: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class BoundedHeads(HttpToolsProtocol):
    """One connection."""

    _unfinished = 0
    """Bytes received of a head that is not complete."""
    _in_head = True

    def data_received(self, data: bytes) -> None:
        """Take in what arrived, and let go of whoever sends a head beyond the bound."""
        self._unfinished += len(data)
        super().data_received(data)
        # A head that came whole within one read is measured where it ends.
        if self._in_head and self._unfinished > MOST_HEAD_BYTES:
            self._refuse()

    def on_message_begin(self) -> None:
        """Begin a head."""
        self._in_head = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Start the request that a head is of."""
        self._in_head, self._unfinished = False, 0
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MOST_HEAD_BYTES:
            self._refuse()
        elif not self.transport.is_closing():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take in a part of a body, unless its sender was let go of."""
        if not self.transport.is_closing():
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request; the next one begins with a head."""
        self._in_head, self._unfinished = True, 0
        if not self.transport.is_closing():
            super().on_message_complete()

    def _refuse(self) -> None:
        if not self.transport.is_closing():
            self.transport.write(_REFUSAL)
            self.transport.close()
