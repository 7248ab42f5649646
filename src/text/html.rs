//! Escaping text for HTML and keeping words whole. Owns what may stand between tags and in attributes; refuses to make pages.

/// Words that browsers break in the wrong place (at a hyphen, or inside a Thai compound), longest first.
const WHOLE: &[&str] = &["ผู้บังคับบัญชา", "จัดซื้อจัดจ้าง", "เจ้าหน้าที่", "ผ่านดีเยี่ยม", "งบประมาณ", "สำนักปลัด", "หน่วยงาน", "น้ำหนัก", "E-Service"];

/// What stays with the year behind it.
const ERA: &str = "พ.ศ. ";

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
        if at < from || !matches!(c, 'ผ' | 'จ' | 'เ' | 'ง' | 'ส' | 'ห' | 'น' | 'E' | 'พ') {
            continue;
        }
        if let Some(length) = whole(&text[at..]) {
            escape_into(&text[from..at], out);
            out.push_str("<span class=\"nb\">");
            out.push_str(&text[at..at + length]);
            out.push_str("</span>");
            from = at + length;
        }
    }
    escape_into(&text[from..], out);
}

/// How many bytes at the start of `text` must stay on one line, if any: a word of the list, or the era with its year.
fn whole(text: &str) -> Option<usize> {
    if let Some(rest) = text.strip_prefix(ERA) {
        let year: usize = rest.chars().take_while(|c| crate::base::digits::is_digit(*c)).map(char::len_utf8).sum();
        return (year > 0).then_some(ERA.len() + year);
    }
    WHOLE.iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

/// `text` as running text.
pub fn running(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    running_into(text, &mut out);
    out
}

/// What a reader sees of `html`, which this program wrote.
pub fn seen(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    if !out.contains('&') {
        return out;
    }
    // `&amp;` comes last: what it gives must not be read again.
    out.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escape("<a href=\"x\">&"), "&lt;a href=&quot;x&quot;&gt;&amp;");
        assert_eq!(running("ใช้ E-Service <b>"), "ใช้ <span class=\"nb\">E-Service</span> &lt;b&gt;");
        assert_eq!(running("ปี พ.ศ. ๒๕๖๘ พ.ศ. นี้"), "ปี <span class=\"nb\">พ.ศ. ๒๕๖๘</span> พ.ศ. นี้");
        assert!(WHOLE.iter().all(|word| running(word) == format!("<span class=\"nb\">{word}</span>")), "the first letters are listed");
    }
}
