//! Tables that are odd, broken or made to do harm: what can't be read is named with its cell, and nothing is written in doubt.

use std::fs;

use prongsai::base::language::Language;
use prongsai::source::attachment::Kind;
use prongsai::source::attachment::rows::Shut;
use prongsai::staff::import::{Edition, Refusal, import};
use prongsai::text::SourceText;
use proptest::prelude::*;

use crate::attachments::zip;
use crate::import::{edition, figures, open_sheet, read, rows, told, workbook};
use crate::support::{Site, run};

fn shut(bytes: &[u8]) -> Shut {
    match import(bytes, &edition("framework: ita-2568\n")) {
        Err(Refusal::Shut(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// The header of a compound file whose directory has these entries.
fn compound(names: &[&str]) -> Vec<u8> {
    let mut file = vec![0_u8; 512 * 3];
    file[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    (file[30], file[31]) = (9, 0);
    file[48..52].copy_from_slice(&0_u32.to_le_bytes());
    file[76..80].copy_from_slice(&1_u32.to_le_bytes());
    for (place, name) in names.iter().enumerate() {
        let units: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        let at = 512 + place * 128;
        file[at..at + units.len()].copy_from_slice(&units);
        file[at + 64] = units.len() as u8;
    }
    file[1024..1028].copy_from_slice(&0xffff_fffe_u32.to_le_bytes());
    file
}

#[test]
fn what_can_not_be_opened_says_why() {
    assert_eq!(shut(b""), Shut::Empty);
    assert_eq!(shut(&compound(&["EncryptedPackage"])), Shut::Encrypted);
    assert_eq!(shut(&compound(&["Workbook"])), Shut::Other(Kind::OldOffice));
    assert_eq!(shut(b"%PDF-1.7\n"), Shut::Other(Kind::Pdf));
    assert_eq!(shut(&zip(&[("word/document.xml", b"<a/>")])), Shut::Other(Kind::Word));
    assert_eq!(shut(b"PK\x03\x04 and nothing more"), Shut::Damaged);
    let mime: (&str, &[u8]) = ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    assert_eq!(shut(&zip(&[mime])), Shut::Damaged);
    assert_eq!(shut(&zip(&[mime, ("META-INF/manifest.xml", b"<encryption-data/>"), ("content.xml", b"<a/>")])), Shut::Encrypted);
    let spaces = vec![b' '; 40 * 1024 * 1024];
    assert_eq!(shut(&zip(&[mime, ("content.xml", &spaces)])), Shut::Bomb);
    assert_eq!(shut(&zip(&[("xl/workbook.xml", &spaces)])), Shut::Bomb);
}

#[test]
fn the_command_tells_how_to_go_on() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    fs::write(folder.path().join("a.xlsx"), compound(&["EncryptedPackage"])).unwrap();
    fs::write(folder.path().join("a.xls"), compound(&["Workbook"])).unwrap();
    for (file, th, en) in [("a.xlsx", "รหัสผ่าน", "clear the password"), ("a.xls", "บันทึกเป็น .xlsx", "save it as .xlsx")]
    {
        let (status, out, err) = run(folder.path(), &format!("import {file} --year 2568 --write --lang th"));
        assert!(status == 2 && out.is_empty() && err.contains(th), "{err}");
        let (_, _, err) = run(folder.path(), &format!("import {file} --year 2568 --write --lang en"));
        assert!(err.contains(en), "{err}");
    }
}

/// Rows of cells, and what is told of them; each of these is a doubt.
const DOUBTS: &[(&[&[&str]], &[&str])] = &[
    (&[&["i1", "๙๗.๖๑.๐๐"]], &["B1 i1 not-a-number"]),
    (&[&["i1", "120"]], &["B1 i1 out-of-range"]),
    (&[&["i1", "-5"]], &["B1 i1 out-of-range"]),
    (&[&["i1", "#REF!"]], &["B1 i1 formula-error"]),
    (&[&["i1", "98,435"]], &["B1 i1 not-a-number"]),
    (&[&["i1", "98 43"]], &["B1 i1 not-a-number"]),
    (&[&["i1", "1/2"]], &["B1 i1 not-a-number"]),
    (&[&["รหัส", "คะแนน"], &["i1", "รอผล"]], &["B2 i1 not-a-number"]),
    (&[&["i1", "90"], &["I๑", "91"]], &["B2 i1 contradiction"]),
    (&[&["i1", "90", "91"]], &["C1 i1 several-figures"]),
    (&[&["e1", "90", "91"]], &["C1 e1 several-figures"]),
    (&[&["e1", "90", "91", "99"]], &["D1 e1 several-figures"]),
    (&[&["e1", "EP 90 EP 91 เฉลี่ย 90.5"]], &["B1 e1 several-figures"]),
    (&[&["e1", "EP ๙๗.๖๑.๐๐ ES 90 เฉลี่ย 91"]], &["B1 e1 not-a-number"]),
    (&[&["o99", "100"]], &["A1 o99 unknown-code"]),
    (&[&["ระดับ", "ดีเลิศ"]], &["B1 level unknown-level"]),
    (&[&["คะแนนรวม ITA", "97", "ผ่านดี"], &["ระดับผลการประเมิน", "ผ่าน"]], &["B2 level contradiction"]),
    (&[&["i1", "90"], &["l2", "96"]], &["A2 - like-a-code"]),
    (&[&["ข้อ | 2 คำถาม", "96"]], &["A1 - like-a-code"]),
    (&[&["i1x", "96"]], &["A1 - like-a-code"]),
    (&[&["І2 คำถาม 96.50"]], &["A1 - like-a-code"]),
    (&[&["I1 คำถาม 95.50"]], &["A1 i1 figure-in-text"]),
    (&[&["I1 คำถาม ๙๕.๕๐ คะแนน"]], &["A1 i1 figure-in-text"]),
    (&[&["O1 โครงสร้าง 100"]], &["A1 o1 figure-in-text"]),
    (&[&["i1", "คำถาม 95.50"]], &["B1 i1 figure-in-text"]),
    (&[&["i1", "90"], &["i1 คำถาม 95.50"]], &["A2 i1 figure-in-text"]),
    (&[&["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ 97.25"]], &["A1 1 figure-in-text"]),
    (&[&["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่ 97.25", "ผ่านดี"]], &["A1 1 figure-in-text"]),
    (&[&["IIT 98.00"]], &["A1 IIT figure-in-text"]),
    (&[&["ผลการประเมิน IIT โดยรวมเท่ากับ 99.96 คะแนน"]], &["A1 IIT figure-in-text"]),
    (&[&["คะแนนรวม 96.40"]], &["A1 - figure-in-text"]),
    (&[&["ตัวชี้วัดที่", "ชื่อ", "คะแนน"], &["1", "การใช้อำนาจ", "90"]], &["A2 1 two-names"]),
    (&[&["ภาพรวม", "97", "ผ่านดี"], &["คะแนน ITA", "98"]], &["B2 overall contradiction"]),
    (&[&["code", "score"], &["i1", "98", "5"]], &["C2 i1 no-heading"]),
    (&[&["code", "EP", "ES", "เฉลี่ย"], &["e1", "98", "5", "97", "5", "98", "0"]], &["E2 e1 no-heading"]),
    (&[&["e1", "98", "5", "97", "5", "98", "0"]], &["C1 e1 several-figures"]),
    (&[&["e1", "98.38", "5", "93.2"]], &["D1 e1 several-figures"]),
    (&[&["รหัส", "S.D."], &["i1", "0.45"]], &["B2 i1 unknown-heading"]),
    (&[&["รหัส", "ข้อคำถาม", "N"], &["i1", "ก", "45"]], &["C2 i1 unknown-heading"]),
    (&[&["รหัส", "คะแนนรอบแรก"], &["i1", "95"]], &["B2 i1 unknown-heading"]),
    (&[&["รหัส", "คะแนน (เต็ม 10)"], &["i1", "95"]], &["B2 i1 unknown-heading"]),
    (&[&["ข้อ", "GAP", "หน้า"], &["i1", "95", "12"]], &["B2 i1 unknown-heading"]),
    (&[&["รหัส", "คะแนน", "คะแนนใหม่"], &["i1", "95", "96"]], &["C2 i1 unknown-heading"]),
    (&[&["ตัวชี้วัด", "คะแนนเต็ม", "คะแนนที่ได้"], &["1", "10", "9.5"]], &["C2 1 another-scale"]),
    (&[&["ตัวชี้วัด", "น้ำหนัก", "คะแนน"], &["1", "10", "9.5"]], &["C2 1 another-scale"]),
    (&[&["i1=90"]], &["A1 i1 figure-in-text"]),
    (&[&["i1", "(90)"]], &["B1 i1 not-a-number"]),
    (&[&["i1-i5", "95"]], &["A1 i1 several-codes"]),
    (&[&["i1 - 5", "95"]], &["A1 i1 several-codes"]),
    (&[&["o1 ถึง o5", "95"]], &["A1 o1 several-codes"]),
    (&[&["o6, o7", "95"]], &["A1 o6 several-codes"]),
    (&[&["o1:o5", "95"]], &["A1 o1 several-codes"]),
    (&[&["o1 จนถึง o5", "95"]], &["A1 o1 several-codes"]),
    (&[&["o1 โครงสร้าง, o2 ข้อมูลผู้บริหาร", "95"]], &["A1 o1 several-codes"]),
    (&[&["รหัส", "คะแนน (50)"], &["i1", "39.40"]], &["A1 - no-meaning", "B2 i1 unknown-heading"]),
    (&[&["e1 และ e2", "95"]], &["A1 e1 several-codes"]),
    (&[&["o8/o9", "95"]], &["A1 o8 several-codes"]),
    (&[&["o8 o9", "95"]], &["A1 o8 several-codes"]),
    (&[&["i1", "0.98"], &["i2", "0.5"]], &["B1 i1 small-figures"]),
    (&[&["i1", "9.8"], &["i2", "5"]], &["B1 i1 small-figures"]),
    (&[&["i1", "3.8"], &["i2", "3.7"], &["o1", "100"], &["o2", "0"]], &["B1 i1 small-figures"]),
    (&[&["ตัวชี้วัดที่ 1 การปฏิบัติหน้าที่", "5"], &["ตัวชี้วัดที่ 2", "6"]], &["B2 2 small-figures"]),
    (&[&["IIT", "27.45"], &["EIT", "28.11"], &["OIT", "39"]], &["B1 IIT weighted"]),
    (&[&["ประเด็น", "วิธีการ", "ขั้นตอน"], &["(9) อื่น", "ทำ", "1. ก"]], &["A2 - no-issue"]),
    (&[&["ประเด็น", "วิธีการ", "ขั้นตอน"], &["(1) การให้บริการและระบบ E-Service", "ทำ", "1. ก"]], &["A2 - no-issue"]),
];

#[test]
fn what_is_in_doubt_is_named_with_its_cell() {
    for (table, expected) in DOUBTS {
        let import = read(&workbook(&[("ก", "", &rows(table), "")]));
        assert_eq!(told(&import), *expected, "{table:?}");
        assert!(import.doubts().count() > 0, "{table:?}");
    }
}

#[test]
fn what_only_looks_like_a_score_is_no_doubt() {
    for table in [
        "i1\t90\nแบบวัด EIT ส่วนที่ 2\nตัวชี้วัดที่ 10\nIIT ปี 2567\n",
        "IIT\t98.00\nแบบวัด IIT ได้คะแนน 98.00 คะแนน\nIIT เพิ่มขึ้น 3.25\n",
        "i1 คำถามของปี 2568\ni2 คำถาม\t90\n",
        "ข้อ,คำถาม,คะแนน\ni1,คำถามข้อที่ 2,-\ni2,ข,90\n",
        "i1\t90\nQ1 2568\t5\nหน้า 2\n",
    ] {
        let import = read(table.as_bytes());
        assert_eq!(import.doubts().count(), 0, "{table}: {:?}", told(&import));
    }
    assert_eq!(figures(&read("คะแนนรวม ITA,97\nระดับ,ผ่านดี\n".as_bytes()))["level"], "ผ่านดี");
}

/// The agency whose tables these are.
fn own() -> Edition {
    let mut own = edition("framework: ita-2568\n");
    let text = "name: องค์การบริหารส่วนตำบลภูพาน\nshort_name: อบต.ภูพาน\n".to_owned();
    own.agency_file = Some(SourceText { path: "content/agency.yaml".into(), text });
    own
}

/// Rows of which those with `i1` and those of wholes belong to others, and how they are told. `i2` is 90 and is taken, where it is there.
const OF_OTHERS: &[(&[&[&str]], &[&str])] = &[
    (&[&["i1 (2567)", "80"], &["i2", "90"]], &["A1 i1 other-year"]),
    (&[&["i1 ปี ๖๗", "80"], &["i2", "90"]], &["A1 i1 other-year"]),
    (&[&["IIT (2567)", "80"], &["i2", "90"]], &["A1 IIT other-year"]),
    (&[&["คะแนนรวม ITA", "ปี 2567", "80"], &["i2", "90"]], &["B1 overall other-year"]),
    (&[&["ผลการประเมิน ITA ปีงบประมาณ 2567"], &["i1", "80"], &["ผลการประเมิน 2568"], &["i2", "90"]], &["A1 - other-year"]),
    (&[&["ปีงบประมาณ", "2567"], &["รหัส", "คะแนน"], &["i1", "80"], &["ภาพรวม", "81"]], &["A1 - other-year"]),
    (&[&["ปี", "รหัส", "คะแนน"], &["2567", "i1", "80"], &["2568", "i2", "90"]], &["A2 i1 other-year"]),
    (&[&["รหัส", "คะแนนปีก่อน", "คะแนน"], &["i2", "80", "90"]], &[]),
    (&[&["รหัส", "ปีที่แล้ว"], &["i1", "80"], &["i2", "-"]], &["A2 i1 no-figure", "A3 i2 no-figure"]),
    (&[&["รหัส", "คะแนนเฉลี่ยประเทศ", "อบต.ภูพาน"], &["i2", "80", "90"]], &[]),
    (&[&["รหัส", "อบต.สีชมพู", "อบต.ภูพาน"], &["i2", "80", "90"]], &[]),
    (&[&["รหัส", "อบต.สีชมพู"], &["i1", "80"]], &["A2 i1 no-figure"]),
    (&[&["องค์การบริหารส่วนตำบลสีชมพู"], &["i1", "80"], &["องค์การบริหารส่วนตำบลภูพาน"], &["i2", "90"]], &["A1 - table-of-another-agency"]),
    (&[&["หน่วยงาน", "รหัส", "คะแนน"], &["อบต.สีชมพู", "i1", "80"], &["อบต.ภูพาน", "i2", "90"]], &["A2 i1 other-agency"]),
    (&[&["i1", "80", "อบต.สีชมพู"], &["i2", "90"]], &["C1 i1 other-agency"]),
    (&[&["IIT ค่าเฉลี่ยประเทศ", "80"], &["i2", "90"]], &["A1 IIT other-agency"]),
    (&[&["ผลคะแนน ITA ระดับประเทศ"], &["IIT", "80"]], &["A1 - table-of-another-agency"]),
    (&[&["อบต.สีชมพู ได้คะแนนโดยรวม 80 คะแนน"], &["i1", "90"]], &["A1 - table-of-another-agency"]),
    (&[&["เทศบาลตำบลชนวน มีผลคะแนนดังนี้"], &["i1", "80"], &["ผลการประเมินรายข้อ ปี ๒๕๖๘"], &["i3", "95"]], &["A1 - table-of-another-agency"]),
    (&[&["เพื่อให้เกิดผลประโยชน์สูงสุดต่อประชาชน"], &["ตัวชี้วัดที่ได้คะแนนสูงสุด คือ การปฏิบัติหน้าที่"], &["i2", "90"]], &[]),
    (&[&["อำเภอสีชมพู จังหวัดเลย"], &["หน่วยงานทั่วประเทศนำผลการประเมินไปใช้"], &["i2", "90"]], &[]),
    (&[&["เมื่อปี 2567 ได้คะแนนโดยรวม 80 คะแนน"], &["i2", "90"]], &[]),
    (&[&["เกณฑ์ผ่านคะแนนรวม 85 คะแนน"], &["หากได้คะแนนรวม 95 คะแนน จะได้ระดับผ่านดีเยี่ยม"], &["ร่างผลคะแนนรวม 80 คะแนน"], &["i2", "90"]], &[]),
    (&[&["ข้าพเจ้าขอแจ้งคะแนนรวม 80 คะแนน"], &["i2", "90"]], &[]),
    // A year, and a body, on lines of their own.
    (&[&["ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567"], &["องค์การบริหารส่วนตำบลภูพาน"], &["i1", "80"]], &["A1 - other-year"]),
    (&[&["ผลการประเมิน ITA เทศบาลตำบลชนวน"], &["ประจำปีงบประมาณ พ.ศ. 2568"], &["i1", "80"]], &["A1 - table-of-another-agency"]),
    (&[&["หน่วยงาน", "เทศบาลตำบลชนวน"], &["i1", "80"]], &["A1 - table-of-another-agency"]),
    (&[&["ชื่อหน่วยงาน", "รหัส", "คะแนน"], &["เทศบาลตำบลชนวน", "i1", "80"], &["อบต.ภูพาน", "i2", "90"]], &["A2 i1 other-agency"]),
    (&[&["อบต.ภูพานน้อย"], &["i1", "80"]], &["A1 - table-of-another-agency"]),
    // Two rows of headings, of which the lower says less.
    (&[&["ข้อ", "ปี 2567", "ปี 2568"], &["", "คะแนน", "คะแนน"], &["o1", "55.5", "-"], &["i2", "-", "90"]], &["A3 o1 no-figure"]),
    (&[&["ข้อ", "ค่าเฉลี่ยประเทศ", "อบต.ภูพาน"], &["", "คะแนน", "คะแนน"], &["i2", "80", "90"]], &[]),
    (&[&["ข้อ", "คะแนน", "จำนวนผู้ตอบ"], &["", "(ร้อยละ)", "(ร้อยละ)"], &["i1", "", "85.5"], &["i2", "90", "80"]], &["A3 i1 no-figure"]),
    // Words in a row that say whose it is, and such that only compare.
    (&[&["i1 คะแนนปีที่แล้ว", "80"], &["i2", "90"]], &["A1 i1 other-year"]),
    (&[&["i1 ค่าเฉลี่ยประเทศ", "80"], &["i2", "90"]], &["A1 i1 other-agency"]),
    (&[&["ข้อ", "รอบ", "คะแนน"], &["i1", "ผลปี 2567", "80"], &["i2", "ผลปี 2568", "90"]], &["B2 i1 other-year"]),
    (&[&["รหัส", "คะแนน", "หมายเหตุ"], &["i2", "90", "2567"]], &[]),
    (&[&["i2", "90", "สูงกว่าค่าเฉลี่ยประเทศ"]], &[]),
    (&[&["i2", "90", "เพิ่มขึ้นจากปี 2567"]], &[]),
    // Lines above a table that are about something else.
    (&[&["มาตรการเพื่อยกระดับผลการประเมิน ปี 2569"], &["i2", "90"]], &[]),
    (&[&["ตารางเปรียบเทียบผลการประเมินกับปีที่ผ่านมา"], &["รหัส", "2567", "2568"], &["i2", "80", "90"]], &[]),
    (&[&["ผลการประเมินโดยรวมของจังหวัดขอนแก่น ได้ 93.05 คะแนน"], &["i2", "90"]], &[]),
    (&[&["ได้คะแนนโดยรวม ๙๗.๖๑ จาก ๑๐๐ คะแนน"], &["คะแนนโดยรวมเท่ากับ 97.61 ดีขึ้น 4.56 คะแนน"], &["i2", "90"]], &[]),
    (&[&["จังหวัดขอนแก่น มีคะแนนภาพรวม 93.05 คะแนน"], &["i2", "90"]], &[]),
    (
        &[&["ปีที่ประเมิน", "ข้อ", "คะแนน"], &["2567", "i1", "80"], &["", "i3", "81"], &["2568", "i2", "90"]],
        &["A2 i1 other-year", "B3 i3 other-year"],
    ),
    (&[&["ข้อ", "คะแนน", "หลักฐาน"], &["i2", "90", "ประจำปี 2567"]], &[]),
    (&[&["ข้อ", "คะแนน", "ผู้รับผิดชอบ"], &["i2", "90", "โรงเรียนบ้านภูพาน"]], &[]),
    (&[&["ข้อ", "ผลการประเมิน", "คะแนน"], &["i2", "ครบถ้วน", "90"]], &[]),
    (&[&["ข้อ", "คะแนน", ""], &["", "2567", "2568"], &["i2", "80", "90"]], &[]),
    (&[&["ข้อ", "2024", "2025"], &["i2", "80", "90"]], &[]),
    (&[&["ข้อ", "คะแนนปีที่แล้ว", "คะแนนปีนี้"], &["i2", "80", "90"]], &[]),
    (&[&["รายงานผลการจัดซื้อจัดจ้าง ปี 2567"], &["i2", "90"]], &[]),
    (&[&["ตัวชี้วัด", "คะแนน"], &["ค่าเฉลี่ย", "98.60"]], &["A2 - sum-of-a-part"]),
    (&[&["OIT1", "80"], &["i2", "90"]], &["A1 - no-meaning"]),
    (&[&["ผลการประเมินความพึงพอใจในภาพรวม ได้ 88.20 คะแนน"], &["คะแนนรวมห่างจากอันดับหนึ่ง เป็น 5.25 คะแนน"], &["i2", "90"]], &[]),
];

#[test]
fn what_is_of_others_is_named_and_not_taken() {
    for (table, expected) in OF_OTHERS {
        let result = import(&workbook(&[("ก", "", &rows(table), "")]), &own()).unwrap();
        assert_eq!(told(&result), *expected, "{table:?}");
        let of_i2 = table.iter().any(|row| row.contains(&"i2") && row.contains(&"90"));
        let taken: Vec<(String, String)> = figures(&result).into_iter().collect();
        let own: Vec<(String, String)> = of_i2.then(|| ("i2".to_owned(), "90".to_owned())).into_iter().collect();
        let doubts = expected.iter().filter(|told| told.ends_with("table-of-another-agency")).count();
        assert_eq!((taken, result.doubts().count()), (own, doubts), "{table:?}");
    }
    let sheets: &[(&str, &str, &str, &str)] = &[
        ("ITA 2567", "", &rows(&[&["i1", "80"]]), ""),
        ("ITA 2568", "", &rows(&[&["i1", "90"]]), ""),
        ("2566", "", &rows(&[&["i1", "70"]]), ""),
    ];
    let result = import(&workbook(sheets), &own()).unwrap();
    assert_eq!((told(&result), figures(&result)["i1"].as_str()), (vec!["A1 - other-year".to_owned(), "A1 - other-year".to_owned()], "90"));
    // A heading that is merged over several columns speaks for all of them.
    let table: &[&[&str]] = &[&["ข้อ", "ปี 2567", "", "ปี 2568", ""], &["", "EP", "ES", "EP", "ES"], &["e1", "80", "81", "90", ""]];
    let merged = "<mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>";
    let result = import(&workbook(&[("ก", "", &rows(table), merged)]), &own()).unwrap();
    let taken: Vec<(String, String)> = figures(&result).into_iter().collect();
    assert_eq!((taken, told(&result)), (vec![("e1.ep".to_owned(), "90".to_owned())], Vec::new()));
    for heading in ["<h2>ผลการประเมิน 2567</h2><table>", "<table><caption>ผลการประเมิน ปี 2567</caption>"]
    {
        let result = import(format!("{heading}<tr><td>ข้อ<td>คะแนน<tr><td>i1<td>80</table>").as_bytes(), &own()).unwrap();
        assert_eq!((figures(&result).len(), told(&result).len()), (0, 1), "{heading}: {:?}", told(&result));
    }
    // The next year's measures follow from this year's result; those of a year before do not.
    let table = "ประเด็น\tวิธีการ\tขั้นตอน\n1\tทำ\tก\n";
    assert_eq!(import(format!("มาตรการ ปี 2569\n{table}").as_bytes(), &own()).unwrap().measures.len(), 1);
    let result = import(format!("มาตรการ ปี 2567\n{table}").as_bytes(), &own()).unwrap();
    assert_eq!((result.measures.len(), told(&result)), (0, vec!["A1 - other-year".to_owned()]));
}

#[test]
fn a_cell_whose_letters_can_not_be_read_is_a_doubt_where_it_is_used() {
    let damaged = |text: &str| {
        let mut bytes = Vec::new();
        for (at, piece) in text.split('*').enumerate() {
            bytes.extend_from_slice(if at == 0 { b"" } else { b"\xff" });
            bytes.extend_from_slice(piece.as_bytes());
        }
        read(&bytes)
    };
    let head = "ประเด็น,วิธีการ,ขั้นตอน,ผู้รับผิดชอบ,ระยะเวลา\n";
    let import = damaged(&format!("{head}1,จัดทำ*,ร่าง,สำนักปลัด,x\n"));
    assert_eq!(told(&import), ["B2 - unreadable-letters"]);
    assert_eq!(import.texts.len(), 0);
    assert_eq!(told(&damaged("รหัส,ชื่อ,คะแนน\ni1,คำ*ถาม,90\ni2,คำถาม,91\n")), ["B2 i1 unreadable-letters"]);
    assert_eq!(told(&damaged("ตัวชี้วัด,คะแนน\nการเปิดเผย*ข้อมูล,91\n")), ["A2 - unreadable-letters"]);
    assert_eq!(told(&damaged("<table><tr><td>i1 คำถามของหน่วยงาน*<td>90</table>")), ["table 1 A1 i1 unreadable-letters"]);
    // A remark that is not used may be damaged.
    assert_eq!(damaged("หมาย*เหตุ\nรหัส,คะแนน\ni1,90\n").doubts().count(), 0);
    // A cell in the other encoding, a sign of control, and a byte that is no letter there.
    let mut mixed = format!("{head}1,จัดทำคู่มือ,ร่าง,สำนักปลัด,x\n2,").into_bytes();
    mixed.extend_from_slice(b"\xa1\xd2\xc3,\xa1,\xa1,x\n");
    assert_eq!(told(&read(&mixed)), ["B3 - unreadable-letters"]);
    assert_eq!(told(&read("i1 ก\u{85}ข\t90\n".as_bytes())), ["A1 i1 unreadable-letters"]);
    assert_eq!(told(&read(b"i1 \xa1\xd2\xff\xfe\t90\n")), ["A1 i1 unreadable-letters"]);
    assert_eq!(told(&read(b"i1 \xa1\xd2\xc3\t90\n")), Vec::<String>::new());
}

#[test]
fn a_place_in_a_page_is_that_of_its_table() {
    let page = "<p>ก</p><table><tr><td>i1<td>90</table><p>ข</p><table><tr><td>หัว<tr><td>ชื่อ<tr><td>i2<td>ก<td>9o</table>";
    let import = read(page.as_bytes());
    assert_eq!(told(&import), ["table 2 C3 i2 not-a-number"]);
    assert_eq!(import.changes[0].at.cell(), "table 1 B1");
    assert_eq!(import.told[0].at.tell(Language::Th), "ตาราง 2 แถว 3 คอลัมน์ C");
    assert_eq!(import.told[0].at.tell(Language::En), "table 2, row 3, column C");
    let pair = "<table><tr><td>i1<td>90</table><table><tr><td>i2<td>91</table>";
    let cells: Vec<String> = read(pair.as_bytes()).changes.iter().map(|change| change.at.cell()).collect();
    assert_eq!(cells, ["table 1 B1", "table 2 B1"]);
}

#[test]
fn nothing_is_written_in_doubt() {
    let folder = tempfile::tempdir().unwrap();
    Site::sample().write_to(folder.path());
    let path = folder.path().join("content/2568/assessment.yaml");
    let before = fs::read(&path).unwrap();
    fs::write(folder.path().join("t.txt"), "i1\t90\ni2\t๙๗.๖๑.๐๐\n").unwrap();
    let (status, out, err) = run(folder.path(), "import t.txt --year 2568 --write --lang th");
    assert_eq!((status, err.as_str()), (1, ""));
    assert!(out.contains("\nต้องแก้ก่อนเขียน:\n") && !out.contains("ไม่ได้นำมาใช้"), "{out}");
    assert!(out.contains("i1: 100 → 90") && out.contains("บรรทัด 2, คอลัมน์ B: i2 `๙๗.๖๑.๐๐`: ไม่ใช่คะแนน"), "{out}");
    assert_eq!(fs::read(&path).unwrap(), before);
    // A text without any score is no import either.
    fs::write(folder.path().join("t.txt"), "ไม่มีคะแนน\n").unwrap();
    assert_eq!(run(folder.path(), "import t.txt --year 2568 --write").0, 1);
}

#[test]
fn what_carries_no_code_is_no_doubt() {
    let table: &[&[&str]] = &[&["หัวเรื่อง 1"], &["i1", "-"], &["i2", ""], &["จำนวนผู้ตอบ", "35"], &["i3", "90"]];
    let import = read(&workbook(&[("ก", "", &rows(table), "")]));
    assert_eq!(told(&import), ["A2 i1 no-figure", "A3 i2 no-figure", "A4 - no-meaning"]);
    assert_eq!((import.doubts().count(), figures(&import).len()), (0, 1));
}

#[test]
fn what_nobody_sees_is_named_and_not_taken() {
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>i1</v></c><c r=\"B1\"><v>91</v></c><c r=\"C1\"><v>81</v></c></row>\
        <row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"str\"><v>i2</v></c><c r=\"B2\"><v>92</v></c></row>";
    let columns = "<cols><col min=\"3\" max=\"3\" hidden=\"true\"/></cols>";
    let import = read(&workbook(&[("ก", columns, cells, ""), ("ลับ!hidden", "", &rows(&[&["i3", "93"]]), "")]));
    let expected = ["A1 - hidden-sheet", "A2 - hidden-row", "C1 - hidden-column"];
    let sorted = |import| {
        let mut told = told(import);
        told.sort();
        told
    };
    assert_eq!((sorted(&import), figures(&import).len(), import.doubts().count()), (expected.map(str::to_owned).to_vec(), 1, 0));
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let row = |visibility: &str, cells: &[&str]| {
        format!(
            "<table:table-row table:visibility=\"{visibility}\">{}</table:table-row>",
            cells.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let tables = format!(
        "<table:table table:name=\"ก\"><table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>{}{}</table:table>\
         <table:table table:name=\"ลับ\" table:style-name=\"x\">{}</table:table>",
        row("visible", &["i1", "91", "81"]),
        row("filter", &["i2", "92"]),
        row("visible", &["i3", "93"])
    );
    let styles = "<style:style style:name=\"x\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let import = read(&open_sheet(styles, &tables));
    assert_eq!((sorted(&import), figures(&import).len(), import.doubts().count()), (expected.map(str::to_owned).to_vec(), 1, 0));
}

#[test]
fn days_and_formulas_without_a_value_are_no_scores() {
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>i1</v></c><c r=\"B1\" s=\"2\"><v>45786</v></c></row>\
        <row r=\"2\"><c r=\"A2\" t=\"str\"><v>i2</v></c><c r=\"B2\"><f>B1+1</f></c></row>\
        <row r=\"3\"><c r=\"A3\" t=\"str\"><v>i3</v></c><c r=\"B3\"><f>B1+1</f><v>90</v></c></row>";
    let import = read(&workbook(&[("ก", "", cells, "")]));
    assert_eq!(told(&import), ["B1 i1 date", "B2 i2 formula-without-value"]);
    assert_eq!((import.told[0].text.as_str(), figures(&import).len()), ("2025-05-09", 1));
    let tables = "<table:table table:name=\"ก\"><table:table-row><table:table-cell><text:p>i1</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2025-05-09\"><text:p>9 พ.ค. 68</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>i2</text:p></table:table-cell><table:table-cell table:formula=\"of:=[.B1]\"/></table:table-row>\
        <table:table-row><table:table-cell><text:p>i3</text:p></table:table-cell><table:table-cell table:formula=\"of:=90\" office:value-type=\"float\" office:value=\"90\"><text:p>90,00</text:p></table:table-cell></table:table-row></table:table>";
    let import = read(&open_sheet("", tables));
    assert_eq!(told(&import), ["B1 i1 date", "B2 i2 formula-without-value"]);
    assert_eq!(figures(&import)["i3"], "90");
}

#[test]
fn a_score_for_several_rows_is_a_doubt() {
    let merged = "<mergeCells><mergeCell ref=\"B1:B2\"/></mergeCells>";
    let import = read(&workbook(&[("ก", "", &rows(&[&["i1", "90"], &["i2", ""]]), merged)]));
    assert_eq!(told(&import), ["B2 i2 merged"]);
}

#[test]
fn a_text_is_read_whatever_its_signs_and_quotes() {
    let import = read("i1;\"90\"\ni2,91\ni3\t92\ni4;98,43\n\"i5\";\"ก; \"\"ข\"\"\n\nค\";93\r\ni6 | 94\n".as_bytes());
    let expected = [("i1", "90"), ("i2", "91"), ("i3", "92"), ("i4", "98.43"), ("i5", "93")];
    for (code, figure) in expected {
        assert_eq!(figures(&import).get(code).map(String::as_str), Some(figure), "{code} {:?}", told(&import));
    }
    // A quotation mark that nobody closes swallows the rest: that is told, and nothing is written.
    let import = read("i1\t90\ni2\t\"91\ni3\t92\n".as_bytes());
    assert_eq!((import.doubts().count(), figures(&import).len()), (1, 1), "{:?}", told(&import));
}

#[test]
fn a_sheet_that_ends_too_early_is_a_doubt() {
    let whole = workbook(&[("ก", "", &rows(&[&["i1", "90"]]), "")]);
    assert_eq!(read(&whole).doubts().count(), 0);
    let cut = zip(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"a\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        (
            "xl/worksheets/s.xml",
            b"<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"str\"><v>i1</v></c><c r=\"B1\"><v>90</v></c></row><row",
        ),
    ]);
    assert_eq!(told(&read(&cut)), ["A1 - not-read-to-the-end"]);
}

#[test]
fn cells_that_stand_a_million_times_take_no_memory() {
    let row = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"><text:p>i1 90</text:p></table:table-cell></table:table-row>";
    let import = read(&open_sheet("", &format!("<table:table table:name=\"ก\">{}</table:table>", row.repeat(50))));
    assert_eq!(figures(&import).len(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_without_a_panic(text in "((i1|e๑|๐๑๔|EP|ES|เฉลี่ย|ประเด็น|วิธีการ|ขั้นตอน|ตัวชี้วัด|คะแนน|รวม|IIT|\\(1\\)|[0-9๐-๙]{1,4}|[.,;\t\n\"|%<>() -]|<p>|<table><tr><td rowspan=3>){1,6}\n?){0,12}") {
        let _ = import(text.as_bytes(), &edition("framework: ita-2568\n"));
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), place in 0_usize..2000) {
        let _ = import(&bytes, &edition("framework: ita-2568\n"));
        let mut file = workbook(&[("ก", "", &rows(&[&["i1", "90"], &["e1", "1", "2", "3"]]), "")]);
        let at = place % file.len();
        let end = (at + bytes.len().min(8)).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
        let _ = import(&file, &edition("framework: ita-2568\n"));
    }
}
