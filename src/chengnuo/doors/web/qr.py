"""A QR code as an SVG element that stands in a page without a style or a script."""

import io

import segno


def qr_svg(text: str) -> str:
    """Return a QR code as an inline SVG element, black on white, four modules of quiet zone."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        dark="#000",
        light="#fff",
        border=4,
        svgclass="qr",
        lineclass=None,
    )
    return out.getvalue().decode("utf-8")
