"""Makes small apps in memory: a manifest compiled from text, DEX built by hand, other files."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from tests.engines.archive.zips import zipped
from tests.engines.axml import compiled
from tests.engines.dex.dex_builder import Class, Method, code, dex

from chengnuo.domain.inspection.opened import Opened, open_package
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines.axml.attribute_id import ANDROID, RESOURCE_IDS
from chengnuo.engines.axml.element import Element
from chengnuo.engines.axml.resources import document_of

MAIN = (
    '<activity android:name=".Main" android:exported="true"><intent-filter>'
    '<action android:name="android.intent.action.MAIN"/>'
    '<category android:name="android.intent.category.LAUNCHER"/>'
    "</intent-filter></activity>"
)
RETURN = (0x000E,)


def manifest(
    inside: str = MAIN, *, before: str = "", target: int = 33, application: str = ""
) -> str:
    """Return a manifest of `com.example.a`, as text.

    Args:
        inside: What is in the application.
        before: What is before it.
        target: API level that it is made for.
        application: Attributes of the application.

    """
    return (
        f'<manifest xmlns:android="{ANDROID}" package="com.example.a">'
        f'<uses-sdk android:minSdkVersion="21" android:targetSdkVersion="{target}"/>'
        f"{before}<application {application}>{inside}</application></manifest>"
    )


def made(
    knowledge: Knowledge,
    written: str,
    files: Mapping[str, bytes] | None = None,
    classes: Sequence[Class] = (),
    prefix: bytes = b"",
) -> Opened:
    """Return an app, opened; `Main` is among its classes, and `prefix` before its archive."""
    content = {
        "AndroidManifest.xml": _compiled(written),
        "classes.dex": dex([_class("Main"), *classes]),
        **(files or {}),
    }
    return open_package(_prefixed(content, prefix) if prefix else zipped(content), knowledge)


def _prefixed(content: Mapping[str, bytes], prefix: bytes) -> bytes:
    out = io.BytesIO()
    out.write(prefix)
    with zipfile.ZipFile(out, "w") as archive:
        for name, one in content.items():
            archive.writestr(zipfile.ZipInfo(name), one)
    return out.getvalue()


def _class(name: str) -> Class:
    run = Method("onCreate", "(Landroid/os/Bundle;)V", code=code(2, lambda _: RETURN, ins=2))
    return Class(f"Lcom/example/a/{name};", methods=[run], super="Landroid/app/Activity;")


def _compiled(written: str) -> bytes:
    """Return a document of text as a compiled one, every value a string."""
    root = document_of(written.encode(), "AndroidManifest.xml").root
    elements = list(root.all())
    names = {one.name for element in elements for one in element.attributes}
    known = sorted(name for name in names if name in RESOURCE_IDS)
    texts = [*known, ANDROID]
    for element in elements:
        texts += [element.name, *(one.name for one in element.attributes)]
        texts += [str(one.value) for one in element.attributes]
    texts = list(dict.fromkeys(texts))
    ids = compiled.ids(*(RESOURCE_IDS[name] for name in known))
    return compiled.document(compiled.pool(texts), ids, *_element(root, texts))


def _element(element: Element, texts: Sequence[str]) -> Iterator[bytes]:
    at = texts.index
    attributes = [
        (
            at(ANDROID) if one.namespace else compiled.NONE,
            at(one.name),
            compiled.STRING,
            at(str(one.value)),
        )
        for one in element.attributes
    ]
    yield compiled.start(at(element.name), attributes)
    for child in element.children:
        yield from _element(child, texts)
    yield compiled.end(at(element.name))
