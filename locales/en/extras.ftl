### Words of what is loaded on demand: the decision tree and the dialog of a link.

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

## The dialog of a link

share-title = What the link holds
share-holds = All of it, in words; names and numbers that your text fills into a message stay out:
share-holds-all = All of it, in words:
share-holds-text = Your text as the page shows it: secrets are taken out, names of people, companies and machines are not. Look it over first.
share-holds-time = The minute in which it was made.
share-not = Your text is not in it, nor any secret.
share-not-text = No secret is in it: the text is searched for them once more before the link is made.
share-native = Share by…
share-copy = Copy link
close = Close
qr = QR code
qr-too-long = This link is too long for a QR code. Without the text it fits.
share-text = Include the redacted text
share-text-none = (there is none, or it is too long)
share-no-facts = No facts yet.
share-copied = Copied
share-refused = Select it and copy by hand
share-address = The link
