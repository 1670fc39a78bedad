"""What a shop's back end does when somebody searches.

有人搜索时，商店后端做什么。

    CHENGNUO_KEY=… python shop.py http://127.0.0.1:8700 u-1029

The typed client is `chengnuo.client`; an act may be handed in again after silence, because the
prompt's id makes it one. 客户端在 `chengnuo.client` 里；没有答复时可以重交，同一提示编号只记一次。
"""

import os
import sys
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from chengnuo.client.client import Client, ServiceRefusedError, ServiceSilentError
from chengnuo.client.consents import ConsentClient, Receipt, Reply
from chengnuo.client.prompts import PromptClient
from chengnuo.client.questions import Question

ITEM = "search/general"
TRIES, FIRST_PAUSE_S = 4, 0.1
T = TypeVar("T")


def patiently(ask: Callable[[], T]) -> T:
    """Ask again while there is no answer, and then give up."""
    # 没有答复就稍候再问，几次之后放弃。
    for attempt in range(TRIES - 1):
        try:
            return ask()
        except ServiceSilentError:
            time.sleep(FIRST_PAUSE_S * 2**attempt)
    return ask()


def decided(client: Client, person: str, activity: str) -> str:
    """Return what may be done now."""
    # 现在可以做什么；只有许可才往下走。
    question = Question(person=person, activity=activity, account="active", age="18+")
    answer = patiently(lambda: client.decide(question, evidence="strict"))
    if answer.permits and answer.consents:
        return f"permit, on {len(answer.consents)} consent"
    return " ".join((answer.outcome, *answer.prompt))


def asked(client: Client, person: str) -> Receipt:
    """Show the prompt, box not ticked, both buttons alike, and hand in what was said."""
    # 由应用原样展示：勾选框不预选，两个按钮一样显眼；再交回答复。
    consents = ConsentClient(client)
    print("may ask:", str(consents.may_ask(person, ITEM, started=True).may).lower())
    prompt = PromptClient(client).one(ITEM)
    if prompt.binding is None:
        sys.exit("not a consent item")
    reply = Reply(
        person=person,
        item=prompt.binding.item,
        act="give",
        app=prompt.app,
        notice=prompt.binding.notice.zh,
        fingerprint=prompt.binding.fingerprint,
        surface="android",
        prompt=str(uuid.uuid4()),
        asked_at=datetime.fromtimestamp(time.time(), UTC),
        lang="zh",
        steps=prompt.steps,
    )
    given = patiently(lambda: consents.answer(reply))
    again = patiently(lambda: consents.answer(reply))
    once = again.repeated and again.position == given.position
    print("given:", "once" if once else "twice")
    return given


def walk(client: Client, person: str) -> None:
    """Order, search, be asked, search, withdraw, search."""
    # 下单、搜索、被征求同意、搜索、撤回、搜索。
    print("ordering:", decided(client, person, "ordering"))
    print("search:", decided(client, person, "search"))
    given = asked(client, person)
    print("search:", decided(client, person, "search"))
    consents = ConsentClient(client)
    withdrawn = patiently(lambda: consents.withdraw(person, ITEM, surface="android"))
    print("withdrawn:", "after" if withdrawn.position > given.position else "before")
    print("search:", decided(client, person, "search"))
    try:
        consents.withdraw(person, "no-such/general", surface="android")
    except ServiceRefusedError as error:
        print("refused:", error.status, error.problem.code)
    with Client("http://127.0.0.1:9", "none") as nobody:
        try:
            decided(nobody, person, "ordering")
        except ServiceSilentError:
            print("silent: not permitted")


if __name__ == "__main__":
    with Client(sys.argv[1], os.environ["CHENGNUO_KEY"]) as service:
        walk(service, sys.argv[2])
