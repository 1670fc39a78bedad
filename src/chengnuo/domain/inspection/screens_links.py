"""Screens that ask for consent in an app that names its processing rules nowhere.

Whoever agrees must be able to read what for (PIPL Arts. 7, 17; 191号文 1.1). An app names its rules
by words on a screen or in code, or by an address. A script or web page may show what no file of
the package holds, so that this is never more than a likely lack.
"""

import re
from collections.abc import Iterator

from chengnuo.domain.inspection.boxes import Box
from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.remark import remark
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.observation import Confidence, Observation, Place, Subject
from chengnuo.domain.observation.seen import ScreenSeen
from chengnuo.engines.program.mutf8 import bytes_of
from chengnuo.engines.program.said import said_in

_ADDRESS = re.compile(
    rb"(?:https?://|file:///android_asset/)[^\s\"'<>]{0,200}"
    rb"(?:privacy|polic|agreement|yinsi|xieyi|protocol|terms)"
)
_FILE = re.compile(r"(?:assets|res/raw)/.*(?:privacy|polic|agreement|yinsi|xieyi|terms|隐私|协议)")
_WEB = "Landroid/webkit/WebView;"


def without_rules(
    code: CodeTexts, boxes: tuple[Box, ...], words: ConsentTexts
) -> Iterator[Observation]:
    """Yield the screens whose boxes or buttons ask for consent, if nothing names the rules."""
    asking: dict[str, tuple[str, Confidence]] = {}
    for box in boxes:
        said = words.asking(box.label)
        if said:
            asking.setdefault(box.screen, (said, Confidence.MEDIUM))
    for file in code.layouts.screens:
        texts = code.layouts.screen_texts(file)
        asks = words.speak_of(WordRole.CONSENT_TEXT, texts)
        if asks and words.refusing(texts) and words.agreeing(texts):
            asking.setdefault(file, (asks, Confidence.LOW))
    if not asking or _named(code, words):
        return
    has_web = code.opened.followed.program.type_id(_WEB) >= 0
    for file, (said, sure) in sorted(asking.items()):
        yield remark(
            Subject.SCREEN,
            ScreenSeen.MISSING_RULES_LINK,
            Place(file=file),
            {"text": said},
            confidence=Confidence.LOW if has_web else sure,
        )


def _named(code: CodeTexts, words: ConsentTexts) -> bool:
    """Tell whether any screen, text, string of code or file of an app names its rules."""
    opened, layouts = code.opened, code.layouts
    if any(words.speak_of(WordRole.RULES, layouts.screen_texts(one)) for one in layouts.screens):
        return True
    if any(_FILE.search(file.name.lower()) for file in opened.package.files):
        return True
    said = said_in(opened.followed.program).texts()
    together = b"\n".join(text for _, text in said).lower()
    shown = (text for table in opened.resources.tables for text in table.strings())
    together += b"\n" + "\n".join(shown).lower().encode("utf-8", "surrogatepass")
    known = words.words.words.get(WordRole.RULES, ())
    return _ADDRESS.search(together) is not None or any(bytes_of(one) in together for one in known)
