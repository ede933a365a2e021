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
