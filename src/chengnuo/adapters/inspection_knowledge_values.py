"""From the written form of the inspection knowledge to its values."""

from collections.abc import Iterable, Mapping

from chengnuo.adapters.inspection_knowledge_wire import (
    AnySigns,
    WrittenApi,
    WrittenCallback,
    WrittenComponent,
    WrittenFramework,
    WrittenGate,
    WrittenGeneral,
    WrittenHost,
    WrittenPacker,
    WrittenPermission,
    WrittenPolicyWords,
    WrittenScriptCall,
    WrittenSdk,
    WrittenSigns,
    WrittenStarter,
    WrittenString,
    WrittenWake,
    WrittenWords,
)
from chengnuo.adapters.law_wire import text_of
from chengnuo.domain.observation.api_catalogue import Api, ApiId, Argument
from chengnuo.domain.observation.consent_gates import ConsentGate, GateId, Switch
from chengnuo.domain.observation.consent_words import ConsentWords, WordRole
from chengnuo.domain.observation.framework_calls import (
    Callback,
    Component,
    FrameworkCalls,
    FrameworkId,
    Starter,
)
from chengnuo.domain.observation.host_catalogue import KnownHost
from chengnuo.domain.observation.packer_catalogue import Packer, PackerId
from chengnuo.domain.observation.permission_catalogue import Permission
from chengnuo.domain.observation.policy_words import NamedThing, PolicyWords
from chengnuo.domain.observation.script_calls import ScriptCall
from chengnuo.domain.observation.sdk_catalogue import PurposeId, Sdk, SdkId, Signs
from chengnuo.domain.observation.string_signs import StringSign
from chengnuo.domain.observation.touching import Touched
from chengnuo.domain.observation.wake_signs import WakeSign
from chengnuo.law.ids import AppTypeId, CategoryId


def _touched(
    written: WrittenApi | WrittenString | WrittenPermission | WrittenSdk, *, alone: bool = True
) -> Touched:
    return Touched(
        categories=tuple(CategoryId(each) for each in written.categories),
        maybe=tuple(CategoryId(each) for each in written.maybe),
        alone=alone,
    )


def api_of(written: WrittenApi, permissions: Mapping[str, str]) -> Api:
    """Return the call or field.

    Args:
        written: As it is written.
        permissions: Full names of permissions, by id.

    """
    class_name, _, member = _reference(written.at).partition("->")
    name, proto = member, ""
    for sign in ("(", ":"):
        before, found, after = member.partition(sign)
        if found:
            name, proto = before, after if found == ":" else found + after
    return Api(
        id=ApiId(written.id),
        class_name=class_name,
        member=name,
        proto=proto,
        touched=_touched(written, alone=written.alone),
        permissions=tuple(permissions[each] for each in written.permissions),
        role=written.role,
        kind=written.kind,
        weight=written.weight,
        behaviour=written.behaviour,
        argument=None
        if written.argument is None
        else Argument(table=written.argument.table, index=written.argument.index),
        subclasses=written.subclasses,
        since=written.since,
        basis=written.basis,
    )


def string_of(written: WrittenString, permissions: Mapping[str, str]) -> StringSign:
    """Return the string; `permissions` holds full names by id."""
    return StringSign(
        table=written.table,
        text=written.text,
        touched=_touched(written, alone=written.alone),
        permissions=tuple(permissions[each] for each in written.permissions),
        constants=_references(written.constants),
        behaviour=written.behaviour,
        basis=written.basis,
    )


def permission_of(written: WrittenPermission) -> Permission:
    """Return the permission."""
    return Permission(
        id=written.id,
        name=written.name,
        level=written.level,
        route=written.route,
        group=written.group,
        purpose=text_of(written.purpose),
        touched=_touched(written, alone=written.alone),
        app_types=tuple(AppTypeId(each) for each in written.app_types),
    )


def signs_of(written: AnySigns) -> Signs:
    """Return the names of one sort."""
    if isinstance(written, WrittenSigns):
        return Signs(own=written.own, shared=written.shared, weak=written.weak)
    return Signs(own=written)


def sdk_of(written: WrittenSdk) -> Sdk:
    """Return the SDK."""
    return Sdk(
        id=SdkId(written.id),
        name=text_of(written.name),
        company=text_of(written.company),
        purpose=PurposeId(written.purpose),
        packages=signs_of(written.packages),
        components=signs_of(written.components),
        meta_data=signs_of(written.meta_data),
        libraries=signs_of(written.libraries),
        hosts=signs_of(written.hosts),
        touched=_touched(written),
        declared=written.declared,
        country=written.country,
        rules=written.rules,
    )


def packer_of(written: WrittenPacker) -> Packer:
    """Return the packer."""
    return Packer(
        id=PackerId(written.id),
        name=text_of(written.name),
        company=written.company,
        kind=written.kind,
        applications=written.applications,
        prefixes=written.prefixes,
        libraries=written.libraries,
        files=written.files,
        weak=written.weak,
    )


def host_of(written: WrittenHost) -> KnownHost:
    """Return the domain."""
    return KnownHost(
        domain=written.domain,
        operator=written.operator,
        country=written.country,
        kind=written.kind,
        sdk=written.sdk,
        checked=written.checked,
    )


def wake_of(written: WrittenWake, permissions: Mapping[str, str]) -> WakeSign:
    """Return the sign of starting or staying; `permissions` holds full names by id."""
    return WakeSign(
        kind=written.kind,
        name=written.name,
        behaviour=written.behaviour,
        permissions=tuple(permissions[each] for each in written.permissions),
        sdk=written.sdk,
        from_manifest=written.from_manifest,
        checked=written.checked,
    )


def script_call_of(written: WrittenScriptCall, permissions: Mapping[str, str]) -> ScriptCall:
    """Return the call of a script; `permissions` holds full names by id."""
    return ScriptCall(
        text=written.call,
        categories=tuple(CategoryId(each) for each in written.categories),
        permissions=tuple(permissions[each] for each in written.permissions),
    )


def framework_of(rows: Iterable[WrittenFramework]) -> FrameworkCalls:
    """Return what the system calls."""
    components: dict[FrameworkId, Component] = {}
    callbacks: dict[FrameworkId, Callback] = {}
    starters: dict[FrameworkId, Starter] = {}
    actions: list[str] = []
    names: list[str] = []
    for each in rows:
        id_ = FrameworkId(each.id)
        match each:
            case WrittenComponent():
                components[id_] = Component(
                    id=id_,
                    type_name=_reference(each.type),
                    started_by=each.started_by,
                    entries=each.entries,
                    later=each.later,
                )
            case WrittenCallback():
                callbacks[id_] = Callback(
                    id=id_, type_name=_reference(each.type), names=each.names, when=each.when
                )
            case WrittenStarter():
                starters[id_] = Starter(
                    id=id_,
                    type_name=_reference(each.type),
                    calls=each.calls,
                    starts=each.starts,
                    when=each.when,
                )
            case WrittenGeneral():
                actions.extend(each.actions)
                names.extend(each.names)
    return FrameworkCalls(
        components=components,
        callbacks=callbacks,
        starters=starters,
        actions=tuple(dict.fromkeys(actions)),
        names=tuple(dict.fromkeys(names)),
    )


def gate_of(written: WrittenGate) -> ConsentGate:
    """Return how an SDK is held back."""
    return ConsentGate(
        id=GateId(written.id),
        sdk=written.sdk,
        closed=written.closed,
        switches=tuple(
            Switch(call=_reference(each.call), argument=each.argument, allows=each.allows)
            for each in written.switches
        ),
        harmless=_references(written.harmless),
        starts=_references(written.starts),
        components=written.components,
        meta_data=written.meta_data,
        fix=text_of(written.fix),
        basis=written.basis,
    )


def words_of(rows: Iterable[WrittenWords]) -> ConsentWords:
    """Return the words of each role, the longest first, of all languages together."""
    written = tuple(rows)
    return ConsentWords(
        words={
            role: tuple(
                sorted(
                    {word.lower() for each in written if each.role is role for word in each.words},
                    key=_longest_first,
                )
            )
            for role in WordRole
        }
    )


def policy_words_of(
    rows: Iterable[WrittenPolicyWords], permissions: Mapping[str, str]
) -> PolicyWords:
    """Return the words of policies; permissions go by their full names.

    Args:
        rows: The rows.
        permissions: Full names by id.

    """
    words: dict[NamedThing, dict[str, tuple[str, ...]]] = {each: {} for each in NamedThing}
    for row in rows:
        is_permission = row.names is NamedThing.PERMISSION
        words[row.names][permissions[row.thing] if is_permission else row.thing] = row.words
    return PolicyWords(words=words)


def _reference(written: str) -> str:
    """Return a class or member by the descriptor of the class, which is written with dots."""
    class_name, arrow, member = written.partition("->")
    return f"L{class_name.replace('.', '/')};{arrow}{member}"


def _references(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(_reference(each) for each in written)


def _longest_first(word: str) -> tuple[int, str]:
    return -len(word), word
