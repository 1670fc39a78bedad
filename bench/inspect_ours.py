"""Our side of the inspection bench, in a process of its own so that memory and numba are its own.

`python -m bench.inspect_ours numpy|fast`. Standard input: the package, the methods that are asked
about (none: those of the catalogue that the package names) and rounds. Standard output: seconds of
processor time for facts (opened, read, linked, call sites found) and for what runs before consent
from there on, the call sites, memory, and what was measured of the way.
"""

import importlib
import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from chengnuo.adapters.inspection_knowledge import load_knowledge
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.adapters.knowledge import load_catalogue
from chengnuo.adapters.law_source import read_catalogue
from chengnuo.domain.inspection.following import Followed, followed
from chengnuo.domain.inspection.manifest import Manifest, manifest_of
from chengnuo.domain.observation.knowledge import Knowledge
from chengnuo.engines import jit
from chengnuo.engines.archive.package import package_of
from chengnuo.engines.axml.resources import Resources, document_of, table_of
from chengnuo.engines.dex.reading import read_dex
from chengnuo.engines.program.hierarchy import hierarchy_of
from chengnuo.engines.program.linking import link
from chengnuo.engines.program.program import Program
from chengnuo.engines.program.sites import references

Site = tuple[str, int, str]


def _knowledge() -> Knowledge:
    with tempfile.TemporaryDirectory() as place:
        law = load_catalogue(read_catalogue, cache_folder=Path(place))
        return load_knowledge(read_knowledge, law, cache_folder=Path(place))


def _program(buffer: bytes) -> Program:
    package = package_of(buffer)
    found = []
    for file in package.dex:
        content = package.read(file)
        assert isinstance(content, bytes | memoryview)
        found += read_dex(bytes(content), file.name)
    return link(found)


def _sites(program: Program, asked: list[str]) -> list[Site]:
    """Return the calls of the methods that are asked about."""
    rows = program.calls_of(_named(program, asked))
    calls = program.invocations
    found = zip(
        calls.caller[rows].tolist(),
        calls.pc[rows].tolist(),
        calls.method[rows].tolist(),
        strict=True,
    )
    return [
        (program.defined_text(caller), pc, program.method_text(method))
        for caller, pc, method in found
    ]


def _named(program: Program, asked: list[str]) -> list[int]:
    """Return the references that are asked about."""
    found = []
    for text in asked:
        owner, _, rest = text.partition("->")
        name, _, proto = rest.partition("(")
        of = program.type_id(owner)
        if of >= 0:
            proto_bytes = f"({proto}".encode()
            found += program.methods_named(name.encode(), type_id=of, proto=proto_bytes).tolist()
    return found


def _manifest(buffer: bytes) -> Manifest:
    package = package_of(buffer)
    tables = []
    for file in package.resource_tables:
        content = package.read(file)
        assert isinstance(content, bytes | memoryview)
        tables.append(table_of(bytes(content), file.name))
    assert package.manifest is not None
    content = package.read(package.manifest)
    assert isinstance(content, bytes | memoryview)
    root = document_of(bytes(content), package.manifest.name).root
    assert root is not None
    return manifest_of(root, Resources(tables=tuple(tables)))


def _in_catalogue(program: Program, knowledge: Knowledge) -> list[str]:
    """Return the methods of the catalogue that a package names."""
    hierarchy = hierarchy_of(program)
    found = {
        program.method_text(reference)
        for api in knowledge.apis.apis.values()
        if not api.is_field
        for reference in references(hierarchy, api.class_name, api.member, api.proto)
    }
    return sorted(found)


def _marks(one: Followed) -> str:
    """Return when each method runs, in one word."""
    assert one.reached is not None
    return one.reached.marks.tobytes().hex()


def main() -> None:
    """Measure and print."""
    given = json.load(sys.stdin)
    if sys.argv[1] == "fast":
        importlib.import_module("numba")
    else:
        jit.can_compile = lambda: False
    buffer = Path(given["path"]).read_bytes()
    program = _program(buffer)  # numba compiles, or reads what it has kept
    asked = given["asked"]
    knowledge = _knowledge() if given["follow"] or not asked else None
    if not asked:
        assert knowledge is not None
        asked = _in_catalogue(program, knowledge)
    facts = follow = 1e9
    sites: list[Site] = []
    del program
    for _ in range(given["rounds"]):
        since = time.process_time()
        program = _program(buffer)
        sites = _sites(program, asked)
        facts = min(facts, time.process_time() - since)
        del program
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    marks = ""
    if given["follow"]:
        assert knowledge is not None
        manifest = _manifest(buffer)
        for _ in range(given["rounds"]):
            program = _program(buffer)
            since = time.process_time()
            marks = _marks(followed(program, manifest, knowledge.framework, knowledge.words))
            follow = min(follow, time.process_time() - since)
    told = {
        "asked": asked,
        "facts": facts,
        "follow": follow,
        "sites": sorted(sites),
        "marks": marks,
        "rss_mb": rss,
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
