### 数据文件（src/diagnose）里的文字：原因、问题、响应者。英文写在数据文件里，这里按 ID 对应：
###   cause-ID、cause-ID-meaning、-retry、-support、-myth，cause-ID-fix-FIX、cause-ID-fix-FIX-detail，question-ID、question-ID-how、question-ID-ANSWER，
###   responder-ID，likelihood-…。parameter-NAME 是报告里没有该值时的说法；变量两侧不留空格，由排版处理。

likelihood-almost-certain = 几乎可以确定
likelihood-likely = 很可能
likelihood-more-likely-than-the-others = 比其他原因更可能
likelihood-possible = 有可能
likelihood-unlikely = 不太可能

parameter-deployment = 所发送的名称
parameter-resource = 该资源
parameter-action = 所需的操作
parameter-address = 该地址
parameter-api = 错误消息中提到的 API
parameter-endpoint = 该模型支持的端点
parameter-host = 目标主机
parameter-regional-host = 该区域的主机
parameter-model = 该模型
parameter-object = 该对象
parameter-parameter = 见“param”和错误消息
parameter-path = 该端点
parameter-permission = 错误消息中提到的权限
parameter-project = 错误消息中提到的项目
parameter-scope = 该端点所需的权限

cause-account-deactivated = 密钥所属的账号、组织或项目已被停用
cause-account-deactivated-meaning = 服务商关闭、暂停或限制了密钥所属的账号，因此它的所有密钥都会被拒绝。换新密钥没有用，只有服务商能解除。
cause-account-deactivated-fix-read-mail = 找一找服务商发来的邮件，垃圾邮件里也要看
cause-account-deactivated-fix-read-mail-detail = 邮件会发给账号或组织的所有者，并说明原因。如果密钥不是你的，请告诉应用的负责人。
cause-account-deactivated-fix-appeal = 到服务商的帮助中心申诉
cause-account-deactivated-fix-appeal-detail = 只有服务商能恢复账号。不要为了绕过停用另开账号：新账号也会被关闭。
cause-account-deactivated-fix-other-owner = 如果只是密钥的主人离开了，请用仍在组织内的成员的密钥
cause-account-deactivated-fix-other-owner-detail = 用户的密钥会随用户一起失效；服务账号的密钥不依赖于某个人。
cause-account-deactivated-retry = 没用。服务商解除之前，什么都不会改变。
cause-account-deactivated-support = 用账号自己的邮箱写信；提供组织 ID、开始的时间和请求 ID。先找一找服务商发来的邮件，里面会写原因。
cause-account-deactivated-myth = 常被说成 403。OpenAI 返回 401 和 `account_deactivated`，访问被终止时返回 429；Anthropic 返回 400。

cause-admin-key-required = 用普通密钥调用了管理端点
cause-admin-key-required-meaning = 用户、项目、费用、用量和审计日志只接受管理员密钥（admin key）。项目密钥或服务账号密钥无论有多少权限，在这里都会被拒绝。
cause-admin-key-required-fix-make-admin-key = 创建一个管理员密钥，只用于{ $path }
cause-admin-key-required-fix-make-admin-key-detail = 只有组织的 Owner 可以创建。它以 sk-admin- 开头，不能用于普通调用。
cause-admin-key-required-fix-use-page = 或者直接在用量页面上查看数字
cause-admin-key-required-fix-use-page-detail = 没有任何端点会把剩余额度告诉普通密钥。
cause-admin-key-required-retry = 没用。同一个密钥会得到同样的响应。
cause-admin-key-required-support = 提供端点、密钥的类型（只给开头几个字符）和请求 ID。
cause-admin-key-required-myth = 给项目密钥加权限没有用：在换成管理员密钥之前，OpenAI 一直返回 401，并说缺少 `api.usage.read` 之类的 scope。

cause-api-key-leaked-blocked = 密钥出现在公开场合，已被服务商封锁
cause-api-key-leaked-blocked-meaning = 密钥出现在公开的地方，例如代码仓库或网页，服务商为了保护你把它停用了。它不会再恢复。
cause-api-key-leaked-blocked-fix-new-key = 创建新密钥，并删除旧密钥
cause-api-key-leaked-blocked-fix-new-key-detail = 把新密钥填到所有用过旧密钥的地方：环境变量、部署配置、构建系统的机密。
cause-api-key-leaked-blocked-fix-find-leak = 启用新密钥之前，先找出旧密钥是从哪里泄露的
cause-api-key-leaked-blocked-fix-find-leak-detail = 检查仓库的全部历史、构建出的网页、笔记本、镜像和公开日志。只删除文件不够，历史记录里还在。
cause-api-key-leaked-blocked-fix-check-bill = 查看用量和账单里有没有不属于你的调用
cause-api-key-leaked-blocked-fix-keep-server-side = 不要把密钥放进网页和应用；新密钥只给必要的权限
cause-api-key-leaked-blocked-fix-keep-server-side-detail = 浏览器或手机收到的一切都能被读取。请由你自己的服务器调用 API。
cause-api-key-leaked-blocked-retry = 没用。这个密钥不会恢复；新密钥马上就能用。
cause-api-key-leaked-blocked-support = 一般不需要联系客服。如果账单里有不属于你的调用，请提供密钥的最后四个字符和日期。

cause-api-key-referrer-restriction = 密钥只限某些网站或应用使用，而调用来自别处
cause-api-key-referrer-restriction-meaning = 这个密钥只接受来自指定网页、Android 应用或 iOS 应用的调用。服务器不会带上这些信息，所以被拒绝。
cause-api-key-referrer-restriction-fix-server-key = 服务器或脚本：改用没有网站限制的密钥
cause-api-key-referrer-restriction-fix-server-key-detail = 可以改为按 IP 地址或按 API 限制。错误消息里的 “referer <empty>” 表示调用来自程序，而不是网页。
cause-api-key-referrer-restriction-fix-add-referrer = 网页：把它的地址加到密钥的列表里
cause-api-key-referrer-restriction-fix-add-referrer-detail = 写成 https://example.com/* 的形式，每个子域名都要加。不发送 Referer 的页面（Referrer-Policy: no-referrer、浏览器扩展、file://）永远不会匹配。
cause-api-key-referrer-restriction-fix-server-side = 更好的做法：由你自己的服务器调用，密钥也只放在那里
cause-api-key-referrer-restriction-retry = 没用，除非修改密钥的限制；修改最多需要五分钟生效。
cause-api-key-referrer-restriction-support = 提供密钥的名称和项目（绝不要给密钥本身），以及错误消息里的 Referer。

cause-api-key-service-restriction = 密钥只能调用指定的 API，而这个不在其中
cause-api-key-service-restriction-meaning = 密钥是真的，API 也可能已经启用，但密钥自己的 API 列表里没有它。两个名字相近的 Gemini 服务经常被弄混。
cause-api-key-service-restriction-fix-add-api = 把{ $api }加到密钥的 API 限制列表里
cause-api-key-service-restriction-fix-add-api-detail = 打开该密钥，在“API restrictions”（API 限制）中勾选“Generative Language API”，它才是 Gemini；“Gemini for Google Cloud API”是另一个服务，选它没有用。列表里没有的话，请先在项目中启用。
cause-api-key-service-restriction-fix-studio-key = 或者使用在 Google AI Studio 创建的密钥
cause-api-key-service-restriction-fix-studio-key-detail = 在那里创建的密钥一开始就能调用 Gemini API；为地图或 Firebase 创建的密钥则未必。
cause-api-key-service-restriction-retry = 没用，除非修改密钥的列表；修改最多需要五分钟生效。
cause-api-key-service-restriction-support = 提供密钥的名称和项目（绝不要给密钥本身），以及错误消息里写的 API 和方法。

cause-api-not-enabled = Google Cloud 项目没有启用这个 API
cause-api-not-enabled-meaning = 密钥或登录没有问题，但它所属的项目没有开启这项服务。错误消息里通常有一个可以直接启用的链接。
cause-api-not-enabled-fix-enable-api = 在以下项目中启用该 API：{ $project }
cause-api-not-enabled-fix-enable-api-detail = 打开错误消息里的链接，核对页面顶部的项目，然后点“Enable”（启用）。也可以用下面的命令启用 Gemini API；Vertex AI 对应的是 aiplatform.googleapis.com。
cause-api-not-enabled-fix-right-project = 确认错误消息里的项目就是你想用的那个
cause-api-not-enabled-fix-right-project-detail = 这个编号是密钥所属的项目，或者你的登录用来计费的项目，往往是旧项目或默认项目。
cause-api-not-enabled-fix-wait = 启用后等五分钟再试
cause-api-not-enabled-retry = 启用该 API 几分钟后才有用。
cause-api-not-enabled-support = 提供项目编号、错误消息里写的服务和时间。

cause-aws-explicit-deny = AWS 的某条策略明确拒绝了这个操作
cause-aws-explicit-deny-meaning = 某条身份、资源、端点、权限边界或组织策略写着“拒绝”，而拒绝优先于任何允许。给用户或角色再加权限也没有用。
cause-aws-explicit-deny-fix-other-profile = 改用只在允许区域内运行的模型 ID 或推理配置文件
cause-aws-explicit-deny-fix-other-profile-detail = 以 global. 或 us. 开头的 ID 会把调用分到多个区域，只要其中一个被禁，区域规则就会拒绝。请试试 eu. 开头的，或你所在区域的普通 ID。
cause-aws-explicit-deny-fix-find-policy = 找出是哪条策略拒绝的
cause-aws-explicit-deny-fix-find-policy-detail = 错误消息会写明种类：服务控制策略（组织）、权限边界、会话、端点或资源策略。策略模拟器会显示具体语句。
cause-aws-explicit-deny-fix-exempt-bedrock = 申请在区域规则中为 bedrock:InvokeModel* 开例外
cause-aws-explicit-deny-fix-exempt-bedrock-detail = 使用推理配置文件时，要在它涉及的每个区域同时允许配置文件和模型；资源里可能不带区域。
cause-aws-explicit-deny-retry = 没用，除非修改那条拒绝的策略。
cause-aws-explicit-deny-support = 把完整的错误消息交给你们的云团队：用户或角色、操作、资源以及其中写明的策略种类。

cause-aws-region-mismatch = 模型或授权在另一个 AWS 区域
cause-aws-region-mismatch-meaning = AWS 每个区域都有各自的模型和授权。这次调用所到的区域没有该模型或没有授权，或者需要使用推理配置文件。
cause-aws-region-mismatch-fix-which-region = 看看程序实际使用的是哪个区域
cause-aws-region-mismatch-fix-which-region-detail = AWS_REGION 优先于 AWS_DEFAULT_REGION 和配置文件；有些客户端还有自己的设置。错误里的主机名能看出来。
cause-aws-region-mismatch-fix-list-models = 列出该区域的模型，使用列表里的名称
cause-aws-region-mismatch-fix-use-profile = 使用你所在地区的推理配置文件
cause-aws-region-mismatch-fix-use-profile-detail = 较新的模型不能用普通 ID 调用：请按列表在前面加上 us.、eu.、apac. 或 global.。
cause-aws-region-mismatch-fix-grant-in-region = 在这个区域申请该模型的使用权限
cause-aws-region-mismatch-retry = 没用，除非更换区域或模型 ID。
cause-aws-region-mismatch-support = 提供所调用的区域、模型 ID 或推理配置文件，以及请求 ID（x-amzn-RequestId）。

cause-azure-api-version = api-version 缺失、写错，或不支持这个操作
cause-azure-api-version-meaning = Azure 的传统地址需要查询参数 api-version，每个版本只认识一部分操作和模型。写成模型版本、拼错或用了已停用的版本，都会得到“Resource not found”。
cause-azure-api-version-fix-known-version = 把 api-version 设为文档中列出的版本
cause-azure-api-version-fix-known-version-detail = 2024-10-21 是最后一个带日期的稳定版。它不是模型版本：0613 或 2024-08-06 属于模型。新功能需要预览版。
cause-azure-api-version-fix-use-v1 = 或者使用以 /openai/v1/ 结尾的地址，它不需要 api-version
cause-azure-api-version-fix-use-v1-detail = 这时完全不要发送 api-version，并把部署名写在 model 字段里。
cause-azure-api-version-fix-look-at-address = 看看实际调用的地址
cause-azure-api-version-fix-look-at-address-detail = 多了斜杠、路径重复，或把完整地址当作基础地址，都会得到同样的“Resource not found”。正确的形式是 https://NAME.openai.azure.com/openai/deployments/DEPLOYMENT/chat/completions?api-version=…。
cause-azure-api-version-retry = 没用。地址不变，响应就不变。
cause-azure-api-version-support = 提供带 api-version 的完整地址（不含密钥）、部署对应的模型，以及响应头 apim-request-id。

cause-azure-deployment-wrong = 请求里的部署名在这个 Azure 资源中不存在
cause-azure-deployment-wrong-meaning = OpenAI 要模型名的地方，Azure 要的是你的部署名，而这里没有这个名字的部署。它可能在另一个资源里、拼写不同，或者刚创建几分钟还没生效。
cause-azure-deployment-wrong-fix-list-deployments = 在该资源的部署中查找{ $deployment }
cause-azure-deployment-wrong-fix-list-deployments-detail = 命令按主机名的第一段查找资源。大小写、连字符和空格都有区别。
cause-azure-deployment-wrong-fix-every-model = 检查程序里的每一个模型设置，包括嵌入模型
cause-azure-deployment-wrong-fix-every-model-detail = 聊天可能正常，而嵌入模型的部署却不存在。失败请求的路径会显示发送的是哪个名称。
cause-azure-deployment-wrong-fix-same-resource = 确认终结点和部署属于同一个资源
cause-azure-deployment-wrong-fix-same-resource-detail = 在 Foundry 中，项目和它连接的 Azure OpenAI 资源的主机名并不相同。
cause-azure-deployment-wrong-fix-create-deployment = 创建部署，然后等五分钟
cause-azure-deployment-wrong-retry = 只有在部署创建后的五分钟内才有用。
cause-azure-deployment-wrong-support = 提供资源名、门户里显示的部署名、实际调用的完整地址（不含密钥），以及响应头 apim-request-id。
cause-azure-deployment-wrong-myth = 这里要的是你的部署名，而不是模型名。只有你给部署起了相同的名字，两者才一样。

cause-azure-key-auth-disabled = 这个 Azure 资源已禁用密钥
cause-azure-key-auth-disabled-meaning = 该资源只接受 Entra 令牌，而这次调用用的是密钥。换新密钥没有用，所有密钥都会被拒绝。
cause-azure-key-auth-disabled-fix-use-entra = 用 Entra 登录代替密钥
cause-azure-key-auth-disabled-fix-use-entra-detail = 为 https://cognitiveservices.azure.com/.default 取得令牌，以 Authorization: Bearer 发送。SDK 中对应 azure_ad_token_provider（Python）、tokenCredential（.NET、Java）。
cause-azure-key-auth-disabled-fix-drop-key = 要用 Entra 的地方，把 api-key 从设置中删掉
cause-azure-key-auth-disabled-fix-drop-key-detail = 许多客户端只要设置了密钥就优先用密钥。请取消 AZURE_OPENAI_API_KEY 和所有 api-key 请求头。
cause-azure-key-auth-disabled-fix-allow-keys = 如果公司规定允许，重新启用密钥
cause-azure-key-auth-disabled-fix-allow-keys-detail = 在资源上把 disableLocalAuth 设为 false；Azure Policy 可能会把它改回去。
cause-azure-key-auth-disabled-retry = 没用。在重新允许密钥或程序改用令牌之前，所有密钥都会被拒绝。
cause-azure-key-auth-disabled-support = 提供资源名，并说明 disableLocalAuth 是不是由公司的策略设置的。

cause-azure-network-rules = Azure 资源的防火墙拒绝了你的地址
cause-azure-network-rules-meaning = 该资源只接受来自指定地址和虚拟网络的调用，而这次调用来自别处。与密钥或令牌无关。
cause-azure-network-rules-myth = 常见的建议是放行你自己的地址。真正要看的是发起调用的那一方的地址：常常是 Web 应用、AI Search 或 Foundry。
cause-azure-network-rules-fix-see-address = 看看你从哪个地址发出调用，以及{ $resource }放行哪些地址
cause-azure-network-rules-fix-see-address-detail = 与门户中“Networking”（网络）里的列表对照。VPN、容器和应用服务的出口地址常常和你想的不一样。
cause-azure-network-rules-fix-add-rule = 在“Networking”→“Firewalls and virtual networks”（防火墙和虚拟网络）中加入该地址或调用方的子网
cause-azure-network-rules-fix-add-rule-detail = 应用在 Azure 内部的话，请加入它的子网并启用服务终结点 Microsoft.CognitiveServices，或者使用专用终结点。大约等五分钟生效。
cause-azure-network-rules-fix-who-calls = 弄清楚是哪个 Azure 服务发起的调用
cause-azure-network-rules-fix-who-calls-detail = 如果是 AI Search、Foundry 或技能在调用模型，放行你自己的地址没有用：请开启“Allow Azure services on the trusted services list”（允许受信任的 Azure 服务），或为该服务建立共享专用链接。
cause-azure-network-rules-fix-custom-host = 使用资源自己的主机名，而不是区域主机名
cause-azure-network-rules-fix-custom-host-detail = 使用虚拟网络时，只有 https://NAME.openai.azure.com 或 https://NAME.cognitiveservices.azure.com 可用。如果错误消息提到出站主机，请把它加到资源允许的 FQDN 列表里。
cause-azure-network-rules-retry = 没用，除非修改规则；新规则需要几分钟生效。
cause-azure-network-rules-support = 提供资源名和区域、响应头 apim-request-id、时间和调用的来源地址。

cause-azure-private-endpoint = 公共访问已关闭：这个 Azure 资源只通过专用终结点响应
cause-azure-private-endpoint-meaning = 调用走的是资源的公网地址，而公共访问已禁用。在内网里，主机名必须解析到专用终结点的地址。
cause-azure-private-endpoint-fix-resolve-name = 看看主机名在发起调用的机器上解析成什么
cause-azure-private-endpoint-fix-resolve-name-detail = 私有地址（10.x、172.16–31.x、192.168.x）才对；如果是公网地址，说明 DNS 没有走专用区域，使用 VPN 时很常见。
cause-azure-private-endpoint-fix-link-zone = 把专用区域 privatelink.openai.azure.com 链接到调用方的网络
cause-azure-private-endpoint-fix-link-zone-detail = 使用 VPN 或在本地网络时，请通过 DNS 转发器把该名称转发给 Azure 的解析器 168.63.129.16。其他形式的主机名有各自的区域，例如 privatelink.cognitiveservices.azure.com。
cause-azure-private-endpoint-fix-call-from-inside = 从内网发起调用：VPN、跳板机，或启用了网络集成的应用
cause-azure-private-endpoint-fix-open-selected = 只对指定地址开放公共访问
cause-azure-private-endpoint-fix-open-selected-detail = 在门户中打开“Networking”（网络），选“Selected networks and private endpoints”（所选网络和专用终结点），然后添加地址。
cause-azure-private-endpoint-retry = 没用，除非名称解析到私有地址，或开放公共访问。
cause-azure-private-endpoint-support = 提供资源名、主机名在调用方解析出的地址、调用所在的网络，以及响应头 apim-request-id。

cause-azure-rbac-missing = 登录的身份在 Azure 资源上缺少角色
cause-azure-rbac-missing-meaning = Entra 令牌已被接受，但该用户、应用或托管标识没有允许这项数据操作的角色。Owner 和 Contributor 只能管理资源，不包括调用模型的权限。
cause-azure-rbac-missing-fix-assign-role = 在资源本身上给该身份分配数据角色
cause-azure-rbac-missing-fix-assign-role-detail = Azure OpenAI：Cognitive Services OpenAI User。Foundry 的代理和项目：在 Foundry 资源上分配 Azure AI User。命令按主机名的第一段查找资源。
cause-azure-rbac-missing-fix-who-am-i = 确认程序实际使用的是哪个身份
cause-azure-rbac-missing-fix-who-am-i-detail = DefaultAzureCredential 会依次尝试多个身份：在你的电脑上是你本人，在云端是托管标识；使用用户分配的标识时必须设置它的客户端 ID。错误消息里会写出主体 ID。
cause-azure-rbac-missing-fix-new-token = 分配角色后重新获取令牌
cause-azure-rbac-missing-fix-new-token-detail = 退出后重新登录，或重启应用：旧令牌里的声明最长会保留一小时甚至更久。
cause-azure-rbac-missing-retry = 分配角色之后才有用：需要五分钟，有时要半小时才能处处生效。
cause-azure-rbac-missing-support = 提供身份的对象 ID、资源 ID、错误消息里的数据操作，以及响应头 apim-request-id。
cause-azure-rbac-missing-myth = 这里的“PermissionDenied”是 401，不是 403。另外，是订阅的 Owner 也还不够。

cause-azure-tenant-mismatch = 令牌来自另一个 Entra 租户，不是 Azure 资源所在的租户
cause-azure-tenant-mismatch-meaning = 你已经登录，但登录的目录不是该资源所属的目录。来宾账号、多个工作账号和默认租户都容易造成这种情况。
cause-azure-tenant-mismatch-fix-find-tenant = 查清资源属于哪个租户，你登录的又是哪个
cause-azure-tenant-mismatch-fix-find-tenant-detail = 资源的租户可在门户的 Entra ID →“Overview”（概述）中看到。
cause-azure-tenant-mismatch-fix-login-tenant = 登录到资源所在的租户
cause-azure-tenant-mismatch-fix-login-tenant-detail = 请填入它的 ID。`azd` 和 Visual Studio Code 各有自己的登录状态，也要在那里登录。
cause-azure-tenant-mismatch-fix-set-tenant = 在程序里指定租户
cause-azure-tenant-mismatch-fix-set-tenant-detail = 设置 AZURE_TENANT_ID 或凭据的租户参数。DefaultAzureCredential 选用的登录可能和你想的不一样。
cause-azure-tenant-mismatch-retry = 没用，除非登录到资源所在的租户。
cause-azure-tenant-mismatch-support = 提供错误消息里的两个租户 ID 和订阅 ID。
cause-azure-tenant-mismatch-myth = 人们常去角色里找原因。令牌属于另一个租户时，角色帮不上忙；状态码通常也是 400，而不是 403。

cause-azure-wrong-endpoint-or-header = 混用了 Azure 和 OpenAI 的地址、密钥或请求头
cause-azure-wrong-endpoint-or-header-meaning = 请求用的是一家的格式，却发到了另一家，或者发到了不属于该密钥的资源。Azure 要请求头 api-key、自己的主机名，路径里通常还要有部署名；OpenAI 要 Authorization: Bearer，模型写在请求体里。
cause-azure-wrong-endpoint-or-header-fix-match-parts = 密钥和终结点都从同一个资源的“Keys and Endpoint”（密钥和终结点）页面复制
cause-azure-wrong-endpoint-or-header-fix-match-parts-detail = 用了别的资源或区域的密钥，错误消息和密钥写错时完全一样；platform.openai.com 的密钥在 Azure 永远不能用。
cause-azure-wrong-endpoint-or-header-fix-azure-form = 按 Azure 的格式调用 Azure
cause-azure-wrong-endpoint-or-header-fix-azure-form-detail = 用 api-key 请求头发送密钥，或用 Authorization: Bearer 发送 Entra 令牌；传统路径上不要把密钥放在 Bearer 后面。请换成你自己的名称。
cause-azure-wrong-endpoint-or-header-fix-client-type = 在程序里选择 Azure 客户端，或把服务商类型设为“Azure”
cause-azure-wrong-endpoint-or-header-fix-client-type-detail = SDK：使用 AzureOpenAI，azure_endpoint 不带路径。普通的 OpenAI 客户端只能配合以 /openai/v1/ 结尾的地址。
cause-azure-wrong-endpoint-or-header-fix-gateway-header = 经过公司的 API Management 时：使用该网关要求的请求头
cause-azure-wrong-endpoint-or-header-fix-gateway-header-detail = 通常是 Ocp-Apim-Subscription-Key 或 api-key。“Missing subscription key”表示网关要找的请求头名和你发送的不同。
cause-azure-wrong-endpoint-or-header-retry = 没用。地址、请求头和密钥配套之前，响应不会变。
cause-azure-wrong-endpoint-or-header-support = 提供地址（不含密钥）、所发送的请求头名称，以及响应头 apim-request-id。

cause-billing-inactive = 被计费的账号没有开通付费
cause-billing-inactive-meaning = 没有付款方式、还没有充值，或者套餐已到期，所以服务商不接受任何调用。也可能计费的不是你付过款的那个组织或团队。
cause-billing-inactive-fix-set-up-billing = 在服务商的账单页面添加付款方式或充值
cause-billing-inactive-fix-set-up-billing-detail = ChatGPT 订阅不包含 API 费用：两者分开计费。
cause-billing-inactive-fix-right-organization = 确认密钥属于已付款的组织
cause-billing-inactive-fix-right-organization-detail = 控制台左上角可以看到当前组织。请在那里创建密钥，或用请求头 OpenAI-Organization 指定组织。
cause-billing-inactive-fix-unpaid-invoice = 请负责付款的人结清账单，或更换过期的银行卡
cause-billing-inactive-retry = 没用。付款或充值后，要过几分钟才会接受调用。
cause-billing-inactive-support = 提供组织或团队的 ID、付款时间和请求 ID。
cause-billing-inactive-myth = 许多网页说在 OpenAI 没付费会得到 403。实际是 429 和 `billing_not_active`；xAI 返回 403，DashScope 返回 400。

cause-content-policy = 输入或回答没有通过安全检查
cause-content-policy-meaning = 内容审核或防护规则判定文字或图片不被允许。密钥、账号和网络都没有问题，换成其他输入可以通过。
cause-content-policy-fix-see-category = 看看触发了哪个类别，修改输入中的那一部分
cause-content-policy-fix-see-category-detail = Azure：content_filter_result。OpenRouter：metadata.reasons。可以把文本一分为二逐步找出触发的部分；无害的词放在特殊的语境里也会触发。
cause-content-policy-fix-check-first = 发送前先用内容审核（moderation）端点检查输入
cause-content-policy-fix-filter-level = 申请调整过滤设置
cause-content-policy-fix-filter-level-detail = Azure 允许资源所有者按部署设置级别；网关的防护规则由网关的运营者设置。
cause-content-policy-retry = 同样的输入没用。修改后可能通过；处在边缘的内容也可能碰巧通过。
cause-content-policy-support = 提供请求 ID、过滤类别，以及被拒绝的是输入还是回答。说明你认为是误判及其理由。
cause-content-policy-myth = 常被列为 403 的原因。OpenAI 和 Azure 返回 400；OpenRouter 的输入审核确实返回 403。

cause-content-type-wrong = Content-Type 与请求体或端点不符
cause-content-type-wrong-meaning = 请求体也许没错，但请求头写的是另一种格式或根本没写，所以服务器没有读取它。它往往会抱怨缺少“model”之类的字段。
cause-content-type-wrong-fix-json-header = 请求体是 JSON 时，发送 Content-Type: application/json
cause-content-type-wrong-fix-json-header-detail = 只用 curl -d 时发送的是表单；浏览器的 fetch 传字符串时发送的是 text/plain。请自己设置这个请求头。
cause-content-type-wrong-fix-multipart = 上传文件和音频时，让库自己设置 multipart/form-data
cause-content-type-wrong-fix-multipart-detail = 手写的请求头缺少 boundary。请用 curl -F 或库的表单类型，不要自己设置 Content-Type。
cause-content-type-wrong-fix-see-wire = 看看实际发出的是什么
cause-content-type-wrong-fix-see-wire-detail = 队列、代理或 HTTP 库可能会替换这个请求头。curl -v 或库的调试日志可以看到。
cause-content-type-wrong-retry = 没用。请先修改请求头。
cause-content-type-wrong-support = 提供发送的 Content-Type、端点和请求 ID。
cause-content-type-wrong-myth = 有些指南说 Content-Type 写错会得到 403。OpenAI 返回 400，其他的返回 415。

cause-corporate-proxy-block = 公司代理、防火墙或沙箱不允许访问这个目标
cause-corporate-proxy-block-meaning = 你自己网络里的某个设备决定可以访问哪些主机，而这个不在允许之列。服务商根本没有收到这次调用。
cause-corporate-proxy-block-fix-other-network = 换一个不属于公司的网络，试同样的调用
cause-corporate-proxy-block-fix-other-network-detail = 如果用手机热点可以，说明服务商和你的密钥都没有问题。
cause-corporate-proxy-block-fix-ask-allow = 请 IT 部门放行{ $host }的 443 端口
cause-corporate-proxy-block-fix-ask-allow-detail = ChatGPT 还需要 chatgpt.com、auth.openai.com 以及 OpenAI 网络要求页面上的主机。请告诉他们拦截页面写的类别，通常是“Generative AI”（生成式 AI）。
cause-corporate-proxy-block-fix-sandbox-allow = 在沙箱、容器或编程助手里：把{ $host }加到允许访问的主机列表
cause-corporate-proxy-block-fix-sandbox-allow-detail = Docker 沙箱、云端工作区和编程助手会拒绝不在列表里的所有主机。响应的文字会写明是哪条规则。
cause-corporate-proxy-block-fix-proxy-variables = 看看程序使用的是哪个代理
cause-corporate-proxy-block-fix-proxy-variables-detail = 这些变量里留有旧的或别人的代理就足以造成问题。如果可以直接访问服务商，请把它的主机加到 NO_PROXY。
cause-corporate-proxy-block-retry = 没用。没有人修改规则就一直如此；换一个网络马上就能用。
cause-corporate-proxy-block-support = 请找自己公司的 IT 部门，而不是服务商：提供主机名和端口、时间、你的用户名，以及拦截页面的文字。
cause-corporate-proxy-block-myth = 带公司页面的 403 不是 OpenAI 的响应。换密钥、换模型都没有用。

cause-cors-or-origin = 网页直接调用了 API，来源（Origin）被拒绝
cause-cors-or-origin-meaning = 调用由浏览器里的脚本发出，而浏览器或服务器不接受来自该页面来源的调用。背后也可能是 API 自己返回的错误：没有 CORS 响应头时，浏览器不会显示响应内容。
cause-cors-or-origin-fix-server-side = 由你自己的服务器调用 API，网页再调用你的服务器
cause-cors-or-origin-fix-server-side-detail = 这样既解决 CORS，又能保护密钥。一个小的无服务器函数就够了。
cause-cors-or-origin-fix-see-real-answer = 用 curl 发同样的请求，看看浏览器隐藏了什么响应
cause-cors-or-origin-fix-see-real-answer-detail = 错误响应常常不带 CORS 响应头，所以密钥或地址写错，在浏览器里看起来就像 CORS 问题。
cause-cors-or-origin-fix-own-server-origins = 如果服务器是你自己的：把网页的来源加到它的列表里
cause-cors-or-origin-fix-own-server-origins-detail = Ollama：OLLAMA_ORIGINS；其他服务器：各自的 CORS 设置。协议、主机和端口必须与浏览器地址栏里的一致。
cause-cors-or-origin-fix-browser-option = 仅限在自己电脑上试验：打开 SDK 中允许浏览器使用的选项
cause-cors-or-origin-fix-browser-option-detail = OpenAI 的 SDK：dangerouslyAllowBrowser。Anthropic：请求头 anthropic-dangerous-direct-browser-access: true。切勿公开发布这样的页面。
cause-cors-or-origin-retry = 没用。除非经过服务器调用，或 API 允许该页面的来源，浏览器会一直这样拒绝。
cause-cors-or-origin-support = 提供页面的来源、调用的完整地址，以及浏览器网络面板里的预检请求和响应。
cause-cors-or-origin-myth = 关闭 CORS 的浏览器扩展只在你自己的电脑上有用。而且放在网页里的密钥，每个访问者都能看到。

cause-credential-expired = 临时凭据已过期
cause-credential-expired-meaning = 令牌或密钥原本有效，但有期限，现在已经过期。重新登录或刷新得到的新凭据马上就能用。
cause-credential-expired-fix-fresh = 获取新的凭据
cause-credential-expired-fix-fresh-detail = 重新登录，或执行工具的刷新步骤；然后重启程序，让它读取新凭据。
cause-credential-expired-fix-renew = 让程序按时自动续期
cause-credential-expired-fix-renew-detail = 使用 SDK 的凭据提供程序，而不是复制来的令牌。环境里多余的 AWS_SESSION_TOKEN 也会让旧凭据重新生效。
cause-credential-expired-fix-clock = 检查机器的时钟
cause-credential-expired-fix-clock-detail = 对签名请求和令牌来说，差几分钟就会失败。
cause-credential-expired-retry = 换上新凭据后重试一次即可；旧凭据不会再有效。
cause-credential-expired-support = 提供凭据的类型、创建时间、服务器的时间和请求 ID。时钟不准看起来也一样。
cause-credential-expired-myth = 普通的 OpenAI 密钥没有有效期，除非专门设置过；如果它失效了，那是被删除，而不是过期。

cause-data-residency-hostname = 项目所在区域有专用的主机名
cause-data-residency-hostname-meaning = 该项目的数据存放在特定区域，调用必须发到该区域的主机，例如 eu.api.openai.com 或 us.api.openai.com。密钥没有问题，只是地址不对。
cause-data-residency-hostname-fix-change-host = 改为调用项目所在区域的主机：{ $regional-host }
cause-data-residency-hostname-fix-change-host-detail = 在程序里或 OPENAI_BASE_URL 中设为基础 URL，前面加 https://，后面加 /v1。
cause-data-residency-hostname-fix-other-project = 或者使用没有绑定区域的项目的密钥
cause-data-residency-hostname-retry = 没用。请调用响应里写的那个主机。
cause-data-residency-hostname-support = 提供项目 ID、为它选择的区域、所调用的主机和请求 ID。
cause-data-residency-hostname-myth = 因为是 401，看起来像密钥错误。代码 `incorrect_hostname` 说明只是主机不对。

cause-edge-bot-challenge = 边缘节点要求浏览器完成验证
cause-edge-bot-challenge-meaning = 边缘节点返回了一个验证页面，浏览器通过后才能继续，程序做不到。触发的原因是来源地址、客户端特征或缺少 Cookie。
cause-edge-bot-challenge-fix-use-api-host = 在程序里：不要访问网站，改用 API 密钥调用 API 的主机
cause-edge-bot-challenge-fix-use-api-host-detail = https://api.openai.com 是给程序用的；chatgpt.com 和 claude.ai 是给浏览器用的，其他访问一律要先通过验证。
cause-edge-bot-challenge-fix-other-network = 关闭 VPN 或代理，换一个网络再试
cause-edge-bot-challenge-fix-other-network-detail = 服务器和共享 VPN 出口的地址比家庭宽带更容易被要求验证。
cause-edge-bot-challenge-fix-update-client = 更新客户端，并让它表明自己的身份
cause-edge-bot-challenge-fix-update-client-detail = 旧版本、空的 User-Agent 以及伪装成浏览器的 HTTP 库更容易被要求验证。编程助手请更新后重新登录。
cause-edge-bot-challenge-fix-browser-once = 在浏览器里：为{ $host }允许 Cookie 和 JavaScript，完成一次验证
cause-edge-bot-challenge-fix-browser-once-detail = 拦截脚本的扩展和不准的时钟都会让验证通不过。
cause-edge-bot-challenge-retry = 直接重试会得到同样的页面。更换网络或客户端之后，或同一网络上的浏览器通过验证之后，才会放行。
cause-edge-bot-challenge-support = 提供 Ray ID、时间、你的出口地址，以及程序的名称、版本和 User-Agent。
cause-edge-bot-challenge-myth = 常有人建议从浏览器复制 Cookie 或请求头。它们与那个浏览器和地址绑定，几分钟到几小时就会失效。

cause-edge-client-signature-block = 边缘节点或过滤器拒绝了发起调用的程序
cause-edge-client-signature-block-meaning = 调用因客户端的特征被拒：User-Agent、TLS 握手，或者缺少某些请求头。同一网络上换一个程序，同样的调用可能就能通过。
cause-edge-client-signature-block-myth = 常有人建议换密钥或用 VPN。边缘节点不看这些，它按 User-Agent、请求头和 TLS 握手来判断程序。
cause-edge-client-signature-block-fix-compare-curl = 在同一台机器上用 curl 发同样的请求
cause-edge-client-signature-block-fix-compare-curl-detail = 如果 curl 能通过而你的程序不能，问题就在客户端特征。再比较两者的请求头。
cause-edge-client-signature-block-fix-name-yourself = 发送写明程序名和版本的 User-Agent
cause-edge-client-signature-block-fix-name-yourself-detail = `Python-urllib/3.12` 之类的默认值和空值在很多地方被禁。请用服务商的 SDK，或常见的 HTTP 库及其自带的名称。
cause-edge-client-signature-block-fix-update-client = 更新程序或编程助手
cause-edge-client-signature-block-fix-update-client-detail = 用 ChatGPT 或编程套餐登录的客户端必须发送服务所要求的请求头，例如 `originator` 和账号 ID。新版本会这样做。
cause-edge-client-signature-block-fix-use-api-key = 套餐只限某些客户端时，改用 API 密钥调用公开的 API
cause-edge-client-signature-block-fix-use-api-key-detail = 伪装成其他客户端违反多数服务商的条款，已有账号因此被封。
cause-edge-client-signature-block-retry = 同一个程序没用：特征不会变。换一个客户端或更新之后，马上就能用。
cause-edge-client-signature-block-support = 提供 Ray ID 或请求 ID、程序的名称和版本、User-Agent，以及所用的 TLS 或 HTTP 库。

cause-edge-ip-block = 边缘节点封锁了你的来源地址
cause-edge-ip-block-meaning = 调用在到达服务商之前就因来源地址被拒：VPN 出口、机房网段，或信誉不好的地址。密钥、账号和模型都还没有被检查。
cause-edge-ip-block-fix-other-network = 关闭 VPN 和代理，换一个网络试一次
cause-edge-ip-block-fix-other-network-detail = 手机热点就可以。如果在那里能用，问题就在地址，而不在你的程序。
cause-edge-ip-block-fix-see-address = 看看边缘节点看到的是哪个地址
cause-edge-ip-block-fix-see-address-detail = `ip` 是地址，`loc` 是边缘节点看到的国家或地区。VPN 或服务器的出口网关显示的常常和你想的不一样。
cause-edge-ip-block-fix-stable-egress = 使用自己专用的出口地址
cause-edge-ip-block-fix-stable-egress-detail = VPN、免费主机和无服务器平台的共享出口容易被别人的流量连累。改用固定的出口地址，或同一家主机商的另一个区域，就能避开。
cause-edge-ip-block-fix-report-ray = 请{ $host }的运营方查询 Ray ID
cause-edge-ip-block-fix-report-ray-detail = 先看清页面上的主机名：它说明是谁的边缘节点。中转站自己的边缘节点不是 OpenAI 的。
cause-edge-ip-block-retry = 同一个地址没用：边缘节点会一直拒绝。换一个网络可能马上就能用。
cause-edge-ip-block-support = 提供页面上的 Ray ID、时间和你的来源地址；网站的运营方可以据此找到规则。
cause-edge-ip-block-myth = 常被误认为密钥有问题。这时密钥根本没有被读取：封锁发生在服务商之前。

cause-feature-not-enabled = 该账号或套餐没有开通这项功能
cause-feature-not-enabled-meaning = 账号正常，但套餐不包含这项功能、测试版、端点或程序，或者组织的设置把它关闭了。换新密钥没有用。
cause-feature-not-enabled-fix-see-plan = 看看你的套餐是否包含它
cause-feature-not-enabled-fix-see-plan-detail = 用 ChatGPT 账号登录的编程助手需要包含它的套餐；升级套餐后，请退出再重新登录。
cause-feature-not-enabled-fix-ask-admin = 请组织的管理员开启
cause-feature-not-enabled-fix-ask-admin-detail = 公司或团队账号里，这类策略往往一开始是关闭的。
cause-feature-not-enabled-fix-use-key = 或者不用登录，改用 API 密钥
cause-feature-not-enabled-fix-use-key-detail = 许多编程助手两种方式都支持。用密钥调用按用量计费。
cause-feature-not-enabled-retry = 没用。更换套餐或由管理员开启之后才能用。
cause-feature-not-enabled-support = 提供账号或组织的 ID、套餐、功能名称和请求 ID。

cause-gcp-project-wrong = Google Cloud 项目不存在，或者不是你的
cause-gcp-project-wrong-meaning = 调用里写的项目 Google 不认识，或者你的登录无权访问。常见的情况是：该填项目 ID 的地方填了项目名称。
cause-gcp-project-wrong-fix-list-projects = 列出你的登录能看到的项目，使用 ID 而不是名称
cause-gcp-project-wrong-fix-set-project = 在所有写到项目的地方都改成正确的项目
cause-gcp-project-wrong-fix-set-project-detail = 包括环境变量 GOOGLE_CLOUD_PROJECT、客户端的设置，以及登录的配额项目（quota project）。遗留的环境变量优先于其他一切。
cause-gcp-project-wrong-fix-grant-use = 申请该项目的 Service Usage Consumer 角色
cause-gcp-project-wrong-fix-grant-use-detail = 即使项目是你的，没有 roles/serviceusage.serviceUsageConsumer 也不能让调用计入该项目。
cause-gcp-project-wrong-retry = 没用，除非换成正确的项目。
cause-gcp-project-wrong-support = 提供错误消息里的项目 ID、你登录的账号和所调用的服务。

cause-invalid-api-key = API 密钥有误、已吊销，或响应方不认识它
cause-invalid-api-key-meaning = 密钥送到了，但服务器不认识它：可能输错、被截断、已删除、已更换，或者是另一家的密钥。等待没有用，换对密钥才行。
cause-invalid-api-key-fix-azure-resource = 密钥和终结点都从同一个 Azure 资源的“Keys and Endpoint”（密钥和终结点）页面复制
cause-invalid-api-key-fix-azure-resource-detail = 用了别的资源或区域的密钥，错误消息和密钥写错时完全一样；platform.openai.com 的密钥在 Azure 永远不能用。密钥放在 api-key 标头里发送。
cause-invalid-api-key-fix-compare-key = 把实际发送的密钥与密钥页面上的对照
cause-invalid-api-key-fix-compare-key-detail = 只看开头和结尾几个字符。环境变量里的旧值、另一个 .env 文件或已保存的设置，常常会盖过新密钥。
cause-invalid-api-key-fix-new-key = 创建新密钥，替换所有用到旧密钥的地方
cause-invalid-api-key-fix-new-key-detail = 之后重启程序：大多数程序只在启动时读取一次密钥。
cause-invalid-api-key-fix-right-server = 确认密钥与{ $host }是配套的
cause-invalid-api-key-fix-right-server-detail = 中转站的密钥只在中转站有效，OpenAI 的密钥只在 api.openai.com 有效，Azure 的密钥只在它自己的资源有效。
cause-invalid-api-key-fix-try-models = 不经过你的程序，单独试一下密钥
cause-invalid-api-key-fix-try-models-detail = 返回 200 说明密钥没问题，是程序发送了另一个密钥；返回 401 说明密钥本身被拒绝。
cause-invalid-api-key-retry = 没用。同一个密钥会得到同样的响应；新密钥一两分钟内生效。
cause-invalid-api-key-support = 提供请求 ID、时间，以及错误消息里打了星号的密钥。客服从不需要密钥本身。
cause-invalid-api-key-myth = 常被列为 403 的原因。对错误的密钥，OpenAI 返回 401 和代码 `invalid_api_key`；有些网关和中转站返回 403。

cause-ip-not-allowlisted = 你的来源地址不在 IP 允许名单里
cause-ip-not-allowlisted-meaning = 密钥没有问题，但组织、项目、令牌或工作区只接受名单内地址的调用，而你的不在其中。出口地址常常和你想的不一样：VPN、IPv6、新的 NAT 网关或云端执行器。
cause-ip-not-allowlisted-fix-find-address = 查清调用实际从哪个地址发出
cause-ip-not-allowlisted-fix-find-address-detail = 在发起调用的机器上运行，IPv4 和 IPv6 都查，再与名单对照。
cause-ip-not-allowlisted-fix-add-address = 请管理员把{ $address }加入允许名单
cause-ip-not-allowlisted-fix-add-address-detail = 在 OpenAI，项目自己的名单会取代组织的名单，所以地址必须写在项目的名单里。更改最多需要 15 分钟生效。
cause-ip-not-allowlisted-fix-fixed-exit = 让调用经过地址固定的出口
cause-ip-not-allowlisted-fix-fixed-exit-detail = 可以用公司 VPN、带静态地址的 NAT 网关，或你自己的中转。如果私人 VPN 或 IPv6 会改变地址，请关闭它们。
cause-ip-not-allowlisted-retry = 没用。只有从允许的地址调用，或在修改名单之后（最多 15 分钟）才行。
cause-ip-not-allowlisted-support = 先找你们自己的管理员：只有他们能修改名单。提供出口地址、带时区的时间和请求 ID。
cause-ip-not-allowlisted-myth = 通常被说成 403。OpenAI 的 IP 允许名单返回 401 和代码 `ip_not_authorized`；网关和其他服务商返回 403。

cause-kubernetes-rbac = 集群的访问控制拒绝了这个服务账号
cause-kubernetes-rbac-meaning = Kubernetes 知道是谁在调用，但该账号没有任何角色允许对这个资源执行这个操作。这是集群的问题，与模型服务商无关。
cause-kubernetes-rbac-fix-can-i = 向集群查询该账号是否有这个权限
cause-kubernetes-rbac-fix-can-i-detail = 请填入错误消息里的命名空间、账号、动词和资源。
cause-kubernetes-rbac-fix-bind-role = 绑定一个允许该操作的角色
cause-kubernetes-rbac-fix-bind-role-detail = 权限尽量小：一个只含该动词和资源的 Role，加上同一命名空间里的 RoleBinding。不属于命名空间的资源需要 ClusterRole。
cause-kubernetes-rbac-fix-right-account = 确认 Pod 用的是你想用的账号
cause-kubernetes-rbac-fix-right-account-detail = 没有设置 serviceAccountName 时用的是 `default`，它几乎没有任何权限。
cause-kubernetes-rbac-retry = 没用，绑定角色之后马上就行。
cause-kubernetes-rbac-support = 请找集群管理员：提供错误消息里的账号、动词、资源、API 组和命名空间。

cause-license-or-terms = 许可协议或使用条款不允许
cause-license-or-terms-meaning = 要么需要先有人接受许可协议或新条款，要么条款不允许这个程序或用途。服务器知道你是谁，除此之外本可以正常响应。
cause-license-or-terms-fix-accept = 登录后打开模型或服务的页面，接受条款
cause-license-or-terms-fix-accept-detail = 请用令牌所属的同一个账号接受。有些所有者会逐个人工审批，需要等一等。
cause-license-or-terms-fix-send-token = 发送该账号的令牌
cause-license-or-terms-fix-send-token-detail = 在 Hugging Face，细粒度（fine-grained）令牌还需要受限仓库（gated repositories）的读取权限。
cause-license-or-terms-fix-allowed-client = 如果只允许某些程序，请使用其中之一，或使用普通的 API 密钥
cause-license-or-terms-fix-allowed-client-detail = 不要伪装成其他程序：已有账号因此被封。
cause-license-or-terms-retry = 没用。接受条款之后（有时还要所有者批准），或改用条款允许的程序才行。
cause-license-or-terms-support = 提供账号名、模型或端点；如果已经接受条款，请提供接受的时间。

cause-malformed-authorization-header = Authorization 请求头已损坏
cause-malformed-authorization-header-meaning = 请求头发送了，但不是“Bearer、一个空格、密钥”的形式：缺了什么、重复了、粘上了别的字符，或者该放密钥的地方还是占位符或变量名。密钥本身可能没有问题。
cause-malformed-authorization-header-fix-show-hidden = 检查密钥前后有没有看不见的字符
cause-malformed-authorization-header-fix-show-hidden-detail = 换行显示为 \n，回车显示为 \r，引号照原样显示。除了密钥不应有别的字符；只会显示它的首尾几个字符。
cause-malformed-authorization-header-fix-fill-placeholder = 把占位符或变量名换成密钥本身
cause-malformed-authorization-header-fix-fill-placeholder-detail = 在单引号里，shell 不会替换 $OPENAI_API_KEY；请用双引号。在 .env 文件里，值不要加引号，“=”两边不要有空格。
cause-malformed-authorization-header-fix-one-bearer = 只发送“Authorization: Bearer”、一个空格和密钥
cause-malformed-authorization-header-fix-one-bearer-detail = 如果 SDK 或工具会自动加上“Bearer”，就只填密钥本身。
cause-malformed-authorization-header-fix-save-clean = 重新保存密钥，不要带换行
cause-malformed-authorization-header-fix-save-clean-detail = 粘贴或用管道写入时带上的末尾换行，会被机密存储和 CI 设置原样保存。请用 printf 代替 echo。
cause-malformed-authorization-header-retry = 没用。先修好请求头；然后调用一次就知道密钥有没有问题。
cause-malformed-authorization-header-support = 客服看到的不会比你多。请展示请求头的形式并遮住密钥：认证方式、空格、引号和换行都很重要。
cause-malformed-authorization-header-myth = 有人说会得到 403。OpenAI 返回 401，而许多程序在发送之前就停下了。

cause-mesh-policy-denied = 服务网格的授权策略拒绝了调用
cause-mesh-policy-denied-meaning = 网格的 sidecar 或网关（通常是 Istio 的 Envoy）按策略检查了调用，没有找到允许它的策略。模型服务器本身没有收到请求。
cause-mesh-policy-denied-fix-list-policies = 列出作用于目标的策略
cause-mesh-policy-denied-fix-list-policies-detail = 某个工作负载只要有一条 ALLOW 策略，没有列出的一切都会被拒绝。
cause-mesh-policy-denied-fix-allow-source = 把调用方的命名空间、服务账号和路径加到策略里
cause-mesh-policy-denied-fix-allow-source-detail = 使用 KServe 和 Knative 时，还要允许 activator 和健康检查的路径。
cause-mesh-policy-denied-fix-read-sidecar = 查看目标 sidecar 的访问日志
cause-mesh-policy-denied-fix-read-sidecar-detail = rbac_access_denied 后面会写出匹配的策略。请填入 Pod 的名称。
cause-mesh-policy-denied-retry = 没用，除非有策略允许这次调用；新策略几秒内生效。
cause-mesh-policy-denied-support = 请找运行网格的团队：提供源服务和目标服务、命名空间、路径和时间；代理的访问日志会写出策略名。

cause-missing-api-key = 响应方没有收到任何凭据
cause-missing-api-key-meaning = 调用没有带密钥，或者密钥放在没人读取的位置。常见的原因是程序运行的环境里没有设置变量，或者中间环节丢掉了请求头。
cause-missing-api-key-fix-set-variable = 在程序运行的环境里设置密钥
cause-missing-api-key-fix-set-variable-detail = 在终端里设置的变量，对服务、容器、定时任务或笔记本不起作用。请在那里设置，然后重新启动程序。
cause-missing-api-key-fix-send-header = 把密钥放在{ $host }所读取的请求头里
cause-missing-api-key-fix-send-header-detail = OpenAI 和大多数服务商：Authorization: Bearer KEY。Azure：api-key。Anthropic：x-api-key。Google：x-goog-api-key。
cause-missing-api-key-fix-header-dropped = 确认中间环节没有丢掉请求头
cause-missing-api-key-fix-header-dropped-detail = 跳转到另一台主机、反向代理、Workers 和 CORS 预检都会去掉 Authorization。请直接调用最终地址进行比较。
cause-missing-api-key-retry = 没用。不发送密钥，响应就不会变。
cause-missing-api-key-support = 客服在这里帮不上忙。如果你确定发送了密钥，请展示离开你机器的请求，并遮住密钥。
cause-missing-api-key-myth = 常被说成 403。缺少密钥时，OpenAI 和大多数服务商返回 401；Google 返回 403。

cause-model-access-account = 该账号不能使用这个模型
cause-model-access-account-meaning = 模型存在，但这个账号、套餐或用量等级没有权限：需要申请、提高等级、订阅或签署一次性协议。同一个密钥可以使用其他模型。
cause-model-access-account-fix-list-models = 列出这个密钥可用的模型，从中选一个
cause-model-access-account-fix-get-access = 开通{ $model }的使用权限
cause-model-access-account-fix-get-access-detail = OpenAI：提高用量等级，或完成组织验证。Bedrock：在同一区域申请模型访问权限。GitHub：需要包含该模型的套餐或策略。
cause-model-access-account-fix-right-organization = 确认密钥属于有权限的那个组织
cause-model-access-account-fix-right-organization-detail = 如果有多个组织，请用请求头 OpenAI-Organization 指定正确的组织，或在该组织里创建密钥。
cause-model-access-account-retry = 没用。开通权限之后才行，生效可能需要几分钟到几小时。
cause-model-access-account-support = 提供组织或账号的 ID、模型名称、区域和请求 ID。
cause-model-access-account-myth = 账号没有权限时，OpenAI 返回 404，文字与名称不存在时相同；AWS 和 GitHub 返回 403。

cause-model-access-project = 该项目不能使用这个模型
cause-model-access-project-meaning = 密钥所属项目的允许模型列表里没有这个模型。组织也许有权限；换用另一个项目的密钥，或修改该项目的限制即可。
cause-model-access-project-fix-allow-model = 在密钥所属项目的限制中允许{ $model }
cause-model-access-project-fix-allow-model-detail = 在项目设置的 Limits（限制）→ Model usage（模型使用）中添加该模型，或设为允许全部模型。
cause-model-access-project-fix-other-project = 使用允许{ $model }的项目的密钥
cause-model-access-project-fix-list-models = 列出这个密钥可用的模型，从中选一个
cause-model-access-project-retry = 没用。修改项目的列表几分钟之后才行。
cause-model-access-project-support = 提供项目 ID、模型名称和请求 ID。组织的 Owner 通常不用客服就能解决。
cause-model-access-project-myth = 代码是 `model_not_found`，看起来像模型不存在。状态码可以区分：403 表示该项目没有权限，404 表示模型不存在或完全没有权限。

cause-model-does-not-exist = 模型名称有误，或模型已下线
cause-model-does-not-exist-meaning = 响应方没有这个名称的模型。常见的情况是拼写错误、用了另一家才有的名称，或模型已经停用。
cause-model-does-not-exist-fix-list-models = 看看密钥可用的模型列表里有没有{ $model }
cause-model-does-not-exist-fix-list-models-detail = 名称必须完全一致；除非服务器要求，不要带“openai/”之类的服务商前缀。
cause-model-does-not-exist-fix-successor = 如果模型已下线，请用它的后继模型
cause-model-does-not-exist-fix-right-server = 确认调用发给了拥有该模型的服务商
cause-model-does-not-exist-fix-right-server-detail = 环境变量或设置里遗留的基础 URL 会把名称发到错误的服务器。如果是自己的服务器，请先加载模型。
cause-model-does-not-exist-retry = 没用。请先修改模型名称。
cause-model-does-not-exist-support = 提供实际发送的准确名称和请求 ID。
cause-model-does-not-exist-myth = 常被说成 403。OpenAI 返回 404；名称存在而账号没有权限时，文字也一样。

cause-no-organization-membership = 密钥的主人不属于任何组织
cause-no-organization-membership-meaning = 密钥背后的人已被移出组织，或从未加入组织，所以没有可以计费的对象。密钥本身是有效的。
cause-no-organization-membership-fix-invite = 请 Owner 邀请密钥的主人加入组织
cause-no-organization-membership-fix-member-key = 使用组织成员或服务账号的密钥
cause-no-organization-membership-fix-member-key-detail = 有人离开后，服务账号的密钥仍然有效。
cause-no-organization-membership-retry = 没用。重新邀请密钥的主人之后，或改用成员的密钥才行。
cause-no-organization-membership-support = 提供组织 ID、密钥主人的邮箱和请求 ID，并询问成员资格是否已经结束。
cause-no-organization-membership-myth = 有人说会得到 403；OpenAI 返回 401 和代码 `no_organization`。

cause-openrouter-data-policy = OpenRouter 的隐私或路由设置排除了该模型的所有提供方
cause-openrouter-data-policy-meaning = 你的账号、密钥或请求的设置排除了提供该模型的所有提供方：不允许训练、不允许保留数据、忽略某些提供方，或防护规则。模型本身是存在的。
cause-openrouter-data-policy-fix-privacy-switches = 查看账号或工作区的隐私设置
cause-openrouter-data-policy-fix-privacy-switches-detail = 免费模型的提供方大多会用提示词训练，需要打开相应的开关。请先决定是否允许你的文本被这样使用。
cause-openrouter-data-policy-fix-provider-field = 检查请求里的 provider 字段
cause-openrouter-data-policy-fix-provider-field-detail = data_collection: deny、zdr: true、only、ignore 和 order 都会排除提供方。先去掉这个字段试一次，看看是不是它的原因。
cause-openrouter-data-policy-fix-other-model = 选择提供方符合你设置的模型
cause-openrouter-data-policy-fix-other-model-detail = 模型页面会列出各提供方的数据政策；免费模型的付费版往往有更多提供方。
cause-openrouter-data-policy-retry = 没用，除非更改设置或模型。
cause-openrouter-data-policy-support = 提供模型、请求里的提供方偏好和你的隐私设置。
cause-openrouter-data-policy-myth = “No endpoints found”听起来像模型名写错，“violation of provider Terms Of Service”听起来像被封。两者往往都来自自己的隐私开关。

cause-organization-mismatch = 组织请求头里的组织与密钥所属的组织不符
cause-organization-mismatch-meaning = 请求带有 OpenAI-Organization 请求头（由你、某个设置或环境变量加上），而密钥不属于该组织。去掉这个请求头或填对 ID，同一个密钥就能用。
cause-organization-mismatch-fix-drop-header = 不要指定组织：密钥本身已经说明
cause-organization-mismatch-fix-drop-header-detail = 检查环境变量 OPENAI_ORG_ID 或 OPENAI_ORGANIZATION，以及程序设置里的“organization”；SDK 会自动发送前者。
cause-organization-mismatch-fix-right-id = 或者发送组织的 ID，而不是名称
cause-organization-mismatch-fix-right-id-detail = 值应是以 org- 开头的 ID，而不是“Personal”或公司名称。
cause-organization-mismatch-fix-new-key = 在你想用的组织里创建密钥
cause-organization-mismatch-retry = 没用。请先去掉或改正请求头。
cause-organization-mismatch-support = 提供两个组织 ID（以 org- 开头）、请求 ID，以及这个请求头从哪里来。
cause-organization-mismatch-myth = 有人说会得到 403。OpenAI 返回 401 和 `mismatched_organization` 或 `invalid_organization`。

cause-organization-not-verified = 组织需要先完成验证
cause-organization-not-verified-meaning = 有些模型、它们的流式输出以及推理摘要，只对完成身份验证的组织开放。密钥和额度没有问题。
cause-organization-not-verified-fix-verify = 完成组织验证
cause-organization-not-verified-fix-verify-detail = 由 Owner 用身份证件验证一次即可。之后等 15 分钟；如果响应不变，请创建新密钥。
cause-organization-not-verified-fix-no-stream = 在此之前，关闭流式输出或推理摘要
cause-organization-not-verified-fix-no-stream-detail = 如果返回的是 400，设 "stream": false 并去掉 "reasoning.summary"，同一个模型就能用。
cause-organization-not-verified-fix-other-model = 或者改用不需要验证的模型，代替{ $model }
cause-organization-not-verified-retry = 完成验证之后才有用：15 分钟内开通，有时还需要新密钥。
cause-organization-not-verified-support = 提供组织 ID、模型、请求 ID 和验证时间。
cause-organization-not-verified-myth = 同一个原因有两种状态码：使用模型时是 403，流式输出或推理摘要是 400。

cause-payload-malformed = 请求体不符合端点的要求
cause-payload-malformed-meaning = 请求体不是有效的 JSON、缺少字段，或含有该端点或模型不接受的字段或值。密钥和账号没有问题。
cause-payload-malformed-fix-check-json = 检查实际发送的请求体
cause-payload-malformed-fix-check-json-detail = 把它写进文件再发送文件，这样 shell 就不会改动引号。字符串里的制表符和换行必须转义。
cause-payload-malformed-fix-fix-field = 修正响应指出的字段：{ $parameter }
cause-payload-malformed-fix-fix-field-detail = 较新的模型用 max_completion_tokens 代替 max_tokens，并且只接受默认的 temperature；每个端点都有自己的字段。
cause-payload-malformed-fix-content-type = 发送 Content-Type: application/json
cause-payload-malformed-fix-content-type-detail = 没有它，服务器不会读取请求体，并会说缺少 model。
cause-payload-malformed-retry = 没用。同样的请求体会得到同样的响应。
cause-payload-malformed-support = 提供请求 ID 和去掉隐私内容的请求体；最重要的是响应在 `param` 里写的字段。
cause-payload-malformed-myth = 有些指南把格式错误的请求列在 403 下面。在 OpenAI 是 400，在其他一些服务商是 422 或 413。

cause-project-mismatch = 项目请求头里的项目与密钥所属的项目不符
cause-project-mismatch-meaning = 请求带有 OpenAI-Project 请求头（常来自环境变量 OPENAI_PROJECT_ID），而密钥属于另一个项目。去掉这个请求头，同一个密钥就能用。
cause-project-mismatch-fix-drop-header = 不要指定项目：项目密钥本身已经说明
cause-project-mismatch-fix-drop-header-detail = 只要设置了 OPENAI_PROJECT_ID，SDK 就会自动发送；有些托管平台会擅自设置它。
cause-project-mismatch-fix-right-id = 或者发送密钥所属项目的 ID
cause-project-mismatch-fix-right-id-detail = ID 以 proj_ 开头，可在项目的常规设置里看到。它不是密钥的一部分。
cause-project-mismatch-fix-new-key = 在你想用的项目里创建密钥
cause-project-mismatch-retry = 没用。请先去掉或改正请求头。
cause-project-mismatch-support = 提供请求头里的项目 ID（以 proj_ 开头）、密钥页面显示的项目和请求 ID。

cause-proxy-auth-or-connect = 正向代理拒绝建立隧道，或要求提供凭据
cause-proxy-auth-or-connect-meaning = 你的程序经过代理，而代理没有打开连接：它要求用户名和密码，或者不允许该目标或端口。服务商根本没有收到这次调用。
cause-proxy-auth-or-connect-myth = 常被当成 API 的响应。代理拒绝了隧道，API 根本没有收到请求，换密钥没有用。
cause-proxy-auth-or-connect-fix-which-proxy = 看看程序使用的是哪个代理，不需要就取消设置
cause-proxy-auth-or-connect-fix-which-proxy-detail = 变量的大写和小写形式都会生效，VPN 程序的遗留设置是常见原因。
cause-proxy-auth-or-connect-fix-test-tunnel = 单独测试代理
cause-proxy-auth-or-connect-fix-test-tunnel-detail = `-v` 会显示 CONNECT 请求和代理的响应。407 表示需要凭据，403 表示不允许该目标或端口。
cause-proxy-auth-or-connect-fix-give-credentials = 把用户名和密码提供给代理
cause-proxy-auth-or-connect-fix-give-credentials-detail = 形式为 http://user:password@proxy:port，特殊字符要做百分号编码。要求 NTLM 或 Kerberos 的代理需要 px 或 cntlm 之类的本地辅助程序，因为大多数 SDK 只支持 Basic。
cause-proxy-auth-or-connect-fix-ask-admin = 请代理的管理员允许 CONNECT 到{ $host }的 443 端口
cause-proxy-auth-or-connect-retry = 没用。代理得到正确的凭据、允许该目标，或不再使用代理之后才行。
cause-proxy-auth-or-connect-support = 请找代理的运营者：提供代理地址、目标主机和端口、时间和它返回的状态码。不要提供密码。

cause-quota-exhausted = 配额、余额或消费上限已用完
cause-quota-exhausted-meaning = 密钥没有问题，但账号、项目或密钥的余额已用完，或达到了消费或用量上限。这与速度无关，放慢调用没有用。
cause-quota-exhausted-fix-see-balance = 查看组织和项目的余额与上限
cause-quota-exhausted-fix-see-balance-detail = 额度可能过期，每个项目和每个密钥也可能有各自的上限。ChatGPT 订阅不包含 API 额度。
cause-quota-exhausted-fix-raise-limit = 充值，或提高每月上限
cause-quota-exhausted-fix-right-organization = 确认密钥属于有余额的那个组织
cause-quota-exhausted-fix-right-organization-detail = 在个人组织里创建的密钥不会使用公司的额度。
cause-quota-exhausted-fix-stop-loop = 看看有没有程序在不停地调用
cause-quota-exhausted-fix-stop-loop-detail = 用量页面会显示是哪个密钥和模型用掉的。没有上限的重试循环，一夜之间就能花光预算。
cause-quota-exhausted-retry = 没用。充值、提高上限或进入下一周期之后，过几分钟才行。
cause-quota-exhausted-support = 提供组织和项目的 ID、错误代码，以及用量页面显示的内容。
cause-quota-exhausted-myth = 常被列为 403 的原因。OpenAI 返回 429 和 `insufficient_quota`，DeepSeek 和 OpenRouter 返回 402；国内的中转站确实返回 403。

cause-rate-limited = 短时间内请求或 token 过多
cause-rate-limited-meaning = 密钥可以这样用，只是太快了：达到了每秒、每分钟或每天的上限。放慢或等一等就行。
cause-rate-limited-fix-wait = 按响应要求的时间等待，之后放慢发送
cause-rate-limited-fix-wait-detail = 查看 Retry-After 或响应头 x-ratelimit-reset-requests。都没有的话，依次等一、二、四、八秒，并加上一点随机时间。
cause-rate-limited-fix-fewer-tokens = 每次少发一些
cause-rate-limited-fix-fewer-tokens-detail = 请求的最大输出也会计入：调低 max_tokens、缩短历史、减少并发，或使用 Batch API。
cause-rate-limited-fix-raise-limit = 查看你的上限，并申请提高
cause-rate-limited-fix-raise-limit-detail = 上限属于组织和模型，再加一个密钥也不会提高。
cause-rate-limited-retry = 可以，按响应写的时间等待之后再试，间隔逐渐加长；立即重试只会更糟。
cause-rate-limited-support = 申请提高上限时，提供组织 ID、模型，以及每分钟请求数和 token 数的峰值。
cause-rate-limited-myth = 有人把它列为 403 的原因。OpenAI 和几乎所有服务商都返回 429；只有少数（例如 GitHub）返回 403 并带 Retry-After 响应头。

cause-relay-model-group = 中转站在你的分组里没有这个模型的渠道
cause-relay-model-group-meaning = 网关通过属于不同分组的渠道转发各个模型，而你的分组目前没有提供该模型的渠道。模型在那里的写法可能不同，或者渠道因故障被停用。
cause-relay-model-group-fix-list-models = 列出你的令牌可用的模型，使用列表里的名称
cause-relay-model-group-fix-list-models-detail = 请填入中转站的地址。许多中转站的模型名称与服务商的不同。
cause-relay-model-group-fix-other-group = 使用其他分组的令牌，或换一个模型
cause-relay-model-group-fix-other-group-detail = 中转站的价格页面会显示各分组有哪些模型。
cause-relay-model-group-fix-operator-channel = 如果你是运营者：把{ $model }加到该分组的渠道，并启用渠道
cause-relay-model-group-fix-operator-channel-detail = 在 one-api 和 new-api 中：打开“渠道”，设置其模型和分组，并在那里测试。渠道可能因密钥错误或余额不足而被停用。
cause-relay-model-group-retry = 可以隔一段时间试一次：因故障停用的渠道会自动恢复，或由运营者恢复。
cause-relay-model-group-support = 请找中转站的运营者：提供模型、错误消息里的分组和请求 ID。

cause-relay-quota = 中转站的用户或令牌额度已用完
cause-relay-quota-meaning = 网关有自己的账户体系，你在那里的余额不足以支付这次请求。背后的服务商没有收到请求。
cause-relay-quota-fix-top-up = 在中转站的网站上查看账户和这个令牌的余额，并充值
cause-relay-quota-fix-top-up-detail = 两者都要看：账户还有钱，令牌也可能已达到自己的上限。
cause-relay-quota-fix-raise-token = 提高或取消令牌的额度限制
cause-relay-quota-fix-raise-token-detail = 在 one-api、new-api 和 LiteLLM 中，创建令牌的人可以修改它。
cause-relay-quota-fix-smaller-request = 减少请求量：调低 max_tokens，或换更便宜的模型
cause-relay-quota-fix-smaller-request-detail = 许多中转站会先按最长的回答预扣费用，所以余额较低时，即使实际回答很短也会失败。
cause-relay-quota-retry = 没用，除非在那里充值，或限额周期结束。
cause-relay-quota-support = 请找中转站的运营者，而不是服务商：提供错误消息末尾的请求 ID、令牌名称和时间。
cause-relay-quota-myth = OpenAI 的余额在这里没有用：中转站有自己的余额。而且 OpenAI 返回 429 的情况，中转站返回 403。

cause-relay-token-restriction = 中转站的令牌只限某些模型、地址、分组或客户端
cause-relay-token-restriction-meaning = 网关认识这个令牌，但不允许它这样做：模型不在列表里、地址不在范围内，或分组或渠道不对它开放。背后的服务商没有收到请求。
cause-relay-token-restriction-myth = 中转站的 403 常被当成 OpenAI 的。地址不在允许名单时，OpenAI 返回 401，中转站返回 403。
cause-relay-token-restriction-fix-list-models = 列出令牌可用的模型，使用列表里的名称
cause-relay-token-restriction-fix-list-models-detail = 请填入中转站的地址。模型名称必须完全一致。
cause-relay-token-restriction-fix-edit-token = 在中转站的网站上编辑令牌：加上{ $model }，或取消地址或分组的限制
cause-relay-token-restriction-fix-new-token = 在正确的分组里另建一个令牌
cause-relay-token-restriction-fix-new-token-detail = 许多中转站的令牌与分组绑定，每个分组有各自的模型。“claude code”之类的分组可能只允许那个客户端。
cause-relay-token-restriction-fix-ask-operator = 请中转站的运营者放行
cause-relay-token-restriction-retry = 没用。必须先修改令牌的限制。
cause-relay-token-restriction-support = 请找中转站的运营者：提供令牌名称、模型、你的地址和错误消息末尾的请求 ID。

cause-resource-in-other-project = 文件、线程或其他对象属于另一个项目
cause-resource-in-other-project-meaning = 对象的 ID 是真的，或曾经是真的，但它属于密钥以外的另一个项目或组织，或者已被删除。对这个密钥来说，它就像不存在一样。
cause-resource-in-other-project-fix-list-objects = 列出密钥能看到的对象
cause-resource-in-other-project-fix-list-objects-detail = 如果列表里没有{ $object }，说明密钥属于另一个项目，或对象已被删除或过期。
cause-resource-in-other-project-fix-right-key = 使用创建该对象的项目的密钥
cause-resource-in-other-project-fix-right-key-detail = 常见的起因是换成了另一个项目的密钥：以前保存的一切都留在原来的项目里。
cause-resource-in-other-project-fix-make-again = 或者用这个密钥重新上传或创建，并保存新的 ID
cause-resource-in-other-project-retry = 没用。请使用该对象所在项目的密钥，或重新创建对象。
cause-resource-in-other-project-support = 提供对象 ID、创建它的项目、密钥所属的项目和请求 ID。
cause-resource-in-other-project-myth = 人们以为会是 403。OpenAI 返回 404，以免有人探知别处有什么；Google 返回 403。

cause-restricted-key-missing-scope = 密钥缺少这个端点所需的权限
cause-restricted-key-missing-scope-meaning = 密钥是真的，但它是受限密钥，权限列表里没有这项调用。用同样限制新建的密钥也会同样失败。
cause-restricted-key-missing-scope-fix-grant-scope = 给密钥加上权限：{ $scope }
cause-restricted-key-missing-scope-fix-grant-scope-detail = 在服务商的密钥页面编辑该密钥：选“All”（全部），或把该端点那一行设为“Write”（写入）；只是列出内容的话，“Read”（读取）就够了。
cause-restricted-key-missing-scope-fix-ask-role = 请组织的 Owner 分配允许该操作的角色
cause-restricted-key-missing-scope-fix-ask-role-detail = 密钥的权限不会超过它所属的人或服务账号：在项目里需要 Member，管理操作需要 Owner。
cause-restricted-key-missing-scope-retry = 没用。修改密钥的权限之前，响应不会变；修改后要几分钟才能到达所有服务器。
cause-restricted-key-missing-scope-support = 提供请求 ID、端点、缺少的 scope 名称和密钥的最后四个字符，绝不要给密钥本身。
cause-restricted-key-missing-scope-myth = 常被说成 403。OpenAI 返回 401 和“Missing scopes”；其他服务商和网关用 403。

cause-role-insufficient = 用户或服务账号的角色不允许这个操作
cause-role-insufficient-meaning = 凭据是真的，主人也已知，但该用户或服务账号在组织或项目里没有这项操作的权限。需要由权限更高的人授权或代为操作。
cause-role-insufficient-myth = 人们以为缺少角色应返回 403。OpenAI 的 API 和 Azure 返回 401，Google 和 AWS 返回 403。
cause-role-insufficient-fix-ask-role = 向管理员申请：{ $permission }
cause-role-insufficient-fix-ask-role-detail = OpenAI：项目的 Member 或 Owner，管理操作需要组织的 Owner。Google：Vertex AI User 角色。AWS：允许{ $action }的 IAM 策略。
cause-role-insufficient-fix-who-am-i = 确认服务器认为你是谁
cause-role-insufficient-fix-who-am-i-detail = 实际用的登录或服务账号和你想的不同，是常见的原因。从这些命令中选适用的一条来查看。
cause-role-insufficient-fix-owner-key = 使用有权限的人的密钥
cause-role-insufficient-fix-owner-key-detail = 密钥的权限不会超过它的主人。
cause-role-insufficient-retry = 没用。有人分配角色几分钟之后才行。
cause-role-insufficient-support = 先找你们自己的管理员。提供操作、用户或服务账号、项目和请求 ID。

cause-self-hosted-host-check = 你的服务器拒绝了 Host 请求头
cause-self-hosted-host-check-meaning = 服务器只接受它认为是本地的主机名，防止外部网页用 DNS 手段访问它。把公网名称原样转发的隧道或反向代理会被拒绝。
cause-self-hosted-host-check-fix-prove-host = 验证一下：把公网名称发到本地地址
cause-self-hosted-host-check-fix-prove-host-detail = 请填入你的隧道名称。带上这个请求头返回 403、不带返回 200，就能确定。
cause-self-hosted-host-check-fix-rewrite-host = 让隧道或代理发送本地名称
cause-self-hosted-host-check-fix-rewrite-host-detail = ngrok：--host-header=localhost:11434；cloudflared：--http-host-header localhost:11434；nginx：proxy_set_header Host localhost:11434。
cause-self-hosted-host-check-fix-bind-wider = Ollama：监听网络地址，而不是 localhost
cause-self-hosted-host-check-fix-bind-wider-detail = 设 OLLAMA_HOST=0.0.0.0 后就不再检查名称。但这样任何能连到该端口的人都能使用：请在前面加防火墙或带密码的代理。
cause-self-hosted-host-check-fix-allow-host = 其他服务器：把名称加到允许的主机列表
cause-self-hosted-host-check-fix-allow-host-detail = Django：ALLOWED_HOSTS；Vite：server.allowedHosts；Rails：config.hosts；Starlette：TrustedHostMiddleware。
cause-self-hosted-host-check-retry = 没用，除非允许或改写该名称。
cause-self-hosted-host-check-support = 向项目反馈时，提供到达的 Host 请求头、服务器监听的地址和版本。

cause-self-hosted-origin-check = 你的服务器拒绝了浏览器或应用发送的 Origin
cause-self-hosted-origin-check-meaning = 服务器会检查调用来自哪个网页或应用，而这个来源不在列表里。没有 Origin 请求头的调用（例如 curl）可以通过。
cause-self-hosted-origin-check-myth = 常被当成缺少密钥。Ollama 不需要密钥：没有内容的 403 表示它拒绝了网页的 Origin。
cause-self-hosted-origin-check-fix-prove-origin = 验证一下：用 curl 分别带上和不带 Origin 请求头发送
cause-self-hosted-origin-check-fix-prove-origin-detail = 带上返回 403、不带返回 200，就能确定。请填入你的页面或扩展的来源。
cause-self-hosted-origin-check-fix-set-origins = Ollama：把来源加到 OLLAMA_ORIGINS，然后重启
cause-self-hosted-origin-check-fix-set-origins-detail = 例如 OLLAMA_ORIGINS=chrome-extension://*,moz-extension://*,http://192.168.1.20:3000。Linux 服务：`systemctl edit ollama`；macOS：`launchctl setenv`；Windows：用户环境变量。之后要彻底退出 Ollama 再启动。
cause-self-hosted-origin-check-fix-proxy-origin = 在反向代理后面：在代理上去掉或改写 Origin 请求头
cause-self-hosted-origin-check-fix-proxy-origin-detail = nginx：proxy_set_header Origin ""；只有代理自己会检查谁可以调用时才这样做。
cause-self-hosted-origin-check-retry = 没用，除非把来源加到列表并重启服务器。
cause-self-hosted-origin-check-support = 向项目反馈时，提供请求的 Origin 和 Host 请求头、服务器的版本和来源设置。

cause-self-hosted-proxy-rule = 你的服务器前面的反向代理按规则拒绝了请求
cause-self-hosted-proxy-rule-meaning = 是 nginx、Apache、Caddy、HAProxy 之类自己作出的响应：匹配了地址、路径或密码规则，或请求了没有索引页的目录。后面的服务器没有收到请求。
cause-self-hosted-proxy-rule-fix-read-log = 查看代理在调用时刻的错误日志
cause-self-hosted-proxy-rule-fix-read-log-detail = “forbidden by rule”是 allow 或 deny 规则；“directory index”表示该路径既没有页面也没有转发；“Permission denied”与文件权限有关。
cause-self-hosted-proxy-rule-fix-fix-location = 确认该路径确实会转发给服务器
cause-self-hosted-proxy-rule-fix-fix-location-detail = nginx：/v1/ 或 /api/ 的 location 需要 proxy_pass，否则 nginx 会去找文件。
cause-self-hosted-proxy-rule-fix-fix-rule = 在规则里允许调用方的地址
cause-self-hosted-proxy-rule-fix-fix-rule-detail = nginx：allow 要写在 deny 前面。前面还有代理或负载均衡时，看到的是它的地址：请设置 real_ip_header 和 set_real_ip_from。
cause-self-hosted-proxy-rule-fix-bypass-proxy = 绕过代理直接调用服务器，以区分两者
cause-self-hosted-proxy-rule-retry = 没用。规则每次的判断都一样。
cause-self-hosted-proxy-rule-support = 请找代理的运营者：提供时间、你的地址、方法和路径，以及它错误日志里的那一行。

cause-service-incident = 问题在服务商：故障，或误拦正常调用的规则
cause-service-incident-meaning = 你这边什么都没变；服务商或它前面的边缘节点同时对许多人作出了错误的响应。服务商修复后就会恢复。
cause-service-incident-myth = 常有人建议换密钥或重装。许多人同时遇到的错误会自行恢复：先看状态页面。
cause-service-incident-fix-status-page = 查看服务商的状态页面和最新的反馈
cause-service-incident-fix-status-page-detail = 新出现的故障，往往先出现在你所用客户端的 issue 列表里，之后才出现在状态页面上。
cause-service-incident-fix-wait-and-retry = 等一等，再以逐渐加长的间隔重试
cause-service-incident-fix-wait-and-retry-detail = 这期间什么都不要改：在故障中改动密钥和设置，会带来新的问题。
cause-service-incident-fix-fallback = 让重要的程序能切换到其他模型或服务商
cause-service-incident-retry = 可以：等一分钟，之后每次加倍，直到几分钟一次。不要频繁重试，否则故障之外还会触发速率限制。
cause-service-incident-support = 先看状态页面。然后提供请求 ID 或 Ray ID、第一次和最后一次失败的时间，以及失败调用的比例。

cause-session-or-cookie-expired = ChatGPT 的登录会话已失效
cause-session-or-cookie-expired-meaning = 浏览器、应用或编程助手保存的登录已结束、被另一次登录取代，或复制得不完整。重新登录即可。
cause-session-or-cookie-expired-fix-sign-in = 退出后重新登录
cause-session-or-cookie-expired-fix-sign-in-detail = 编程助手请用它自己的命令；仍在使用旧登录的窗口必须关闭。
cause-session-or-cookie-expired-fix-clear-cookies = 在浏览器里删除 chatgpt.com 和 openai.com 的 Cookie
cause-session-or-cookie-expired-fix-clear-cookies-detail = 用没有扩展的无痕窗口，可以看出是不是 Cookie 的问题。
cause-session-or-cookie-expired-fix-one-copy = 不要在两个地方使用同一份登录
cause-session-or-cookie-expired-fix-one-copy-detail = 复制的 auth.json 或 Cookie，只要其中一份刷新，另一份就会失效。请在每台机器上分别登录，或在那里使用 API 密钥。
cause-session-or-cookie-expired-retry = 退出并重新登录之后可以。
cause-session-or-cookie-expired-support = 提供账号的邮箱、应用或编程助手及其版本、时间，以及请求 ID 或 Ray ID。绝不要发送令牌或 Cookie。
cause-session-or-cookie-expired-myth = 失效的不是 API 密钥：换新密钥在这里没有用。

cause-tls-inspection = 路径上有设备在检查 TLS
cause-tls-inspection-meaning = 代理或安全软件解开了加密连接，并用自己的证书重新签名，而你的程序不信任该证书。即使程序信任它，请求也可能被改动。
cause-tls-inspection-fix-see-issuer = 看看你收到的证书是谁签发的
cause-tls-inspection-fix-see-issuer-detail = 公共证书机构才对。如果是公司或安全产品的名称，说明连接正在被检查。
cause-tls-inspection-fix-trust-root = 让程序信任公司的根证书
cause-tls-inspection-fix-trust-root-detail = Python：SSL_CERT_FILE 或 REQUESTS_CA_BUNDLE，或 truststore 包。Node.js：NODE_EXTRA_CA_CERTS，新版本也可用 --use-system-ca。curl：--cacert。Java：导入信任库。都要指向包含该根证书的 PEM 文件。
cause-tls-inspection-fix-update-roots = 没有这类检查产品时：更新根证书列表
cause-tls-inspection-fix-update-roots-detail = 旧的容器和 Python 安装会缺少根证书。请更新 ca-certificates 或 certifi，并检查时钟。
cause-tls-inspection-fix-exempt-host = 请 IT 部门把{ $host }排除在检查之外
cause-tls-inspection-retry = 没用。除非信任检查设备的根证书，或把该主机排除在外，连接会一直这样失败。
cause-tls-inspection-support = 告诉公司的 IT 部门：哪个程序失败、主机名，以及证书里写的签发者。
cause-tls-inspection-myth = 常有人建议关闭证书检查。这样只是隐藏错误，还会把你的密钥暴露给路径上的人。

cause-unsupported-region = 调用来自服务商不提供服务的国家或地区
cause-unsupported-region-meaning = 服务商根据调用到达时的地址判断，不为那里提供服务。起作用的是出口地址，即 VPN、中转站、云区域或容器的地址，而不是你所在的地方。
cause-unsupported-region-fix-see-exit = 看看你的调用从哪里出去
cause-unsupported-region-fix-see-exit-detail = 请在程序运行的地方执行，即容器里或服务器上。“loc”是边缘节点看到的国家或地区。
cause-unsupported-region-fix-move-exit = 从受支持的国家或地区发起调用
cause-unsupported-region-fix-move-exit-detail = 为服务器、Worker 或函数选择另一个区域。Cloudflare Workers 可能在香港运行，请设置 placement。如果 VPN 的出口在不受支持的地方，请关闭它。
cause-unsupported-region-fix-proxy-used = 确认程序确实使用了你的代理
cause-unsupported-region-fix-proxy-used-detail = 请为程序本身设置 HTTPS_PROXY。登录、刷新令牌和追踪是单独的调用，可能不走代理；代理 URL 以 http:// 或 socks5:// 开头，而不是 socks://。
cause-unsupported-region-fix-local-provider = 或者使用在当地提供服务的服务商，例如 Azure OpenAI
cause-unsupported-region-fix-local-provider-detail = 是否允许，取决于服务商的条款和当地法律。
cause-unsupported-region-retry = 没用。只有换成受支持地区的出口地址才行。
cause-unsupported-region-support = 提供出口地址、带时区的时间，以及请求 ID 或 Ray ID。说明该地址登记在哪个国家或地区：地理位置数据库可能有误。
cause-unsupported-region-myth = 换新密钥没有用：检查地区在检查密钥之前。同样的原因，Google 和 Bedrock 返回 400，有些服务返回 451。

cause-waf-rule = 防火墙规则因请求的内容而拒绝
cause-waf-rule-meaning = Web 应用防火墙检查了请求，发现了它认为是攻击的内容：代码、SQL、路径、少见的请求头或过大的请求体。同一个密钥的其他请求可以通过。
cause-waf-rule-myth = 常被当成缺少权限。防火墙看的是请求的内容：同一个密钥换一段普通文字就能成功。
cause-waf-rule-fix-halve-request = 先发一个很小的请求，再把真正的请求逐次减半，找出被拒绝的部分
cause-waf-rule-fix-halve-request-detail = 如果“hello”能通过而长提示词不能，就是内容规则在起作用。最容易触发的是 shell 命令、SQL、HTML、文件路径和工具参数。
cause-waf-rule-fix-encode-content = 把触发规则的部分放进文件，或进行编码
cause-waf-rule-fix-encode-content-detail = 作为文件上传，或以 Base64 发送，再由模型或你的服务器解码。
cause-waf-rule-fix-rule-exception = 请{ $host }的运营方为这个路径开例外
cause-waf-rule-fix-rule-exception-detail = 如果防火墙是你自己的：在日志里找到规则 ID，让聊天端点不做请求体检查，或提高请求体大小的上限。
cause-waf-rule-retry = 同样的内容没用。缩短或改写后的请求可能通过，这也说明是内容规则在起作用。
cause-waf-rule-support = 提供页面上的参考号、事件号、支持 ID 或 Ray ID、时间，以及被拒绝的请求（不含密钥）；运营方可以据此找到规则。

cause-web-automation-detected = ChatGPT 认为是程序在使用它
cause-web-automation-detected-meaning = 是网页应用自己（不是它前面的边缘节点）把这些调用当成自动化，或认为地址或浏览器可疑。用最新的浏览器登录并正常使用，就会放行。
cause-web-automation-detected-fix-plain-browser = 用最新的浏览器登录使用 ChatGPT，不用 VPN 和扩展
cause-web-automation-detected-fix-plain-browser-detail = 先试试无痕窗口。会修改或重复请求的扩展是常见的原因。
cause-web-automation-detected-fix-use-api = 程序请使用 API，而不是网页应用
cause-web-automation-detected-fix-use-api-detail = 网页应用是给人用的，条款不允许自动化使用。API 只看密钥，不管是谁在输入。
cause-web-automation-detected-fix-pause = 停一小时，再换一个网络试一次
cause-web-automation-detected-retry = 有时可以：完全停止调用几分钟到几小时之后；反复调用会延长这段时间。
cause-web-automation-detected-support = 提供账号的邮箱、时间、浏览器及其版本，以及错误消息末尾的 Ray ID。
cause-web-automation-detected-myth = 消息里的 Ray ID 指向 Cloudflare，但没有响应头 cf-mitigated：作出决定的是 ChatGPT。

cause-websocket-handshake-refused = WebSocket 握手被拒绝
cause-websocket-handshake-refused-meaning = 实时或流式会话的连接还没建立，就被某个 HTTP 状态码拒绝了。要么账号不能使用该服务，要么握手缺少请求头、地址有误，或在途中被拦下。
cause-websocket-handshake-refused-fix-check-rest = 用普通 HTTPS 检查同一个密钥和模型
cause-websocket-handshake-refused-fix-check-rest-detail = 如果也被拒绝，响应里会有说明原因的消息，而 WebSocket 库很少显示它。
cause-websocket-handshake-refused-fix-see-body = 显示被拒握手的状态码和响应体
cause-websocket-handshake-refused-fix-see-body-detail = 大多数库把它放在异常里：Python 的 websockets 是 `response`，Node.js 的 ws 是事件 `unexpected-response`。
cause-websocket-handshake-refused-fix-send-headers = 握手时带上 Authorization 请求头，并使用正确的地址
cause-websocket-handshake-refused-fix-send-headers-detail = OpenAI：wss://api.openai.com/v1/realtime?model=…。浏览器不能为 WebSocket 设置请求头：请改为从你的服务器取得短期的 client secret。使用正式版后请去掉 beta 请求头。
cause-websocket-handshake-refused-fix-pass-upgrade = 让中间的代理放行 Upgrade 和 Connection 请求头
cause-websocket-handshake-refused-fix-pass-upgrade-detail = nginx：proxy_http_version 1.1 和 proxy_set_header Upgrade $http_upgrade。公司代理常常允许 HTTPS 但不允许 WebSocket，请换一个网络试试。
cause-websocket-handshake-refused-retry = 偶发故障可以重试一次。否则要先修改请求头、地址或权限。
cause-websocket-handshake-refused-support = 提供带查询参数的完整地址、握手的请求头名称、状态码，以及响应的请求 ID 或 Ray ID。

cause-workspace-deactivated = ChatGPT 工作区已被停用
cause-workspace-deactivated-meaning = 登录所选的团队或公司工作区已关闭，多半是订阅到期。个人账号可能仍然可用。
cause-workspace-deactivated-fix-switch-workspace = 重新登录并选择另一个工作区，例如个人工作区
cause-workspace-deactivated-fix-ask-owner = 请工作区的所有者续订
cause-workspace-deactivated-fix-use-key = 在此之前，在编程助手里使用 API 密钥
cause-workspace-deactivated-retry = 没用。工作区续费之后，或换一个工作区才行。
cause-workspace-deactivated-support = 提供工作区的名称或 ID、所有者的邮箱和开始的时间。
cause-workspace-deactivated-myth = 402 与你自己的套餐无关：关闭的是工作区。

cause-workspace-invalid = 所选的 ChatGPT 工作区不存在，或不属于你
cause-workspace-invalid-meaning = 登录里带的是你已离开、被移出或已删除的工作区的 ID。重新登录并选择工作区即可。
cause-workspace-invalid-fix-sign-in = 退出后重新登录，再次选择工作区
cause-workspace-invalid-fix-sign-in-detail = 如果又自动选中同一个工作区，请先在 chatgpt.com 上换一个。
cause-workspace-invalid-fix-old-file = 删除以前保存的账号 ID
cause-workspace-invalid-fix-old-file-detail = 编程助手把它保存在 auth.json 里，或保存在 ChatGPT-Account-ID、强制工作区之类的设置里。
cause-workspace-invalid-fix-ask-owner = 请工作区的所有者重新邀请你
cause-workspace-invalid-retry = 没用。请先重新登录。
cause-workspace-invalid-support = 提供工作区 ID、账号的邮箱和时间。工作区的所有者可以看到你是不是成员。

cause-workspace-residency-mismatch = ChatGPT 工作区绑定在另一个区域
cause-workspace-residency-mismatch-meaning = 工作区的数据必须留在某个区域，而程序没有说明是哪个，调用就被转到了别的区域。这既不是国家或地区限制，也不是登录错误。
cause-workspace-residency-mismatch-fix-update = 更新程序
cause-workspace-residency-mismatch-fix-update-detail = 新版本会从登录信息中读取工作区的区域，并写在请求头里。更新后请退出并重新登录。
cause-workspace-residency-mismatch-fix-set-residency = 或者在程序的设置里指定区域
cause-workspace-residency-mismatch-fix-set-residency-detail = 在 Codex 里，这项设置叫 enforce_residency；其他程序可能没有。
cause-workspace-residency-mismatch-fix-ask-admin = 向工作区的管理员确认它绑定在哪个区域
cause-workspace-residency-mismatch-fix-ask-admin-detail = 出口就在该区域的调用，没有这个请求头也能通过。
cause-workspace-residency-mismatch-retry = 没用。请更新程序，或从工作区所在的区域调用。
cause-workspace-residency-mismatch-support = 提供工作区的名称、区域、你发起调用的国家或地区、程序及其版本和请求 ID。
cause-workspace-residency-mismatch-myth = 常被误认为地区限制，但那是 403 和 `unsupported_country_region_territory`；这是 401。

cause-wrong-auth-header = 凭据放在了这个服务器不读取的请求头里
cause-wrong-auth-header-meaning = 密钥发送了，但请求头的名称或认证方式与该服务商或网关要求的不同。在服务器看来，就像没有发送密钥一样。
cause-wrong-auth-header-fix-right-header = 把密钥放在{ $host }所读取的请求头里
cause-wrong-auth-header-fix-right-header-detail = OpenAI、中转站和大多数服务商：Authorization: Bearer KEY。Azure OpenAI：api-key，或用 Authorization 发送 Entra 令牌。Azure API Management：由所有者决定，通常是 Ocp-Apim-Subscription-Key 或 api-key。Anthropic：x-api-key。Google：x-goog-api-key。
cause-wrong-auth-header-fix-right-client = 在程序设置里选择该服务商自己的类型
cause-wrong-auth-header-fix-right-client-detail = “OpenAI-compatible”（OpenAI 兼容）发送的是 Authorization: Bearer；Azure 请选 Azure 类型（SDK 中是 AzureOpenAI），它会发送 api-key 和 api-version。
cause-wrong-auth-header-fix-ask-gateway = 向网关的运营者确认它要求哪个请求头
cause-wrong-auth-header-retry = 没用。请先把密钥放到正确的请求头里。
cause-wrong-auth-header-support = 提供你发送的请求头名称（绝不要给值）、地址和请求 ID。
cause-wrong-auth-header-myth = 密钥放错请求头，会被当作没有密钥：几乎处处是 401，Google 和 AWS 是 403。

cause-wrong-endpoint-for-model = 模型存在，但不在这个端点
cause-wrong-endpoint-for-model-meaning = 每个模型只支持部分端点：chat、responses、completions、embeddings、images、audio。这次向它请求了该端点上不支持的操作。
cause-wrong-endpoint-for-model-fix-right-endpoint = 调用{ $endpoint }
cause-wrong-endpoint-for-model-fix-right-endpoint-detail = 模型页面会列出它支持的端点。较新的模型往往只支持 /v1/responses，旧模型只支持 /v1/completions。
cause-wrong-endpoint-for-model-fix-right-model = 或者选择支持{ $path }的模型
cause-wrong-endpoint-for-model-fix-right-model-detail = 嵌入要用 text-embedding 模型，图像要用图像模型，聊天要用聊天模型。
cause-wrong-endpoint-for-model-fix-update-client = 更新程序，或让它改用 Responses API
cause-wrong-endpoint-for-model-fix-update-client-detail = 较旧的程序只认识 chat completions。
cause-wrong-endpoint-for-model-retry = 没用。请先更换端点或模型。
cause-wrong-endpoint-for-model-support = 提供模型、端点和请求 ID。
cause-wrong-endpoint-for-model-myth = 其中大多数 OpenAI 返回 404；“not allowed to sample”或“to generate embeddings”返回 403。两种情况都不是缺少权限。

cause-wrong-host-or-path = 请求的地址或方法不属于这个 API
cause-wrong-host-or-path-meaning = 主机、路径、协议或方法有误，所以服务器不认识这个调用。常见的疏漏是缺少或重复 /v1、用 http 代替 https、填了网页地址、该用 POST 却用了 GET。
cause-wrong-host-or-path-fix-base-url = 把基础 URL 设为 https://api.openai.com/v1，后面不要再加任何内容
cause-wrong-host-or-path-fix-base-url-detail = 大多数程序会自己加上 /chat/completions。有些还会加 /v1，这时就不要写它。结尾不要带斜杠，也不要写完整的端点。
cause-wrong-host-or-path-fix-compare-address = 把实际发送的方法和路径与参考文档对照
cause-wrong-host-or-path-fix-relay-path = 如果是中转站或自己的服务器，请查它自己的路径
cause-wrong-host-or-path-fix-relay-path-detail = Ollama、LM Studio 和 vLLM 提供 /v1/chat/completions；它们的网页地址是另一回事。
cause-wrong-host-or-path-retry = 没用。请先改正地址或方法。
cause-wrong-host-or-path-support = 提供方法和完整地址（不含密钥），有请求 ID 的话也一并提供。
cause-wrong-host-or-path-myth = 路径错误是 404 或 405。只有明文 http（OpenAI）和 AWS API 网关的未知路径才返回 403。

cause-wrong-key-kind = 用了另一种类型或另一家服务商的凭据
cause-wrong-key-kind-meaning = 发送的确实是凭据，但不是这个地址接受的类型：另一家的密钥、浏览器会话或登录令牌、把管理员密钥用于普通调用，或者反过来。它在别处可能有效。
cause-wrong-key-kind-fix-see-kind = 看看所发送密钥的前几个字符
cause-wrong-key-kind-fix-see-kind-detail = sk-proj-、sk-svcacct-：OpenAI。sk-admin-：仅限管理操作。sk-ant-：Anthropic。sk-or-：OpenRouter。gsk_：Groq。AIza：Google。eyJ：登录令牌，不是 API 密钥。
cause-wrong-key-kind-fix-right-kind = 创建{ $host }接受的那种密钥
cause-wrong-key-kind-fix-right-kind-detail = OpenAI 的 API：项目密钥。Azure：该资源自己的密钥。中转站：中转站的令牌。
cause-wrong-key-kind-fix-right-address = 或者把凭据发到它所属的地址
cause-wrong-key-kind-fix-right-address-detail = ChatGPT 的登录用于 chatgpt.com/backend-api，不能用于 api.openai.com。请检查基础 URL，然后重新登录。
cause-wrong-key-kind-retry = 没用。需要正确类型的凭据。
cause-wrong-key-kind-support = 说明你用的是哪种凭据（只给开头几个字符，例如 sk-proj- 或 sk-ant-）、用于哪个地址，并提供请求 ID。
cause-wrong-key-kind-myth = 真的密钥用错地方，响应和密钥错误一样：在 OpenAI 和 Azure 是 401。

question-allowlist = 你的组织是否限制了可以调用的地址？
question-allowlist-how = 管理员可以在 Settings（设置）→ Security（安全）→ IP allowlist（IP 允许名单）中看到。
question-allowlist-yes = 是
question-allowlist-no = 否

question-country = 调用发出的地方在服务商支持的国家和地区列表里吗？
question-country-how = 在任意“我的 IP 是什么”页面查看出口地址，再对照列表 https://platform.openai.com/docs/supported-countries。
question-country-yes = 在
question-country-no = 不在

question-credit = 账单页面显示有余额或有效的套餐吗？
question-credit-how = 打开服务商的账单页面，OpenAI 是 https://platform.openai.com/settings/organization/billing。
question-credit-yes = 有
question-credit-no = 没有，余额或上限已用完
question-credit-none = 没有，从未设置付款，或账号因欠费被关闭

question-header = 密钥是否按文档的写法发送，前后没有引号、空格或换行？
question-header-how = 打印程序发送的请求头（去掉密钥）：OpenAI 应为 Authorization: Bearer、一个空格、密钥。
question-header-right = 是，完全一样
question-header-wrong = 不是
question-header-name = 用了别的请求头名，例如 api-key

question-key-restricted = 密钥是受限的或只读的吗？
question-key-restricted-how = 在服务商的密钥页面，Permissions（权限）一列会写 All（全部）、Restricted（受限）或 Read only（只读）。
question-key-restricted-yes = 是
question-key-restricted-no = 不是，它有全部权限

question-looks = 响应看起来是什么样的？
question-looks-how = 看看和错误一起返回的文字或页面。
question-looks-json = 花括号里的文字，其中有 error
question-looks-edge-page = 写着 Cloudflare、“Just a moment”或“You have been blocked”的页面
question-looks-company-page = 带公司名称、说访问被拦截的页面
question-looks-empty = 只有数字，没有别的
question-looks-words = 一句话

question-other-key = 换一个密钥，同样的调用能成功吗？
question-other-key-how = 在同一个项目里创建一个有全部权限的新密钥，试一次。
question-other-key-works = 能，换密钥就可以
question-other-key-fails = 不能，换密钥也失败

question-other-model = 同一个密钥换一个模型能成功吗？
question-other-model-how = 试试 gpt-4o-mini，或用 GET /v1/models 列出模型。
question-other-model-works = 能，换模型就可以
question-other-model-fails = 不能，所有模型都失败

question-other-network = 换一个网络（例如手机热点），同样的调用能成功吗？
question-other-network-how = 关闭 VPN，连上手机热点，再调用一次。
question-other-network-works = 能，在那里可以
question-other-network-fails = 不能，在那里也失败

question-others = 现在有其他人遇到同样的问题吗？
question-others-how = 看看 https://status.openai.com，或问问别处的同事。
question-others-yes = 有
question-others-no = 没有，只有我

question-private-window = 在没有扩展的无痕窗口里可以吗？
question-private-window-how = 打开无痕窗口，登录后再试一次。
question-private-window-works = 可以
question-private-window-fails = 不行，也失败

question-provider = 这是谁的服务？
question-provider-how = 看地址里的主机名：api.openai.com、NAME.openai.azure.com、api.anthropic.com 等。
question-provider-openai = OpenAI
question-provider-azure = Azure OpenAI
question-provider-google = Google：Gemini 或 Vertex AI
question-provider-aws = AWS：Bedrock 或 API 网关
question-provider-another = Anthropic、OpenRouter、xAI 或其他

question-several-orgs = 你属于不止一个组织、项目或工作区吗？
question-several-orgs-how = 服务商控制台左上角的菜单会列出来。
question-several-orgs-several = 是
question-several-orgs-one = 不是，只有一个

question-since = 以前成功过吗？
question-since-how = 回想一下同样的调用上次成功是什么时候。
question-since-suddenly = 成功过，我什么都没改，突然就不行了
question-since-change = 成功过，直到改了什么：密钥、网络、模型或版本
question-since-never = 从来没有

question-status = 错误显示的是哪个数字？
question-status-how = 在 status、error 或 HTTP 附近找三位数字。
question-status-s400 = 400
question-status-s401 = 401
question-status-s403 = 403
question-status-s404 = 404
question-status-s429 = 429
question-status-none = 没有数字，或是别的数字

question-vpn = 你用了 VPN、代理或租用的服务器吗？
question-vpn-how = VPN 会在时钟附近显示图标；云端的程序就运行在租用的服务器上。
question-vpn-vpn = 是，VPN 或公共代理
question-vpn-server = 是，运行在租用的服务器或云端
question-vpn-no = 没有

question-where = 你在哪里看到这个错误？
question-where-how = 想想错误出现时你在用什么。
question-where-program = 在我自己的程序里，或使用 API 密钥的工具里
question-where-chatgpt = 在 chatgpt.com 或 ChatGPT 应用里
question-where-agent = 在用 ChatGPT 账号登录的编程助手里
question-where-web-page = 在用脚本调用 API 的网页里
question-where-gateway = 经过公司网关、中转站或转售商
question-where-own-server = 我自己运行的服务器，例如 Ollama 或 vLLM

question-words = 错误的意思最接近哪一项？
question-words-how = 读一读和数字一起出现的那句话，意思相近即可。
question-words-key = 密钥错误、无效或不存在
question-words-no-key = 没有提供密钥，或缺少凭据
question-words-permission = 缺少权限、scope 或角色
question-words-model = 模型不存在，或没有权限使用
question-words-quota = 配额用完、没有额度、余额不足、账单问题
question-words-rate = 达到速率限制，请求过多
question-words-country = 不支持所在的国家或地区
question-words-address = IP 地址或网络不被允许
question-words-blocked = 你已被拦截、访问被拒绝、error 1020、网站无法加载
question-words-human = “Just a moment”，请证明你不是机器人
question-words-activity = 异常或可疑的活动
question-words-session = 会话或令牌已过期，请重新登录
question-words-account = 账号或工作区已停用或关闭
question-words-belonging = 组织、项目或工作区不匹配
question-words-content = 内容被安全系统拒绝
question-words-request = 请求、地址或请求体无效
question-words-browser = 被 CORS 策略拦截，来源不被允许
question-words-proxy = 代理、隧道或证书
question-words-other = 都不是，或没有任何文字

responder-anthropic = Anthropic 的 API 或其边缘节点
responder-aws = AWS 服务或其 API 网关
responder-azure-apim = 客户自己运行的 Azure API Management
responder-azure-openai = Azure OpenAI 或 Azure AI Foundry
responder-chatgpt-web-backend = ChatGPT 网页版
responder-client = 调用方自己：浏览器、SDK 或命令行
responder-cloudflare-edge = 其他网站前面的 Cloudflare
responder-corporate-proxy = 公司代理、防火墙或沙箱
responder-deepseek = DeepSeek 的 API
responder-github = GitHub Models 或 Copilot
responder-google = Gemini、Vertex AI 或其他 Google 服务
responder-mistral = Mistral 的 API
responder-openai-api = OpenAI 的 API
responder-openai-edge = OpenAI 或 ChatGPT 前面的 Cloudflare
responder-openrouter = OpenRouter
responder-other-provider = 其他服务商的 API
responder-relay = 网关或中转站
responder-self-hosted = 你自己运行的服务器
responder-unknown = 依据不足，无法判断
responder-waf = Web 应用防火墙（WAF）
responder-xai = xAI 的 API

stop-client = 你的程序或浏览器
stop-network = 你的网络
stop-gateway = 网关或中转站
stop-edge = 边缘节点或防火墙（CDN）
stop-provider = 服务商

fact-status = 状态码是 { $value }。
fact-code = 错误标记为 `{ $value }`。
fact-header = 响应带有响应头 `{ $name }`。
fact-header-value = 响应头 `{ $name }` 的值里有 `{ $value }`。
fact-no-header = 响应没有响应头 `{ $value }`。
fact-sent = 请求带有请求头 `{ $name }`。
fact-sent-value = 请求头 `{ $name }` 的值里有 `{ $value }`。
fact-target = 请求发到了 `{ $value }`。
fact-no-target = 请求没有发到 `{ $value }`。
fact-to = 请求发到了 { $value } 的主机。
fact-to-local = 请求发到了内网地址或本机。
fact-to-unknown = 请求发到的主机不属于任何已知的服务商。
fact-to-other = 请求发到了另一家服务商的主机。
fact-path = 请求的路径里有 `{ $value }`。
fact-mentions = 文本提到了 `{ $value }`。
fact-body = 响应内容的格式是 { $value }。
fact-body-empty = 响应内容为空。
fact-body-json = 响应内容是 JSON。
fact-body-html = 响应内容是 HTML。
fact-body-text = 响应内容是纯文本。
fact-method = 请求方法是 { $value }。
fact-input = 粘贴内容的类型是 { $value }。
fact-input-long = 文本不止一行。
fact-key = 凭据的类型是 { $value }。
fact-ray-listed = Cloudflare 作出响应的国家或地区在 OpenAI 的支持列表里。
fact-ray-unlisted = Cloudflare 作出响应的国家或地区不在 OpenAI 的支持列表里。
fact-says = 文本里写着：“{ $value }”。
fact-answer = 你的回答：{ $question } { $value }
fact-is-openai-site = 调用的是 OpenAI 或 ChatGPT。
fact-is-openai-named = 文本里出现了 OpenAI 或 ChatGPT 的主机。
fact-is-web = 与 ChatGPT 网页版或其应用有关。
fact-is-api = 与 API 调用有关。
fact-is-other-site = 调用的不是 OpenAI 或 ChatGPT。
fact-is-cloudflare-page = 响应是 Cloudflare 的页面。

answer-unknown = 我不清楚
reason-common = 文本里没有特别支持它的内容；它是常见的原因。

question-about-permission = 它说缺少什么？
question-about-permission-how = 看看 missing、requires 或 not authorized 后面的词。
question-about-permission-scope = 权限范围（scope），例如 model.request
question-about-permission-role = 角色，或用斜杠、冒号写的操作名
question-about-permission-admin = 管理员密钥或管理员身份
question-about-permission-feature = 功能、API 或策略没有启用
question-about-permission-deny = 明确拒绝（explicit deny）
question-about-permission-mesh = 只有 “RBAC: access denied”
question-about-permission-cluster = 服务账号无权 list、get 或 create 某个资源
question-about-permission-none = 都不是，或看不到

question-about-key = 发送的是哪个密钥？
question-about-key-how = 想想它是从哪里复制的；开头几个字符常常能说明。
question-about-key-own = 这个服务商自己的密钥页面上的密钥
question-about-key-foreign = 另一个服务商或中转站的密钥
question-about-key-token = 登录得到的令牌、管理员密钥或服务密钥
question-about-key-azure = 把 Azure 的密钥发到 OpenAI 的地址，或反过来
question-about-key-public = 曾经公开出现过的密钥

question-about-model = 关于模型，它具体怎么说？
question-about-model-how = 意思差不多就可以。
question-about-model-missing = 它不存在
question-about-model-project = 项目无权使用它
question-about-model-account = 账号或组织无权使用它
question-about-model-verify = 组织必须先验证
question-about-model-deployment = 部署（deployment）不存在
question-about-model-policy = 没有符合数据政策的端点
question-about-model-channel = 分组下没有可用渠道
question-about-model-token = 密钥或令牌不能使用它
question-about-model-endpoint = 它不能用于这个端点

question-about-request = 它反对的是什么？
question-about-request-how = 意思差不多就可以。
question-about-request-path = 地址、路径或方法
question-about-request-version = api-version
question-about-request-body = 请求体：JSON 或其中的字段
question-about-request-type = 内容类型（Content-Type）
question-about-request-none = 都不是，或看不到

question-about-belonging = 是什么不匹配？
question-about-belonging-how = 意思差不多就可以。
question-about-belonging-organization = 请求头里的组织
question-about-belonging-project = 请求头里的项目
question-about-belonging-member = 你不是任何组织的成员
question-about-belonging-object = 找不到文件、会话或助手
question-about-belonging-tenant = 令牌的租户（tenant）
question-about-belonging-cloud = Google Cloud 项目
question-about-belonging-workspace = ChatGPT 工作空间

question-about-place = 它具体提到什么？
question-about-place-how = 意思差不多就可以。
question-about-place-country = 不支持的国家或地区
question-about-place-host = 应使用的另一个主机名，例如 us.api.openai.com
question-about-place-workspace = 工作空间所在的区域
question-about-place-list = 允许的地址列表
question-about-place-network = 虚拟网络或防火墙规则
question-about-place-private = 公共访问已关闭、专用终结点

question-about-account = 被关闭的是什么？
question-about-account-how = 意思差不多就可以。
question-about-account-account = 账号、组织或其项目
question-about-account-key = 密钥，因为它被公开了
question-about-account-workspace = ChatGPT 工作空间

question-about-proxy = 它提到什么？
question-about-proxy-how = 意思差不多就可以。
question-about-proxy-certificate = 证书
question-about-proxy-tunnel = 隧道、CONNECT 或代理的密码
question-about-proxy-block = 网站被拦截

question-browser = 在同一台机器的浏览器里能打开服务商的网站吗？
question-browser-how = VPN 和代理保持原样。
question-browser-opens = 能
question-browser-blocked = 不能，同样被拦截

question-about-other = 是下面的哪一种？
question-about-other-how = 意思差不多就可以。
question-about-other-keys-off = 这个资源禁用了密钥
question-about-other-terms = 条款、许可或只允许某些程序
question-about-other-site = 来自这个网站或应用的请求
question-about-other-api = 对这个 API 或方法的请求
question-about-other-host = 不允许这个主机名
question-about-other-socket = WebSocket 或握手
question-about-other-region = 另一个区域
question-about-other-none = 都不是，或看不到
