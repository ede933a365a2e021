### Words of what is loaded on demand: the decision tree.

tree-picture = The decision tree as a picture: drag to move it, use the arrow keys to walk along its branches
tree-in = Enlarge
tree-out = Shrink
tree-fit = Show the path taken
tree-list = As a list
tree-yes = taken
tree-no = left
tree-unknown = not known
tree-node = { $label }: { $state }, { $share }.
tree-share = { $n } %
tree-little = <1 %
