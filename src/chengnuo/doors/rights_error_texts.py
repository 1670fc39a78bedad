"""What doors say to people about the error codes of rights and of agents."""

from chengnuo.base.text import Text

RIGHTS_ERRORS: dict[str, Text] = {
    "agent-callback": Text(
        "回调地址不是为该代理方登记的主机上的 https 地址。",
        "The callback is no https address at a host registered for the agent.",
    ),
    "agent-exercise": Text(
        "代理方请求的事项不在提供范围内，或缺少必要的说明。",
        "The agent asks for what is not offered here, or leaves out what has to be said of it.",
    ),
    "agent-key": Text(
        "设置中代理方的公钥格式不对。",
        "The public key of an agent in the settings is none.",
    ),
    "agent-message-time": Text(
        "代理方的签名消息不在有效时间内，请重新签名后再发。",
        "The agent's signed message is not valid now; sign a new one.",
    ),
    "agent-message-used": Text(
        "这条签名消息已经用过。",
        "This signed message was used before.",
    ),
    "agent-nothing-to-withdraw": Text(
        "没有有效的同意可以撤回。",
        "There is no consent in force to withdraw.",
    ),
    "agent-refused": Text(
        "代理方、其令牌或签名不被接受。",
        "The agent, its token or its signature is not accepted.",
    ),
    "no-such-rights-export": Text(
        "没有这份副本：从未生成、已经过期或者已经销毁。",
        "There is no such copy; it may have expired. Ask for it again.",
    ),
    "notice-not-genuine": Text(
        "通知的签名、时间或格式不对，没有采用。",
        "The notice is not genuine, not of now or of another form; it was not taken.",
    ),
    "rights-ambiguous": Text(
        "对应多个账户，请补充一种标识。",
        "Several accounts match. Give one identifier more.",
    ),
    "rights-asked-otherwise": Text(
        "请求的内容与所行使的权利不符。",
        "What is asked does not go with the right.",
    ),
    "rights-export-broken": Text(
        "副本文件与写入时不一致，没有给出。",
        "A copy on the disk is not what was written; it was not given out.",
    ),
    "rights-export-format": Text(
        "没有这种副本格式。",
        "There is no such format of a copy.",
    ),
    "rights-export-incomplete": Text(
        "保存的数据行与方案不一致，副本没有给出。",
        "The rows kept are not those of the plan; no copy was given out.",
    ),
    "rights-export-other-order": Text(
        "这份请求的副本已按其他格式或者口令开始生成。",
        "A copy of this request was begun with other formats or another code.",
    ),
    "rights-export-too-large": Text(
        "磁盘空间不足，副本没有生成完，已完成的部分保留。",
        "There is not room enough for the copy; what is finished is kept.",
    ),
    "rights-export-unavailable": Text(
        "暂时无法写入副本，稍后会继续。",
        "Copies cannot be written just now; it goes on later.",
    ),
    "rights-extended": Text(
        "答复期限已经延长过一次，或请求已经办结。",
        "The time for the answer was extended before, or the request is closed.",
    ),
    "rights-hold": Text(
        "请填写账户标识；表须在登记簿中，期限须晚于现在。",
        "A hold takes an account, a table of the register if any, and an end that is to come.",
    ),
    "rights-identity": Text(
        "还没有足够确认是本人。",
        "It is not proved well enough who asks.",
    ),
    "rights-moved-on": Text(
        "请求刚刚被他人更改，请重新载入。",
        "The request was changed meanwhile.",
    ),
    "rights-no-match": Text(
        "没有找到对应的账户，请换一种标识。",
        "No account was found. Give another identifier.",
    ),
    "rights-no-such-hold": Text(
        "没有这项保全，或者它已经解除。",
        "There is no such hold, or it was lifted.",
    ),
    "rights-no-such-request": Text(
        "没有这一请求。",
        "There is no such request.",
    ),
    "rights-no-such-task": Text(
        "没有这一待办事项，或已经完成。",
        "There is no such task or notice, or it is done.",
    ),
    "rights-no-transfer": Text(
        "尚未设置向其他处理者转移个人信息的功能。",
        "Transfers to other handlers are not set up here.",
    ),
    "rights-not-notified": Text(
        "通知没有送达，稍后会再试。",
        "A notification was not delivered; it is tried again.",
    ),
    "rights-notice-not-sent": Text(
        "通知没有被接收方接收，稍后会再发。",
        "A notice was not taken by its recipient; it is sent again.",
    ),
    "rights-page-too-large": Text(
        "有文件太大，不能放进副本；请在登记簿中把其内容列设为 `export: false`，另行提供该文件。",
        "A file is too large for a copy; set `export: false` for its content in the register and"
        " hand the file over by hand.",
    ),
    "rights-person-given": Text(
        "请只用一种方式给出一个账户标识。",
        "Give one account id, in one way.",
    ),
    "rights-plan-outdated": Text(
        "方案制定之后数据库的结构有变化，没有作任何改动；需要重新制定方案。",
        "A store has changed since the plan was made; nothing was changed. Make the plan anew.",
    ),
    "no-such-review": Text("没有这件人工复核。", "There is no such review."),
    "review-outcome": Text(
        "改变决定时请选另一个结果；维持或撤销时不选。",
        "Choose another outcome for a change, and none otherwise.",
    ),
    "rights-review-open": Text(
        "这件请求针对一项自动化决策，请先认领复核并由人作出决定。",
        "The request is about one automated decision: claim its review and decide it there.",
    ),
    "rights-reason": Text(
        "请写明理由（5 至 450 字）。",
        "A reason is due, of 5 to 450 characters.",
    ),
    "rights-store-refused": Text(
        "数据库拒绝了这次改动，本次改动已全部撤回。请查看登记簿中的规定和数据库的约束。",
        "A store refused a change; all of it was taken back. See the register and the constraint.",
    ),
    "rights-store-unavailable": Text(
        "存有个人信息的数据库或系统暂时无法使用，没有作任何改动，稍后会再试。",
        "A store cannot be used just now; nothing in it was changed. It is tried again.",
    ),
    "rights-under-way": Text(
        "请求正在执行，请稍后再试。",
        "The request is being carried out just now.",
    ),
    "rights-value": Text(
        "数据库中有一列的内容无法读取。",
        "A column of a store holds what cannot be read.",
    ),
    "rights-who-asks": Text(
        "请只给出账户标识（`person`），提出或者试算请求时也可以改为 `identifier`。",
        "Give the account id (`person`); to open or try a request, `identifier` instead.",
    ),
    "rights-wrong-stage": Text(
        "请求目前所处的阶段不能这样办理。",
        "The request cannot do this where it stands.",
    ),
    "transfer-address": Text(
        "接收方的地址不被接受，没有发送。",
        "Nothing is sent to the address of the offer.",
    ),
    "transfer-broken": Text(
        "收到的数据与清单不一致，已丢弃，请重新发送。",
        "What came in is not what the manifest says; send it again.",
    ),
    "transfer-expired": Text(
        "接收码已经过期。",
        "The offer has expired.",
    ),
    "transfer-inbox-full": Text(
        "已经保存了太多转入的信息，请先删除一份。",
        "Too many transfers are kept for you already; delete one of them first.",
    ),
    "transfer-incomplete": Text(
        "数据还没有收齐，不能确认。",
        "Not all has come yet; it cannot be confirmed.",
    ),
    "transfer-message": Text(
        "两方之间的消息格式不对。",
        "The message between the two handlers has a wrong form.",
    ),
    "transfer-not-allowed": Text(
        "转移的条件没有全部满足，没有发送。",
        "Not all conditions of a transfer are met; nothing was sent.",
    ),
    "transfer-offer": Text(
        "这不是接收方给出的接收码，或者内容不完整。",
        "This is not an offer of a receiving handler, or it is not whole.",
    ),
    "transfer-peer-refused": Text(
        "接收方拒绝了，没有转移完成。",
        "The receiving handler refused; the transfer is not complete.",
    ),
    "transfer-peer-unavailable": Text(
        "暂时无法联系接收方，稍后会继续。",
        "The receiving handler cannot be reached; it goes on later.",
    ),
    "transfer-piece": Text(
        "这一段与已收到的数据不衔接。",
        "The piece does not follow what has come.",
    ),
    "transfer-receipt": Text(
        "接收方的回执与所发送的内容不符，请核查。",
        "The receipt is not for what was sent; look into it.",
    ),
    "transfer-signature": Text(
        "签名与密钥不符。",
        "The signature does not fit the key.",
    ),
    "transfer-too-large": Text(
        "数据超出接收方接受的大小。",
        "It is more than the receiver takes.",
    ),
    "transfer-unknown": Text(
        "没有这个接收码。",
        "There is no such offer.",
    ),
    "transfer-used": Text(
        "接收码已经用过。",
        "The offer was used before.",
    ),
}
