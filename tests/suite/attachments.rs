//! What is told of attachments, and what is not: kinds, PDFs without text, citizens' numbers in tables and documents.

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use prongsai::source::attachment::{At, Facts, Kind, Trouble, examine};
use zip::write::SimpleFileOptions;

use crate::support::Site;

/// A citizen's number that nobody has, and how it is shown.
pub const NUMBER: &str = "1234567890121";
const MASKED: &str = "1xxxxxxxxxxx1";

/// The facts about a file in memory.
pub fn facts(name: &str, bytes: &[u8]) -> Facts {
    examine(&mut Cursor::new(bytes), name).unwrap()
}

fn trouble(name: &str, bytes: &[u8]) -> Option<Trouble> {
    facts(name, bytes).trouble
}

/// The numbers, each with its place in one text.
fn numbers(name: &str, bytes: &[u8]) -> Vec<String> {
    let facts = facts(name, bytes);
    assert_eq!((facts.trouble, facts.further), (None, 0), "{name}");
    let place = |at: &At| match at {
        At::Line(line) => format!("line {line}"),
        At::Cell(cell) => cell.clone(),
        At::Paragraph(count) => format!("paragraph {count}"),
        At::Beside => "beside".to_owned(),
    };
    facts.numbers.iter().map(|number| format!("{} {}", place(&number.at), number.masked)).collect()
}

/// A ZIP of these entries, packed.
pub fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet, `รายชื่อ`, with these rows and these shared texts.
pub fn xlsx(rows: &str, shared: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let strings = format!("<sst>{shared}</sst>");
    zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"รายชื่อ\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>".as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
              <Relationship Id=\"rId2\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// A document of these paragraphs.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!("<w:document><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// A PDF of these objects, numbered from 1, with a table of them.
pub fn pdf(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    places.iter().for_each(|place| out.extend(format!("{place:010} 00000 n \n").bytes()));
    out.extend(format!("trailer\n<< /Size {} /Root 1 0 R {trailer}>>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).bytes());
    out
}

fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<< {dictionary} /Length {} >>\nstream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

pub fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const PICTURE: &str = "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray";

/// The objects of a scan: a page that shows a picture, by this content.
fn scan_with(content: Vec<u8>) -> Vec<Vec<u8>> {
    vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>".to_vec(),
        content,
        stream(&format!("{PICTURE} /Filter /DCTDecode"), b"\xff\xd8\xff BT (not a text) Tj ET \xff\xd9"),
    ]
}

const DRAWS: &[u8] = b"q 595 0 0 842 0 0 cm /I Do Q";
const WRITES: &[u8] = b"BT /F1 12 Tf (text) Tj ET";

/// The objects of a scan.
pub fn scan() -> Vec<Vec<u8>> {
    scan_with(stream("/Filter /FlateDecode", &packed(DRAWS)))
}

#[test]
fn an_attachment_is_what_its_extension_says() {
    let word = docx("");
    let book = xlsx("", "");
    let slides = zip(&[("ppt/presentation.xml", b"<p/>")]);
    let text = zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<o/>")]);
    let table = zip(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", b"<o/>")]);
    let old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more";
    let png = b"\x89PNG\r\n\x1a\n....";
    let jpeg = b"\xff\xd8\xff\xe0....";
    let whole = pdf(&scan_with(stream("", WRITES)), "");
    let kinds: &[(&[&str], &[u8], Kind)] = &[
        (&["pdf", "PDF"], &whole, Kind::Pdf),
        (&["docx", "Docx"], &word, Kind::Word),
        (&["xlsx"], &book, Kind::Excel),
        (&["pptx"], &slides, Kind::PowerPoint),
        (&["doc", "xls", "ppt"], old, Kind::OldOffice),
        (&["odt"], &text, Kind::OpenText),
        (&["ods"], &table, Kind::OpenSheet),
        (&["png"], png, Kind::Png),
        (&["jpg", "jpeg", "JPG"], jpeg, Kind::Jpeg),
        (&["gif"], b"GIF89a...", Kind::Gif),
        (&["webp"], b"RIFF\x10\0\0\0WEBPVP8 ", Kind::Webp),
        (&["csv", "txt"], "ก,ข\r\n".as_bytes(), Kind::Text),
    ];
    for (extensions, bytes, kind) in kinds {
        for (others, _, other) in kinds {
            for extension in *others {
                let is_fine = other == kind;
                let expected = (!is_fine).then_some(Trouble::Other(*kind));
                assert_eq!(trouble(&format!("o1/แผน.{extension}"), bytes), expected, "{kind:?} as .{extension}");
            }
        }
        // Any of them may be in a ZIP's place but a ZIP; extensions that are not known, and none, are not judged.
        for name in ["x", "x.", ".pdf", "pdf", "x.bin", "x.mp4", "x.docm", "folder.pdf/x"] {
            assert_eq!(trouble(name, bytes), None, "{kind:?} as {name}");
        }
        assert!(!extensions.is_empty());
    }
    assert_eq!(trouble("x.zip", &word), None);
    assert_eq!(trouble("x.zip", &zip(&[])), None);
    assert_eq!(trouble("x.zip", b"Rar!\x1a\x07\x01\0"), Some(Trouble::Other(Kind::Rar)));
    assert_eq!(trouble("x.docx", &zip(&[("a.txt", b"x")])), Some(Trouble::Other(Kind::Zip)));
    assert_eq!(trouble("x.pdf", b"MZ\x90\0\x03\0\0\0"), Some(Trouble::Other(Kind::Unknown)));
    assert_eq!(trouble("x.pdf", b"x"), Some(Trouble::Other(Kind::Text)));
}

#[test]
fn an_attachment_of_no_bytes_is_empty_whatever_its_name() {
    for name in ["a.pdf", "a", "a.html", "a.bin", "a.csv"] {
        assert_eq!(trouble(name, b""), Some(Trouble::Empty), "{name}");
    }
}

#[test]
fn files_that_programs_write_oddly_are_not_accused() {
    let whole = pdf(&scan_with(stream("", WRITES)), "");
    let late: Vec<u8> = [b"some mailer wrote this line\r\n".as_slice(), &whole].concat();
    let followed: Vec<u8> = [whole.as_slice(), &[0; 200_000]].concat();
    let utf16: Vec<u8> = "\u{feff}ชื่อ\tเลข\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let unmarked: Vec<u8> = "name,ชื่อ\r\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let fine: &[(&str, &[u8])] = &[
        ("a.pdf", &late),
        ("a.pdf", &followed),
        ("a.csv", &utf16),
        ("a.txt", &unmarked),
        ("a.csv", b"\xaa\xd7\xe8\xcd,\xe0\xc5\xa2\r\n"),
        ("a.txt", b"a form feed \x0c and the end of DOS \x1a"),
        ("a.csv", b"a < b, <p>, 5"),
        ("a.xls", b"\x09\x08\x10\0"),
        ("a.xls", b"\x09\x04\x06\0\0\0"),
        ("a.doc", b"\xdb\xa5\x2d\0\0\0"),
        ("a.xml", b"<?xml version=\"1.0\"?><data>1</data>"),
        ("a.xml", b"<feed xmlns:x=\"http://www.w3.org/1999/xhtml\"><x:p>a description</x:p></feed>"),
        ("a.json", b"{\"html\": \"<html>\"}"),
        ("a.md", b"# a\n<html>\n"),
        ("a.docx", &zip(&[("[Content_Types].xml", b"<Types/>"), ("Word/Document.xml", b"<w:document/>")])),
        ("a.docx", &zip(&[("word/document2.xml", b"<w:document/>"), ("word/embeddings/x.xlsx", &xlsx("", ""))])),
    ];
    for (name, bytes) in fine {
        if matches!(*name, "a.xls") && bytes[1] == 8 {
            // Excel 5 without its compound file is nothing that Excel wrote.
            assert!(trouble(name, bytes).is_some());
            continue;
        }
        assert_eq!(facts(name, bytes), Facts::default(), "{name}: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(60)]));
    }
}

#[test]
fn what_a_browser_runs_is_told() {
    let active: &[(&str, &str)] = &[
        ("a.html", "<p>ก</p>"),
        ("a.HTM", "x"),
        ("a.xhtml", "<html/>"),
        ("a.svg", "<svg/>"),
        ("a", "\u{feff} \n<!-- saved -->\n<HTML><body>"),
        ("a.unknown", "<!DOCTYPE html>"),
        ("a.txt", "<script>1</script>"),
        ("a.csv", "<!doctype HTML><table>"),
        ("a.xml", "<?xml version=\"1.0\"?>\n<?xml-stylesheet href=\"a\"?><svg onload=\"x\"/>"),
        ("a.xml", "<a xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>1</h:script></a>"),
        ("noext", "<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"\" \"\"><svg/>"),
    ];
    for (name, text) in active {
        assert_eq!(trouble(name, text.as_bytes()), Some(Trouble::Active), "{name} {text}");
    }
    // Under a name that a browser takes for something else, it is the wrong file.
    assert_eq!(trouble("a.pdf", b"<!doctype html><p>404"), Some(Trouble::Other(Kind::Html)));
    assert_eq!(trouble("a.xls", b"<html><table>"), Some(Trouble::Other(Kind::Html)));
    for (name, text) in [("a", "<htmlx>"), ("a.md", "text <html>"), ("a", "<!doctype book>"), ("a", "<!-- never ends"), ("a", "<")] {
        assert_eq!(trouble(name, text.as_bytes()), None, "{name} {text}");
    }
}

#[test]
fn a_pdf_without_any_text_is_told() {
    let in_list = |objects: &[u8]| {
        let mut scan = scan();
        scan[2] = stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", &packed(objects));
        scan
    };
    let mut with_profile = scan();
    with_profile.push(stream("/N 3 /Alternate /DeviceRGB /Filter /LZWDecode", b"\x80 Tj "));
    let mut with_font = scan();
    with_font.push(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_vec());
    for (what, objects) in [
        ("packed content", scan()),
        ("plain content", scan_with(stream("", DRAWS))),
        ("content in letters", scan_with(stream("/Filter /ASCII85Decode", b"E?Ho++@L,j;#~>"))),
        ("no content", scan_with(b"null".to_vec())),
        ("a page in a list of objects", in_list(b"3 0 <</Type/Page/Parent 2 0 R>>")),
        ("a colour profile", with_profile),
        ("a font that nothing is written with", with_font),
    ] {
        assert_eq!(trouble("a.pdf", &pdf(&objects, "")), Some(Trouble::Scan), "{what}");
    }
}

#[test]
fn a_pdf_with_text_or_where_nobody_knows_is_not_called_a_scan() {
    let shows = |operators: &[u8]| scan_with(stream("/Filter /FlateDecode", &packed(operators)));
    let indirect = |content: &[u8]| {
        let mut out = b"<< /Filter /FlateDecode /Length 6 0 R >>\r\nstream\r\n".to_vec();
        out.extend(packed(content));
        out.extend(b"\r\nendstream");
        let mut objects = scan_with(out);
        objects.push(packed(content).len().to_string().into_bytes());
        objects
    };
    let mut form = scan();
    form.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Filter [/FlateDecode]", &packed(WRITES)));
    let mut damaged = packed(WRITES);
    damaged.truncate(10);
    let many: Vec<u8> = [b"0 0 m 1 1 l S\n".repeat(6_000_000).as_slice(), WRITES].concat();
    let mut pages_alone = scan();
    pages_alone[2] = b"<< /Type /Pages >>".to_vec();
    for (what, objects) in [
        ("packed text", shows(WRITES)),
        ("plain text", scan_with(stream("", WRITES))),
        ("an array", shows(b"BT[(a)-20(b)]TJ ET")),
        ("a line", shows(b"BT (a)' ET")),
        ("text that is not seen, as text recognition writes", shows(b"/I Do BT 3 Tr <0041> Tj ET")),
        ("text after a picture with brackets in it", shows(b"BI /W 1 ID ((( EI BT (a) Tj ET")),
        ("a length elsewhere", indirect(WRITES)),
        ("a form", form),
        ("a filter that is not unpacked", scan_with(stream("/Filter /LZWDecode", b"\x80\x0b\x60\x50"))),
        ("two filters", scan_with(stream("/Filter [/ASCIIHexDecode /FlateDecode]", b"00>"))),
        ("letters that stand for nothing", scan_with(stream("/Filter [/ASCII85Decode /FlateDecode]", b"Gar8O~>"))),
        ("text in letters", scan_with(stream("/Filter /ASCII85Decode", b"6<#'U@4<<uC*5rE~>"))),
        ("a filter elsewhere", scan_with(stream("/Filter 9 0 R", b"x"))),
        ("a predictor", scan_with(stream("/Filter /FlateDecode /DecodeParms << /Predictor 12 >>", &packed(DRAWS)))),
        ("a damaged stream", scan_with(stream("/Filter /FlateDecode", &damaged))),
        ("more than is unpacked", shows(&many)),
        ("no page", pages_alone),
    ] {
        assert_eq!(trouble("a.pdf", &pdf(&objects, "")), None, "{what}");
    }
    let mut wrong_length = scan_with(b"<< /Length 3 >>\nstream\nBT (a) Tj ET endstrendstream\nendstream".to_vec());
    wrong_length[3].extend(b"");
    assert_eq!(trouble("a.pdf", &pdf(&wrong_length, "")), None);
    assert_eq!(trouble("a.pdf", b"%PDF-1.4\n%%EOF\n"), None);
}

#[test]
fn a_pdf_that_is_cut_off_is_told() {
    let whole = pdf(&scan_with(stream("", WRITES)), "");
    let end = whole.windows(9).rposition(|at| at == b"startxref").unwrap();
    for cut in (5..end).step_by(7) {
        let found = trouble("a.pdf", &whole[..cut]);
        let is_named = cut >= b"%PDF-".len();
        assert_eq!(found, is_named.then_some(Trouble::CutOff), "{cut}");
    }
    // One that is shown while it arrives says its length, and has a mark of an end near its beginning.
    let linear =
        [b"%PDF-1.4\n1 0 obj\n<</Linearized 1/L 900/H[1 2]/O 3>>\nendobj\nstartxref\n0\n%%EOF\n".as_slice(), &[b' '; 700]].concat();
    assert_eq!(trouble("a.pdf", &linear), Some(Trouble::CutOff));
    assert_eq!(trouble("a.pdf", &[linear.as_slice(), &[b' '; 200]].concat()), None);
}

#[test]
fn an_encrypted_pdf_is_told() {
    let noise: Vec<u8> = (0..200_u8).map(|i| i.wrapping_mul(73) ^ 0x5a).collect();
    let content = || scan_with(stream("/Filter /FlateDecode", &noise));
    assert_eq!(trouble("a.pdf", &pdf(&content(), "/Encrypt 9 0 R ")), Some(Trouble::Encrypted));
    assert_eq!(trouble("a.pdf", &pdf(&content(), "/Encrypt<</Filter/Standard/V 1>>")), Some(Trouble::Encrypted));
    let mut by_stream = content();
    by_stream.push(stream("/Type /XRef /W [1 2 1] /Root 1 0 R /Encrypt 9 0 R /Filter /FlateDecode", &packed(b"table")));
    assert_eq!(trouble("a.pdf", &pdf(&by_stream, "")), Some(Trouble::Encrypted));
    // The word elsewhere says nothing.
    let mut spoken_of = scan_with(stream("", b"BT (/Encrypt 9 0 R trailer /Encrypt) Tj ET"));
    spoken_of.push(b"<< /EncryptMetadata false /Encrypt 9 0 R >>".to_vec());
    assert_eq!(trouble("a.pdf", &pdf(&spoken_of, "/EncryptMetadata true ")), None);
}

/// A compound file with one stream of this name.
fn compound(name: &str) -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 3];
    file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    file[30] = 9;
    // The table of sectors is the first sector, the directory the second and last.
    file[48..52].copy_from_slice(&1_u32.to_le_bytes());
    file[512..516].copy_from_slice(&0xffff_fffd_u32.to_le_bytes());
    file[516..520].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    for (i, name) in ["Root Entry", name].into_iter().enumerate() {
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let entry = 1024 + 128 * i;
        file[entry..entry + name.len()].copy_from_slice(&name);
        file[entry + 64] = name.len() as u8;
    }
    file
}

#[test]
fn encrypted_documents_and_archives_are_told() {
    for name in ["a.docx", "a.xlsx", "a.pptx"] {
        assert_eq!(trouble(name, &compound("EncryptedPackage")), Some(Trouble::Encrypted), "{name}");
        assert_eq!(trouble(name, &compound("WordDocument")), Some(Trouble::Other(Kind::OldOffice)), "{name}");
    }
    assert_eq!(trouble("a.doc", &compound("WordDocument")), None);
    let mut locked = zip(&[("a.txt", b"x")]);
    let entry = locked.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    locked[entry + 8] |= 1;
    assert_eq!(trouble("a.zip", &locked), Some(Trouble::Encrypted));
    let text = |manifest: &[u8]| zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("META-INF/manifest.xml", manifest)]);
    assert_eq!(trouble("a.odt", &text(b"<m:file-entry><m:encryption-data/></m:file-entry>")), Some(Trouble::Encrypted));
    assert_eq!(trouble("a.odt", &text(b"<m:file-entry/>")), None);
}

#[test]
fn numbers_in_tables_of_any_letters_are_found_with_their_line() {
    let lines = "ลำดับ,ชื่อ,เลข\r\n1,ก,1234567890121\r\n2,\"ข, ค\",\"1-2345-67890-12-1\"\r\n3,ง,๑๒๓๔๕๖๗๘๙๐๑๒๑\r\n";
    let found = ["line 2 1xxxxxxxxxxx1", "line 3 1-xxxx-xxxxx-xx-1", "line 4 ๑•••••••••••๑"];
    let letter = |c: char| if c.is_ascii() { c as u8 } else { (c as u32 - 0x0e00 + 0xa0) as u8 };
    let windows: Vec<u8> = lines.chars().map(letter).collect();
    let wide = |swap: bool| {
        let order = move |unit: u16| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() };
        format!("\u{feff}{lines}").encode_utf16().flat_map(order).collect::<Vec<u8>>()
    };
    for (make, bytes) in [
        ("UTF-8", lines.as_bytes().to_vec()),
        ("with a mark", format!("\u{feff}{lines}").into_bytes()),
        ("Windows-874", windows),
        ("UTF-16", wide(false)),
        ("UTF-16, the other order", wide(true)),
    ] {
        for name in ["a.csv", "a.CSV", "a.txt"] {
            assert_eq!(numbers(name, &bytes), found, "{make}");
        }
    }
    assert_eq!(numbers("a.csv", format!("เลข\n{NUMBER}").as_bytes()), ["line 2 1xxxxxxxxxxx1"]);
}

#[test]
fn a_number_in_a_line_without_end_is_found_once() {
    for before in 65_500..65_560 {
        let mut line = "a,".repeat(before / 2);
        line.push_str(&"b".repeat(before % 2));
        line.push_str(&format!(",{NUMBER},"));
        line.push_str(&"c,".repeat(40_000));
        assert_eq!(numbers("a.csv", line.as_bytes()), ["line 1 1xxxxxxxxxxx1"], "{before}");
    }
}

#[test]
fn look_alikes_in_tables_stay_silent() {
    let silent = "1234567890122\n0234567890121\n9234567890121\n12345678901211\n1234567890121.50\n1,234,567,890,121\n123456789012\n\
                  12345,67890,121\n1.234567890121E+12\nhttps://a.example/1234567890121x\n123456,7890121\n";
    assert_eq!(numbers("a.csv", silent.as_bytes()), Vec::<String>::new());
}

#[test]
fn numbers_in_workbooks_are_found_with_their_cell() {
    let rows = "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\"><v>1234567890121</v></c><c r=\"C2\" t=\"n\"><v>1.234567890121E+12</v></c>\
                <c r=\"D2\" t=\"inlineStr\"><is><r><t>1-2345-</t></r><r><t>67890-12-1</t></r></is></c>\
                <c r=\"E2\" t=\"str\"><f>A1&amp;A2</f><v>เลข ๑๒๓๔๕๖๗๘๙๐๑๒๑</v></c><c r=\"F2\" t=\"s\"><v>1</v></c></row>";
    let shared = "<si><t>ชื่อ</t></si><si><r><t>12345</t></r><r><t>67890121</t></r><rPh><t>1234567890121</t></rPh></si>";
    let found = [
        "รายชื่อ!A2 1xxxxxxxxxxx1",
        "รายชื่อ!B2 1xxxxxxxxxxx1",
        "รายชื่อ!C2 1xxxxxxxxxxx1",
        "รายชื่อ!D2 1-xxxx-xxxxx-xx-1",
        "รายชื่อ!E2 ๑•••••••••••๑",
        "รายชื่อ!F2 1xxxxxxxxxxx1",
    ];
    assert_eq!(numbers("a.xlsx", &xlsx(rows, shared)), found);
    // A text that no cell shows any more is still in the file.
    assert_eq!(numbers("a.xlsx", &xlsx("", shared)), ["beside 1xxxxxxxxxxx1"]);
    let with_comment = zip(&[
        ("xl/worksheets/sheet1.xml", b"<worksheet/>"),
        ("xl/comments1.xml", b"<comments><comment ref=\"A1\"><text><r><t>12345678901</t></r><r><t>21</t></r></text></comment></comments>"),
        ("xl/drawings/drawing1.xml", b"<xdr><a:p><a:r><a:t>1234567890121</a:t></a:r></a:p></xdr>"),
    ]);
    assert_eq!(numbers("a.xlsx", &with_comment), ["beside 1xxxxxxxxxxx1"; 2]);
}

#[test]
fn look_alikes_in_workbooks_stay_silent() {
    let rows = "<row><c r=\"A1\"><v>1234567890122</v></c><c r=\"B1\"><v>1234567890121.5</v></c><c r=\"C1\"><v>-1234567890121</v></c>\
                <c r=\"D1\"><v>12345</v></c><c r=\"E1\"><v>67890121</v></c><c r=\"F1\" t=\"s\"><v>9</v></c>\
                <c r=\"G1\" t=\"str\"><v>1234567890121 บาท</v></c><c r=\"H1\"><f>1234567890121</f><v>5</v></c></row>";
    assert_eq!(numbers("a.xlsx", &xlsx(rows, "<si><t>12345</t></si><si><t>67890121</t></si>")), Vec::<String>::new());
}

#[test]
fn a_sheet_that_is_named_by_a_number_does_not_show_it() {
    let book = zip(&[("xl/worksheets/1234567890121.xml", format!("<worksheet><c r=\"A1\"><v>{NUMBER}</v></c></worksheet>").as_bytes())]);
    assert_eq!(numbers("a.xlsx", &book), ["beside 1xxxxxxxxxxx1", "1xxxxxxxxxxx1!A1 1xxxxxxxxxxx1"]);
}

#[test]
fn numbers_in_documents_are_found_with_their_paragraph() {
    let body = "<w:p><w:r><w:t>คำสั่ง</w:t></w:r></w:p>\
                <w:p><w:r><w:t>เลข 1-2345</w:t></w:r><w:proofErr/><w:r><w:noBreakHyphen/><w:t>678</w:t></w:r><w:r><w:t xml:space=\"preserve\">90-12-1 </w:t></w:r></w:p>\
                <w:tbl><w:tr><w:tc><w:p><w:r><w:t>12345678&#57;01&#x32;1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
                <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>1234567890121</w:t></w:r></w:p></w:txbxContent></mc:Choice>\
                <mc:Fallback><w:p><w:r><w:t>1234567890121</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>\
                <w:p><w:del><w:r><w:delText>1234567890121</w:delText></w:r></w:del></w:p>";
    let found = ["paragraph 2 1-xxxx-xxxxx-xx-1", "paragraph 3 1xxxxxxxxxxx1", "paragraph 4 1xxxxxxxxxxx1", "paragraph 6 1xxxxxxxxxxx1"];
    assert_eq!(numbers("a.docx", &docx(body)), found);
    let beside = ["header1", "footer2", "footnotes", "endnotes", "comments"].map(|part| format!("word/{part}.xml"));
    let paragraph = format!("<w:x><w:p><w:t>{NUMBER}</w:t></w:p></w:x>");
    let mut entries: Vec<(&str, &[u8])> = vec![("word/document.xml", b"<w:document/>")];
    entries.extend(beside.iter().map(|name| (name.as_str(), paragraph.as_bytes())));
    assert_eq!(numbers("a.docx", &zip(&entries)), vec![format!("beside {MASKED}"); 5]);
}

#[test]
fn paragraphs_and_cells_are_not_joined() {
    let apart = "<w:p><w:t>1234567</w:t></w:p><w:p><w:t>890121</w:t></w:p><w:p><w:t>1234567</w:t><w:br/><w:t>890121</w:t></w:p>\
                 <w:p><w:t>1234567</w:t><w:tab/><w:t>890121</w:t><w:instrText>1234567890121</w:instrText></w:p>";
    assert_eq!(numbers("a.docx", &docx(apart)), Vec::<String>::new());
}

#[test]
fn a_document_under_another_name_is_searched_too() {
    let found = facts("a.doc", &docx(&format!("<w:p><w:t>{NUMBER}</w:t></w:p>")));
    assert_eq!((found.trouble, found.numbers.len()), (Some(Trouble::Other(Kind::Word)), 1));
    let found = facts("a.xls", format!("ชื่อ\tเลข\nก\t{NUMBER}\n").as_bytes());
    assert_eq!((found.trouble, found.numbers.len()), (Some(Trouble::Other(Kind::Text)), 1));
}

#[test]
fn beyond_a_hundred_numbers_the_rest_is_counted() {
    let built = Site::small().with("content/files/a.csv", &format!("{NUMBER}\n").repeat(150)).build();
    assert_eq!(built.codes(), ["personal-id"; 101]);
    let last = built.findings.iter().find(|finding| finding.case == "further").unwrap();
    assert!(last.message(prongsai::base::language::Language::En).contains("50 more"));
}

#[test]
fn attachments_of_several_agencies_and_of_the_site_are_looked_at() {
    let site = Site::two().with("content/alpha/files/o1/a.pdf", "").with("content/เบต้า/files/b.html", "x").with("content/files/c.pdf", "");
    let built = site.build();
    let told: Vec<_> = built.findings.iter().map(|f| (f.code.name(), &*f.agency, f.subject.as_str(), &*f.place.file)).collect();
    assert_eq!(
        told,
        [
            ("attachment-empty", "alpha", "files/o1/a.pdf", "content/alpha/files/o1/a.pdf"),
            ("attachment-empty", "", "files/c.pdf", "content/files/c.pdf"),
            ("attachment-active", "เบต้า", "files/b.html", "content/เบต้า/files/b.html"),
        ]
    );
}

#[test]
fn a_warning_about_an_attachment_is_accepted_by_its_address() {
    let accept = "kind: local\naccept: [{code: attachment-empty, where: files/o1/a.pdf, reason: รอเอกสาร}]";
    let built = Site::small().with("content/files/o1/a.pdf", "").replace("content/agency.yaml", "kind: local", accept).build();
    assert_eq!(built.codes(), ["attachment-empty"]);
    assert_eq!(built.findings[0].accepted.as_deref(), Some("รอเอกสาร"));
}

#[test]
fn no_page_no_message_and_no_data_repeats_a_number() {
    let site = Site::small()
        .with("content/files/a.csv", &format!("{NUMBER}\n"))
        .with_bytes("content/files/b.xlsx", &xlsx(&format!("<c r=\"A1\"><v>{NUMBER}</v></c>"), ""));
    let built = site.build();
    assert_eq!(built.codes(), ["personal-id"; 2]);
    assert!(!format!("{:?}", built.findings).contains(NUMBER));
}
