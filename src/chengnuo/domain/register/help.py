"""What to write into a field of the register, and the article behind it, for whoever fills it in.

English is what the type's docstring says of the field, as on the page of the register's fields;
the Chinese stands here, by the field's key, with the type before it where the key alone means
different things.
"""

import re

from chengnuo.base.text import Text
from chengnuo.domain.register.json_schema import said_of_fields
from chengnuo.domain.register.shapes import Field, expected_of, shape_of

_ZH: dict[str, str] = {
    "ProcessingActivity.activity": "这项活动的标识，定下来后一般不再改",
    "ProcessingActivity.purpose": "明确、合理的目的，按个人会读到的话写",
    "purpose_kind": "这个目的属于哪一类",
    "scene": "个人在什么时候遇到，如“首页点击附近门店时”",
    "ProcessingActivity.basis": "凭什么可以处理；选“同意”时另填同意形式",
    "basis_detail": "具体是哪份合同、哪部法律、哪个公开来源",
    "ProcessingActivity.consent": "总事项的同意形式；敏感信息、提供、出境等单独同意会自动产生",
    "ProcessingActivity.recipients": "还有谁拿到；每增加一个，个人都要看得到",
    "ProcessingActivity.stores": "保存在哪些表里",
    "minors_under_14": "不满十四周岁的儿童怎样处理",
    "ProcessingActivity.assessment": "依据哪份影响评估",
    "started": "从哪天开始处理",
    "if_withdrawn": "撤回同意后会怎样，用一句话说给个人听",
    "also_in_force": "改版后还可以暂时依据的旧同意",
    "PIItem.category": "目录中的个人信息种类",
    "detail": "具体是哪些字段，用人能懂的话说",
    "PIItem.necessary": "没有它，这个功能是不是就做不了",
    "PIItem.sensitive": "目录没有定的种类，这样用算不算敏感",
    "why_necessary": "为什么必须用；敏感信息必填",
    "PIItem.impact": "对个人意味着什么；敏感信息必填",
    "if_refused": "不给会怎样；不是必要的信息必填",
    "Permissions.android": "每行一个，不写 android.permission. 前缀",
    "Permissions.ios": "每行一个用途说明键",
    "Permissions.harmony": "每行一个鸿蒙权限名",
    "provided_by": "信息从哪里来",
    "trigger": "由什么触发",
    "at_most": "最多多频繁，如 1 per minute",
    "background": "切到后台后还处理吗",
    "operations": "做哪些处理",
    "Retention.keep": "如 P30D（三十天）、P3Y（三年）；forever 会被规则指出",
    "Retention.from": "从哪件事起算",
    "Retention.then": "到期以后怎么办",
    "Retention.why": "为什么要这么久",
    "Retention.duty": "目录中要求保存的义务或数值的标识",
    "Recipient.recipient": "这个接收方的标识，定下来后一般不再改",
    "role": "受托、共同处理，还是另外的处理者",
    "company": "营业执照上的全称",
    "rules_url": "它自己的处理规则在哪里",
    "Recipient.categories": "会拿到哪些种类",
    "Recipient.purpose": "它拿去做什么",
    "Recipient.method": "它怎样处理",
    "Recipient.country": "在哪里处理：两个大写字母，境内写 CN",
    "channel": "通过什么方式共享",
    "agreement": "依据哪份协议",
    "sub_recipients": "它又交给了谁",
    "route": "走哪条出境路径",
    "reference": "编号，或者存放在哪里",
    "individuals_a_year": "每年多少人的信息出境",
    "signed": "签署的日子",
    "expires": "最后有效的日子",
    "in_force_from": "开始有效的日子",
    "digest": "文本的 SHA-256",
    "duties": "各方各负责什么",
    "topics": "这一条约定了哪些事",
    "terms": "委托处理约定的目的、方式、种类和期限",
    "connection": "设置文件中连接的名称；密码不写在登记簿里",
    "operated_by": "由谁运维",
    "encrypted": "静态数据是否加密",
    "Store.country": "数据存放在哪里：两个大写字母，境内写 CN",
    "region": "具体在哪里，按公布的说法",
    "table": "表名，与数据库里一致",
    "identity": "凭哪些列找到一个人，每行一列",
    "identifiers": "凭哪些列找到账户，并说明是哪种标识",
    "column": "列名，与数据库里一致",
    "Column.category": "目录中的个人信息种类",
    "when_deleted": "删除请求到来时这一列怎么办",
    "not_personal": "不含个人信息的列，每行一列",
    "Service.basic": "人们期待这个应用有的功能：拒绝别的不能因此关掉它",
    "requires": "缺了哪些活动这个服务就做不了",
    "requires_account": "是不是登录后才能用",
    "account_reason": "为什么要有账户",
    "taps": "从主界面点几次到",
    "path": "在应用里怎么走到，如“我 → 设置 → 隐私”",
    "default_on": "个人没有选择以前是开还是关",
    "effect": "关掉以后有什么变化",
    "turns_on_again": "会不会自己又打开",
    "credit_code": "18 位统一社会信用代码",
    "individuals": "大约处理多少人的信息；有些义务看这个数",
    "turnover": "上一年度营业额，整数元；不公布",
    "working_days": "承诺几个工作日内答复；0 表示当场",
    "rules_taps": "从主界面点几次到规则",
    "lists_menu_level": "两份清单在第几级菜单，主界面是第 1 级",
    "rules_updated": "规则最近一次修改的日子",
    "rules_effective": "规则开始适用的日子",
    "app_types": "属于目录中的哪些常见类型",
    "other_type": "三十九类都不是时，写明是什么应用",
    "unknown_age": "不知道年龄时怎么办",
    "age_check": "怎样得知年龄",
    "done": "签批的日子",
    "valid_until": "最晚哪天重新看",
    "grounds": "为什么要评估",
    "lawful": "目的和方式是否合法、正当、必要",
    "ImpactAssessment.measures": "保护措施是否合法、有效并与风险相适应",
    "risk": "采取措施以后还剩多大风险",
    "body": "企业自己的一段话，原样放进文件",
    "factors": "考虑哪些因素，说到个人能懂",
    "major_effect": "对个人权益是否有重大影响",
    "off_switch": "个人用哪个开关关掉",
    "explanation": "怎样得出结果，说给个人听",
    "human_review": "怎样请人复核",
    "ProcessingActivity.service": "属于哪个服务；拒绝扩展服务的，不影响基本服务",
    "ProcessingActivity.method": "信息从哪里来、何时、怎样处理（《个人信息保护法》第 17 条）",
    "Method.description": "上面几项说不清的，用一句话写明；在后台处理的写为什么",
    "ProcessingActivity.items": "逐种写明；用不到的不写（《个人信息保护法》第 6 条）",
    "ProcessingActivity.permissions": "这项活动申请的系统权限，没有就不写",
    "ProcessingActivity.retention": "实现目的所必要的最短时间（《个人信息保护法》第 19 条）",
    "ProcessingActivity.automated": "是否用于自动化决策（《个人信息保护法》第 24 条）",
    "AutomatedDecisionMaking.kind": "决定什么：推荐、定价、授信等",
    "AutomatedDecisionMaking.personal_factors": "影响结果的个人信息种类",
    "AutomatedDecisionMaking.sets_terms": "价格等交易条件会不会因人而异",
    "AutomatedDecisionMaking.fairness": "怎样保证公平，怎样检验，没有不合理的差别待遇",
    "ProcessingActivity.disclosure": "公开给不特定的人看；要单独同意（《个人信息保护法》第 25 条）",
    "PublicDisclosure.where": "在哪里公开，如“中奖公示页”",
    "PublicDisclosure.categories": "公开哪些种类",
    "PublicDisclosure.masks": "每一种怎样遮挡",
    "Mask.category": "遮挡的是哪一种",
    "Mask.rule": "遮挡以后还看得见什么，如“保留姓氏，其余以 * 代替”",
    "Mask.leading": "开头最多看得见几个字；不填就不数",
    "Mask.trailing": "末尾最多看得见几个字",
    "Mask.columns": "出现在哪些列或者公示字段里",
    "PublicDisclosure.why": "为什么非公开不可",
    "PublicDisclosure.shown_for": "公开多久，到期撤下",
    "ProcessingActivity.public_image": "在公共场所拍摄（《个人信息保护法》第 26 条）",
    "PublicImage.place": "设备装在哪里",
    "PublicImage.sign": "有没有显著的提示标识",
    "PublicImage.other_use": "公共安全以外的用途；要单独同意，没有就不写",
    "ProcessingActivity.face": "人脸识别；有特定目的和充分必要才可以（《个人信息保护法》第 28 条）",
    "FaceRecognition.purpose": "只为哪一个目的",
    "FaceRecognition.alternatives": "不用人脸还可以怎样办，同样方便",
    "FaceRecognition.other_uses": "人脸还用于别的什么；没有就不写",
    "FaceRecognition.template": "特征存在哪里：设备上，还是服务器上",
    "ProcessingActivity.capture": "可能在人不知情时用到的传感器",
    "Capture.sensor": "麦克风、摄像头、剪贴板等",
    "Capture.moment": "在什么时候用",
    "Capture.indicator": "使用时个人看得到或听得到什么",
    "Capture.starts_with": "个人做了什么才开始，如“按住说话”",
    "AlsoInForce.matter": "同意的事项，如 general、provision:courier",
    "AlsoInForce.fingerprint": "旧事项的实质指纹，在版本历史里看得到",
    "AlsoInForce.until": "旧的同意最晚用到哪天",
    "Recipient.name": "个人认得的名称（《个人信息保护法》第 23 条）",
    "Recipient.contact": "个人怎样找到它（《个人信息保护法》第 23 条）",
    "Recipient.sdk": "通过 SDK 取得信息的，写明是哪一个",
    "SDK.name": "开发者给的名称",
    "SDK.versions": "每个平台用的版本，如 android 5.4.0",
    "SDK.packages": "它带来的代码包名，每行一个，如 com.example.sdk",
    "SDK.starts": "什么时候启动；征得同意之前启动会被规则指出",
    "SDK.catalogue": "SDK 目录里的标识，目录里没有就不写",
    "Recipient.vetting": "最近一次审查；委托的要监督（《个人信息保护法》第 21 条）",
    "Vetting.on": "审查的日子",
    "Vetting.until": "审查结论最晚管到哪天",
    "Vetting.result": "通过、有条件通过，还是没有通过",
    "Vetting.report": "报告存在哪里；不公布",
    "Recipient.cross_border": "出境凭什么（《个人信息保护法》第 38 条）",
    "CrossBorder.until": "这条路径最晚有效到哪天",
    "CrossBorder.sensitive_individuals_a_year": "其中每年多少人的敏感信息出境",
    "CrossBorder.important_data": "出境的是不是重要数据，或者含有重要数据",
    "CrossBorder.rights": "个人怎样向境外接收方行使权利（《个人信息保护法》第 39 条）",
    "CrossBorder.safeguards": "怎样使它达到法律的保护标准（《个人信息保护法》第 38 条第 3 款）",
    "Store.store": "这个存储的标识，定下来后一般不再改",
    "Store.name": "你们怎样称呼它",
    "Store.kind": "是哪一种存储",
    "Store.tables": "含有或者可能含有个人信息的表",
    "Table.holds": "里面是什么，用一句话写",
    "Table.columns": "含有个人信息的列，每列写明种类和删除时怎么办",
    "Column.keep": "法律要求保留的，依据哪项义务、多久；没有就不写",
    "KeepDuty.duty": "目录中义务或者数值的标识",
    "KeepDuty.keep": "要保留多久",
    "KeepDuty.from": "从哪件事起算",
    "Column.about": "是账号本人的，还是别人的",
    "Column.export": "给个人的副本里要不要有（《个人信息保护法》第 45 条）",
    "Column.correctable": "个人能不能更正（《个人信息保护法》第 46 条）",
    "Table.references": "数据库自己没有声明的、指向别的表的关系",
    "Reference.columns": "这张表里的列",
    "Reference.to": "指向哪张表：存储.表",
    "Reference.to_columns": "那张表里对应的列，次序相同",
    "Reference.when_column": "一列指向几种表时，由哪一列说明是哪种",
    "Reference.when_value": "那一列是什么值时，才是这个指向",
    "Identifier.kind": "是哪种标识：手机号、邮箱、设备标识等",
    "Identifier.account": "同一张表里放账户标识的列",
    "Identifier.when_column": "由哪一列说明这一行是不是这种标识",
    "Identifier.when_value": "那一列是什么值时才是",
    "Table.events": "期限从哪一列的时间起算；没有写的，从删除请求起算",
    "EventColumn.event": "是哪件事",
    "Table.labels": "每一行是给个人打的标签时，由哪些列说明",
    "LabelColumns.label": "放标签的列",
    "LabelColumns.model": "哪个模型在用",
    "LabelColumns.learned_from": "说明从什么得来的列",
    "LabelColumns.since": "说明从何时起有的列",
    "Table.shared": "一行可能属于几个人时，写明为什么；这样的行不会为其中一人删去",
    "Agreement.title": "协议的名称",
    "Agreement.version": "有效的是哪一版，如 2.1",
    "AgreedDuty.duty": "要做的事",
    "AgreedDuty.borne_by": "由谁做",
    "AgreedTerms.recipient": "与哪个接收方约定",
    "AgreedTerms.purpose": "约定为了什么（《个人信息保护法》第 21 条）",
    "AgreedTerms.method": "约定怎样处理",
    "AgreedTerms.categories": "最多能拿到哪些种类",
    "AgreedTerms.keep": "它最多保存多久",
    "AgreedTerms.protection": "它要采取哪些保护措施",
    "Agreement.sub_entrusting": "可不可以转委托；要经过同意（《个人信息保护法》第 21 条）",
    "Agreement.return_or_delete": "结束以后返还还是删除（《个人信息保护法》第 21 条）",
    "Agreement.liability": "各自承担什么责任（《个人信息保护法》第 20 条第 2 款）",
    "Agreement.supervision": "怎样监督它的处理（《个人信息保护法》第 21 条）",
}
_ARTICLE = re.compile(r"(PIPL|NDR) Arts?\. ?(\d+)|(191号文|26号文|524) ?([\d.]+)?")
_LAWS = {
    "PIPL": ("《个人信息保护法》第 {} 条", "PIPL Art. {}"),
    "NDR": ("《网络数据安全管理条例》第 {} 条", "NDR Art. {}"),
}


def help_of(model: type, field: Field) -> Text:
    """Return what to write into a field of a type, with the form that is expected.

    Chinese where nothing is said beyond the label has the form alone.
    """
    said = said_of_fields(model).get(field.name, "")
    zh = _ZH.get(f"{model.__name__}.{field.key}", _ZH.get(field.key, ""))
    shape = shape_of(field.hint)
    expected = expected_of(field.hint)
    told = shape.bare is not Text and not (
        shape.is_list or shape.is_row or shape.is_choice or shape.is_id
    )
    forms = (f"应为{expected.zh}。", f"Expected: {expected.en}.") if told else ("", "")
    article = article_of(said)
    return Text(
        " ".join(part for part in (f"{zh}。" if zh else "", forms[0], article.zh) if part),
        " ".join(part for part in (said, forms[1]) if part),
    )


def article_of(said: str) -> Text:
    """Return the first article that a description names, in words; empty where it names none."""
    found = _ARTICLE.search(said)
    if found is None:
        return Text("", "")
    if found[1]:
        zh, en = _LAWS[found[1]]
        return Text(zh.format(found[2]), en.format(found[2]))
    return Text(f"{found[3]} {found[4] or ''}".strip(), f"{found[3]} {found[4] or ''}".strip())


def title_article(model: type) -> Text:
    """Return the article that a type as a whole rests on."""
    return article_of((model.__doc__ or "").partition("\n")[0])
