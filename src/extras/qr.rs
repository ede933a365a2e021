//! QR codes (ISO/IEC 18004), as the path of an SVG picture.

use qrcodegen::{QrCode, QrCodeEcc};

/// How many modules stay white around the code, as the standard asks.
const MARGIN: i32 = 4;

/// The side of the picture, a space, and the path of its dark parts; none where the text is too long for a QR code.
pub fn path(text: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    let mut out = (code.size() + 2 * MARGIN).to_string();
    out.push(' ');
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let from = x;
            while code.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let (left, top, width) =
                    ((from + MARGIN).to_string(), (y + MARGIN).to_string(), (x - from).to_string());
                out.extend(["M", &left, " ", &top, "h", &width, "v1h-", &width, "z"]);
            }
            x += 1;
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_finder_pattern_and_margin() {
        let drawn = path("https://example.com/#v1.AAAA").expect("it fits");
        let (side, path) = drawn.split_once(' ').expect("side and path");
        let side: usize = side.parse().expect("a number");
        assert!((side - 8 - 21).is_multiple_of(4), "{side}");
        // The upper left finder pattern: seven dark modules in its first row.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
    }

    #[test]
    fn what_is_too_long_gives_none() {
        assert!(path(&"x".repeat(2900)).is_some());
        assert_eq!(path(&"x".repeat(3000)), None);
    }
}
