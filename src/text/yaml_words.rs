//! What the YAML parser says of a fault, in words for people. Owns the words; where the fault is, and that there is one, is the parser's.

use crate::finding::Param;

/// Parts of what the parser says, and what that means to somebody who writes a file. The first that fits is taken.
const KNOWN: &[(&[&str], &str, &str)] = &[
    (
        &["simple key expected ':'"],
        "บรรทัดนี้ไม่มี `: ` (ทวิภาคตามด้วยเว้นวรรค) หลังชื่อคีย์",
        "this line has no `: ` (a colon and a space) after its key",
    ),
    (
        &["mapping values are not allowed"],
        "มี `: ` ในที่ที่ไม่ควรมี หรือย่อหน้าไม่ตรงกับบรรทัดก่อน",
        "there is a `: ` where none can be, or the indentation differs from the line before",
    ),
    (
        &["tabs disallowed", "start with a tab", "tab cannot be used as indentation"],
        "ย่อหน้าด้วยแท็บไม่ได้ ต้องใช้เว้นวรรค",
        "indent with spaces, not with tabs",
    ),
    (
        &["unknown anchor"],
        "`*` อ้างถึงชื่อที่ไม่มี ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "`*` refers to a name that is not there; put a text that begins so into quotation marks",
    ),
    (
        &["anchor or alias"],
        "หลัง `&` หรือ `*` ไม่มีชื่อ ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "no name follows `&` or `*`; put a text that begins so into quotation marks",
    ),
    (&["directives are disallowed"], "ไฟล์นี้ขึ้นต้นด้วย `%` ซึ่งไม่ใช้ที่นี่", "this file begins with a line of `%`, which is not used here"),
    (
        &["handle wasn't declared", " tag"],
        "มีเครื่องหมาย `!` ที่ไม่รู้จัก ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "there is an unknown `!`; put a text that begins so into quotation marks",
    ),
    (&["unclosed bracket '['"], "มี `[` ที่ไม่มี `]` ปิด", "a `[` is never closed by a `]`"),
    (&["unclosed bracket '{'"], "มี `{` ที่ไม่มี `}` ปิด", "a `{` is never closed by a `}`"),
    (&["mismatched bracket"], "วงเล็บปิดเป็นคนละชนิดกับวงเล็บเปิด", "a bracket is closed by one of another kind"),
    (
        &["misplaced bracket"],
        "มีวงเล็บปิดที่ไม่มีวงเล็บเปิด ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "a bracket is closed that was never opened; put a text that begins so into quotation marks",
    ),
    (&["expected ',' or '}'"], "ใน `{ }` ขาดจุลภาคคั่น หรือขาด `}` ปิด", "between `{` and `}` a comma is missing, or the `}` is"),
    (&["expected ',' or ']'"], "ใน `[ ]` ขาดจุลภาคคั่น หรือขาด `]` ปิด", "between `[` and `]` a comma is missing, or the `]` is"),
    (&["unexpected EOF while parsing an implicit"], "ในวงเล็บมีจุลภาคเกิน", "there is a comma too many between the brackets"),
    (&["unclosed quote"], "มีเครื่องหมายคำพูดเปิดที่ไม่มีเครื่องหมายปิด", "a quotation mark is never closed"),
    (
        &["trailing content after"],
        "มีข้อความต่อท้ายเครื่องหมายคำพูดปิด ให้ครอบทั้งค่าด้วยเครื่องหมายคำพูดอีกแบบ",
        "something follows the closing quotation mark; put the whole value into quotation marks of the other kind",
    ),
    (
        &["document indicator"],
        "มีบรรทัด `---` หรือ `...` อยู่ในเครื่องหมายคำพูด หรือเครื่องหมายคำพูดไม่ได้ปิด",
        "there is a line `---` or `...` between quotation marks, or they are never closed",
    ),
    (
        &["parsing a quoted scalar"],
        "ใน `\"…\"` มี `\\` ที่ตามด้วยตัวที่ไม่รู้จัก ใช้ `'…'` แทนถ้าเป็นข้อความธรรมดา",
        "within `\"…\"` a `\\` is followed by something unknown; where it is plain text, use `'…'`",
    ),
    (
        &["in multiline quoted scalar"],
        "ข้อความในเครื่องหมายคำพูดที่มีหลายบรรทัดต้องย่อหน้าลึกกว่าคีย์",
        "a quoted text of several lines is indented more than its key",
    ),
    (
        &["did not find expected key"],
        "บรรทัดนี้ย่อหน้าไม่ตรงกับคีย์ก่อนหน้า หรือมีข้อความเกินหลังค่า",
        "this line is not indented as the keys before it, or something follows a value",
    ),
    (&["expected '-' indicator"], "บรรทัดนี้อยู่ในรายการ แต่ไม่ได้ขึ้นต้นด้วย `- `", "this line stands in a list and does not begin with `- `"),
    (
        &["expected <document start>"],
        "บรรทัดนี้ย่อหน้าน้อยกว่าบรรทัดแรกของไฟล์ หรืออยู่หลังข้อมูลที่จบแล้ว",
        "this line is indented less than the first of the file, or follows data that is over",
    ),
    (
        &["unexpected character"],
        "ค่าขึ้นต้นด้วยเครื่องหมายนี้ไม่ได้ ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "no value begins with this character; put a text that begins so into quotation marks",
    ),
    (
        &["block scalar, did not find expected comment"],
        "หลัง `|` หรือ `>` ต้องขึ้นบรรทัดใหม่ก่อนข้อความ",
        "after `|` or `>` the text begins on a new line",
    ),
    (&["block scalar"], "ข้อความใต้ `|` หรือ `>` ย่อหน้าไม่ถูกต้อง", "the text below `|` or `>` is not indented as it says"),
    (&["a BOM must not"], "มีอักขระ U+FEFF ที่มองไม่เห็นอยู่กลางไฟล์ ให้ลบออก", "there is an invisible character U+FEFF within the file; delete it"),
    (&["after document end marker"], "มีข้อความต่อท้าย `...`", "something follows `...`"),
    (&["entries are not allowed"], "มี `- ` ในที่ที่ไม่ควรมี", "there is a `- ` where none can be"),
    (&["'-' must be followed"], "หลัง `-` ต้องเว้นวรรค ไม่ใช่แท็บ", "a `-` is followed by a space, not by a tab"),
    (&["\"-\" is only valid"], "มี `- ` ในวงเล็บ ใช้จุลภาคคั่นแทน", "there is a `- ` between brackets; use commas there"),
    (&["mapping keys are not allowed"], "มี `? ` ในที่ที่ไม่ควรมี", "there is a `? ` where none can be"),
    (&["':'"], "มี `:` ในที่ที่ไม่ควรมี", "there is a `:` where none can be"),
    (&["comments must be separated"], "ต้องเว้นวรรคก่อน `#`", "a space goes before `#`"),
    (&["comment intercepting"], "มี `#` คั่นกลางข้อความหลายบรรทัด", "a `#` stands within a text of several lines"),
    (&["invalid indentation"], "บรรทัดนี้ย่อหน้าไม่ถูกต้อง", "this line is not indented as it has to be"),
    (
        &["start with '-' followed by"],
        "ค่าขึ้นต้นด้วย `-` ที่ตามด้วยวงเล็บหรือจุลภาคไม่ได้ ถ้าเป็นข้อความให้ใส่เครื่องหมายคำพูด",
        "no value begins with `-` and a bracket or comma; put a text that begins so into quotation marks",
    ),
];

/// What the parser says, in words; as it stands where it says something new.
pub fn in_words(info: &str) -> Param {
    match KNOWN.iter().find(|(parts, ..)| parts.iter().any(|part| info.contains(part))) {
        Some((_, th, en)) => Param::from((*th, *en)),
        None => Param::Text(info.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use crate::base::language::Language;
    use crate::text::SourceText;
    use crate::text::yaml::parse;

    #[test]
    fn no_fault_is_told_in_the_parsers_words() {
        for text in [
            "a: [1, 2\n",
            "a: [1}\n",
            "a: b]\nc: ]\n",
            "a: {b: 1\nc: 2\n",
            "{a: 1, b\n",
            "a: [1 2: 3: 4]\n",
            "a: [1,,2]\n",
            "a: \"b\nc: d\n",
            "a: \"b\" c\n",
            "a: 'b' c\n",
            "a: \"b\\q\"\n",
            "a: \"\\xZZ\"\n",
            "a: \"\\ud800\"\n",
            "a: \"x\n---\ny\"\n",
            "a:\n    b: 1\n  c: 2\n",
            "a: b\n- c\n",
            "a: [1] b\n",
            "  a: b\nc: d\n",
            "- a\nb: c\n",
            "a: @b\n",
            "a: `b`\n",
            "a: %b\n",
            "a: *b\n",
            "a: & b\n",
            "a: !<b\n",
            "a: !e!b 1\n",
            "a: | b\n  c\n",
            "a: |2\n b\n",
            "a: |0\n b\n",
            "a: |\n\tb\n",
            "a:\n\tb: c\n",
            "-\t- a\n",
            "a:\t- b\n",
            "a: b: c\n",
            "a: b\nc\nd: e\n",
            "a: \u{feff}b\n",
            "a: 1\n... b\n",
            "%YAML 1.2\n---\na: 1\n",
            "a: [- b]\n",
            "a: [-]\n",
            "a: \"b\"#c\n",
        ] {
            let fault = parse(&SourceText { path: "content/a.yaml".into(), text: text.to_owned() }).expect_err(text);
            let told = fault.message(Language::Th);
            let letters = told.replace("YAML", "").replace("U+FEFF", "");
            assert!(!letters.contains(|c: char| c.is_ascii_alphabetic()), "{text:?}: {told}");
        }
    }
}
