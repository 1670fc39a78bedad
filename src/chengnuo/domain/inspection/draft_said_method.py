"""How information is handled, out of the words of a policy; what it does not say stays open.

The words themselves stand in the row too, so that nothing is lost where a word was not known.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from chengnuo.base.text import Text
from chengnuo.domain.register.method import Method, Operation, Provider, Trigger

T = TypeVar("T")

_PROVIDERS: tuple[tuple[Provider, re.Pattern[str]], ...] = (
    (Provider.THIRD_PARTY, re.compile(r"从第三方|间接|from (?:a |the )?third part", re.IGNORECASE)),
    (Provider.PUBLIC, re.compile(r"合法公开|公开渠道|lawfully public", re.IGNORECASE)),
    (
        Provider.INDIVIDUAL,
        re.compile(
            r"主动|填写|上传|提交|输入|[您你](?:自行)?提供"
            r"|given by you|you (?:provide|give|enter|upload|fill|type)",
            re.IGNORECASE,
        ),
    ),
    (
        Provider.DEVICE,
        re.compile(
            r"从设备|设备(?:上|中)?读取|系统接口|自动|from the device|automatic", re.IGNORECASE
        ),
    ),
    (Provider.USE, re.compile(r"过程中产生|使用.{0,8}产生|while you use", re.IGNORECASE)),
)
_TRIGGERS: tuple[tuple[Trigger, re.Pattern[str]], ...] = (
    (
        Trigger.USER_ACTION,
        re.compile(
            r"[您你]的操作|点击|点选|提交|填写|选择"
            r"|what you do|you (?:tap|click|submit|choose|fill)",
            re.IGNORECASE,
        ),
    ),
    (
        Trigger.APP_START,
        re.compile(
            r"应用启动|启动时|打开应用|when the app starts|at (?:app )?start", re.IGNORECASE
        ),
    ),
    (Trigger.CONTINUOUS, re.compile(r"持续|continuous", re.IGNORECASE)),
    (Trigger.SCHEDULED, re.compile(r"定时|定期|at set times|scheduled", re.IGNORECASE)),
    (Trigger.SERVER, re.compile(r"服务端|服务器触发|by the server", re.IGNORECASE)),
)
_BACKGROUND = re.compile(
    r"(?<!不)(?<!不会)(?:在后台|(?<!在)后台(?:运行|收集|定位|读取|持续))|不在屏幕上显示时也"
    r"|not on the screen|in the background",
    re.IGNORECASE,
)
_OPERATIONS: tuple[tuple[Operation, str], ...] = (
    (Operation.COLLECT, "收集|采集|collect"),
    (Operation.STORE, "存储|储存|保存|store"),
    (Operation.USE, "使用|use"),
    (Operation.PROCESS, "加工|process"),
    (Operation.TRANSMIT, "传输|transmit"),
    (Operation.PROVIDE, "提供|共享|provide|share"),
    (Operation.DISCLOSE, "公开|make public|disclose"),
    (Operation.DELETE, "删除|delete"),
)
_ANY = "|".join(words for _, words in _OPERATIONS)
_LIST = re.compile(
    rf"(?:{_ANY})(?:\s*(?:、|，|,|和|及|and)\s*(?:{_ANY}))+"
    rf"|(?:(?<=环节包括)|(?<=what is done: ))(?:{_ANY})",
    re.IGNORECASE,
)


def method_said(method: str, scene: str) -> Method:
    """Return the method that words of a policy tell.

    Where they do not tell, information is taken to be read from the device, at the start of the
    app unless the individual gives it: what asks the most of whoever may do so.

    Args:
        method: What the policy says of the method, or nothing.
        scene: What it says of the scene, or nothing.

    """
    provider = provider_said(method)
    is_given = provider is Provider.INDIVIDUAL
    trigger = _earliest(method, _TRIGGERS[1:] if is_given else _TRIGGERS)
    if trigger is None:
        trigger = Trigger.USER_ACTION if is_given else _earliest(scene, _TRIGGERS)
    return Method(
        provided_by=provider or Provider.DEVICE,
        trigger=trigger or Trigger.APP_START,
        background=_BACKGROUND.search(f"{method}\n{scene}") is not None,
        operations=_operations(method) or (Operation.COLLECT,),
        description=Text(method) if method else None,
    )


def provider_said(method: str) -> Provider | None:
    """Return who gives information, as words of a policy say; None if they do not."""
    return _earliest(method, _PROVIDERS)


def _operations(method: str) -> tuple[Operation, ...]:
    """Return what a list of operations names; a word outside a list may mean anything."""
    listed = " ".join(found.group() for found in _LIST.finditer(method))
    found = [
        (match.start(), one)
        for one, words in _OPERATIONS
        if (match := re.search(words, listed, re.IGNORECASE)) is not None
    ]
    return tuple(one for _, one in sorted(found))


def _earliest(words: str, known: Iterable[tuple[T, re.Pattern[str]]]) -> T | None:
    """Return what the word that stands first says."""
    found = [(match.start(), one) for one, each in known if (match := each.search(words))]
    return min(found, key=lambda pair: pair[0])[1] if found else None
