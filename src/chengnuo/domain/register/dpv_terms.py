"""Terms of the W3C Data Privacy Vocabulary (DPV 2.3) for what a register says, and our own.

DPV has no extension for mainland China, so the bases of PIPL Art. 13, the forms of consent and
the rights of chapter IV are named here in a small vocabulary under a stable URN. A document that
uses a term also defines it, so nothing has to be fetched to understand it.
"""

from chengnuo.base.canonical import Tree
from chengnuo.base.text import Text
from chengnuo.domain.register.labels import label_of
from chengnuo.domain.register.method import Operation, Provider
from chengnuo.domain.register.purpose import PurposeKind
from chengnuo.domain.register.recipient import RecipientRole
from chengnuo.domain.register.retention import RetentionEnd
from chengnuo.law.consent_form import ConsentForm
from chengnuo.law.legal_basis import LegalBasis
from chengnuo.law.rights import Right

CONTEXT: dict[str, Tree] = {
    "dpv": "https://w3id.org/dpv#",
    "pd": "https://w3id.org/dpv/pd#",
    "loc": "https://w3id.org/dpv/loc#",
    "dct": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "pipl": "urn:chengnuo:vocabulary:pipl:1#",
}
LAW = "pipl:PIPL"

PURPOSES: dict[PurposeKind, str] = {
    PurposeKind.SERVICE: "dpv:RequestedServiceProvision",
    PurposeKind.ACCOUNT: "dpv:AccountManagement",
    PurposeKind.PAYMENT: "dpv:PaymentManagement",
    PurposeKind.DELIVERY: "dpv:DeliveryOfGoods",
    PurposeKind.CUSTOMER_SERVICE: "dpv:CustomerCare",
    PurposeKind.SECURITY: "dpv:EnforceSecurity",
    PurposeKind.RISK_CONTROL: "dpv:FraudPreventionAndDetection",
    PurposeKind.PERSONALISATION: "dpv:ServicePersonalisation",
    PurposeKind.ADVERTISING: "dpv:Advertising",
    PurposeKind.MARKETING: "dpv:Marketing",
    PurposeKind.PUSH: "dpv:DirectMarketing",
    PurposeKind.ANALYTICS: "dpv:ServiceUsageAnalytics",
    PurposeKind.IMPROVEMENT: "dpv:ImproveExistingProductsAndServices",
    PurposeKind.RESEARCH: "dpv:ResearchAndDevelopment",
    PurposeKind.PUBLICATION: "dpv:RequestedServiceProvision",
    PurposeKind.LEGAL_DUTY: "dpv:LegalCompliance",
}
OPERATIONS: dict[Operation, str] = {
    Operation.COLLECT: "dpv:Collect",
    Operation.STORE: "dpv:Store",
    Operation.USE: "dpv:Use",
    Operation.PROCESS: "dpv:Transform",
    Operation.TRANSMIT: "dpv:Transmit",
    Operation.PROVIDE: "dpv:Share",
    Operation.DISCLOSE: "dpv:Disclose",
    Operation.DELETE: "dpv:Erase",
}
SOURCES: dict[Provider, str] = {
    Provider.INDIVIDUAL: "dpv:DataSubjectDataSource",
    Provider.DEVICE: "dpv:DataSubjectDataSource",
    Provider.USE: "dpv:DataSubjectDataSource",
    Provider.THIRD_PARTY: "dpv:ThirdPartyDataSource",
    Provider.PUBLIC: "dpv:PublicDataSource",
}
ROLES: dict[RecipientRole, str] = {
    RecipientRole.ENTRUSTED: "dpv:DataProcessor",
    RecipientRole.JOINT: "dpv:JointDataControllers",
    RecipientRole.PROVISION: "dpv:DataController",
}
AFTERWARDS: dict[RetentionEnd, str] = {
    RetentionEnd.DELETE: "dpv:Erase",
    RetentionEnd.ANONYMISE: "dpv:Anonymise",
}

_BASES: dict[LegalBasis, tuple[str, Text, str | None]] = {
    LegalBasis.CONSENT: ("Art13-1", Text("取得个人的同意", "consent"), "dpv:Consent"),
    LegalBasis.CONTRACT: (
        "Art13-2",
        Text("订立、履行合同或者人力资源管理所必需", "contract or human resources management"),
        "dpv:ContractPerformance",
    ),
    LegalBasis.STATUTORY_DUTY: (
        "Art13-3",
        Text("履行法定职责或者法定义务所必需", "a duty or function set by law"),
        "dpv:LegalObligation",
    ),
    LegalBasis.EMERGENCY: (
        "Art13-4",
        Text("应对突发公共卫生事件或者紧急情况", "a health event or an emergency"),
        "dpv:VitalInterest",
    ),
    LegalBasis.NEWS: (
        "Art13-5",
        Text("新闻报道与舆论监督", "news and supervision by public opinion"),
        "dpv:PublicInterest",
    ),
    LegalBasis.ALREADY_PUBLIC: (
        "Art13-6",
        Text("已公开的个人信息", "information already public"),
        None,
    ),
    LegalBasis.OTHER_LAW: (
        "Art13-7",
        Text("法律、行政法规规定的其他情形", "another case that a law names"),
        None,
    ),
}
_FORMS: dict[ConsentForm, Text] = {
    ConsentForm.GENERAL: Text("同意", "general consent"),
    ConsentForm.ONE_TIME: Text("单次同意", "consent for one use"),
    ConsentForm.SEPARATE: Text("单独同意", "separate consent"),
    ConsentForm.WRITTEN: Text("书面同意", "written consent"),
    ConsentForm.GUARDIAN: Text("监护人同意", "a guardian's consent"),
}
_RIGHTS: dict[Right, Text] = {
    Right.KNOW: Text("知情", "to know"),
    Right.DECIDE: Text("决定", "to decide"),
    Right.RESTRICT: Text("限制", "to restrict"),
    Right.REFUSE: Text("拒绝", "to refuse"),
    Right.ACCESS: Text("查阅", "access"),
    Right.COPY: Text("复制", "a copy"),
    Right.TRANSFER: Text("转移", "transfer"),
    Right.CORRECT: Text("更正", "correction"),
    Right.SUPPLEMENT: Text("补充", "supplement"),
    Right.DELETE: Text("删除", "deletion"),
    Right.WITHDRAW: Text("撤回同意", "withdrawal of consent"),
    Right.CANCEL_ACCOUNT: Text("注销账户", "account cancellation"),
    Right.EXPLAIN_RULES: Text("要求解释处理规则", "explanation of the rules"),
    Right.CLOSE_RELATIVE: Text("近亲属行使", "exercise by a close relative"),
    Right.EXPLAIN_AUTOMATED: Text("自动化决策的说明", "explanation of an automated decision"),
    Right.REFUSE_AUTOMATED: Text("拒绝仅由自动化决策作出决定", "refusal of an automated decision"),
}


def words(text: Text) -> Tree:
    """Return a text with its languages."""
    said: list[Tree] = [{"@value": text.zh, "@language": "zh-CN"}]
    return said if text.en is None else [*said, {"@value": text.en, "@language": "en"}]


def basis_term(basis: LegalBasis) -> str:
    """Return our term for a legal basis."""
    return f"pipl:{_BASES[basis][0]}"


def form_term(form: ConsentForm) -> str:
    """Return our term for a form of consent."""
    return f"pipl:Consent-{form.value}"


def right_term(right: Right) -> str:
    """Return our term for a right."""
    return f"pipl:Right-{right.value}"


def vocabulary() -> list[Tree]:
    """Return the definitions of our own terms, with the closest terms of DPV where there are."""
    defined: list[Tree] = [
        {
            "@id": LAW,
            "@type": "dpv:Law",
            "skos:prefLabel": words(
                Text(
                    "中华人民共和国个人信息保护法",
                    "Personal Information Protection Law of the People's Republic of China",
                )
            ),
            "dpv:hasJurisdiction": {"@id": "loc:CN"},
        }
    ]
    for basis, (_, text, near) in _BASES.items():
        defined.append(_term(basis_term(basis), "dpv:LegalBasis", text, near or "dpv:LegalBasis"))
    for form, text in _FORMS.items():
        defined.append(_term(form_term(form), "dpv:Consent", text, "dpv:ExpressedConsent"))
    for right, text in _RIGHTS.items():
        defined.append(
            _term(right_term(right), "dpv:DataSubjectRight", text, "dpv:DataSubjectRight")
        )
    for name in _PROPERTIES:
        label = label_of(name)
        defined.append(
            {"@id": f"pipl:{name}", "@type": "rdf:Property", "skos:prefLabel": words(label)}
        )
    return defined


_PROPERTIES = ("scene", "if_refused", "why_necessary", "impact", "if_withdrawn", "minors_under_14")
"""What the law asks to be said and DPV has no property for; named as in the register."""


def _term(name: str, kind: str, text: Text, broader: str) -> Tree:
    return {
        "@id": name,
        "@type": kind,
        "skos:prefLabel": words(text),
        "skos:broader": {"@id": broader},
        "dct:source": {"@id": LAW},
    }
