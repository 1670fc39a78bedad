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
    "ProcessingActivity.activity": "这项活动的标识，定下来后不再改",
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
    "Recipient.recipient": "这个接收方的标识，定下来后不再改",
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
