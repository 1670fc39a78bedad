"""Every single fault in a file of the knowledge is refused, with its file, its line and its row."""

from typing import NamedTuple

import pytest

from chengnuo.adapters.inspection_knowledge_source import (
    WrongKnowledgeFilesError,
    read_knowledge,
)
from chengnuo.domain.observation.policy_words import NamedThing
from chengnuo.domain.observation.sdk_catalogue import SdkId
from chengnuo.law.catalogue import Catalogue


def head(holds: str) -> str:
    return (
        f"meta: {{title: {{zh: 题, en: T}}, version: 2026-11, holds: {holds}, sources: [文档]}}\n"
        "items:\n"
    )


SOUND = {
    "apis.yaml": head("apis")
    + "  - {id: A.get, at: a.A->get, role: source, categories: [PI-DEVICE-MAC],"
    + " permissions: [P]}\n"
    + "  - {id: A.put, at: a.A->put, role: sink, behaviour: network}\n",
    "permissions.yaml": head("permissions")
    + "  - id: P\n    name: android.permission.P\n    level: normal\n"
    + "    purpose: {zh: 用, en: Use}\n    app-types: [NPI-01]\n",
    "purposes.yaml": head("sdk-purposes") + "  - {id: push, text: {zh: 推送, en: push}}\n",
    "sdks.yaml": head("sdks")
    + "  - id: one\n    name: {zh: 一, en: One}\n    company: {zh: 甲, en: A}\n"
    + "    purpose: push\n    country: CN\n    packages: {own: [com.one], shared: [com.both]}\n"
    + "  - id: two\n    name: {zh: 二, en: Two}\n    company: {zh: 乙, en: B}\n"
    + "    purpose: push\n    country: CN\n    packages: {own: [com.two], shared: [com.both]}\n",
    "hosts.yaml": head("hosts")
    + "  - {domain: example.com, operator: One, country: US, kind: cdn, sdk: one}\n",
    "wakes.yaml": head("self-start")
    + "  - {kind: action, name: a.B, behaviour: self-start, permissions: [P], sdk: one}\n",
    "gates.yaml": head("pre-init")
    + "  - id: gate\n    sdk: two\n    closed: false\n    starts: [com.two.A-><init>]\n"
    + "    fix: {zh: 改, en: Mend}\n",
    "policy.yaml": head("policy-words")
    + "  - {names: permission, id: P, words: [用处]}\n"
    + "  - {names: sdk, id: one, words: [一号]}\n",
    "scripts.yaml": head("script-calls")
    + "  - {call: a.get, categories: [PI-DEVICE-MAC], permissions: [P]}\n",
}


def read(catalogue: Catalogue, **changed: str) -> None:
    files = SOUND | {f"{name}.yaml": text for name, text in changed.items()}
    read_knowledge({name: text.encode() for name, text in files.items()}, "0" * 64, catalogue)


def test_the_sound_files_are_read(catalogue: Catalogue) -> None:
    files = {name: text.encode() for name, text in SOUND.items()}
    knowledge = read_knowledge(files, "ab" * 32, catalogue)
    assert str(knowledge.version) == "2026-11 · abababababab"
    both = knowledge.sdks.by_class("com.both.X")
    assert both is not None
    assert both.sdks == (SdkId("one"), SdkId("two"))
    words = knowledge.policy_words.words[NamedThing.PERMISSION]
    assert words == {"android.permission.P": ("用处",)}
    assert knowledge.apis.methods("La/A;", "get")[0].permissions == ("android.permission.P",)


class Fault(NamedTuple):
    file: str
    old: str
    new: str
    line: int
    said: str


FAULTS = [
    Fault("apis", "role: sink", "role: drain", 4, "Invalid enum value 'drain'"),
    Fault("apis", "role: sink,", "role: sink, colour: red,", 4, "unknown field `colour`"),
    Fault("apis", "role: source, ", "", 3, "missing required field `role`"),
    Fault("apis", "at: a.A->put", "at: a/A->put", 4, "regex"),
    Fault("apis", "at: a.A->put", "at: a.A->get", 4, "`a.A->get` stands in apis.yaml"),
    Fault("apis", "id: A.put", "id: A.get", 4, "`A.get` stands in apis.yaml already"),
    Fault("apis", "PI-DEVICE-MAC", "PI-NOTHING", 3, "category `PI-NOTHING` does not exist"),
    Fault("apis", "permissions: [P]", "permissions: [Q]", 3, "permission `Q` does not exist"),
    Fault("permissions", "NPI-01", "NPI-99", 3, "app type `NPI-99` does not exist"),
    Fault("sdks", "  - id: two", "  - id: one", 9, "`one` stands in sdks.yaml already"),
    Fault("sdks", "own: [com.two]", "own: [com.one]", 3, "`com.one` is of one, two"),
    Fault(
        "sdks", "own: [com.one], shared: [com.both]", "own: [com.one]", 9, "`com.both` is of two"
    ),
    Fault("sdks", "country: CN", "country: China", 3, "regex"),
    Fault("hosts", "sdk: one", "sdk: six", 3, "SDK `six` does not exist"),
    Fault("hosts", "domain: example.com", "domain: example", 3, "regex"),
    Fault("wakes", "permissions: [P]", "permissions: [Q]", 3, "permission `Q` does not exist"),
    Fault("wakes", "sdk: one", "sdk: six", 3, "SDK `six` does not exist"),
    Fault("gates", "sdk: two", "sdk: six", 3, "SDK `six` does not exist"),
    Fault("gates", "holds: pre-init", "holds: magic", 1, "`holds: magic`"),
    Fault("gates", "items:", "rows:", 1, "expected exactly `meta` and `items`"),
    Fault("gates", "    closed: false", "    closed: false\n    closed: true", 6, "stands twice"),
    Fault("gates", "sdk: two", "sdk: [two", 5, "expected"),
    Fault("policy", "id: P", "id: Q", 3, "permission `Q` does not exist"),
    Fault("policy", "id: one", "id: six", 4, "sdk `six` does not exist"),
    Fault("policy", "names: sdk, id: one", "names: permission, id: P", 4, "stands in policy.yaml"),
    Fault("policy", "words: [一号]", "words: []", 4, "length"),
    Fault("scripts", "permissions: [P]", "permissions: [Q]", 3, "permission `Q` does not exist"),
    Fault("scripts", "PI-DEVICE-MAC", "PI-NOTHING", 3, "category `PI-NOTHING` does not exist"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda each: f"{each.file}: {each.said}")
def test_one_fault_is_refused_with_its_file_and_line(catalogue: Catalogue, fault: Fault) -> None:
    text = SOUND[f"{fault.file}.yaml"]
    assert fault.old in text
    with pytest.raises(WrongKnowledgeFilesError) as refused:
        read(catalogue, **{fault.file: text.replace(fault.old, fault.new, 1)})
    problem = next(each for each in refused.value.problems if fault.said in each.said)
    assert (problem.file, problem.line) == (f"{fault.file}.yaml", fault.line)
    assert str(problem).startswith(f"{problem.file}:{problem.line}: ")


def test_an_sdk_for_a_purpose_that_is_missing_is_refused(catalogue: Catalogue) -> None:
    with pytest.raises(WrongKnowledgeFilesError, match="purpose `push` does not exist"):
        read(catalogue, purposes=SOUND["purposes.yaml"].replace("id: push", "id: pull"))


def test_every_problem_is_said_at_once(catalogue: Catalogue) -> None:
    with pytest.raises(WrongKnowledgeFilesError, match=r"and 1 more") as refused:
        read(
            catalogue,
            hosts=SOUND["hosts.yaml"].replace("one}", "six}"),
            gates=SOUND["gates.yaml"].replace("two", "six", 1),
        )
    assert [each.file for each in refused.value.problems] == ["gates.yaml", "hosts.yaml"]
    assert refused.value.code == "wrong-inspection-knowledge"


def test_no_files_make_an_empty_knowledge(catalogue: Catalogue) -> None:
    knowledge = read_knowledge({}, "0" * 64, catalogue)
    assert not knowledge.apis.apis
    assert knowledge.words.button("同意") is None
