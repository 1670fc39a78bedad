"""Policies written for the tests, as sentences of a document."""

from chengnuo.engines.policy.blocks import Block, BlockKind, BlockText, Sentence
from chengnuo.engines.policy.sentences import sentences_of

FULL = """一、我们如何收集和使用您的个人信息
您注册账号时，我们会收集您的手机号码，用于创建账号和登录。
为了向您展示附近的门店，我们会在您授权后收集您的位置信息。
您下单时，我们会收集收货人姓名、电话和地址，以便完成配送。
我们会申请相机权限，用于扫描二维码。
二、我们如何共享、转让、公开披露您的个人信息
我们会将您的订单信息共享给物流公司，以便其为您送货。
未经您的单独同意，我们不会向其他公司转让您的个人信息。
我们不会公开披露您的个人信息，法律法规另有规定的除外。
三、我们如何存储您的个人信息
我们在中华人民共和国境内存储您的个人信息。
您的个人信息保存期限为您使用服务期间，超出期限后我们将删除或者匿名化处理。
四、我们如何保护您的个人信息
我们采用加密技术、访问控制等安全措施，防止您的个人信息遭到未经授权的访问、泄露、篡改或者丢失。
如发生个人信息安全事件，我们将及时告知您事件的基本情况和我们采取的措施。
五、您的权利
您可以在设置中查阅、复制、更正或者删除您的个人信息。
您可以注销您的账号，注销后我们会删除您的个人信息。
您可以随时撤回您的同意，撤回不影响此前已经进行的处理。
六、未成年人保护
如果您是未满十四周岁的儿童，请在监护人的陪同下阅读本政策，并由监护人同意后使用我们的服务。
我们不会在没有监护人同意的情况下收集儿童的个人信息。
七、本政策的更新
我们可能会适时更新本隐私政策，更新后会以弹窗的形式通知您。
八、如何联系我们
如您对本政策有任何疑问，请发送邮件至 privacy@example.com 或者拨打客服电话与我们联系。
我们将在十五个工作日内答复您的请求。
"""

POOR = """一、信息的收集
您注册账号时，我们会收集您的手机号码，用于创建账号和登录。
您使用本应用时，我们会收集设备型号和操作系统版本，用于统计分析。
二、信息的共享
我们会将设备信息共享给广告合作伙伴。
我们会将您的订单信息提供给第三方商家。
"""

ENGLISH = """# Information we collect
When you create an account, we collect your name, e-mail address and phone number.
We automatically collect your IP address and device identifiers when you use the app.
# How we share information
We share your personal information with service providers and advertising partners.
# Data retention
We retain your personal information for as long as your account is active and delete it afterwards.
# Security
We use encryption and other technical measures to protect your information from unauthorized access.
# Changes to this policy
We may update this privacy policy from time to time and will notify you of material changes.
# Children
Our service is not directed to children under 13 and we do not knowingly collect their data.
# Contact us
If you have any questions, please contact us at privacy@example.com.
"""


def sentences_in(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a policy of lines."""
    blocks, at = [], 0
    for line in text.splitlines():
        kind = BlockKind.HEADING if line.startswith("#") else BlockKind.PARAGRAPH
        blocks.append(Block(kind=kind, level=line.count("#"), start=at, end=at + len(line)))
        at += len(line) + 1
    return sentences_of(BlockText(text=text, blocks=tuple(blocks)))
