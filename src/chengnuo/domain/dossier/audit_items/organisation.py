"""Items on what people can ask for, and on how the handler is set up."""

from chengnuo.base.text import Text
from chengnuo.domain.dossier.audit_items.audit_item import AuditItem, ids

ITEMS = (
    AuditItem(
        id="deletion",
        text=Text("删除权", "Deletion"),
        looks_at=Text(
            "应当删除的情形、各存储的删除结果、保留的理由与期限、备份",
            "When it is due, what was deleted store by store, what is kept why and until when",
        ),
        judged=Text(
            "抽样核对删除后各存储和备份中是否还有",
            "By samples: whether anything is left in stores and backups",
        ),
        rests_on=ids("PIPL-47"),
        rows=ids("duty-3", "duty-13"),
        kinds=("deletion",),
        of_minors=True,
    ),
    AuditItem(
        id="rights",
        text=Text(
            "查阅、复制、更正、转移与解释", "Access, copy, correction, transfer, explanation"
        ),
        looks_at=Text(
            "办理的途径、期限、结果；死者近亲属的请求",
            "Ways, time and outcome; requests of close relatives",
        ),
        judged=Text(
            "抽取请求核对答复是否完整、身份核验是否过度",
            "By samples: whether answers were whole, and identity checks no more than needed",
        ),
        rests_on=ids("PIPL-44", "PIPL-45", "PIPL-46", "PIPL-48", "PIPL-49"),
        rows=ids("duty-12", "duty-13", "pledge-6"),
        kinds=("request-state", "identity-check", "correction", "export"),
        of_minors=True,
    ),
    AuditItem(
        id="rights-channel",
        text=Text("行权受理与投诉渠道", "Channel for rights and complaints"),
        looks_at=Text(
            "便捷的申请受理机制、拒绝的理由、投诉的答复与期限",
            "How requests are taken, reasons of refusals, answers to complaints and their time",
        ),
        judged=Text(
            "亲自走一遍渠道；热线是否有人接听",
            "Go through the channel oneself; whether the hotline answers",
        ),
        rests_on=ids("PIPL-50", "191-6.5"),
        rows=ids("pledge-6", "pledge-8"),
        sorts=("complaint",),
        kinds=("complaint",),
        of_minors=True,
    ),
    AuditItem(
        id="internal-rules",
        text=Text("内部管理制度和操作规程", "Internal rules and procedures"),
        looks_at=Text(
            "制度是否覆盖各环节、分类管理、职责分工与奖惩",
            "Whether rules cover each stage; classification; who is in charge",
        ),
        judged=Text("制度是否落实；访谈与查阅文件", "Whether they are lived; talk and read"),
        rests_on=ids("PIPL-51", "NDSR-9"),
        rows=ids("pledge-1"),
        sorts=("safeguard:rules", "safeguard:classification"),
        of_minors=True,
    ),
    AuditItem(
        id="technical-measures",
        text=Text("安全技术措施", "Technical measures"),
        looks_at=Text(
            "加密、去标识化、日志、备份、漏洞处理及其证据",
            "Encryption, de-identification, logs, backup, vulnerabilities, and their evidence",
        ),
        judged=Text(
            "措施与风险是否相称；渗透测试等专业检验",
            "Whether they fit the risk; tests by specialists",
        ),
        rests_on=ids("PIPL-51.3", "NDSR-9"),
        rows=ids("pledge-10"),
        sorts=(
            "safeguard:encryption",
            "safeguard:de-identification",
            "safeguard:logging",
            "safeguard:backup",
            "safeguard:vulnerability",
        ),
        of_minors=True,
    ),
    AuditItem(
        id="access-rights",
        text=Text("操作权限", "Access rights of staff"),
        looks_at=Text(
            "权限的设定与复核、查看个人信息的记录",
            "How rights are given and reviewed; records of who looked",
        ),
        judged=Text(
            "业务系统自身的权限；本服务只看得到自己的账号",
            "Rights in the operator's own systems; only accounts of this service are seen here",
        ),
        rests_on=ids("PIPL-51.4"),
        sorts=("safeguard:access",),
        kinds=("operator-read", "staff-sign-in"),
        of_minors=True,
    ),
    AuditItem(
        id="training",
        text=Text("安全教育和培训", "Training"),
        looks_at=Text("培训的对象、时间、内容和记录", "Who was trained when, on what"),
        judged=Text("培训的效果；考核或者访谈", "Whether it took; ask or test"),
        rests_on=ids("PIPL-51.4"),
        sorts=("safeguard:training",),
        of_minors=True,
    ),
    AuditItem(
        id="officer",
        text=Text("负责人与代表机构", "Person in charge and representative"),
        looks_at=Text(
            "负责人的指定、公开与报送；境外处理者的境内代表",
            "Appointment, publication and filing; the representative of a handler abroad",
        ),
        judged=Text(
            "负责人是否有相应的知识、职权和资源",
            "Whether the person has the knowledge, the powers and the means",
        ),
        rests_on=ids("PIPL-52", "PIPL-53"),
        rows=ids("pledge-1"),
        sorts=("filing:officer",),
    ),
    AuditItem(
        id="assessments",
        text=Text("个人信息保护影响评估", "Impact assessments"),
        looks_at=Text(
            "应评估的情形、评估早于处理、内容、保存三年",
            "What has to be assessed, before it begins, with what content, kept three years",
        ),
        judged=Text(
            "对风险和措施的判断是否站得住",
            "Whether what is said of risk and measures holds",
        ),
        rests_on=ids("PIPL-55", "PIPL-56"),
        rows=ids("duty-14"),
        sorts=("assessment",),
        of_minors=True,
    ),
    AuditItem(
        id="incident-plan",
        text=Text("安全事件应急预案", "Incident plan"),
        looks_at=Text("预案的内容、演练、改进", "The plan, drills, what was learnt"),
        judged=Text("预案能否真正执行", "Whether it can really be carried out"),
        rests_on=ids("PIPL-51.5", "NDSR-11"),
        rows=ids("pledge-10"),
        sorts=("safeguard:drill",),
        of_minors=True,
    ),
    AuditItem(
        id="incident-response",
        text=Text("安全事件处置与通知", "Incident response and notice"),
        looks_at=Text(
            "发现、补救、报告、通知的时间与内容；不通知的理由",
            "When it was found, contained, reported, told; reasons for not telling",
        ),
        judged=Text(
            "是否有未登记的事件；核对运维、客服、舆情",
            "Whether anything was not entered; look at operations, hotline, press",
        ),
        rests_on=ids("PIPL-57", "INC-2025"),
        rows=ids("duty-16"),
        sorts=("incident",),
        kinds=("incident",),
        of_minors=True,
    ),
    AuditItem(
        id="audits",
        text=Text("合规审计本身", "Audits themselves"),
        looks_at=Text(
            "审计的频次、独立性、整改与报送",
            "How often, how independent, what was mended and filed",
        ),
        judged=Text("审计人员能否独立判断", "Whether who audits can judge freely"),
        rests_on=ids("PIPL-54", "PIPL-64", "AUDIT-2025"),
        rows=ids("duty-14"),
        sorts=("audit", "remedy"),
        of_minors=True,
    ),
    AuditItem(
        id="records",
        text=Text("记录的保存", "Keeping of records"),
        looks_at=Text(
            "处理情况记录、提供与委托记录的保存；日志是否完整、未被改动",
            "Records of handling, provision and entrusting; whether the log is whole and unchanged",
        ),
        judged=Text(
            "没有经过本服务的处理是否另有记录",
            "Whether what did not go through this service is on record elsewhere",
        ),
        rests_on=ids("PIPL-56", "PIPL-69", "NDSR-12"),
        rows=ids("duty-16"),
        kinds=("attestation", "configuration"),
    ),
    AuditItem(
        id="app-practice",
        text=Text("应用与第三方代码", "Apps and third-party code"),
        looks_at=Text(
            "首次运行、权限申请、同意之前的读取、SDK 与清单的一致",
            "First run, permissions, what is read before consent, SDKs beside the lists",
        ),
        judged=Text("在真机上走一遍", "Go through the app on a device"),
        rests_on=ids("191-3.1", "191-2.1", "191-4.2"),
        rows=ids("pledge-5", "precheck-1"),
        kinds=("inspection-result", "attestation"),
        absent_if="apps",
    ),
    AuditItem(
        id="platform",
        text=Text("重要平台的特别义务", "Special duties of large platforms"),
        looks_at=Text(
            "合规制度体系、独立监督机构、平台规则、停止违法服务、社会责任报告",
            "Compliance system, independent body, platform rules, stopping unlawful services,"
            " yearly report",
        ),
        judged=Text(
            "监督机构是否由外部成员组成并独立工作",
            "Whether the body is made up of outsiders and works freely",
        ),
        rests_on=ids("PIPL-58", "NDSR-40", "NDSR-44"),
        rows=ids("pledge-1"),
        absent_if="platform",
    ),
)
