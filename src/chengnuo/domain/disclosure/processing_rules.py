"""The processing rules (privacy policy), in the order that people know.

Dates, who we are, summary, what is collected by scene, permissions, storage, use, sharing,
rights, minors, changes, contact. Everything comes from the register; the fixed wording around it
stands in the modules of the parts.
"""

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import (
    Block,
    Document,
    DocumentKind,
    NoticeBox,
    line,
    paragraph,
)
from chengnuo.domain.disclosure.head import day_in_words
from chengnuo.domain.disclosure.rules_collection import collection, permissions
from chengnuo.domain.disclosure.rules_opening import summary, who_we_are
from chengnuo.domain.disclosure.rules_rights import changes, contact, minors, rights
from chengnuo.domain.disclosure.rules_section import Section, numbered_sections
from chengnuo.domain.disclosure.rules_sharing import sharing
from chengnuo.domain.disclosure.rules_use import automated, storage
from chengnuo.domain.disclosure.saying import both, fill
from chengnuo.domain.register.governance import NoticeKind

TITLE = Text("隐私政策（个人信息处理规则）", "Privacy policy (processing rules)")
COOKIES = Text("本地存储和同类技术", "Local storage and the like")


def processing_rules(declared: Declared) -> Document:
    """Return the processing rules of an app (PIPL Arts. 7, 17, 22 to 25, 30, 39; NDSR Art. 21)."""
    blocks: list[Block] = [_dates(declared)]
    blocks.extend(paragraph(both(own.body)) for own in declared.own_words(NoticeKind.INTRODUCTION))
    blocks.extend(
        numbered_sections(
            (
                who_we_are(declared),
                summary(declared),
                collection(declared),
                permissions(declared),
                _cookies(declared),
                storage(declared),
                automated(declared),
                sharing(declared),
                rights(declared),
                minors(declared),
                changes(declared),
                contact(declared),
            )
        )
    )
    return Document(
        id=DocumentKind.PROCESSING_RULES.value,
        kind=DocumentKind.PROCESSING_RULES,
        title=fill("《{app}》{title}", "{app}: {title}", app=declared.facts.app, title=TITLE),
        facts=declared.facts,
        blocks=tuple(blocks),
    )


def _dates(declared: Declared) -> NoticeBox:
    app = declared.app
    return NoticeBox(
        Text("版本说明", "This version"),
        (
            line(
                fill(
                    "本规则于{updated}更新，自{effective}起生效。",
                    "Updated on {updated}, in effect from {effective}.",
                    updated=day_in_words(app.rules_updated),
                    effective=day_in_words(app.rules_effective),
                )
            ),
            line(
                Text(
                    "本规则可以在线阅读，也可以下载保存；以往版本可以在归档中查阅。",
                    "It can be read here and saved; earlier versions are in the archive.",
                )
                if app.access.saveable
                else Text("以往版本可以在归档中查阅。", "Earlier versions are in the archive.")
            ),
        ),
    )


def _cookies(declared: Declared) -> Section:
    own = declared.own_words(NoticeKind.COOKIES)
    return Section("cookies", COOKIES, tuple(paragraph(both(each.body)) for each in own))
