//! Escaping text for HTML and keeping words whole. Owns what may stand between tags and in attributes; refuses to make pages.

use crate::base::thai;

/// Words that browsers break in the wrong place, at a hyphen or inside a Thai word, by their first letter and longest first. What stands
/// here was seen cut by the dictionary of ICU, which Chromium breaks Thai with: ผู้|มี|ส่วน|ได้, ตัว|ชี้|วัด, ผลอ|ย่าง|ไร, แก้ตัว|เลข.
const fn words(first: char) -> &'static [&'static str] {
    match first {
        'E' => &["E-Service"],
        'ก' => &["การดำเนินงาน"],
        'ข' => &["ขับเคลื่อน", "ขั้นตอน"],
        'ค' => &["ค่าเฉลี่ย"],
        'ง' => &["งบประมาณ"],
        'จ' => &["จัดซื้อจัดจ้าง"],
        'ช' => &["ช่องทาง"],
        'ด' => &["ดำเนินงาน", "ดำเนินการ"],
        'ต' => &["ตัวชี้วัด", "ตรวจสอบ"],
        'ท' => &["ทั่วประเทศ"],
        'น' => &["น้ำหนัก"],
        'บ' => &["บางส่วน"],
        'ป' => &["ประพฤติมิชอบ"],
        'ผ' => &["ผู้มีส่วนได้ส่วนเสีย", "ผู้บังคับบัญชา", "ผู้รับผิดชอบ", "ผู้รับบริการ", "ผ่านดีเยี่ยม", "ผู้มาติดต่อ", "ผลอย่างไร", "ผู้บริหาร", "ผู้ประเมิน"],
        'ภ' => &["ภาครัฐ"],
        'ร' => &["รับผิดชอบ", "ร้องเรียน", "ระยะเวลา", "รูปแบบ"],
        'ส' => &["สำนักปลัด", "ส่วนตำบล", "ส่งเสริม"],
        'ห' => &["หลักเกณฑ์", "หน่วยงาน", "หลักฐาน", "หน้าที่"],
        'เ' => &["เจ้าหน้าที่", "เสริมสร้าง", "เครื่องมือ", "เท่าเทียม", "เท่ากัน", "เปิดเผย", "เผยแพร่"],
        'แ' => &["แก้ตัวเลข"],
        _ => &[],
    }
}

/// What stays with the year behind it.
const ERA: &str = "พ.ศ. ";

/// Writes `text` so that HTML shows it as it is.
pub fn escape_into(text: &str, out: &mut String) {
    // Most texts have none of the four. All bytes are looked at without a way out early, which is many at once.
    if !text.bytes().fold(false, |any, byte| any | matches!(byte, b'&' | b'<' | b'>' | b'"')) {
        out.push_str(text);
        return;
    }
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

/// Has the text letters that are written from the right? They draw figures beside them to their side.
pub fn is_from_right(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Such letters begin with D6 to DF, EF, or E0 and A0 to A3.
    let may_be = bytes.iter().fold(false, |any, byte| any | matches!(byte, 0xd6..=0xdf | 0xef))
        || bytes.windows(2).fold(false, |any, pair| any | (pair[0] == 0xe0 && pair[1] < 0xa4));
    may_be && text.chars().any(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'))
}

/// For each letter of the block of Thai (U+0E00 to U+0E7F) the letters, a bit each, that stand second in the words that it begins.
const SECOND: [u128; 128] = {
    let mut second = [0; 128];
    let mut at = 0;
    while at < 128 {
        if let Some(letter) = char::from_u32(0xe00 + at as u32) {
            let words = words(letter);
            let mut number = 0;
            while number < words.len() {
                let word = words[number].as_bytes();
                second[at] |= 1 << thai_letter(word[4], word[5]);
                number += 1;
            }
        }
        at += 1;
    }
    second
};

/// Where in the block of Thai the letter of these two bytes behind E0 stands; 127, which is no letter, for one outside of it.
const fn thai_letter(second: u8, third: u8) -> usize {
    let low = ((second & 0x3f) as usize) << 6 | (third & 0x3f) as usize;
    if low >= 0xe00 && low < 0xe80 { low - 0xe00 } else { 127 }
}

/// May what begins with a Thai letter be a word of the list, or an era?
fn may_begin(text: &[u8]) -> bool {
    match text {
        [_, a, b, 0xe0, c, d, ..] => SECOND[thai_letter(*a, *b)] >> thai_letter(*c, *d) & 1 == 1,
        [_, _, _, next, ..] => *next == b'.',
        _ => false,
    }
}

/// Writes running text: escaped, without characters that turn its direction, and with words that must not be broken held together.
pub fn running_into(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        // Most letters are ASCII, or Thai (three bytes, the first of them E0), and begin nothing.
        if *byte < 0x80 && *byte != b'E' {
            at += 1;
            continue;
        }
        if *byte == 0xe0 && !may_begin(&bytes[at..]) {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        if thai::is_turning(c) {
            escape_into(&text[from..at], out);
            at += c.len_utf8();
            from = at;
        } else if let Some(length) = whole(c, &text[at..]) {
            escape_into(&text[from..at], out);
            out.push_str("<span class=\"nb\">");
            out.push_str(&text[at..at + length]);
            out.push_str("</span>");
            at += length;
            from = at;
        } else {
            at += c.len_utf8();
        }
    }
    escape_into(&text[from..], out);
}

/// How many bytes at the start of `text` must stay on one line, if any: a word of the list, or the era with its year.
fn whole(first: char, text: &str) -> Option<usize> {
    if first == 'พ'
        && let Some(rest) = text.strip_prefix(ERA)
    {
        let year: usize = rest.chars().take_while(|c| crate::base::digits::is_digit(*c)).map(char::len_utf8).sum();
        return (year > 0).then_some(ERA.len() + year);
    }
    words(first).iter().find(|word| text.starts_with(**word)).map(|word| word.len())
}

/// `text` as running text.
pub fn running(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    running_into(text, &mut out);
    out
}

/// HTML without its tags. It is ours, so a `<` begins a tag and nothing else.
pub fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}

/// What a reader sees of `html`, which this program wrote.
pub fn seen(html: &str) -> String {
    let out = without_tags(html);
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
        assert_eq!(running("ก\u{202e}ข\u{2067}<ค>\u{200f}"), "กข&lt;ค&gt;");
        assert_eq!(running("ॐЭ漢🙂 Ex ก"), "ॐЭ漢🙂 Ex ก");
        assert_eq!(running("ว่าได้ผลอย่างไร"), "ว่าได้<span class=\"nb\">ผลอย่างไร</span>");
    }

    #[test]
    fn letters_from_the_right_are_known_at_a_look() {
        let is_one = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}');
        for c in ('\0'..=char::MAX).step_by(1) {
            assert_eq!(is_from_right(&format!("ก{c} a")), is_one(c), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn each_word_stands_under_its_first_letter_behind_those_that_it_begins() {
        let letters = ('ก'..='ฮ').chain(['เ', 'แ', 'โ', 'ใ', 'ไ', 'E']);
        let all: Vec<(char, &str)> = letters.flat_map(|first| words(first).iter().map(move |word| (first, *word))).collect();
        assert!(all.len() > 40);
        for (first, word) in all {
            assert!(word.starts_with(first));
            assert_eq!(running(word), format!("<span class=\"nb\">{word}</span>"));
        }
    }
}
