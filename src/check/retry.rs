//! The date form of Retry-After (RFC 9110, section 5.6.7).

/// True for an HTTP-date in the form that servers must send: `Sun, 06 Nov 1994 08:49:37 GMT`.
pub fn is_date(text: &str) -> bool {
    let mut words = text.split(' ');
    let mut next = || words.next().unwrap_or_default();
    let day = next().strip_suffix(',').is_some_and(|d| ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].contains(&d));
    let number = |text: &str, digits: usize| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    let date = number(next(), 2)
        && ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].contains(&next())
        && number(next(), 4);
    let time: Vec<&str> = next().split(':').collect();
    let clock = time.len() == 3 && time.iter().all(|t| number(t, 2));
    day && date && clock && next() == "GMT" && next().is_empty()
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates() {
        assert!(is_date("Sun, 06 Nov 1994 08:49:37 GMT"));
        for wrong in ["", "20", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37", "2026-01-01T00:00:00Z"] {
            assert!(!is_date(wrong), "{wrong}");
        }
    }
}
