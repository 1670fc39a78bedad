"""The process that sets pages: a document's JSON comes in, a PDF goes out.

It is started for one document and ends with it, so the typesetter's memory (over 60 MB with its
font) is never the service's. Run as `python -m chengnuo.adapters.documents.pdf_process`.
"""

import json
import sys
from importlib.resources import files
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from typst import PDFStandard

TEMPLATE = files("chengnuo.adapters.documents").joinpath("document.typ")
FONTS = files("manimgx_fonts_cjk")

# Best first. PDF/A and PDF/UA refuse a text with a character that the font lacks; such a
# document is still set, tagged but without the claim.
STANDARDS: "tuple[list[PDFStandard], ...]" = (["a-2a", "ua-1"], [])


def set_pages(document: str, timestamp: int) -> bytes:
    """Return a document as a PDF.

    Args:
        document: JSON of the document (`chengnuo-document`), its links already let through.
        timestamp: Seconds since 1970 that stand as the time of creation.

    Raises:
        typst.TypstError: The document cannot be set.

    """
    template = TEMPLATE.read_bytes()
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    for standards in STANDARDS:
        try:
            made = typst.compile(
                template,
                format="pdf",
                sys_inputs={"document": document},
                font_paths=fonts,
                pdf_standards=standards,
                timestamp=timestamp,
            )
        except typst.TypstError:
            if not standards:
                raise
        else:
            return bytes(made)
    raise AssertionError


def main() -> None:
    """Read `{"document": …, "timestamp": …}` from standard input and write the PDF."""
    given = json.load(sys.stdin.buffer)
    made = set_pages(json.dumps(given["document"], ensure_ascii=False), given["timestamp"])
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
