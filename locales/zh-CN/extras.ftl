### 按需加载的部分：决策树。

tree-picture = 决策树图：拖动可以移动，用方向键沿着分支走
tree-in = 放大
tree-out = 缩小
tree-fit = 显示走过的路径
tree-list = 以列表显示
tree-yes = 走这里
tree-no = 不走这里
tree-unknown = 不清楚
tree-node = { $label }：{ $state }，{ $share }。
tree-share = { $n }%
tree-little = <1%

## 分享链接的对话框

share-title = 链接里有什么
share-holds = 全部内容，用文字写出来；你的文本填进消息里的名称和编号不在其中：
share-holds-all = 全部内容，用文字写出来：
share-holds-text = 页面上显示的文本：机密已经移除，但人名、公司名和机器名仍在其中。请先检查一遍。
share-holds-time = 生成链接的时间，精确到分钟。
share-not = 里面没有你的文本，也没有任何机密。
share-not-text = 里面没有机密：生成链接之前会再检查一遍文本。
share-native = 通过系统分享…
share-copy = 复制链接
close = 关闭
qr = 二维码
qr-too-long = 这个链接太长，无法做成二维码。不附文本就可以。
share-text = 附上移除机密后的文本
share-text-none = （没有文本，或者太长）
share-no-facts = 还没有事实。
share-copied = 已复制
share-refused = 请选中后手动复制
share-address = 链接
