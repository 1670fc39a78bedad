"""The five questions at a terminal: each with an example, checked at once, and free to be left."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count

import click

from chengnuo.base.text import Lang, Text
from chengnuo.domain.inspection.answers import Asked, GivenAnswers, wrong_with
from chengnuo.doors.cli.init_answers import AnswersRefusedError, given_answers, types_of
from chengnuo.law.catalogue import Catalogue

_HEAD = Text(
    "五个问题。不知道的直接回车，以后在页面上定；Ctrl-C 退出，什么都不会写入。",
    "Five questions. Press Enter for what you do not know yet: it is decided on a page later. "
    "Ctrl-C leaves, and nothing is written.",
)
_GROUPS = (
    ((Asked.NAME, Asked.CREDIT_CODE), Text("谁处理个人信息？", "Who handles the information?")),
    ((Asked.APP, Asked.TYPES), Text("是什么应用？", "What is the app?")),
    (
        (Asked.ACCOUNTS, Asked.WITHOUT_ACCOUNT),
        Text("不登录能用什么？", "What works without an account?"),
    ),
    (
        (Asked.MINORS,),
        Text("有不满十四周岁的孩子在用吗？", "Do children under fourteen use it?"),
    ),
    (
        (Asked.PHONE, Asked.EMAIL),
        Text("隐私事务怎样联系你们？", "How are you reached about privacy?"),
    ),
)
_LINES = {
    Asked.NAME: Text(
        "企业全称，与营业执照一致（例：杭州示例科技有限公司）",
        "Registered name, as on the licence (e.g. Hangzhou Sample Ltd.)",
    ),
    Asked.CREDIT_CODE: Text("统一社会信用代码，18 位", "Unified social credit code, 18 characters"),
    Asked.APP: Text("应用名称，与应用商店一致", "Name of the app, as in the store"),
    Asked.TYPES: Text(
        "应用类型：编号、名称或关键词，几类用逗号隔开；? 列出全部 39 类",
        "Type: number, name or a word of it, several with commas; ? lists all 39",
    ),
    Asked.ACCOUNTS: Text("可以注册账号吗？y 是 / n 否", "Can people sign up? y / n"),
    Asked.WITHOUT_ACCOUNT: Text(
        "不登录可以做什么（例：浏览和搜索商品）",
        "What can be done without signing in (e.g. look at goods)",
    ),
    Asked.MINORS: Text(
        "1 面向他们 / 2 可能有 / 3 不面向", "1 meant for them / 2 possible / 3 not meant for them"
    ),
    Asked.PHONE: Text("电话（例：0571-0000 0000）", "Telephone (e.g. 0571-0000 0000)"),
    Asked.EMAIL: Text("电子邮箱（例：privacy@example.com）", "E-mail (e.g. privacy@example.com)"),
}
_MINORS = {"1": "expected", "2": "possible", "3": "not-intended"}
_YES = {"y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}
_Y_OR_N = Text("请写 y 或 n", "write y or n")
_1_2_3 = Text("请写 1、2 或 3", "write 1, 2 or 3")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Asks at a terminal.

    Attributes:
        lang: The language.
        law: The law, for the types.

    """

    lang: Lang
    law: Catalogue

    def ask(self, left: Iterable[Asked]) -> GivenAnswers:
        """Return what is answered to the questions that are left."""
        wanted = frozenset(left)
        answers: dict[str, object] = {}
        click.echo(_HEAD.in_lang(self.lang), err=True)
        for number, (group, title) in zip(count(1), _GROUPS, strict=False):
            asked = [one for one in group if one in wanted]
            if not asked:
                continue
            click.echo(f"\n{number}/{len(_GROUPS)} {title.in_lang(self.lang)}", err=True)
            for one in asked:
                said = self._line(one)
                if said is not None:
                    answers[one.value] = said
        return given_answers(answers)

    def _line(self, asked: Asked) -> object:
        read = _READERS.get(asked, _text)
        prompt = f"  {_LINES[asked].in_lang(self.lang)}"
        while True:
            said: str = click.prompt(prompt, default="", show_default=False, err=True).strip()
            if not said:
                return None
            if asked is Asked.TYPES and said in {"?", "？"}:
                self._list_types()
                continue
            try:
                return read(asked, said, self.law)
            except AnswersRefusedError as error:
                click.echo(f"  ! {error.why.in_lang(self.lang)}", err=True)

    def _list_types(self) -> None:
        for one in sorted(self.law.app_types.values(), key=lambda each: each.number):
            name, use = one.text.in_lang(self.lang), one.basic_function.in_lang(self.lang)
            click.echo(f"  {one.number:>4} {name}: {use}", err=True)


_Reader = Callable[[Asked, str, Catalogue], object]


def _text(asked: Asked, said: str, _law: Catalogue) -> str:
    why = wrong_with(asked, said)
    if why is not None:
        raise AnswersRefusedError(asked, why)
    return said


def _types(_asked: Asked, said: str, law: Catalogue) -> tuple[str, ...]:
    words = tuple(one.strip() for one in said.replace("，", ",").replace("、", ",").split(","))
    types, other = types_of(words, law)
    return types or ((other,) if other else ())


def _yes_no(asked: Asked, said: str, _law: Catalogue) -> bool:
    found = _YES.get(said.casefold())
    if found is None:
        raise AnswersRefusedError(asked, _Y_OR_N)
    return found


def _minors(asked: Asked, said: str, _law: Catalogue) -> str:
    if said not in _MINORS:
        raise AnswersRefusedError(asked, _1_2_3)
    return _MINORS[said]


_READERS: dict[Asked, _Reader] = {
    Asked.TYPES: _types,
    Asked.ACCOUNTS: _yes_no,
    Asked.MINORS: _minors,
}
