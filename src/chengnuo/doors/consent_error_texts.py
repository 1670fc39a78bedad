"""What doors say to people about the error codes of consent."""

from chengnuo.base.text import Text

CONSENT_ERRORS: dict[str, Text] = {
    "being-counted": Text(
        "这些数字正在第一次统计，人数多时需要一会儿。请一分钟后再看。",
        "These numbers are being counted for the first time; look again in a minute.",
    ),
    "consent-ahead-of-log": Text(
        "数据库中的同意状态比存证日志还新，可能有撤回记录丢失，已停止。请用同一时刻的备份恢复日志和数据库。",
        "The state of consent is ahead of the evidence log; restore both of one time.",
    ),
    "consent-end-past": Text(
        "同意的截止时间已经过去，没有记录。",
        "The consent would have ended already; nothing was recorded.",
    ),
    "consent-other-app": Text(
        "这一事项属于另一个应用，没有记录。",
        "The item belongs to another app; nothing was recorded.",
    ),
    "consent-other-version": Text(
        "内容已经更新，您看到的不是现在的版本，没有记录。请重新查看后再决定。",
        "What was shown is not what is asked now; nothing was recorded. Show it anew.",
    ),
    "consent-prompt-answered": Text(
        "这次询问已经回答过，没有重复记录。",
        "This prompt was answered before; nothing was recorded again.",
    ),
    "consent-prompt-future": Text(
        "询问的时间晚于现在，没有记录。请检查设备时间。",
        "The prompt is said to have been shown later than now; nothing was recorded.",
    ),
    "consent-prompt-late": Text(
        "这次询问距今太久，没有记录。请重新查看后再决定。",
        "The prompt was shown too long ago; nothing was recorded. Show it anew.",
    ),
    "follow-up-not-due": Text(
        "撤回还在可以恢复的十分钟之内，这一步还不能进行。",
        "The withdrawal can still be undone; this step is not due yet.",
    ),
    "follow-up-person": Text(
        "请给出账户标识或待办中的个人标识，二者取一。",
        "Give the account id or the person key of the follow-up, one of the two.",
    ),
    "guardian-needed": Text(
        "未满十四周岁，需要监护人同意，没有记录。",
        "A guardian has to consent; nothing was recorded.",
    ),
    "guardian-not-needed": Text(
        "这一事项应由本人决定，监护人的同意不予记录。",
        "The individual decides this alone; a guardian's consent was not recorded.",
    ),
    "guardian-person": Text(
        "请给出监护人的账户标识或列表中的 `who`，二者取一。",
        "Give the guardian's account id or `who` of the list, one of the two.",
    ),
    "guardian-relation-ended": Text(
        "您与这个孩子的监护关系已经终止，没有记录。仍然是监护人的，请联系运营者核实。",
        "Your guardian relation to this child has ended; nothing was recorded. If you still are the"
        " guardian, ask the operator to make sure of it.",
    ),
    "handover-code": Text(
        "这个码已失效：只能用一次，十分钟内有效。请让孩子重新出示一个。",
        "This code has expired: it works once, within ten minutes. Ask the child for a new one.",
    ),
    "minors-access-needed": Text(
        "这是未成年人的记录，须先申请访问（控制台 → 卷宗 → 访问未成年人信息），"
        "由他人批准后才能查看。没有查看，也没有记录为已查看。",
        "This is a minor's record. Ask for access first (console, dossiers, access to a minor's"
        " information); somebody else approves it. Nothing was shown.",
    ),
    "no-guardian-relation": Text(
        "孩子没有这位监护人，或者这一关系已经终止。",
        "The child has no such guardian, or the relation has ended already.",
    ),
    "no-label-request": Text(
        "没有等待清除的画像标签。",
        "No request to clear these labels is open.",
    ),
    "no-such-activity": Text(
        "登记簿中没有这项处理活动。",
        "The register has no such activity.",
    ),
    "no-such-follow-up": Text(
        "这次撤回没有这一待办，或者已经完成、已经取消。",
        "Nothing of the sort follows from this withdrawal, or not any more.",
    ),
    "no-such-switch": Text(
        "登记簿中没有这个开关。",
        "The register has no such switch.",
    ),
    "not-yet-fourteen": Text(
        "尚不能确认此人已满十四周岁，监护人的同意没有终止。",
        "The individual is not known to be fourteen or over; nothing ended.",
    ),
    "nothing-asked": Text(
        "这一项没有在等待监护人，没有记录。",
        "This does not wait for a guardian; nothing was recorded.",
    ),
    "nothing-to-end": Text(
        "没有已经到期或已经用过的同意，没有记录。",
        "No consent has run out; nothing was recorded.",
    ),
    "not-a-guardian": Text(
        "这个码要由成年的监护人用自己的账号来用。孩子的账号、未成年人的账号和不知道年龄的账号都不行。码已作废，请让孩子重新出示一个。",
        "This code is for a guardian of age with an account of their own. It is used up; ask the"
        " child for a new one.",
    ),
    "nothing-to-hand-over": Text(
        "这一项不需要由监护人决定。",
        "This is not for a guardian to decide.",
    ),
    "nothing-to-withdraw": Text(
        "没有可以撤回的同意，没有记录。",
        "There is no consent to withdraw; nothing was recorded.",
    ),
    "other-guardian-refused": Text(
        "另一位监护人对这一项表示了不同意，您的同意没有记录。只有表示不同意的那位监护人可以改变。",
        "Another guardian said no to this; your consent was not recorded. Only the guardian who"
        " said no can change it.",
    ),
    "prompt-form": Text(
        "提交的内容与页面不一致，没有记录。请重新打开这一页再作选择。",
        "What was sent is not what the page put there; nothing was recorded. Open the page again.",
    ),
    "same-individual": Text(
        "两个标识相同，没有可合并的。",
        "Both names are the same; there is nothing to join.",
    ),
    "undo-not-possible": Text(
        "这条记录不是可以恢复的撤回，没有改动。",
        "The record is no withdrawal that can be undone; nothing was recorded.",
    ),
    "undo-too-late": Text(
        "撤回已超过十分钟，不能恢复。如仍需要，请重新同意。",
        "The withdrawal cannot be undone any more; a new consent is needed.",
    ),
}
