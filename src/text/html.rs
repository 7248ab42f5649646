//! Escaping text for HTML and keeping words whole. Owns what may stand between tags and in attributes; refuses to make pages.

/// Words that browsers break in the wrong place (at a hyphen, or inside a Thai compound), longest first.
const WHOLE: &[&str] = &["จัดซื้อจัดจ้าง", "เจ้าหน้าที่", "E-Service"];

/// Writes `text` so that HTML shows it as it is.
pub fn escape_into(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
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
    let mut at = 0;
    // One pass: at each place one of the few words begins, or none does.
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        match WHOLE.iter().find(|word| rest.starts_with(word.as_bytes())) {
            Some(word) => {
                escape_into(&text[from..at], out);
                out.push_str("<span class=\"nb\">");
                out.push_str(word);
                out.push_str("</span>");
                at += word.len();
                from = at;
            }
            None => at += 1,
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
