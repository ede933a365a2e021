//! Commands with which people make a key's fingerprint in their own shell, so that the key never leaves it.
//!
//! Each prints what [`crate::redact::fingerprint`] gives for the same key, in its text form, with two exceptions that only
//! the tables of known keys can tell: that a key is cut off (`t`), and that it could be guessed and gets no hash.
//! They read an environment variable: a key typed into a command line would stay in the shell's history.

/// The variable that the commands read as they stand.
const VARIABLE: &str = "OPENAI_API_KEY";
/// Where a command goes on for the last four characters.
const LAST: &str = "@LAST@";

/// A command for one shell or language.
#[derive(Debug)]
pub struct FingerprintCommand {
    /// Short name: `shell`, `powershell`, `python`, `node`.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    command: &'static str,
    last_four: &'static str,
}

impl FingerprintCommand {
    /// The command for the key in the environment variable `variable`; with `last_four`, the fingerprint ends in the key's
    /// last four characters. None where `variable` is no name of one.
    pub fn text(&self, variable: &str, last_four: bool) -> Option<String> {
        let named = variable.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && variable.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        let last = if last_four { self.last_four } else { "" };
        named.then(|| self.command.replace(VARIABLE, variable).replace(LAST, last))
    }
}

/// One command for each shell and language, the likeliest first.
///
/// White space is Unicode's `White_Space`; quotation marks and characters without width are those that turn up around keys.
pub const COMMANDS: [FingerprintCommand; 4] = [
    FingerprintCommand {
        id: "shell",
        title: "bash or zsh",
        command: r#"(export LC_ALL=C; S=$'[ \t\v\f\r\x01]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80'; Q=$'["\x27`]|\xc2[\xab\xbb]|\xe2\x80[\x98-\x9a\x9c-\x9e]'; Z=$'\xc2\xad|\xe2\x80[\x8b-\x8f\xaa-\xae]|\xe2\x81[\xa0-\xaf]|\xef\xbb\xbf'; o=$(printf %s "$OPENAI_API_KEY" | tr '\n' '\001'); k=$(printf %s "$o" | sed -E "s/^($S|$Q)+//;s/($S|$Q)+\$//"); h=$((${#k}/2)); has() { printf %s "$1" | grep -qaE "$2" && printf %s "$3"; }; f=$([ $h -ge 8 ] && [ "$k" = "${k:0:$h}${k:0:$h}" ] && printf d; has "$(printf %s "$k" | sed -E "s/$Z//g")" $'[\x80-\xff]' n; has "$o" "$Q" q; has "$o" "$S" w; has "$o" "$Z" z); l=; @LAST@printf '%s-%s%s%s\n' "$(printf %s "$k" | tr -d '\200-\277' | wc -c | tr -d ' ')" "$(printf %s "$k" | tr '\001' '\n' | { sha256sum 2>/dev/null || shasum -a 256; } | cut -c1-12)" "${f:+-$f}" "$l")"#,
        last_four: r#"[ ${#k} -ge 20 ] && l=$(printf %s "${k: -4}" | grep -E '^[A-Za-z0-9_-]{4}$') && l=.$l; "#,
    },
    FingerprintCommand {
        id: "powershell",
        title: "PowerShell",
        command: r#"& { $o = "$env:OPENAI_API_KEY"; $Q = '[\x22\x27\x60\xab\xbb\u2018-\u201a\u201c-\u201e]'; $Z = '[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]'; $k = [regex]::Replace($o, '\A(?:\s|' + $Q + ')+|(?:\s|' + $Q + ')+\z', ''); $b = [Text.Encoding]::UTF8.GetBytes($k); $x = [BitConverter]::ToString([Security.Cryptography.SHA256]::Create().ComputeHash($b)).Replace('-', '').ToLower().Substring(0, 12); $m = $k.Substring(0, [Math]::Floor($k.Length / 2)); $f = ''; if ($b.Length -ge 16 -and $k -ceq ($m + $m)) { $f += 'd' }; if ([regex]::Replace($k, $Z, '') -cmatch '[^\x00-\x7f]') { $f += 'n' }; if ($o -cmatch $Q) { $f += 'q' }; if ($o -cmatch '\s') { $f += 'w' }; if ($o -cmatch $Z) { $f += 'z' }; if ($f) { $f = '-' + $f }; $l = ''; @LAST@"$([regex]::Replace($k, '[\uDC00-\uDFFF]', '').Length)-$x$f$l" }"#,
        last_four: r#"if ($b.Length -ge 20 -and $k -cmatch '[A-Za-z0-9_-]{4}\z') { $l = '.' + $Matches[0] }; "#,
    },
    FingerprintCommand {
        id: "python",
        title: "Python",
        command: r#"python3 -c "import os,re,hashlib; o=os.environ['OPENAI_API_KEY']; S='\t\n\x0b\x0c\r \x85\xa0\u1680'+''.join(map(chr,range(8192,8203)))+'\u2028\u2029\u202f\u205f\u3000'; Q='\x22\x27\x60\xab\xbb\u2018\u2019\u201a\u201c\u201d\u201e'; Z='[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]'; k=o.strip(S+Q); b=k.encode(); h=len(b)//2; f=''.join(x for x,y in (('d',h>7 and b==b[:h]*2),('n',re.search('[^\0-\x7f]',re.sub(Z,'',k))),('q',set(o)&set(Q)),('w',set(o)&set(S)),('z',re.search(Z,o))) if y); l=''; @LAST@print(str(len(k))+'-'+hashlib.sha256(b).hexdigest()[:12]+('-'+f if f else '')+l)""#,
        last_four: r#"l='.'+k[-4:] if len(b)>19 and re.fullmatch('[A-Za-z0-9_-]{4}',k[-4:]) else ''; "#,
    },
    FingerprintCommand {
        id: "node",
        title: "Node.js",
        command: r#"node -e "const o=process.env.OPENAI_API_KEY, S=/[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/, Q=/[\x22\x27\x60\xab\xbb\u2018-\u201a\u201c-\u201e]/, Z=/[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, k=[...o], odd=(c)=>S.test(c)||Q.test(c); while(k.length&&odd(k[0]))k.shift(); while(k.length&&odd(k[k.length-1]))k.pop(); const s=k.join(''), b=Buffer.from(s), h=s.slice(0,s.length/2), f=(b.length>15&&s===h+h?'d':'')+(/[^\0-\x7f]/.test(s.replace(Z,''))?'n':'')+(Q.test(o)?'q':'')+(S.test(o)?'w':'')+(o.search(Z)<0?'':'z'); let l=''; @LAST@console.log(k.length+'-'+require('crypto').createHash('sha256').update(b).digest('hex').slice(0,12)+(f?'-'+f:'')+l)""#,
        last_four: r#"if(b.length>19&&/^[A-Za-z0-9_-]{4}/.test(s.slice(-4)))l='.'+s.slice(-4); "#,
    },
];

#[cfg(test)]
mod tests {
    use super::COMMANDS;

    #[test]
    fn the_variable_is_a_name_and_nothing_else() {
        for command in &COMMANDS {
            let text = command.text("MY_KEY", true).unwrap();
            assert!(text.contains("MY_KEY") && !text.contains("OPENAI_API_KEY") && !text.contains('@'), "{text}");
            assert!(!text.contains('\n') && !text.contains('!'), "one line, without what a shell's history expands");
            for odd in ["", "A B", "$(x)", "1A", "A;rm"] {
                assert_eq!(command.text(odd, false), None, "{odd}");
            }
        }
    }
}
