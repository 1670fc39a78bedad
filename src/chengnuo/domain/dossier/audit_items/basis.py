"""Items on why and how information is handled, and what people are told of it."""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem, ids

_CONSENTS = ("consent-given", "consent-refused", "consent-withdrawn", "consent-ended")

ITEMS = (
    AuditItem(
        id="legal-basis",
        text=Text("处理的合法性基础", "Legal basis"),
        looks_at=Text(
            "每项处理活动登记的依据、目的和个人信息种类",
            "The basis, purpose and categories declared of each activity",
        ),
        judged=Text(
            "所登记的依据（如订立合同所必需）是否真正成立",
            "Whether a basis such as necessity for a contract is really there",
        ),
        rests_on=ids("PIPL-13", "PIPL-5"),
        rows=ids("duty-1"),
        kinds=("register-published",),
        of_minors=True,
    ),
    AuditItem(
        id="consent",
        text=Text("同意的取得、撤回与拒绝", "Consent: given, withdrawn, refused"),
        looks_at=Text(
            "同意的形式与记录、重新取得、撤回后的停止、拒绝后服务是否照常",
            "Form and records of consent, renewal, what stops on withdrawal, service when refused",
        ),
        judged=Text(
            "提示文字能否让人充分知情、自愿作出选择",
            "Whether the words let people choose freely and knowing what they choose",
        ),
        rests_on=ids("PIPL-14", "PIPL-15", "PIPL-16"),
        rows=ids("duty-2", "duty-3", "duty-4"),
        kinds=_CONSENTS,
        of_minors=True,
    ),
    AuditItem(
        id="notice",
        text=Text("处理规则与告知", "Processing rules and notice"),
        looks_at=Text(
            "处理规则的内容、公布的版本、告知的时点和可查、可存",
            "What the rules say, which version is published, when people are told, how to keep it",
        ),
        judged=Text(
            "表述是否真实、准确、显著、易懂；应用以外的场景是否也告知",
            "Whether it is true, plain and easily seen, also outside the app",
        ),
        rests_on=ids("PIPL-7", "PIPL-17", "PIPL-18", "PIPL-48"),
        rows=ids("duty-5"),
        kinds=("publication", "notice-shown"),
        of_minors=True,
    ),
    AuditItem(
        id="minimum-scope",
        text=Text("最小范围与保存期限", "Minimum scope and retention"),
        looks_at=Text(
            "收集的种类与功能的对应、权限、保存期限及到期删除",
            "Categories beside functions, permissions, periods and what is deleted when they end",
        ),
        judged=Text(
            "每一种信息对所述目的是否确有必要",
            "Whether each piece is really needed for the purpose that is named",
        ),
        rests_on=ids("PIPL-6", "PIPL-19"),
        rows=ids("pledge-2", "pledge-5"),
        kinds=("inspection-result",),
        of_minors=True,
    ),
    AuditItem(
        id="joint-handling",
        text=Text("共同处理", "Joint handling"),
        looks_at=Text(
            "约定的权利义务、各方规则和联系方式、任何一方都受理行权",
            "Agreed rights and duties, each party's rules and contact, either answers requests",
        ),
        judged=Text("约定是否按其履行", "Whether what was agreed is kept"),
        rests_on=ids("PIPL-20"),
        rows=ids("duty-6", "duty-7"),
        kinds=("provision",),
        absent_if="joint",
    ),
    AuditItem(
        id="entrusting",
        text=Text("委托处理", "Entrusting"),
        looks_at=Text(
            "委托合同的内容、评估、监督记录、转委托的同意、返还或者删除",
            "Contracts, assessment, supervision, consent to sub-entrusting, return or deletion",
        ),
        judged=Text(
            "受托人实际是否按约定处理；到场或者抽样核对",
            "Whether the entrusted party really keeps to it; look on the spot or by samples",
        ),
        rests_on=ids("PIPL-21", "PIPL-59"),
        rows=ids("duty-6", "pledge-9"),
        sorts=("supervision",),
        absent_if="entrusted",
    ),
    AuditItem(
        id="transfer-on-merger",
        text=Text("合并、分立等情形的转移", "Transfer on merger and the like"),
        looks_at=Text(
            "告知接收方名称和联系方式；接收方变更目的、方式的，重新取得同意",
            "Notice of who receives it; renewed consent where purpose or method change",
        ),
        judged=Text(
            "审计期间是否发生过此类转移；登记簿和日志看不出来",
            "Whether there was such a transfer in the period; register and log do not tell",
        ),
        rests_on=ids("PIPL-22"),
    ),
    AuditItem(
        id="provision",
        text=Text("向其他处理者提供", "Provision to other handlers"),
        looks_at=Text(
            "五项告知、单独同意、评估、提供的记录及其保存",
            "The five items of notice, separate consent, assessment, records and how long kept",
        ),
        judged=Text(
            "接收方是否在约定的目的、方式、种类之内处理",
            "Whether recipients keep to the purpose, method and categories agreed",
        ),
        rests_on=ids("PIPL-23", "NDSR-12"),
        rows=ids("duty-6", "pledge-9"),
        kinds=("provision",),
        absent_if="provided",
    ),
    AuditItem(
        id="automated-decisions",
        text=Text("自动化决策", "Automated decision-making"),
        looks_at=Text(
            "事前评估、关闭选项、重大决定的说明与人工复核、交易条件公平",
            "Assessment before, off switches, explanation and review, fair terms",
        ),
        judged=Text(
            "算法的目的和影响是否公正；抽取决定重新计算",
            "Whether purpose and effect are fair; work out some decisions again",
        ),
        rests_on=ids("PIPL-24", "ALG-17", "NDSR-42"),
        rows=ids("duty-8", "duty-9", "pledge-3", "pledge-4"),
        kinds=("automated-decision", "price-quoted", "switch-set"),
        absent_if="automated",
    ),
    AuditItem(
        id="public-disclosure",
        text=Text("公开个人信息", "Public disclosure"),
        looks_at=Text(
            "单独同意、脱敏规则、公开的范围和期限",
            "Separate consent, masks, extent and end of what is shown",
        ),
        judged=Text("公开是否有必要", "Whether it has to be public at all"),
        rests_on=ids("PIPL-25"),
        rows=ids("duty-10"),
        absent_if="published",
    ),
    AuditItem(
        id="public-place-images",
        text=Text("公共场所图像采集与身份识别", "Images and identification in public places"),
        looks_at=Text(
            "是否为维护公共安全所必需、显著的提示标识、用途不超出范围、备案",
            "Need for public safety, signs that can be seen, use for nothing else, filing",
        ),
        judged=Text(
            "到现场查看设备和标识；本系统看不到设备",
            "Look at devices and signs on the spot; nothing here sees them",
        ),
        rests_on=ids("PIPL-26", "FACE-2025"),
        sorts=("filing:faces",),
        absent_if="captures",
    ),
    AuditItem(
        id="published-information",
        text=Text("处理已公开的个人信息", "Handling of information already public"),
        looks_at=Text(
            "合理范围、个人拒绝后停止、对权益有重大影响时取得同意",
            "Reasonable scope, stop on refusal, consent where rights are greatly affected",
        ),
        judged=Text(
            "是否收集网上已公开的信息，用途是否合理",
            "Whether public information is gathered, and for what",
        ),
        rests_on=ids("PIPL-27"),
    ),
    AuditItem(
        id="sensitive",
        text=Text("敏感个人信息", "Sensitive personal information"),
        looks_at=Text(
            "特定目的和充分必要性、单独同意、对权益影响的告知、严格保护措施",
            "Specific purpose and need, separate consent, notice of the impact, strict protection",
        ),
        judged=Text(
            "必要性是否充分；未登记为敏感的内容是否实为敏感",
            "Whether the need is sufficient; whether anything else is sensitive in fact",
        ),
        rests_on=ids("PIPL-28", "PIPL-29", "PIPL-30"),
        rows=ids("duty-1"),
        sorts=("assessment",),
        absent_if="sensitive",
        of_minors=True,
    ),
    AuditItem(
        id="minors",
        text=Text("未成年人个人信息", "Minors' personal information"),
        looks_at=Text(
            "年龄识别、监护人同意、专门规则、访问审批、年度审计",
            "Age check, guardian's consent, rules of their own, approved access, yearly audit",
        ),
        judged=Text(
            "产品实际吸引的人群；年龄不明的人如何对待",
            "Whom the product really attracts; how unknown age is dealt with",
        ),
        rests_on=ids("PIPL-31", "MINOR-31", "MINOR-34", "MINOR-36", "MINOR-37"),
        rows=ids("duty-11"),
        sorts=("minors-access",),
        absent_if="minors",
        of_minors=True,
    ),
    AuditItem(
        id="cross-border",
        text=Text("向境外提供", "Provision abroad"),
        looks_at=Text(
            "出境路径与人数、六项告知、单独同意、评估、接收方的保障措施、外国机关的请求",
            "Route and numbers, six items of notice, separate consent, assessment, safeguards,"
            " requests of foreign authorities",
        ),
        judged=Text(
            "境外能否远程访问；接收方所在地的法律和执行",
            "Whether there is access from abroad; law and practice where the recipient is",
        ),
        rests_on=ids("PIPL-38", "PIPL-39", "PIPL-41"),
        rows=ids("duty-15"),
        sorts=("foreign-request", "filing:route"),
        kinds=("provision",),
        absent_if="overseas",
    ),
)
