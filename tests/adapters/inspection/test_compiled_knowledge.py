"""The compiled copy gives the same knowledge, and is made anew for other files or another law."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import get_type_hints

import msgspec

from chengnuo.adapters.inspection_knowledge import COMPILED_FORM, load_knowledge
from chengnuo.adapters.inspection_knowledge_source import read_knowledge
from chengnuo.base.digest import sha256_hex, short
from chengnuo.domain.observation.ad_words import AdWords
from chengnuo.domain.observation.api_catalogue import Api, ApiCatalogue, Argument
from chengnuo.domain.observation.consent_gates import ConsentGate, ConsentGates, Switch
from chengnuo.domain.observation.consent_words import ConsentWords
from chengnuo.domain.observation.framework_calls import (
    Callback,
    Component,
    FrameworkCalls,
    Starter,
)
from chengnuo.domain.observation.host_catalogue import HostCatalogue, KnownHost
from chengnuo.domain.observation.knowledge import Knowledge, KnowledgeVersion
from chengnuo.domain.observation.packer_catalogue import Packer, PackerCatalogue, PackerClaim
from chengnuo.domain.observation.permission_catalogue import Permission, PermissionCatalogue
from chengnuo.domain.observation.policy_words import PolicyWords
from chengnuo.domain.observation.script_calls import ScriptCall, ScriptCalls
from chengnuo.domain.observation.sdk_catalogue import Claim, Sdk, SdkCatalogue, Signs
from chengnuo.domain.observation.string_signs import StringSign, StringSigns
from chengnuo.domain.observation.touching import Touched
from chengnuo.domain.observation.wake_signs import WakeSign, WakeSigns
from chengnuo.law.catalogue import Catalogue, LawVersion

TYPES = (
    *(Knowledge, KnowledgeVersion, Api, ApiCatalogue, Argument, Touched, StringSign, StringSigns),
    *(Permission, PermissionCatalogue, Sdk, SdkCatalogue, Signs, Claim, Packer, PackerCatalogue),
    *(PackerClaim, KnownHost, HostCatalogue, WakeSign, WakeSigns, Component, Callback, Starter),
    *(FrameworkCalls, ConsentGate, ConsentGates, Switch, ConsentWords, PolicyWords, AdWords),
    *(ScriptCall, ScriptCalls),
)
FORM = (5, "8c6f32326a49")


class Reader:
    """Reads the files, and counts how often."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, files: Mapping[str, bytes], digest: str, law: Catalogue) -> Knowledge:
        self.times += 1
        return read_knowledge(files, digest, law)


def test_the_form_number_is_raised_when_a_type_changes() -> None:
    """Where this fails: raise COMPILED_FORM, then put both new values here."""
    shape = [
        [
            type_.__qualname__,
            sorted((name, repr(hint)) for name, hint in get_type_hints(type_).items()),
        ]
        for type_ in TYPES
    ]
    assert all(dataclasses.is_dataclass(type_) for type_ in TYPES)
    assert (COMPILED_FORM, short(sha256_hex(msgspec.json.encode(shape)))) == FORM


def test_a_copy_gives_the_same_knowledge_without_reading(
    tmp_path: Path, catalogue: Catalogue, knowledge: Knowledge
) -> None:
    times = []

    def read(_files: Mapping[str, bytes], _digest: str, _law: Catalogue) -> Knowledge:
        times.append(1)
        return knowledge

    first = load_knowledge(read, catalogue, cache_folder=tmp_path)
    second = load_knowledge(read, catalogue, cache_folder=tmp_path)
    assert first == second == knowledge
    assert second is not knowledge
    assert len(times) == 1


def test_other_files_and_another_law_have_copies_of_their_own(
    tmp_path: Path, catalogue: Catalogue, inspection_files: Mapping[str, bytes]
) -> None:
    folder, cache = tmp_path / "files", tmp_path / "cache"
    folder.mkdir()
    for name in ("hosts.yaml", "sdks.yaml", "sdk_purposes.yaml"):
        lines = inspection_files[name].partition(b"items:")[0]
        (folder / name).write_bytes(lines + b"items: []\n")
    reader = Reader()
    before = load_knowledge(reader, catalogue, cache_folder=cache, folder=folder)
    (folder / "hosts.yaml").write_bytes(
        (folder / "hosts.yaml").read_bytes().replace(b"2026-11", b"2026-12")
    )
    after = load_knowledge(reader, catalogue, cache_folder=cache, folder=folder)
    assert (before.version.date, after.version.date) == ("2026-11", "2026-12")
    other_law = dataclasses.replace(catalogue, version=LawVersion("2027-01", "ff" * 32))
    assert load_knowledge(reader, other_law, cache_folder=cache, folder=folder) == after
    assert reader.times == 3
    assert len(list(cache.glob("inspection-*.msgpack"))) == 3
