### 主页面的文字。反引号之间是代码。

language-name = 简体中文

title = why403：OpenAI 为什么拒绝了我？
skip = 跳到内容
nav = 工具
menu = 网站
nav-guide = 指南
nav-ticket = 客服工单
nav-permissions = 权限
nav-retry = 重试策略
nav-fingerprint = 密钥指纹
nav-compare = 比较两个请求
nav-allowlist = 允许名单
nav-incidents = 事件
nav-status = 服务状态
nav-embed = 嵌入
home = why403，首页
heading = 为什么被拒绝？
lede = 粘贴失败的内容，看看是谁拒绝了你、为什么，以及该怎么办。
theme = 配色
theme-auto = 自动
theme-light = 浅色
theme-dark = 深色
language = 语言
new-tab = （在新标签页中打开）

box-label = 命令、错误或日志
box-hint = curl https://api.openai.com/v1/… 以及它的输出
box-own = 在此粘贴您自己的报错、命令或日志
box-privacy = 密钥、令牌和 Cookie 会在显示之前被移除。你粘贴的内容不会离开这个浏览器。
box-clear = 清空
box-file = 打开文件
examples = 或者试试：
examples-more = 试试别的
ask = 没有可粘贴的：直接问我
options = 会移除什么
options-always = 始终移除：密钥、令牌、Cookie、密码、签名、电子邮件地址。也可以选择移除：
options-addresses = IP 地址
options-accounts = 组织和项目 ID
options-more = 密钥指纹还可以多显示：
options-last-four = 密钥的最后四个字符，与你的控制台里显示的一样

sample-wrong-key = 密钥错误
sample-country = 国家或地区
sample-model-access = 模型权限
sample-cloudflare = Cloudflare 拦截
sample-azure = Azure 防火墙
sample-relay = 中转站
sample-1020 = 错误 1020

steps = 工作方式
step-redact = 先移除机密
step-redact-how = 每个机密都换成一个指纹，所以仍然可以比较密钥。
step-who = 谁拒绝的？
step-who-how = 你的网络、网关、前面的 Cloudflare，还是服务商本身。
step-why = 为什么，怎么办
step-why-how = 最可能的原因和依据；依据不足时会问你一个问题。

most-likely = 最可能的原因
first = 先做这个：
first-how = 查看做法
no-verdict = 还没有结论
not-enough = 目前的信息还不够
not-enough-ask = 有许多原因都说得通，没有哪个特别突出：回答下面的问题会有帮助；如果能拿到错误原文，请原样粘贴。
not-enough-paste = 有许多原因都说得通，没有哪个特别突出：未经改写的完整响应连同响应头会更有帮助。
nothing-recognised = 没有看出被拒绝
nothing-in-link = 这个链接里没有可以判断的内容。
nothing-in-text = 这段内容被当作{ $kind }。最有用的是你收到的响应：状态码、响应头和正文。
who-answered = 谁作出的响应
unknown = 未知
many-calls = 这里说的是其中一次调用。要看整份日志或 HAR 里每次调用的情况：
more-reasons = { $n ->
   *[other] 另外 { $n } 条理由
  }
live-verdict = 最可能：{ $title }，{ $percent }。{ $responder }
live-open = 目前的信息还不够。{ $responder }
live-nothing = 这段文本里没有看出被拒绝。
percent-under = 不到 1%
percent-over = 超过 99%
percent = { $n }%

kind-curl = curl 命令
kind-powershell = PowerShell 命令
kind-fetch = fetch() 调用
kind-http = HTTP 报文
kind-har = HAR 文件
kind-log = 日志
kind-traceback = 程序错误信息
kind-json = JSON 文本
kind-html = HTML 网页
kind-text = 普通文本
kind-link = why403 链接

path = 请求经过的路径
hop-sent = 已发出
hop-passed = 已放行
hop-refused = 拒绝
hop-unreached = 没有到达
hop-unknown = 不清楚

why = 依据
known = 已知的情况
against = 不支持它的情况
facts = { $n ->
   *[other] 所依据的 { $n } 条事实
  }
facts-more = { $n ->
   *[other] 还读出 { $n } 条事实
  }
show-in-text = 在文本中显示

question = 再回答一个问题会更清楚
said = 你的回答
more-answers = { $n ->
   *[other] 还有 { $n } 个
  }
take-back = 撤回
change = 更改

fixes = 怎么办
fixes-done = 已完成 { $done } / { $all }
effort-minutes = 几分钟
effort-hours = 几小时
effort-administrator = 需要管理员
for-bash = 用于 bash 或 zsh（Windows 上可用 Git Bash 或 WSL）：
reproduce = 重试同样的请求（只保留关键部分）
retry = 重试
support = 告诉客服
myth = 常见的说法
sources = 来源
source = 来源：
copy = 复制
copied = 已复制
copy-refused = 请选中后手动复制

others = 还可能是什么
possible = 可能的原因
others-unlikely = 另有 { $n } 个，各不到 1 %

findings = 在你的文本里注意到的
finding-error = 错误
finding-warning = 可疑
finding-hint = 值得知道
finding-more = 原因和改法
apply = 在文本中改正
applied = 已在上方文本中改正。
undo = 撤销
place = 第 { $line } 行第 { $column } 列
problems = 没有看懂的部分
body-unchecked = 此端点请求体的公开规则未能加载，因此未对请求体进行核对。联网后请重新粘贴。
redacted = 你的文本（已移除机密）
marks = 标记
mark-taken = 已移除
mark-evidence = 依据
mark-noticed = 注意到的

taken = { $n ->
   *[other] 已移除 { $n } 个机密
  }
taken-why = 指纹可以看出两个密钥是否相同，但不会透露密钥本身。
taken-guessable = 太容易猜到，不做指纹
times = { $n } 次

tree = 决策树
tree-what = 对依据提出的每个问题，以及走过的路径。到达末端的数值就是那个原因的概率。
tree-open = 显示决策树

share = 分享
share-what = 这个链接打开同样的诊断。它只包含诊断所依据的事实，不含你的文本；内容在地址的最后一段，浏览器不会把这一段发给服务器。
share-what-text = 这个链接打开同样的诊断。它包含诊断所依据的事实，以及移除机密后的文本；内容在地址的最后一段，浏览器不会把这一段发给服务器。
share-link = 打开链接
share-open = 分享…
extras-failed = 页面的这一部分没有加载成功。请检查网络后重试。
save-markdown = 保存为 Markdown
print = 打印
save-json = 保存为 JSON

from-link = 从链接打开：别人粘贴内容的诊断，不含粘贴的内容本身。
from-link-made = 生成时间：{ $when }。
from-link-text = 从链接打开：别人粘贴内容的诊断，附有移除机密后的文本。
paste-instead = 你可以把失败的内容粘贴到上面的框里。
large = { $name }，{ $size }：太大，无法在这里显示，但已全部读取。
large-paste = 你粘贴的内容
bytes = { $n } 字节
kilobytes = { $n } kB
megabytes = { $n } MB
failed-load = 负责读取文本的部分没有加载成功。请检查网络后重试。
failed-crashed = 负责读取文本的部分在处理这段内容时停止了。新的已经准备好。
failed-slow = 读取这段文本超过一分钟，已经停止。请试试较短的一部分。
failed-not-text = 这个文件不是文本。可以读取文本、JSON、HAR 和日志文件。
failed-unreadable = 浏览器无法读取这个文件。它可能被移动或改动了。
failed-too-large = 内容太多，浏览器无法一次容纳。请试试其中一部分。
update = 页面有新版本可用。
update-keeps = 你的文本会一起带过去，机密已经移除。
update-loses = 请先复制你的文本：它太长，带不过去。
update-now = 现在使用
held-back = 你粘贴的内容暂时没有显示，因为里面还有机密。
try-again = 重试
show-raw = 原样显示
forget = 丢弃

leaves = 什么会离开这个页面？
leaves-what = 你粘贴的内容：一点也不会。下面是打开页面以来的全部请求，每一个都只是取页面自己的文件：
leaves-page = 页面本身
check-network = 想要核实，可以打开浏览器的开发者工具，选“网络”，然后粘贴：只会有对本页面自身文件的请求。页面的内容安全策略禁止访问其他任何地址，只有两个公开的状态页除外；只有在“服务状态”工具里按下按钮时才会访问它们。也可以断开网络：诊断仍然可用。
check-worker = 你粘贴的内容由一个无法访问网络的 Worker 读取；如果里面有机密，它的内存会被覆盖，Worker 会被丢弃。
not-openai = why403 不是 OpenAI 制作的。它依据服务商的文档和已报告的案例。
