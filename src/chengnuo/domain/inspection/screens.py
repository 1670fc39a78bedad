"""What screens show or do that an individual is asked on: the observers of them together.

Layouts are read once for all of them.
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.ad_closing import AdClosing
from chengnuo.domain.inspection.ad_jumps import AdJumps
from chengnuo.domain.inspection.ad_screens import AdLayouts
from chengnuo.domain.inspection.boxes import boxes_of
from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.layouts import Layouts, layouts_of, screen_files
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.refusals import refusals
from chengnuo.domain.inspection.screens_links import without_rules
from chengnuo.domain.inspection.screens_ticked import Ticked
from chengnuo.domain.inspection.screens_unread import unread_screens
from chengnuo.domain.observation.observation import Observation


def screens(opened: Opened) -> Iterator[Observation]:
    """Yield what the screens of an app show and do."""
    layouts = read_layouts(opened)
    code, words = CodeTexts(opened, layouts), ConsentTexts(opened.knowledge.words)
    boxes = tuple(boxes_of(layouts, opened.followed.hierarchy))
    ticked = Ticked(code, boxes, words)
    yield from ticked.in_layouts()
    yield from ticked.by_code()
    yield from refusals(code, words)
    yield from without_rules(code, boxes, words)
    yield from unread_screens(code)
    yield from _advertisements(opened, code, layouts)


def _advertisements(opened: Opened, code: CodeTexts, layouts: Layouts) -> Iterator[Observation]:
    ads = AdLayouts(layouts, opened.knowledge.ad_words)
    found = tuple(ads.all())
    closing, jumps = AdClosing(ads), AdJumps(code, ads, found)
    for screen in found:
        yield from closing.look(screen)
    yield from jumps.anywhere()
    yield from jumps.shaken()


def read_layouts(opened: Opened) -> Layouts:
    """Return the screens of a package; a file that cannot be read is left out."""
    read = (
        (file, opened.read_document(file))
        for file in screen_files(opened.package, opened.resources)
    )
    known = ((file, document) for file, document in read if document is not None)
    return layouts_of(opened.package, opened.resources, known)
