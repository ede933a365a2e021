### Words of the main page. Backticks mark code. A message's id stands as a literal where it is used.

language-name = English

## The frame

title = why403: why did OpenAI refuse me?
skip = Skip to the content
nav = Tools
menu = Site
nav-guide = Guide
nav-ticket = Support ticket
nav-permissions = Permissions
nav-retry = Retry policy
nav-fingerprint = Key fingerprint
nav-compare = Compare two requests
nav-allowlist = Allowlist
nav-incidents = Incidents
nav-status = Provider status
nav-embed = Embed
home = why403, start page
heading = Why did it say no?
lede = Paste what failed. Learn who refused you, why, and what to do.
theme = Colours
theme-auto = Auto
theme-light = Light
theme-dark = Dark
language = Language
new-tab = (opens in a new tab)

## The box

box-label = Command, error or log
box-hint = curl https://api.openai.com/v1/… and what it printed
box-own = Paste your own error, command or log here
box-privacy = Keys, tokens and cookies are taken out before the text is shown. Nothing you paste leaves this browser.
box-clear = Clear
box-file = Open a file
examples = Or try:
examples-more = Try something else
ask = Nothing to paste: ask me
options = What is taken out
options-always = Always: keys, tokens, cookies, passwords, signatures, e-mail addresses. On your wish also:
options-addresses = IP addresses
options-accounts = organization and project ids
options-more = And a key’s fingerprint may show more:
options-last-four = the key’s last four characters, as your dashboard shows them

## Examples

sample-wrong-key = Wrong key
sample-country = Country
sample-model-access = Model access
sample-cloudflare = Cloudflare block
sample-azure = Azure firewall
sample-relay = Relay, Chinese
sample-1020 = Error 1020

## Before anything was pasted

steps = How it works
step-redact = Secrets are taken out first
step-redact-how = Each is replaced by a fingerprint, so that you can still compare keys.
step-who = Who refused?
step-who-how = Your network, a gateway, Cloudflare in front, or the provider itself.
step-why = Why, and what to do
step-why-how = The likeliest cause with its evidence, and a question where the evidence is thin.

## The verdict

most-likely = Most likely
first = Do this first:
first-how = Show how
no-verdict = No verdict yet
not-enough = Not enough to go on yet
not-enough-ask = Many causes fit what is here, and none stands out: an answer to the question below tells more, and so does the error itself, word for word, if it can be had.
not-enough-paste = Many causes fit what is here, and none stands out: the whole answer that you got, word for word and with its headers, tells more.
nothing-recognised = No refusal recognised
nothing-in-link = This link gives nothing to go by.
nothing-in-text = This was read as { $kind }. The answer that you got tells most: its status, its headers and its text.
who-answered = Who answered
unknown = Unknown
many-calls = This is about one call. What became of each in a whole log or archive:
more-reasons =
    { $n ->
        [one] { $n } more reason
       *[other] { $n } more reasons
    }
live-verdict = Most likely: { $title }, { $percent }. { $responder }
live-open = Not enough to go on yet. { $responder }
live-nothing = No refusal recognised in this text.
percent-under = under 1 %
percent-over = over 99 %
percent = { $n } %

## What kind of text was read

kind-curl = a curl command
kind-powershell = a PowerShell command
kind-fetch = a fetch() call
kind-http = HTTP messages
kind-har = a HAR file
kind-log = log lines
kind-traceback = a program’s error
kind-json = a JSON text
kind-html = an HTML page
kind-text = plain text
kind-link = a why403 link

## The path

path = The way of your request
hop-sent = sent it
hop-passed = let it through
hop-refused = refused
hop-unreached = never reached
hop-unknown = not known

## Why

why = Why
known = What is known
against = What speaks against it
facts =
    { $n ->
        [one] { $n } fact that this rests on
       *[other] { $n } facts that this rests on
    }
facts-more =
    { $n ->
        [one] { $n } more fact that was read
       *[other] { $n } more facts that were read
    }
show-in-text = Show it in the text

## The question

question = One answer would settle more
said = What you said
more-answers = { $n ->
    [one] One more
   *[other] { $n } more
  }
take-back = Take back
change = change

## Fixes

fixes = What to do
fixes-done = { $done } of { $all } done
effort-minutes = takes minutes
effort-hours = takes hours
effort-administrator = needs an administrator
for-bash = For bash or zsh (on Windows: Git Bash or WSL):
reproduce = Try the same request again, reduced to what matters
retry = Trying again
support = Tell support
myth = Often said
sources = Sources
source = Source:
copy = Copy
copied = Copied
copy-refused = Select it and copy by hand

## Other causes

others = What else it could be
possible = What it could be
others-unlikely =
    { $n ->
        [one] { $n } more, under 1 %
       *[other] { $n } more, each under 1 %
    }

## Findings

findings = Noticed in your text
finding-error = Wrong
finding-warning = Suspicious
finding-hint = Worth knowing
finding-more = Why, and how to mend it
apply = Change it in the text
applied = Changed in the text above.
undo = Undo
place = line { $line }, column { $column }
problems = Not understood
body-unchecked = The published rules for this endpoint's body did not load, so the body was not held against them. Paste again once you are connected.
redacted = Your text, redacted
marks = Marks
mark-taken = taken out
mark-evidence = evidence
mark-noticed = noticed

## What was taken out

taken =
    { $n ->
        [one] Taken out: { $n } secret
       *[other] Taken out: { $n } secrets
    }
taken-why = A fingerprint tells whether two keys are the same, without saying what they are.
taken-guessable = too guessable for a fingerprint
times = { $n } times

## The tree

tree = The decision tree
tree-what = Every question that is asked of the evidence, with the path that was taken. What arrives at a leaf is that cause’s probability.
tree-open = Show the tree

## Passing it on

share = Pass it on
share-what = The link opens the same diagnosis. It holds the facts that it rests on and none of your text, in the last part of the address, which browsers do not send to servers.
share-what-text = The link opens the same diagnosis. It holds the facts that it rests on and your redacted text, in the last part of the address, which browsers do not send to servers.
share-link = Open the link
share-open = Share…
extras-failed = This part of the page did not load. Check your connection, then try again.
save-markdown = Save as Markdown
print = Print
save-json = Save as JSON

## Notices

from-link = Opened from a link: the diagnosis of somebody’s paste, without the paste itself.
from-link-made = It was made on { $when }.
from-link-text = Opened from a link: the diagnosis of somebody’s paste, with its redacted text.
paste-instead = You can paste what failed into the box above.
large = { $name }, { $size }: too large to show here, but all of it was read.
large-paste = Your paste
bytes = { $n } bytes
kilobytes = { $n } kB
megabytes = { $n } MB
failed-load = The part of this page that reads your text did not load. Check your connection and try again.
failed-crashed = The part of this page that reads your text stopped on this one. A fresh one is ready.
failed-slow = Reading this text took more than a minute, so it was stopped. Try a shorter part of it.
failed-not-text = This file is not text. Text, JSON, HAR and log files can be read.
failed-unreadable = The browser could not read this file. It may have been moved or changed.
failed-too-large = This is more text than the browser can hold at once. Try a part of it.
update = A newer version of this page is ready.
update-keeps = Your text comes along, with its secrets taken out.
update-loses = Copy your text first: it is too long to come along.
update-now = Use it now
held-back = Your paste is held back, because its secrets are still in it.
try-again = Try again
show-raw = Show it as it is
forget = Forget it

## What leaves, and the foot

leaves = What leaves this page?
leaves-what = Of your paste: nothing. These are all the requests that this page has made since you opened it, each for one of its own files:
leaves-page = the page itself
check-network = To check it, open your browser’s developer tools, tab Network, and paste: the only requests go to this page’s own files. The page’s Content Security Policy forbids every other address, but for two public status pages, which are asked only when you press the button of the tool “Provider status”. Or switch your network off: the diagnosis still works.
check-worker = Your paste is read by a worker that has no way to the network; when it held a secret, the worker’s memory is overwritten and the worker is thrown away.
not-openai = why403 is not made by OpenAI. It goes by what providers document and by reported cases.
