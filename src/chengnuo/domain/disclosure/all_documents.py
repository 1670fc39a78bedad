"""Every document of an app by its kind: what is published, and what the service shows."""

from collections.abc import Callable

from chengnuo.base.text import Text
from chengnuo.domain.disclosure.collection_list import collection_document
from chengnuo.domain.disclosure.declared import Declared
from chengnuo.domain.disclosure.document import Document, DocumentKind
from chengnuo.domain.disclosure.first_run_notice import first_run_document
from chengnuo.domain.disclosure.just_in_time import just_in_time_document
from chengnuo.domain.disclosure.minors_rules import minors_rules
from chengnuo.domain.disclosure.processing_rules import processing_rules
from chengnuo.domain.disclosure.responsibility import responsibility_document
from chengnuo.domain.disclosure.separate_consent import consents_document
from chengnuo.domain.disclosure.sharing_list import sharing_document
from chengnuo.domain.disclosure.summary_table import summary_table

DERIVED: dict[DocumentKind, Callable[[Declared], Document]] = {
    DocumentKind.PROCESSING_RULES: processing_rules,
    DocumentKind.SUMMARY_TABLE: summary_table,
    DocumentKind.COLLECTION_LIST: collection_document,
    DocumentKind.SHARING_LIST: sharing_document,
    DocumentKind.RESPONSIBILITY: responsibility_document,
    DocumentKind.MINORS_RULES: minors_rules,
    DocumentKind.FIRST_RUN_NOTICE: first_run_document,
    DocumentKind.JUST_IN_TIME: just_in_time_document,
    DocumentKind.SEPARATE_CONSENTS: consents_document,
}
"""The documents that one register is enough for, in the order in which they are listed."""

KIND_WORDS: dict[DocumentKind, Text] = {
    DocumentKind.PROCESSING_RULES: Text("隐私政策（个人信息处理规则）", "Processing rules"),
    DocumentKind.SUMMARY_TABLE: Text("规则摘要", "Summary"),
    DocumentKind.COLLECTION_LIST: Text("已收集个人信息清单", "Information collected"),
    DocumentKind.SHARING_LIST: Text("与第三方共享个人信息清单", "Information shared"),
    DocumentKind.RESPONSIBILITY: Text("责任链", "Who answers for what"),
    DocumentKind.MINORS_RULES: Text("儿童个人信息处理规则", "Rules for children"),
    DocumentKind.FIRST_RUN_NOTICE: Text("首次运行提示", "First-run notice"),
    DocumentKind.JUST_IN_TIME: Text("即时提示", "Notices at the moment"),
    DocumentKind.SEPARATE_CONSENTS: Text("单独同意事项", "Separate consents"),
    DocumentKind.CHANGES: Text("变更说明", "What changed"),
    DocumentKind.INDEX: Text("规则与清单", "Rules and lists"),
}
"""What each kind of document is called."""


def derive(declared: Declared, kind: DocumentKind) -> Document:
    """Return one document of an app.

    Raises:
        KeyError: One register is not enough for the document (`changes`, `index`).

    """
    return DERIVED[kind](declared)
