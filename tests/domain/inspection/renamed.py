"""Renames the packages of a JAR, as an obfuscator does: names of code change, strings stay."""

import io
import zipfile


def renamed(jar: bytes, *packages: str) -> bytes:
    """Return a JAR in which packages have names that tell nothing.

    The new names are as long as the old ones, so that the constant pools stay whole.
    """
    pairs = []
    for number, package in enumerate(packages):
        old = package.replace(".", "/").encode()
        new = b"a/" + bytes([ord("a") + number]) + b"/"
        pairs.append((old, new + b"q" * (len(old) - len(new))))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(jar)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            if name.endswith(".class"):
                content = before.read(name)
                for old, new in pairs:
                    content = content.replace(old, new)
                after.writestr(name, content)
    return out.getvalue()
