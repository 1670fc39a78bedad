"""Faces: who is recognised by one, and whether there is another way.

Where another way serves the purpose too, a face may not be the only one, and who does not want it
gets another (人脸识别技术应用安全管理办法 Art. 10; PIPL Art. 28). Calls into kits that recognise
faces count. What the system recognises by itself (`BiometricPrompt`, `FaceManager`) stays with
it: the app learns yes or no, and collects no face.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chengnuo.domain.inspection.code_texts import CodeTexts
from chengnuo.domain.inspection.consent_texts import ConsentTexts
from chengnuo.domain.inspection.following import dotted
from chengnuo.domain.inspection.layouts import View
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.inspection.remark import remark_at
from chengnuo.domain.inspection.screens import read_layouts
from chengnuo.domain.observation.consent_words import WordRole
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    OwnerKind,
    Step,
    Subject,
)
from chengnuo.domain.observation.sdk_catalogue import FACE, SdkId
from chengnuo.domain.observation.seen import ActSeen
from chengnuo.engines.program.mutf8 import text_of
from chengnuo.engines.program.sites import Site, calls

_PASSWORDS = frozenset({0x81, 0xE1, 0x91, 0x12, 0x3})
"""Kinds of input of a password, of numbers and of a phone number (`android:inputType`)."""
_FIELD = "EditText"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A call into a kit that recognises faces: where, of which kit, and what is called."""

    site: Site
    sdk: SdkId
    calls: str


def faces(opened: Opened) -> Iterator[Observation]:
    """Yield calls into kits that recognise faces, each class and kit once."""
    asked = list(_asked(opened))
    if not asked:
        return
    code = CodeTexts(opened, read_layouts(opened))
    words = ConsentTexts(opened.knowledge.words)
    for one in asked:
        details = {"calls": one.calls, "sdk": str(one.sdk)}
        read = remark_at(
            opened, one.site, Subject.INFORMATION, f"{one.sdk}.face", details, key=str(one.sdk)
        )
        yield replace(read, categories=(FACE,))
        yield remark_at(
            opened, one.site, Subject.BEHAVIOUR, ActSeen.FACE_RECOGNITION, details, key=str(one.sdk)
        )
        sure = _lacks_other_way(code, words, read.path, one.site)
        if sure is not None:
            yield remark_at(
                opened,
                one.site,
                Subject.BEHAVIOUR,
                ActSeen.FACE_WITHOUT_OTHER_WAY,
                details,
                confidence=sure,
                key=str(one.sdk),
            )


def _asked(opened: Opened) -> Iterator[_Asked]:
    """Yield the first call of each class into each kit that reads faces, not its own calls."""
    program, sdks = opened.followed.program, opened.knowledge.sdks
    kits: dict[int, SdkId] = {}
    for type_id, descriptor in enumerate(program.types):
        claim = sdks.by_class(dotted(text_of(descriptor)))
        if claim is not None and all(sdks.sdks[one].reads_faces for one in claim.sdks):
            kits[type_id] = claim.sdks[0]
    found: dict[tuple[str, SdkId], _Asked] = {}
    for type_id, sdk in kits.items():
        methods = program.methods_of(type_id)
        for reference in range(methods.start, methods.stop):
            for site in calls(program, reference):
                class_name, _ = opened.followed.named(site.defined)
                owner = opened.owners.of(class_name)
                if owner.kind is OwnerKind.SDK and sdk in {owner.id, *owner.also}:
                    continue
                member = text_of(program.name_of(reference))
                made = _Asked(site, sdk, f"{dotted(text_of(program.types[type_id]))}.{member}")
                key = (class_name.partition("$")[0], sdk)
                before = found.get(key)
                if before is None or made.site[:2] < before.site[:2]:
                    found[key] = made
    yield from found.values()


def _lacks_other_way(
    code: CodeTexts, words: ConsentTexts, path: tuple[Step, ...], site: Site
) -> Confidence | None:
    """Return how surely no other way is offered beside a face; None if one is, or none is known.

    Looked at are the screens and texts of the class that asks; if it has none, those of the
    classes on the way to it.
    """
    for family in (code.family(site.defined), *_families_on(code, path)):
        screens = dict.fromkeys(file for one in family for file in code.screens_in(one))
        if not screens:
            continue
        texts = [text for one in family for text in code.said_in(one)]
        views = (view for file in screens for view in code.layouts.screens[file].all())
        if words.speak_of(WordRole.OTHER_WAY, texts) or any(map(_takes_password, views)):
            return None
        return Confidence.MEDIUM if _offered_elsewhere(code, words) else Confidence.HIGH
    return None


def _families_on(code: CodeTexts, path: tuple[Step, ...]) -> Iterator[list[int]]:
    """Yield the methods of each class on a way and of those inside it, the last class first."""
    by_name = code.families()
    for step in reversed(path):
        yield by_name.get(f"L{step.class_name.replace('.', '/').partition('$')[0]}", [])


def _takes_password(view: View) -> bool:
    """Tell whether a view is a field for a password or a code."""
    kind = view.element.android("inputType")
    return _FIELD in view.class_name and isinstance(kind, int) and kind in _PASSWORDS


def _offered_elsewhere(code: CodeTexts, words: ConsentTexts) -> bool:
    screens = code.layouts.screens
    return any(
        words.speak_of(WordRole.OTHER_WAY, code.layouts.screen_texts(one)) for one in screens
    )
