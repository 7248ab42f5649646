//! Behaviours of commentaries as a whole: what a page gets, and what a hostile author cannot do.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::base::language::Language;
use crate::finding::Code;

/// Gives every link its own target and every reference a figure.
struct Plain<'a>(&'a Document);

impl Fill for Plain<'_> {
    fn href(&self, index: usize) -> Option<String> {
        Some(self.0.links[index].target.clone())
    }

    fn figure(&self, index: usize) -> String {
        format!("<b>{}&amp;</b>", index + 97)
    }
}

/// Has no address for any link.
struct Nowhere;

impl Fill for Nowhere {
    fn href(&self, _: usize) -> Option<String> {
        None
    }

    fn figure(&self, _: usize) -> String {
        "<b>97</b>".to_owned()
    }
}

fn read(text: &str) -> (Document, Vec<Finding>) {
    let source = SourceText { path: "content/2568/issues/1.md".into(), text: text.to_owned() };
    parse(&source, 0..text.len())
}

/// The HTML of a text without faults.
fn html(text: &str) -> String {
    let (document, findings) = read(text);
    assert_eq!(findings, [], "{text}");
    document.html(2, "", &Plain(&document))
}

/// The bytes of the text that each finding is about, with its code.
fn faults(text: &str) -> Vec<(Code, &str)> {
    read(text).1.iter().map(|finding| (finding.code, &text[finding.place.span.range()])).collect()
}

fn score(code: &str, year: Option<u16>) -> Reference {
    Reference::Score { code: code.to_owned(), year }
}

#[test]
fn blocks_become_plain_tags() {
    assert_eq!(html("ก *ข* **ค** ~~ง~~ `จ <b>`"), "<p>ก <em>ข</em> <strong>ค</strong> <del>ง</del> <code>จ &lt;b&gt;</code></p>\n");
    assert_eq!(html("> ก\n\n---\n"), "<blockquote>\n<p>ก</p>\n</blockquote>\n<hr>\n");
    assert_eq!(html("3. ก\n4. ข"), "<ol start=\"3\">\n<li>ก</li>\n<li>ข</li>\n</ol>\n");
    assert_eq!(html("- ก\n  - ข"), "<ul>\n<li>ก<ul>\n<li>ข</li>\n</ul>\n</li>\n</ul>\n");
    assert_eq!(html("```yaml\nก: <ข>\n```"), "<pre class=\"ex\"><code>ก: &lt;ข&gt;\n</code></pre>\n");
    assert_eq!(html("ก  \nข"), "<p>ก<br>\nข</p>\n");
    assert_eq!(html("- [ ] ก"), "<ul>\n<li>[ ] ก</li>\n</ul>\n");
}

#[test]
fn straight_quotes_stay_straight_and_words_stay_whole() {
    assert_eq!(html("\"ก\" -- 'ข'..."), "<p>&quot;ก&quot; -- 'ข'...</p>\n");
    assert_eq!(html("จัดซื้อ\nจัดจ้าง"), "<p><span class=\"nb\">จัดซื้อจัดจ้าง</span></p>\n");
    assert_eq!(html("`เจ้าหน้าที่`"), "<p><code>เจ้าหน้าที่</code></p>\n");
}

#[test]
fn a_line_end_between_thai_letters_is_nothing() {
    assert_eq!(html("ประ\nชาชน"), "<p>ประชาชน</p>\n");
    assert_eq!(html("**ประ**\n[ชา](a)\nชน"), "<p><strong>ประ</strong><a href=\"a\">ชา</a>ชน</p>\n");
    assert_eq!(html("ปี 2568\nคะแนน\nIIT"), "<p>ปี 2568\nคะแนน\nIIT</p>\n");
    assert_eq!(html("ปี ๒๕๖๘\nคะแนน"), "<p>ปี ๒๕๖๘\nคะแนน</p>\n");
    assert_eq!(html("ก `ข`\nค"), "<p>ก <code>ข</code>\nค</p>\n");
}

#[test]
fn bold_beside_brackets_is_bold_without_spaces_too() {
    assert_eq!(html("**(IIT)**คือ"), "<p><strong>(IIT)</strong>คือ</p>\n");
    assert_eq!(html("ดู**“คำ”**ต่อ และ **หัวข้อ:**ราย"), "<p>ดู<strong>“คำ”</strong>ต่อ และ <strong>หัวข้อ:</strong>ราย</p>\n");
    assert_eq!(html("**({{ score('i1') }})**คือ"), "<p><strong>(<b>97&amp;</b>)</strong>คือ</p>\n");
    assert_eq!(read("**(IIT)**คือ").0.plain(), "(IIT)คือ");
}

#[test]
fn stars_that_are_meant_as_stars_stay() {
    assert_eq!(html(r"\*\*(IIT)\*\*คือ"), "<p>**(IIT)**คือ</p>\n");
    assert_eq!(html("ก ** (ข) ** ค"), "<p>ก ** (ข) ** ค</p>\n");
    assert_eq!(html("10**(2)**x"), "<p>10**(2)**x</p>\n");
    assert_eq!(html("`**(IIT)**คือ`"), "<p><code>**(IIT)**คือ</code></p>\n");
}

#[test]
fn raw_html_is_text_with_one_warning_each() {
    let text = "ก <b>ข</b> ค";
    assert_eq!(faults(text), [(Code::RawHtml, "<b>"), (Code::RawHtml, "</b>")]);
    assert_eq!(read(text).0.html(2, "", &Nowhere), "<p>ก &lt;b&gt;ข&lt;/b&gt; ค</p>\n");
    let text = "ก\n\n<div onclick=\"x\">\n<script>alert(1)</script>\n</div>\n\nข <!-- ค -->";
    assert_eq!(faults(text), [(Code::RawHtml, "<div onclick=\"x\">\n<script>alert(1)</script>\n</div>"), (Code::RawHtml, "<!-- ค -->")]);
    let shown = read(text).0.html(2, "", &Nowhere);
    assert!(shown.contains("<p>&lt;div onclick=&quot;x&quot;&gt;\n&lt;script&gt;alert(1)"), "{shown}");
}

#[test]
fn references_stand_wherever_text_stands() {
    let text = "# ข้อ {{ score(\"i11\") }} {#ข}\n\n*{{score('o12', ๒๕๖๗)}}* [ก {{ issue_mean() }}](a.md)\n\n\
                | {{ issue_mean(2) }} |\n|---|\n| {{ score(“EIT1”, 2024) }} |\n\n![รูป {{ score(\"9\") }}](a.png)";
    let (document, findings) = read(text);
    assert_eq!(findings, []);
    let seen: Vec<(&Reference, bool, &str)> =
        document.references.iter().map(|used| (&used.reference, used.in_link, &text[used.span.range()])).collect();
    assert_eq!(
        seen,
        [
            (&score("i11", None), false, "{{ score(\"i11\") }}"),
            (&score("o12", Some(2567)), false, "{{score('o12', ๒๕๖๗)}}"),
            (&Reference::IssueMean { issue: None }, true, "{{ issue_mean() }}"),
            (&Reference::IssueMean { issue: Some(2) }, false, "{{ issue_mean(2) }}"),
            (&score("EIT1", Some(2567)), false, "{{ score(“EIT1”, 2024) }}"),
            (&score("9", None), false, "{{ score(\"9\") }}"),
        ]
    );
    let page = document.html(2, "", &Plain(&document));
    assert!(page.starts_with("<h2 id=\"ข\">ข้อ <b>97&amp;</b></h2>\n<p><em><b>98&amp;</b></em> <a href=\"a.md\">ก <b>99&amp;</b></a></p>"));
    assert!(page.contains("<th scope=\"col\"><b>100&amp;</b></th>") && page.contains("<td><b>101&amp;</b></td>"), "{page}");
    assert!(page.ends_with("<img src=\"a.png\" alt=\"รูป 102&amp;\" loading=\"lazy\"></p>\n"), "{page}");
    assert_eq!((document.headings[0].text.as_str(), document.links[0].text.as_str()), ("ข้อ", "ก {{ issue_mean() }}"));
}

#[test]
fn a_heading_may_end_in_a_reference() {
    let (document, findings) = read("## คะแนน {{ score(\"i11\") }}\n\n## {{ issue_mean() }}");
    assert_eq!((findings, document.references.len()), (vec![], 2));
    let ids: Vec<&str> = document.headings.iter().map(|heading| heading.id.as_str()).collect();
    assert_eq!(ids, ["คะแนน", "section"]);
}

#[test]
fn references_in_code_and_escaped_ones_stay_text() {
    for text in [
        "`{{ score(\"i11\") }}`",
        "```\n{{ nothing }}\n```",
        "    {{ score('x') }}",
        r"\{{ score('i1') }}",
        r"\{\{ x \}\}",
        "{{ scor",
        "}} {{",
    ] {
        let (document, findings) = read(text);
        assert_eq!((findings, document.references.len()), (vec![], 0), "{text}");
    }
}

#[test]
fn what_is_no_reference_is_named_and_shown() {
    let text = "---\ntitle: ก\n---\nคะแนน {{ score(i11) }} และ {{ {{ mean() }}";
    let source = SourceText { path: "a.md".into(), text: text.to_owned() };
    let start = text.find("คะแนน").unwrap();
    let (document, findings) = parse(&source, start..text.len());
    let spans: Vec<&str> = findings.iter().map(|finding| &text[finding.place.span.range()]).collect();
    assert_eq!(spans, ["{{ score(i11) }}", "{{ mean() }}"]);
    assert!(findings.iter().all(|finding| (finding.code, &*finding.case) == (Code::WrongType, "reference")));
    assert!(findings[0].message(Language::Th).contains("{{ score(i11) }}"));
    assert_eq!(document.html(2, "", &Nowhere), "<p>คะแนน {{ score(i11) }} และ {{ {{ mean() }}</p>\n");
}

#[test]
fn markup_inside_a_reference_is_a_fault_and_no_text_is_lost() {
    assert_eq!(faults("ก {{ score(**\"i11\"**) }} ข"), [(Code::WrongType, "{{ score(**\"i11\"**) }}")]);
    assert_eq!(faults("{{ ก\n\nข }} {{ `ค`"), []);
}

#[test]
fn a_reference_without_end_is_a_fault_to_the_end_of_its_line() {
    assert_eq!(faults("{{ score(\"i1\"), {{ score(\"i2\") }}"), [(Code::WrongType, "{{ score(\"i1\"),")]);
    assert_eq!(
        faults("ก {{ score(\"i1\") }\nข\n\n## {{issue_mean("),
        [(Code::WrongType, "{{ score(\"i1\") }"), (Code::WrongType, "{{issue_mean(")]
    );
}

#[test]
fn spans_survive_quotes_entities_and_line_ends() {
    let text = "> &amp; \"ก\"_ข_ &lt;\r\n> ค {{ score(\n> \"i_1\") }} ง";
    let (document, findings) = read(text);
    assert_eq!(findings, []);
    assert_eq!(document.references[0].reference, score("i_1", None));
    assert_eq!(&text[document.references[0].span.range()], "{{ score(\n> \"i_1\") }}");
}

#[test]
fn headings_move_below_the_page_and_keep_their_distance() {
    let (document, _) = read("## ก\n\n#### ข\n\n###### ค\n\nง\n==\n");
    assert_eq!(document.headings.iter().map(|heading| heading.level).collect::<Vec<_>>(), [2, 4, 6, 1]);
    let shown = document.html(3, "issue-1-", &Nowhere);
    let tags = ["<h4 id=\"issue-1-ก\">ก</h4>", "<h6 id=\"issue-1-ข\">", "<h6 id=\"issue-1-ค\">", "<h3 id=\"issue-1-ง\">"];
    assert!(tags.iter().all(|tag| shown.contains(tag)), "{shown}");
    assert!(document.html(0, "", &Nowhere).contains("<h2 id=\"ง\">"));
}

#[test]
fn heading_ids_are_given_or_made_from_the_text() {
    let text = "# การจัดซื้อ *พัสดุ*\n\n# ก {#My_Id .x}\n\n# การจัดซื้อ พัสดุ #\n\n# ข \\{#no}\n\n# O12\n\n# {#empty}\n\nท้าย {#z}\n--\n\n# ![รูป](a)";
    let (document, _) = read(text);
    let seen: Vec<(&str, &str)> = document.headings.iter().map(|heading| (heading.id.as_str(), heading.text.as_str())).collect();
    assert_eq!(
        seen,
        [
            ("การจัดซื้อ-พัสดุ", "การจัดซื้อ พัสดุ"),
            ("my_id", "ก"),
            ("การจัดซื้อ-พัสดุ-2", "การจัดซื้อ พัสดุ"),
            ("ข-no", "ข {#no}"),
            ("o12-text", "O12"),
            ("z", "ท้าย"),
            ("รูป", "รูป"),
        ]
    );
    assert_eq!(&text[document.headings[0].span.range()], "# การจัดซื้อ *พัสดุ*");
    assert_eq!(document.heading("My_Id").map(|heading| heading.id.as_str()), Some("my_id"));
    assert_eq!(document.heading("o12").map(|heading| heading.id.as_str()), Some("o12-text"));
    assert!(document.heading("empty").is_none());
}

#[test]
fn links_and_images_are_recorded_as_written() {
    let text = "[ไฟล์ *ก*](<../files/แผน ก.pdf> \"ชื่อ\") ![ผัง](a%20b.png) <https://go.th/?a&b> <a@b.go.th> [r]\n\n[r]: #ข\n";
    let (document, findings) = read(text);
    assert_eq!(findings, []);
    let seen: Vec<(&str, bool, &str, &str)> =
        document.links.iter().map(|link| (link.target.as_str(), link.image, link.text.as_str(), &text[link.span.range()])).collect();
    assert_eq!(
        seen,
        [
            ("../files/แผน ก.pdf", false, "ไฟล์ ก", "[ไฟล์ *ก*](<../files/แผน ก.pdf> \"ชื่อ\")"),
            ("a%20b.png", true, "ผัง", "![ผัง](a%20b.png)"),
            ("https://go.th/?a&b", false, "https://go.th/?a&b", "<https://go.th/?a&b>"),
            ("mailto:a@b.go.th", false, "a@b.go.th", "<a@b.go.th>"),
            ("#ข", false, "r", "[r]"),
        ]
    );
    let shown = document.html(2, "", &Plain(&document));
    assert!(shown.contains("<a href=\"https://go.th/?a&amp;b\">https://go.th/?a&amp;b</a>"), "{shown}");
    assert!(shown.contains("<a href=\"../files/แผน ก.pdf\" title=\"ชื่อ\">ไฟล์ <em>ก</em></a>"), "{shown}");
    assert!(shown.contains("<img src=\"a%20b.png\" alt=\"ผัง\" loading=\"lazy\">"), "{shown}");
}

#[test]
fn a_link_without_an_address_is_its_text() {
    let (document, _) = read("[ไป *ที่*](x) ![ผัง *ใหม่* {{ issue_mean() }} <](y)");
    assert_eq!(document.html(2, "", &Nowhere), "<p>ไป <em>ที่</em> ผัง ใหม่ <b>97</b> &lt;</p>\n");
}

#[test]
fn an_image_may_stand_in_a_link_and_a_link_in_the_text_of_an_image() {
    assert_eq!(html("[![ผัง](a)](b)"), "<p><a href=\"b\"><img src=\"a\" alt=\"ผัง\" loading=\"lazy\"></a></p>\n");
    assert_eq!(read("[![ผัง](a)](b)").0.links[0].text, "ผัง");
    assert_eq!(html("[ก <https://a.th>](b)"), "<p><a href=\"b\">ก https://a.th</a></p>\n");
    assert_eq!(html("![ก [ข](b) ![ค](c)\nง](a)"), "<p><img src=\"a\" alt=\"ก ข ค\nง\" loading=\"lazy\"></p>\n");
}

#[test]
fn notes_are_numbered_by_their_first_mention() {
    let text = "[^ข]: สอง\n\nก[^ก] ข[^ข] ค[^ก] [^ไม่มี]\n\n[^ก]: หนึ่ง\n\n    - จุด\n[^ค]: ไม่มีใครอ้าง\n";
    let (document, findings) = read(text);
    assert_eq!(findings, []);
    let shown = document.html(2, "p-", &Nowhere);
    assert_eq!(
        shown,
        "<p>ก<sup class=\"ref\"><a href=\"#p-fn-1\" id=\"p-fn-1-r1\">1</a></sup> \
         ข<sup class=\"ref\"><a href=\"#p-fn-2\" id=\"p-fn-2-r1\">2</a></sup> \
         ค<sup class=\"ref\"><a href=\"#p-fn-1\" id=\"p-fn-1-r2\">1</a></sup> [^ไม่มี]</p>\n\
         <ol class=\"notes\">\n<li id=\"p-fn-1\"><p>หนึ่ง</p>\n<ul>\n<li>จุด</li>\n</ul>\n \
         <a href=\"#p-fn-1-r1\" aria-label=\"↩ 1\">↩</a> <a href=\"#p-fn-1-r2\" aria-label=\"↩ 1-2\">↩</a></li>\n\
         <li id=\"p-fn-2\"><p>สอง <a href=\"#p-fn-2-r1\" aria-label=\"↩ 2\">↩</a></p>\n</li>\n\
         <li id=\"p-fn-3\"><p>ไม่มีใครอ้าง</p>\n</li>\n</ol>\n"
    );
    assert_eq!(document.plain(), "ก ข ค [^ไม่มี]\nหนึ่ง\nจุด\nสอง\nไม่มีใครอ้าง");
}

#[test]
fn tables_have_headings_and_no_style() {
    assert_eq!(
        html("| | ข้อ | คะแนน |\n|---|:-:|--:|\n| ก | *ข* | |"),
        "<div class=\"t md\"><table>\n<thead>\n<tr><td></td><th scope=\"col\" class=\"ac\">ข้อ</th><th scope=\"col\" class=\"ar\">คะแนน</th></tr>\n\
         </thead>\n<tbody>\n<tr><td>ก</td><td class=\"ac\"><em>ข</em></td><td class=\"ar\"></td></tr>\n</tbody>\n</table></div>\n"
    );
}

#[test]
fn a_cell_of_a_wide_table_knows_its_column() {
    let long = "ก".repeat(100);
    assert_eq!(
        html(&format!("| ปี | \\<*ข้อ*> | | {long} |\n|---|---|--:|---|\n| 2568 | ข | ค | ง |\n| 2567 |\n")),
        format!(
            "<div class=\"t md many\"><table>\n<thead>\n\
             <tr><th scope=\"col\">ปี</th><th scope=\"col\">&lt;<em>ข้อ</em>&gt;</th><td class=\"ar\"></td><th scope=\"col\">{long}</th></tr>\n\
             </thead>\n<tbody>\n\
             <tr><td data-k=\"ปี\">2568</td><td data-k=\"&lt;ข้อ&gt;\">ข</td><td class=\"ar\">ค</td><td>ง</td></tr>\n\
             <tr><td data-k=\"ปี\">2567</td><td></td><td class=\"ar\"></td><td></td></tr>\n</tbody>\n</table></div>\n"
        )
    );
}

#[test]
fn plain_text_has_a_line_for_each_block() {
    let text = "# ก *ข*\n\nค {{ issue_mean() }} ง\nIIT ![ผัง](x)\n\n- จ\n- ฉ\n\n| ช | ซ |\n|---|---|\n| ฌ | ญ |\n";
    assert_eq!(read(text).0.plain(), "ก ข\nค ง IIT\nจ\nฉ\nช ซ\nฌ ญ");
}

#[test]
fn nothing_visible_is_empty() {
    for text in ["", " \n\n", "---", "[ก]: b", "#", "&nbsp;\u{200b}", "> \n", "[](a)"] {
        assert!(read(text).0.is_empty(), "{text}");
    }
    for text in ["ก", "`x`", "{{ issue_mean() }}", "![](a)", "<!-- -->"] {
        assert!(!read(text).0.is_empty(), "{text}");
    }
}

#[test]
fn control_characters_of_entities_become_visible() {
    assert_eq!(html("ก&#1;&#x7f;ข"), "<p>ก\u{fffd}\u{fffd}ข</p>\n");
}

#[test]
fn depth_and_length_are_bounded() {
    let count = 20_000;
    let texts = [
        "> ".repeat(count) + "ก",
        ">".repeat(count),
        "[".repeat(count),
        "![".repeat(count) + &"](a)".repeat(count),
        "[".repeat(count) + &"](a)".repeat(count),
        "*".repeat(count) + "ก" + &"*".repeat(count),
        "*ก ".repeat(count) + &"ข* ".repeat(count),
        "**ก".repeat(count),
        "**(ก)**ก".repeat(count),
        "- ".repeat(count) + "ก",
        "{{ ".repeat(count) + "}}",
        "{{ x }} ".repeat(count),
        "{{ issue_mean() }} ".repeat(count),
        "{".repeat(count) + &"}".repeat(count),
        "[ก](a.md) ".repeat(count),
        "# ก\n\n".repeat(count),
        "ก[^1] ".repeat(count) + "\n\n[^1]: ข",
        "<b>".repeat(count),
        "\\".repeat(count) + "**ก",
        "ประชาชน\n".repeat(count),
        "ก ".repeat(10 * count),
        "|".repeat(count) + "\n" + &"|-".repeat(count) + "|",
    ];
    for text in texts {
        let begin = Instant::now();
        let (document, _) = read(&text);
        let shown = document.html(2, "x-", &Plain(&document));
        balance(&shown).unwrap();
        let start: String = text.chars().take(20).collect();
        // Far above what it takes, far below what a quadratic step would.
        assert!(begin.elapsed() < Duration::from_secs(10), "{start}: {:?}", begin.elapsed());
    }
}

/// Reads HTML as strictly as it is written here: every tag closed in order, every attribute quoted and known, no link in a link.
fn balance(html: &str) -> Result<(), String> {
    let known = ["href", "src", "alt", "title", "loading", "id", "class", "scope", "start", "aria-label", "data-k"];
    let mut open: Vec<&str> = Vec::new();
    let (mut links, mut paragraphs) = (0_i32, 0_i32);
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        if text.contains('>') {
            return Err(format!("a bare > in {text:?}"));
        }
        let (tag, after) = tag.split_once('>').ok_or("an open tag")?;
        rest = after;
        let (step, name) = match tag.strip_prefix('/') {
            Some(name) => (-1, name),
            None => (1, tag.split(' ').next().unwrap_or("")),
        };
        links += if name == "a" { step } else { 0 };
        paragraphs += if name == "p" { step } else { 0 };
        if links > 1 || paragraphs > 1 {
            return Err(format!("<{name}> in itself"));
        }
        if step < 0 {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes another tag"));
            }
            continue;
        }
        if !matches!(name, "br" | "hr" | "img") {
            open.push(name);
        }
        let mut attributes = tag[name.len()..].trim_start();
        while !attributes.is_empty() {
            let (key, value) = attributes.split_once("=\"").ok_or("an attribute without a value")?;
            let (_, after) = value.split_once('"').ok_or("an open attribute")?;
            if !known.contains(&key) {
                return Err(format!("the attribute {key}"));
            }
            attributes = after.trim_start();
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("open at the end: {open:?}")) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_text_gives_well_formed_html_and_true_spans(
        parts in proptest::collection::vec(
            prop::sample::select(vec![
                "*", "**", "_", "`", "```\n", "[", "]", "(", ")", "![", "](a)", "](<b c> \"ง\")", "<", ">", "<b>", "<script>", "</p>", "<!--", "-->",
                "\"", "'", " onclick=x", " style='a'", "{{", "}}", "{", "}", "{{ score(\"i11\") }}", " issue_mean()", "{#id}", "# ", "\n## ", "\n", "\n\n",
                "\r\n", "    ", "\t", "- ", "1. ", "> ", "|", "\n|-|:-:|\n", "[^1]", "\n[^1]: ", "[^ก]: ", "~~", "\\", "&amp;", "&#1;", "&quot;", "ก",
                "เจ้าหน้าที่", "น้ำ", "IIT", "๑", "“", "”", "=", "\n---\n", "\n===\n", "<https://a.th>", "<a@b.th>", "\u{200b}", "\u{a0}", "😀", ": ", "[a]: b",
            ]),
            0..60,
        ),
        top in 0_u8..9,
    ) {
        let text = parts.concat();
        let (document, findings) = read(&text);
        for shown in [document.html(top, "x-", &Plain(&document)), document.html(top, "", &Nowhere)] {
            prop_assert_eq!(balance(&shown), Ok(()), "{}", shown);
            prop_assert!(!shown.contains("<script"));
        }
        let spans = document.links.iter().map(|link| link.span).chain(document.headings.iter().map(|heading| heading.span));
        for span in spans.chain(findings.iter().map(|finding| finding.place.span)) {
            prop_assert!(text.get(span.range()).is_some_and(|text| !text.is_empty()));
        }
        for used in &document.references {
            let written = &text[used.span.range()];
            prop_assert!(written.starts_with("{{") && written.ends_with("}}"), "{written}");
        }
    }

    #[test]
    fn links_notes_and_images_never_nest_where_html_forbids_it(
        parts in proptest::collection::vec(
            prop::sample::select(vec![
                "[", "[", "]", "[^1]", "](a)", "](a)", "![", "![^1]", "[r]", "*", "**", "<https://a.th>", "ก", " ", "\n", "`", "{{ issue_mean() }}",
            ]),
            0..25,
        ),
    ) {
        let (document, _) = read(&(parts.concat() + "\n\n[^1]: ข\n\n[r]: b\n"));
        let shown = document.html(2, "", &Plain(&document));
        prop_assert_eq!(balance(&shown), Ok(()), "{}", shown);
    }
}

#[test]
fn running_text_is_what_a_reader_meets_with_its_places() {
    let text = "## หัว{#h}\n\nก **ข** [ค](x.md) `โค้ด` {{ score(\"i1\") }}\nง &amp; จ\n\n- หนึ่ง\n  - สอง\n\n| ก | ข |\n|---|---|\n| 1 | 2 |\n\n\
                <p>ฉ</p>\n\n![แทน](a.png)\n\n    โค้ด\n";
    let (document, _) = read(text);
    let prose = &document.prose;
    let lines: Vec<(&str, prose::LineKind)> = prose.lines().iter().map(|line| (prose.line(line), line.kind)).collect();
    use prose::LineKind::{Head, Heading, Row, Text};
    assert_eq!(
        lines,
        [
            ("หัว", Heading),
            ("ก ข ค \u{fffc} \u{fffc} ง & จ", Text),
            ("หนึ่ง", Text),
            ("สอง", Text),
            ("ก\tข\t", Head),
            ("1\t2\t", Row),
            (" ฉ  ", Text),
        ]
    );
    for word in ["ข ค", "ง & จ", "สอง", "ฉ"] {
        let at = prose.text().find(word).unwrap();
        let found = &text[prose.span(at..at + word.len()).range()];
        assert!(found.starts_with(word.chars().next().unwrap()) && found.ends_with(word.chars().next_back().unwrap()), "{word}: {found}");
    }
}

#[test]
fn a_heading_knows_whether_anything_is_under_it() {
    let empty = |text: &str| {
        let (document, _) = read(text);
        document.headings.iter().filter(|heading| heading.is_empty).map(|heading| heading.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(empty("# ก\n\n## ข\n\n# ค\n\n---\n\n# ง\n\n[^1]: x\n\n# จ\n\nx[^1]\n"), ["ข", "ค", "ง"]);
    assert_eq!(
        empty("# ก\n\n```\nx\n```\n\n# ข\n\n![](a.png)\n\n# ค\n\n{{ score(\"i1\") }}\n\n# ง\n\n<br>\n\n# จ\n\n| ก |\n|---|\n"),
        Vec::<String>::new()
    );
    assert_eq!(empty("# ก\n# \n"), ["ก"]);
}
