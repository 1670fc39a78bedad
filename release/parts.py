"""The list of parts of a release, in CycloneDX 1.6: what it runs on, by version, hash and licence.

The same release gives the same bytes: the number of the list is made of its parts, its time is
that of the release.
"""

import json
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from release.locked import Pin, pins

_NOTICED = re.compile(r"^([a-z0-9-]+) {2,}(\S+(?: OR \S+)*)", re.MULTILINE)


def parts_of(root: Path, released_s: int, files: dict[str, str]) -> bytes:
    """Return the list of parts as JSON.

    Args:
        root: Folder of the project.
        released_s: When it is released, in seconds since 1970.
        files: SHA-256 of each file of the release, by name.

    """
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licences = dict(_NOTICED.findall((root / "NOTICE").read_text(encoding="utf-8")))
    parts = [_part(pin, licences[pin.name]) for pin in pins(root / "requirements" / "run.txt")]
    whole = f"pkg:pypi/{project['name']}@{project['version']}"
    named = json.dumps([whole, parts, sorted(files.items())], sort_keys=True)
    listed = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, named)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(released_s, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": whole,
                "name": project["name"],
                "version": project["version"],
                "purl": whole,
                "licenses": [{"expression": project["license"]}],
                "components": [
                    {
                        "type": "file",
                        "bom-ref": name,
                        "name": name,
                        "hashes": [{"alg": "SHA-256", "content": digest}],
                    }
                    for name, digest in sorted(files.items())
                ],
            },
        },
        "components": parts,
        "dependencies": [{"ref": whole, "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    return (json.dumps(listed, indent=1, ensure_ascii=False) + "\n").encode()


def _part(pin: Pin, licence: str) -> dict[str, object]:
    """Return one part; the hashes of its files say which of them may be installed."""
    return {
        "type": "library",
        "bom-ref": pin.purl,
        "name": pin.name,
        "version": pin.version,
        "purl": pin.purl,
        "licenses": [{"expression": licence}],
        "properties": [
            {"name": "chengnuo:locked:sha256", "value": digest} for digest in pin.hashes
        ],
    }
