"""A recording of a page as JSON (`chengnuo-surface`, version 1), read strictly."""

from typing import Annotated, Literal

import msgspec

from chengnuo.base.shapes import ready
from chengnuo.domain.observation.recorded_page import (
    FORMAT,
    VERSION,
    Box,
    Control,
    Jump,
    JumpBy,
    Layer,
    NotARecordingError,
    RecordedPage,
)

MOST_BYTES = 8 << 20
_Px = Annotated[float, msgspec.Meta(ge=-100_000, le=100_000)]
_Size = Annotated[float, msgspec.Meta(ge=0, le=100_000)]
_Ms = Annotated[float, msgspec.Meta(ge=0, le=86_400_000)]
_Measured = Annotated[float, msgspec.Meta(ge=0, le=100_000)]
_Said = Annotated[str, msgspec.Meta(max_length=200)]


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """A body in which an unknown member is an error."""


class BoxBody(_Strict, frozen=True):
    """A rectangle in CSS pixels."""

    x: _Px
    y: _Px
    width: _Size
    height: _Size

    def to_domain(self) -> Box:
        """Return the value that is judged."""
        return Box(x=self.x, y=self.y, width=self.width, height=self.height)


class ControlBody(_Strict, frozen=True):
    """Something that can be tapped."""

    text: _Said
    box: BoxBody
    shown_ms: _Ms
    reachable: bool = True

    def to_domain(self) -> Control:
        """Return the value that is judged."""
        return Control(
            text=self.text,
            box=self.box.to_domain(),
            shown_ms=self.shown_ms,
            reachable=self.reachable,
        )


class LayerBody(_Strict, frozen=True):
    """A splash screen or pop-up."""

    name: _Said
    box: BoxBody
    appeared_ms: _Ms
    closes: tuple[ControlBody, ...] = ()
    leads: tuple[ControlBody, ...] = ()

    def to_domain(self) -> Layer:
        """Return the value that is judged."""
        return Layer(
            name=self.name,
            box=self.box.to_domain(),
            appeared_ms=self.appeared_ms,
            closes=tuple(one.to_domain() for one in self.closes),
            leads=tuple(one.to_domain() for one in self.leads),
        )


class JumpBody(_Strict, frozen=True):
    """Where it led, and what by."""

    at_ms: _Ms
    by: JumpBy
    host: _Said
    x: _Px = -1
    y: _Px = -1
    acceleration: _Measured | None = None
    rotation: _Measured | None = None
    seconds: _Measured | None = None

    def to_domain(self) -> Jump:
        """Return the value that is judged."""
        return Jump(
            at_ms=self.at_ms,
            by=self.by,
            host=self.host,
            x=self.x,
            y=self.y,
            acceleration=self.acceleration,
            rotation=self.rotation,
            seconds=self.seconds,
        )


class RecordedPageBody(_Strict, frozen=True):
    """A recording."""

    format: Literal["chengnuo-surface"]
    version: Literal[1]
    width: _Size
    height: _Size
    watched_ms: _Ms
    layers: Annotated[tuple[LayerBody, ...], msgspec.Meta(max_length=1_000)]
    jumps: Annotated[tuple[JumpBody, ...], msgspec.Meta(max_length=1_000)]


def recorded_page(file: str, content: bytes) -> RecordedPage:
    """Return a recording as it is judged.

    Args:
        file: Name of its file.
        content: What is in it.

    Raises:
        NotARecordingError: It is none, or too large.

    """
    if len(content) > MOST_BYTES:
        raise NotARecordingError(f"it has more than {MOST_BYTES} bytes")
    try:
        body = msgspec.json.decode(content, type=ready(RecordedPageBody))
    except msgspec.ValidationError as error:
        raise NotARecordingError(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        expected = f"expected JSON of the format `{FORMAT}`, version {VERSION}"
        raise NotARecordingError(expected) from error
    return RecordedPage(
        file=file,
        width=body.width,
        height=body.height,
        watched_ms=body.watched_ms,
        layers=tuple(one.to_domain() for one in body.layers),
        jumps=tuple(one.to_domain() for one in body.jumps),
    )
