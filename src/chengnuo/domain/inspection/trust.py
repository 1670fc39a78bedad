"""Code that trusts any server: any certificate is accepted, or any name.

A trust manager accepts everything if its check of servers can end in no way but well: it throws
nothing, and what it calls checks nothing or has its error swallowed (`X509TrustManager`). A
verifier does if it always answers yes (`HostnameVerifier.verify`). A web view goes on after a wrong
certificate if it proceeds without a test (`WebViewClient.onReceivedSslError`).
"""

from collections.abc import Iterator

from chengnuo.domain.inspection.following import Followed, dotted
from chengnuo.domain.inspection.harmless import is_harmless
from chengnuo.domain.inspection.information import caused_by
from chengnuo.domain.inspection.opened import Opened
from chengnuo.domain.observation.observation import (
    Confidence,
    Observation,
    Observer,
    Subject,
    observation_id,
)
from chengnuo.domain.observation.seen import SettingSeen
from chengnuo.engines.program.body import Do, Instruction
from chengnuo.engines.program.code import Code
from chengnuo.engines.program.guards import Sure
from chengnuo.engines.program.program import rows_of
from chengnuo.engines.program.sites import Site, lambdas, makings, reads
from chengnuo.engines.program.values import number_of

_MANAGERS = ("Ljavax/net/ssl/X509TrustManager;", "Ljavax/net/ssl/X509ExtendedTrustManager;")
_CHECK = b"checkServerTrusted"
_VERIFIERS = (
    "Ljavax/net/ssl/HostnameVerifier;",
    "Lorg/apache/http/conn/ssl/X509HostnameVerifier;",
    "Lorg/apache/http/conn/ssl/AbstractVerifier;",
)
_VERIFY = b"verify"
_VERIFY_PROTO = b"(Ljava/lang/String;Ljavax/net/ssl/SSLSession;)Z"
_ANY_NAME_FIELDS = (
    ("Lorg/apache/http/conn/ssl/SSLSocketFactory;", "ALLOW_ALL_HOSTNAME_VERIFIER"),
    ("Lorg/apache/http/conn/ssl/NoopHostnameVerifier;", "INSTANCE"),
)
_ANY_NAME_TYPES = (
    "Lorg/apache/http/conn/ssl/AllowAllHostnameVerifier;",
    "Lorg/apache/http/conn/ssl/NoopHostnameVerifier;",
)
_WRONG_CERTIFICATE = b"onReceivedSslError"
_GOES_ON = b"proceed"
_ASKED = b"SslErrorHandler;"
_CHECKS = frozenset({b"checkValidity", b"verify", b"checkServerTrusted"})
_CERTIFICATE = b"Ljava/security/cert/X509Certificate;"
_MOST_NESTED = 4
_YES = number_of(1)


def trust(opened: Opened) -> Iterator[Observation]:
    """Yield the places that trust any server, by what they are and in the order of the code."""
    followed = opened.followed
    certificates = SettingSeen.TRUST_ALL_CERTIFICATES
    for defined in _methods_below(followed, _MANAGERS, _CHECK):
        if _accepts(followed, defined, 0):
            yield _of_method(opened, certificates, defined)
    for site in _proceeding(followed):
        yield _observation(opened, certificates, site, site, "onReceivedSslError")
    yield from _any_name(opened)


def _any_name(opened: Opened) -> Iterator[Observation]:
    """Yield the checks of names that accept any."""
    followed, what = opened.followed, SettingSeen.TRUST_ALL_HOSTS
    for defined in _verifiers(followed):
        if followed.answers.settled(defined, followed.answers.returned(defined)) == _YES:
            yield _of_method(opened, what, defined)
    for type_name, field_name in _ANY_NAME_FIELDS:
        for site in reads(followed.program, type_name, field_name):
            yield _observation(opened, what, site, site, f"{dotted(type_name)}.{field_name}")
    for type_name in _ANY_NAME_TYPES:
        for site in makings(followed.program, followed.program.type_id(type_name)):
            if followed.program.class_of[site.what] < 0:
                yield _observation(opened, what, site, site, dotted(type_name))


def _methods_below(followed: Followed, types: tuple[str, ...], name: bytes) -> list[int]:
    """Return the methods of a name, with code, that types below some of the system define."""
    program, hierarchy = followed.program, followed.hierarchy
    found: set[int] = set()
    for one in types:
        type_id = program.type_id(one)
        if type_id >= 0:
            for below in hierarchy.types_below(type_id).tolist():
                for method in program.methods_named(name, type_id=below).tolist():
                    defined = int(program.definition[method])
                    if defined >= 0 and program.defined_has_code[defined]:
                        found.add(defined)
    return sorted(found)


def _verifiers(followed: Followed) -> list[int]:
    """Return the methods that say whether a host has the right name, lambdas too."""
    program = followed.program
    found = {
        one
        for one in _methods_below(followed, _VERIFIERS, _VERIFY)
        if program.proto_of(int(program.defined_method[one])) == _VERIFY_PROTO
    }
    for method in lambdas(program):
        defined = int(program.definition[method])
        if defined >= 0 and program.proto_of(method).endswith(_VERIFY_PROTO[1:]):
            found.add(defined)
    return sorted(found)


def _accepts(followed: Followed, defined: int, nested: int) -> bool:
    """Tell whether a check can only end well."""
    code = followed.answers.codes.of(defined)
    if code is None or nested > _MOST_NESTED:
        return False
    for one in code.body.instructions:
        if one.do is Do.THROW and not _is_caught(code, one):
            return False
        if one.do is Do.CALL and _may_refuse(followed, code, one, nested):
            return False
    return True


def _may_refuse(followed: Followed, code: Code, one: Instruction, nested: int) -> bool:
    """Tell whether a call may end in an error that leaves the method."""
    program = followed.program
    method = int(code.part.methods[one.index]) if one.index >= 0 else -1
    if _is_caught(code, one):
        return False
    if method < 0:
        return True
    target = followed.answers.target(method)
    if target >= 0:
        return not _accepts(followed, target, nested + 1)
    owner = program.types[program.method_type[method]]
    if owner == _CERTIFICATE:
        return program.name_of(method) in _CHECKS
    return not is_harmless(owner)


def _is_caught(code: Code, one: Instruction) -> bool:
    return any(each.start <= one.pc < each.end for each in code.body.caught)


def _proceeding(followed: Followed) -> Iterator[Site]:
    """Yield the places that go on after a wrong certificate without a test."""
    program = followed.program
    records = program.invocations
    for method in program.methods_named(_WRONG_CERTIFICATE).tolist():
        defined = int(program.definition[method])
        if defined < 0 or not program.defined_has_code[defined]:
            continue
        rows = rows_of(records, defined)
        for called, pc in zip(
            records.method[rows].tolist(), records.pc[rows].tolist(), strict=True
        ):
            if called < 0 or program.name_of(called) != _GOES_ON:
                continue
            asked = program.types[program.method_type[called]].endswith(_ASKED)
            if asked and followed.guards.ways(defined).at(pc) is Sure.UNCONDITIONAL:
                yield Site(defined, pc, called)


def _of_method(opened: Opened, what: SettingSeen, defined: int) -> Observation:
    """Return the observation of a method, seen when an object of its class is first made."""
    followed = opened.followed
    program = followed.program
    site = Site(defined, 0, int(program.defined_method[defined]))
    made = [*makings(program, program.type_of(defined))]
    first = min(made or [site], key=lambda one: (followed.moment(one).rank, one))
    name = program.name_of(site.what).decode("utf-8", "replace")
    return _observation(opened, what, site, first, name)


def _observation(
    opened: Opened, what: SettingSeen, site: Site, first: Site, by: str
) -> Observation:
    followed, owners = opened.followed, opened.owners
    place, path = followed.place(site), followed.path(first)
    owner = owners.of(place.class_name)
    return Observation(
        id=observation_id(Observer.PACKAGE, Subject.SETTING, what.value, place),
        observer=Observer.PACKAGE,
        subject=Subject.SETTING,
        what=what.value,
        owner=owner,
        caused_by=caused_by(path, owners, owner),
        moment=followed.moment(first),
        place=place,
        path=path,
        confidence=Confidence.HIGH,
        details=(("by", by),),
    )
