//! Escaping text for HTML and keeping words whole. Owns what may stand between tags and in attributes; refuses to make pages.

/// Words that browsers break in the wrong place (at a hyphen, or inside a Thai compound), longest first.
const WHOLE: &[&str] = &["จัดซื้อจัดจ้าง", "เจ้าหน้าที่", "E-Service"];

/// Writes `text` so that HTML shows it as it is.
pub fn escape_into(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// `text` as HTML shows it; safe between tags and in quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    escape_into(text, &mut out);
    out
}

/// Writes running text: escaped, with words that must not be broken held together.
pub fn running_into(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, c) in text.char_indices() {
        // Most characters begin none of the words; the check of the first letter keeps the pass fast.
        if at < from || !WHOLE.iter().any(|word| word.starts_with(c)) {
            continue;
        }
        if let Some(word) = WHOLE.iter().find(|word| text[at..].starts_with(**word)) {
            escape_into(&text[from..at], out);
            out.push_str("<span class=\"nb\">");
            out.push_str(word);
            out.push_str("</span>");
            from = at + word.len();
        }
    }
    escape_into(&text[from..], out);
}

/// `text` as running text.
pub fn running(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    running_into(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
        assert_eq!(running("ใช้ E-Service <b>"), "ใช้ <span class=\"nb\">E-Service</span> &lt;b&gt;");
    }
}
