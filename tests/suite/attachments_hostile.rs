//! Attachments made to do harm: what unpacks without end, what leads out, what is damaged anywhere. The run goes on, in bounded time and
//! memory, and writes nothing.

use std::io::{Cursor, Read, Write, copy, repeat};

use prongsai::source::attachment::{Facts, Trouble, examine};
use zip::write::SimpleFileOptions;

use crate::attachments::{NUMBER, docx, facts, packed, pdf, scan, xlsx, zip};
use crate::support::{Site, run, tree};

const MIB: u64 = 1024 * 1024;

/// A ZIP in which one entry unpacks to so many spaces.
fn bomb(name: &str, size: u64) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default()).unwrap();
    zip.write_all(b"<a>").unwrap();
    copy(&mut repeat(b' ').take(size), &mut zip).unwrap();
    zip.finish().unwrap().into_inner()
}

/// The same with a list of entries that says how small all of them are.
fn lying(mut zip: Vec<u8>) -> Vec<u8> {
    let places: Vec<usize> = (0..zip.len() - 4).filter(|at| zip[*at..].starts_with(b"PK\x01\x02")).collect();
    for place in places {
        zip[place + 24..place + 28].copy_from_slice(&10_u32.to_le_bytes());
    }
    zip
}

#[test]
fn a_document_that_unpacks_to_far_too_much_is_told() {
    for (name, part) in [
        ("a.xlsx", "xl/worksheets/sheet1.xml"),
        ("a.xlsx", "xl/sharedStrings.xml"),
        ("a.xlsx", "xl/comments1.xml"),
        ("a.docx", "word/document.xml"),
        ("a.docx", "word/header1.xml"),
    ] {
        let bomb = bomb(part, 40 * MIB);
        assert!(bomb.len() < MIB as usize);
        assert_eq!(facts(name, &bomb), Facts { trouble: Some(Trouble::Bomb), ..Facts::default() }, "{part}");
        assert_eq!(facts(name, &lying(bomb)).trouble, Some(Trouble::Bomb), "{part}, and says that it is small");
    }
    // One that is not read is told by what it says.
    assert_eq!(facts("a.pptx", &bomb("ppt/presentation.xml", 40 * MIB)).trouble, Some(Trouble::Bomb));
}

#[test]
fn what_is_found_before_a_bomb_goes_off_is_told_with_it() {
    let cell = format!("<worksheet><c r=\"A1\"><v>{NUMBER}</v></c>");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(cell.as_bytes()).unwrap();
    }
    copy(&mut repeat(b' ').take(40 * MIB), &mut zip).unwrap();
    let found = facts("a.xlsx", &lying(zip.finish().unwrap().into_inner()));
    assert_eq!((found.trouble, found.numbers.len()), (Some(Trouble::Bomb), 2));
}

#[test]
fn a_large_workbook_and_a_large_blank_picture_are_no_bombs() {
    let rows: String = (1..400_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" s=\"1\"/><c r=\"B{row}\"><v>{}</v></c></row>", row % 97))
        .collect();
    assert!(rows.len() as u64 > 16 * MIB);
    assert_eq!(facts("a.xlsx", &xlsx(&rows, "")), Facts::default());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
    zip.start_file("word/media/image1.bmp", SimpleFileOptions::default()).unwrap();
    copy(&mut repeat(0xff).take(60 * MIB), &mut zip).unwrap();
    assert_eq!(facts("a.docx", &zip.finish().unwrap().into_inner()), Facts::default());
}

#[test]
fn entries_that_share_their_bytes_are_a_bomb() {
    // Each is small enough; a hundred names lead to the same one.
    let one = bomb("xl/worksheets/a00.xml", 10 * MIB);
    let list = one.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|at| at == b"PK\x05\x06").unwrap();
    let mut all = one[..list].to_vec();
    for i in 0..100 {
        let mut entry = one[list..end].to_vec();
        let name = entry.windows(3).position(|at| at == b"a00").unwrap();
        entry[name + 1..name + 3].copy_from_slice(format!("{i:02}").as_bytes());
        all.extend(entry);
    }
    let mut tail = one[end..].to_vec();
    let length = (all.len() - list) as u32;
    tail[8..10].copy_from_slice(&100_u16.to_le_bytes());
    tail[10..12].copy_from_slice(&100_u16.to_le_bytes());
    tail[12..16].copy_from_slice(&length.to_le_bytes());
    all.extend(tail);
    assert_eq!(facts("a.xlsx", &all).trouble, Some(Trouble::Bomb));
}

#[test]
fn more_entries_than_any_document_has_are_told() {
    let names: Vec<String> = (0..10_001).map(|i| format!("word/{i}")).collect();
    let entries: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), b"".as_slice())).collect();
    let many = zip(&entries);
    assert_eq!(facts("a.docx", &many).trouble, Some(Trouble::Bomb));
    assert_eq!(facts("a.zip", &many).trouble, None);
}

#[test]
fn entities_do_not_grow() {
    let mut lines = "<!DOCTYPE x [<!ENTITY a0 \"1234567890121\">".to_owned();
    (1..50).for_each(|i| lines.push_str(&format!("<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(20))));
    lines.push_str("]><w:document><w:p><w:t>&a49;&a0;</w:t></w:p><w:p><w:t>1234567890121</w:t></w:p></w:document>");
    let document = zip(&[("word/document.xml", lines.as_bytes())]);
    let found = facts("a.docx", &document);
    assert_eq!((found.trouble, found.numbers.len()), (None, 1));
}

#[test]
fn nesting_and_pieces_without_end_are_not_followed() {
    let before = format!("<w:p><w:t>{NUMBER}</w:t></w:p>");
    for body in [
        "<w:p>".repeat(100_000),
        "<a>".repeat(100_000),
        format!("<w:p x=\"{}\"/>", "y".repeat(3 << 20)),
        format!("<w:p><w:t>{}</w:t></w:p>", "1 ".repeat(3 << 19)),
        format!("<!--{}", "-".repeat(3 << 20)),
        "&".repeat(100_000),
        "</w:p>".to_owned(),
        "<w:p><w:t>\u{0}".to_owned(),
    ] {
        let found = facts("a.docx", &docx(&format!("{before}{body}")));
        assert_eq!((found.trouble, found.numbers.len()), (None, 1), "{}", &body[..body.len().min(20)]);
    }
}

#[test]
fn names_that_lead_out_are_told() {
    for name in ["../x", "word/../../x", "/etc/passwd", "C:/x", "c:\\x", "word\\..\\..\\x", "\\\\host\\x", ".."] {
        let document = zip(&[("word/document.xml", b"<w:document/>"), (name, b"x")]);
        assert_eq!(facts("a.docx", &document).trouble, Some(Trouble::Paths), "{name}");
        let book = zip(&[("xl/workbook.xml", b"<workbook/>"), (name, b"x")]);
        assert_eq!(facts("a.xlsx", &book).trouble, Some(Trouble::Paths), "{name}");
    }
    for name in ["word/..a.xml", "word/a..b/c", "word\\x.xml", "word/...", "xyz:a"] {
        let document = zip(&[("word/document.xml", b"<w:document/>"), (name, b"x")]);
        assert_eq!(facts("a.docx", &document).trouble, None, "{name}");
    }
    // Where a part of a workbook is said to lie outside, nothing is read there.
    let targets = "<Relationships><Relationship Id=\"r\" Type=\"x/worksheet\" Target=\"../../../../etc/passwd\"/></Relationships>";
    let sheets = "<workbook><sheets><sheet name=\"a\" r:id=\"r\"/></sheets></workbook>";
    let book = zip(&[("xl/workbook.xml", sheets.as_bytes()), ("xl/_rels/workbook.xml.rels", targets.as_bytes())]);
    assert_eq!(facts("a.xlsx", &book), Facts::default());
}

#[test]
fn an_archive_in_an_archive_is_not_opened() {
    let inner = docx(&format!("<w:p><w:t>{NUMBER}</w:t></w:p>"));
    assert_eq!(facts("a.zip", &zip(&[("inner.docx", &inner)])), Facts::default());
    let outer = zip(&[("word/document.xml", b"<w:document/>"), ("word/embeddings/inner.docx", &inner)]);
    assert_eq!(facts("a.docx", &outer), Facts::default());
}

/// Whole files of each kind that is read.
fn whole() -> Vec<(&'static str, Vec<u8>)> {
    let row = format!("<row><c r=\"A1\"><v>{NUMBER}</v></c><c r=\"B1\" t=\"s\"><v>0</v></c></row>");
    vec![
        ("a.docx", docx(&format!("<w:p><w:t>{NUMBER}</w:t></w:p>"))),
        ("a.xlsx", xlsx(&row, &format!("<si><t>{NUMBER}</t></si>"))),
        ("a.pdf", pdf(&scan(), "")),
        ("a.csv", format!("a,{NUMBER}\n").into_bytes()),
        ("a.zip", zip(&[("a.txt", b"x")])),
        ("a.odt", zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", b"<m/>")])),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0xff; 600]).collect()),
        ("a.xml", b"<?xml version=\"1.0\"?><a xmlns=\"http://www.w3.org/1999/xhtml\"/>".to_vec()),
    ]
}

#[test]
fn what_is_cut_off_or_damaged_anywhere_ends_nothing() {
    for (name, bytes) in whole() {
        for cut in 0..bytes.len() {
            let found = facts(name, &bytes[..cut]);
            let is_archive = bytes.starts_with(b"PK") && cut >= 4;
            assert!(!is_archive || found.trouble == Some(Trouble::CutOff), "{name} cut at {cut}: {found:?}");
        }
        for at in 0..bytes.len() {
            for value in [0, 0xff, bytes[at] ^ 1, bytes[at] ^ 0x80, bytes[at].wrapping_add(1)] {
                let mut damaged = bytes.clone();
                damaged[at] = value;
                let found = facts(name, &damaged);
                assert!(!format!("{found:?}").contains(NUMBER), "{name} with {value} at {at}");
            }
        }
    }
}

/// A reader that fails after so many bytes.
struct Failing(Cursor<Vec<u8>>, u64);

impl Read for Failing {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.0.position() > self.1 { Err(std::io::ErrorKind::Other.into()) } else { self.0.read(into) }
    }
}

impl std::io::Seek for Failing {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_disk_that_fails_in_the_middle_accuses_nobody() {
    for (name, bytes) in whole() {
        for most in (0..bytes.len() as u64).step_by(5) {
            if let Ok(found) = examine(&mut Failing(Cursor::new(bytes.clone()), most), name) {
                let is_known = facts(name, &bytes).trouble;
                assert!(found.trouble.is_none() || found.trouble == is_known, "{name} failing at {most}: {found:?}");
            }
        }
    }
}

#[test]
fn a_pdf_of_any_size_is_unpacked_within_bounds() {
    let mut objects = scan();
    for _ in 0..20 {
        let content = packed(&vec![b' '; 20 << 20]);
        let mut stream = format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", content.len()).into_bytes();
        stream.extend(content);
        stream.extend(b"\nendstream");
        objects.push(stream);
    }
    assert_eq!(facts("a.pdf", &pdf(&objects, "")), Facts::default());
}

/// Limits on memory and on time that the program in its slow form must keep.
#[cfg(target_os = "linux")]
#[test]
fn a_site_of_hostile_attachments_is_checked_in_bounds_and_nothing_is_written() {
    let site = Site::small()
        .with_bytes("content/files/a.xlsx", &lying(bomb("xl/worksheets/sheet1.xml", 400 * MIB)))
        .with_bytes("content/files/b.docx", &lying(bomb("word/document.xml", 400 * MIB)))
        .with_bytes("content/files/c.docx", &zip(&[("word/document.xml", b"<w:document/>"), ("../../../../../../tmp/x", b"x")]))
        .with_bytes("content/files/d.pdf", &pdf(&scan(), "")[..300])
        .with_bytes("content/files/e.xlsx", &xlsx(&"<row>".repeat(100_000), ""));
    let folder = tempfile::tempdir().unwrap();
    site.write_to(folder.path());
    let before = tree(folder.path());
    let output = crate::support::run_within(folder.path(), "ulimit -v 262144 && ulimit -t 60", "check --format json");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let told: Vec<&str> = report["findings"].as_array().unwrap().iter().map(|f| f["subject"].as_str().unwrap()).collect();
    assert_eq!(told, ["files/a.xlsx", "files/b.docx", "files/c.docx", "files/d.pdf"]);
    let mut after = tree(folder.path());
    after.retain(|path, _| !path.starts_with(".prongsai/"));
    assert!(after == before);
}

/// A site whose report depends on attachments that are worth remembering.
fn with_large() -> Site {
    let rows: String = (0..2000).map(|i| format!("{i},ชื่อ\n")).collect();
    Site::small()
        .with("content/files/a.csv", &format!("{rows}1,{NUMBER}\n"))
        .with_bytes("content/files/b.pdf", &[pdf(&scan(), "").as_slice(), &[b' '; 20_000]].concat())
}

#[test]
fn the_memo_of_attachments_changes_no_result() {
    use std::fs;
    let folder = tempfile::tempdir().unwrap();
    with_large().write_to(folder.path());
    let memo = folder.path().join(".prongsai/attachments");
    let check = || {
        let (status, out, err) = run(folder.path(), "check --format json");
        assert_eq!((status, err.as_str()), (1, ""));
        out
    };
    let first = check();
    assert!(first.contains("personal-id") && first.contains("attachment-scan"));
    let kept = fs::read(&memo).unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains(NUMBER), "no number is written down");
    assert_eq!(check(), first);
    assert!(fs::read(&memo).unwrap() == kept, "what is known is not written again");
    for hostile in [&b""[..], b"x", &kept[..kept.len() / 2], &[0xff; 5000], &[b'\n'; 5000]] {
        fs::write(&memo, hostile).unwrap();
        assert_eq!(check(), first);
        assert!(fs::read(&memo).unwrap() == kept);
    }
    fs::remove_file(&memo).unwrap();
    fs::create_dir(&memo).unwrap();
    assert_eq!(check(), first);
    fs::remove_dir_all(folder.path().join(".prongsai")).unwrap();
    fs::write(folder.path().join(".prongsai"), "in the way").unwrap();
    assert_eq!(check(), first);
    fs::remove_file(folder.path().join(".prongsai")).unwrap();
    assert_eq!(check(), first);
}

#[test]
fn a_change_that_keeps_size_and_time_is_seen() {
    use std::fs;
    let folder = tempfile::tempdir().unwrap();
    with_large().write_to(folder.path());
    let path = folder.path().join("content/files/a.csv");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    assert_eq!(run(folder.path(), "check").0, 1);
    let text = fs::read_to_string(&path).unwrap().replace(NUMBER, "1234567890122");
    fs::write(&path, text).unwrap();
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(run(folder.path(), "check").0, 0);
}

#[test]
fn a_site_of_small_attachments_has_no_memo_and_the_memo_is_never_published() {
    let folder = tempfile::tempdir().unwrap();
    Site::small().with("content/files/a.csv", "a,b\n").with_bytes("content/files/b.zip", &[0; 100_000]).write_to(folder.path());
    assert_eq!(run(folder.path(), "check").0, 0);
    assert!(!folder.path().join(".prongsai").exists());
    with_large().without("content/files/a.csv").write_to(folder.path());
    let (status, _, err) = run(folder.path(), "build");
    assert_eq!(status, 0, "{err}");
    assert!(folder.path().join(".prongsai/.gitignore").exists());
    assert!(!err.contains("unknown-file"), "{err}");
    assert!(!tree(&folder.path().join("public")).keys().any(|path| path.contains("prongsai/")));
}
