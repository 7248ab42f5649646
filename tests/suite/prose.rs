//! Rules over running text: what is told, and, harder, what looks like it and stays silent.

use prongsai::check::authored::Authored;
use prongsai::check::prose;
use prongsai::engine::Source;
use prongsai::finding::Finding;
use prongsai::framework::Packs;
use prongsai::site::model::Model;
use prongsai::source::unit::{self, Context};

use crate::support::Site;

/// What the rules say of the sample with a text in the place of one of its files; no page is made for it.
fn sample(path: &str, text: &str) -> Vec<(Finding, String)> {
    let files = Site::sample().with(path, text).agency_files("").unwrap();
    let (records, _, texts) = unit::read(files, Context { slug: "", packs: &Packs::default(), drafts: false });
    let model = Model::new(records);
    let findings = prose::findings(&Authored { model: &model, texts: &texts });
    findings.into_iter().map(|finding| (finding.clone(), texts[&finding.place.file].text[finding.place.span.range()].to_owned())).collect()
}

/// The findings of a code: what each points at, and its subject.
fn told(findings: &[(Finding, String)], code: &str) -> Vec<(String, String)> {
    let of_code = findings.iter().filter(|(finding, _)| finding.code.name() == code);
    of_code.map(|(finding, found)| (found.clone(), finding.subject.clone())).collect()
}

/// Asks each text by itself in the commentary of an issue (4, of i10 to i12): what drifts in it.
fn drift(text: &str) -> Vec<(String, String)> {
    told(&sample("content/2568/issues/4.md", &format!("{text}\n")), "figure-drift")
}

/// None of the texts may drift.
fn assert_silent(texts: &[&str]) {
    let wrong: Vec<String> = texts.iter().map(|text| format!("{text}: {:?}", drift(text))).filter(|told| !told.ends_with(": []")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_figure_that_is_not_that_of_its_name_is_told() {
    let mut wrong = Vec::new();
    for (text, found, subject) in [
        ("ข้อ i11 ได้ 98.35 คะแนน", "98.35", "2568/i11"),
        ("ข้อ i11 ได้ 99.53", "99.53", "2568/i11"),
        ("ข้อ I๑๑ ได้ ๙๘.๓๕ คะแนน", "๙๘.๓๕", "2568/i11"),
        ("การไม่นำทรัพย์สินของราชการไปใช้ส่วนตัว (i11) ได้ 98.35", "98.35", "2568/i11"),
        ("คะแนนข้อ i11 คือ 98.35", "98.35", "2568/i11"),
        ("i11 98.35", "98.35", "2568/i11"),
        ("i11: **98.35**", "98.35", "2568/i11"),
        ("ข้อ i11 การไม่นำทรัพย์สินไปใช้ส่วนตัว ได้คะแนน 98.35", "98.35", "2568/i11"),
        ("ข้อ i11 ได้ 98 คะแนน", "98", "2568/i11"),
        ("ข้อ i11 ได้ 100 คะแนน", "100", "2568/i11"),
        ("ข้อ i11 ได้ 120 คะแนน", "120", "2568/i11"),
        ("ข้อ e๑ EP ๙๘.๔๓ ES ๙๘.๓๓ เฉลี่ย ๙๗.๓๘", "๙๗.๓๘", "2568/e1"),
        ("รายการ O๑๒ ได้ ๙๐ คะแนน", "๙๐", "2568/o12"),
        ("รายการ ๐๑๔ ได้ ๙๐.๐๐ คะแนน", "๙๐.๐๐", "2568/o14"),
        ("เครื่องมือ IIT ได้ 99.69", "99.69", "2568/IIT"),
        ("EIT ส่วนที่ ๑ ได้ ๙๘.๐๙ คะแนน", "๙๘.๐๙", "2568/EIT1"),
        ("ตัวชี้วัดที่ 4 ได้ 99.87 คะแนน", "99.87", "2568/4"),
        ("ตัวชี้วัดที่ ๔ การใช้ทรัพย์สินของราชการ ได้ ๙๙.๘๗", "๙๙.๘๗", "2568/4"),
        ("ตัวชี้วัดประสิทธิภาพการสื่อสาร ได้คะแนน 97.87", "97.87", "2568/7"),
        ("คะแนนรวมเท่ากับ 96.71 คะแนน", "96.71", "2568/overall"),
        ("คะแนนรวมประจำปีงบประมาณ พ . ศ .๒๕๖๘ เท่ากับ ๙๖.๗๑ คะแนน", "๙๖.๗๑", "2568/overall"),
        ("ประเด็นที่ 4 ได้คะแนนเฉลี่ย 98.78 คะแนน", "98.78", "2568/issue-4"),
        ("คะแนนเฉลี่ยของประเด็นนี้อยู่ที่ 98.78", "98.78", "2568/issue-4"),
        ("| ข้อ | คะแนน |\n|---|---|\n| i11 | 98.35 |", "98.35", "2568/i11"),
        ("| ข้อ | เรื่อง | คะแนน |\n|---|---|---|\n| e๑ | บริการ | EP ๙๘.๔๓ ES ๙๗.๓๓ เฉลี่ย ๙๘.๓๘ |", "๙๗.๓๓", "2568/e1"),
        ("- ข้อ i10 ได้ 100\n- ข้อ i11 ได้ 98.35", "98.35", "2568/i11"),
        ("ข้อ i11 ได้\n98.35 คะแนน", "98.35", "2568/i11"),
    ] {
        let is_told = drift(text);
        if is_told != [(found.to_owned(), subject.to_owned())] {
            wrong.push(format!("{text}: {is_told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_number_with_two_points_is_no_figure() {
    for (text, subject) in [
        ("พบว่าหน่วยงานมีคะแนนเฉลี่ยอยู่ที่ ๙๗.๖๑.๐๐ คะแนน", "2568/issue-4"),
        ("จากผลคะแนนประเด็นที่ ๑ กระบวนการปฏิบัติงาน พบว่าหน่วยงานมีคะแนนเฉลี่ยอยู่ที่ ๙๗.๖๑.๐๐ คะแนน", "2568/issue-1"),
        ("ข้อ i11 ได้ 97.61.00 คะแนน", "2568/i11"),
    ] {
        let found = drift(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].1, subject, "{text}");
    }
    for text in ["ดูหัวข้อ 2.3.1 คะแนน", "วันที่ 1.8.2568 คะแนนรวมประกาศ", "ประกาศเมื่อ 10.12.68 คะแนน", "รุ่น 95.10.1 ของโปรแกรม", "1.1.1.1"]
    {
        assert_eq!(drift(text), [], "{text}");
    }
}

#[test]
fn a_rounding_or_a_reference_is_no_drift() {
    assert_silent(&[
        "ข้อ i11 ได้ 99.35 คะแนน",
        "ข้อ i11 ได้ 99.350 คะแนน",
        "ข้อ i11 ได้ 99.4 คะแนน",
        "ข้อ i11 ได้ 99.3 คะแนน",
        "ข้อ i11 ได้ 99 คะแนน",
        "คะแนนรวม ๙๗.๖๑ คะแนน",
        "คะแนนรวมได้ 97.6 คะแนน",
        "คะแนนรวมได้ 98 คะแนน",
        "คะแนนรวมเกือบ 98 คะแนน",
        "ข้อ i11 ได้ {{ score(\"i11\") }} คะแนน",
        "ข้อ i11 ได้ {{ score(\"i11\") }} จาก 100 คะแนน",
        "ข้อ e6 ได้ 99.12 แต่สองส่วนเฉลี่ยได้ 99.17",
        "ข้อ e6 ได้ 99.17",
        "ตัวชี้วัดที่ 9 ได้ 90.00 คะแนน",
        "ตัวชี้วัดที่ 9 ได้ 100 คะแนน",
        "ข้อ e๑ EP ๙๘.๔๓ ES ๙๘.๓๓ เฉลี่ย ๙๘.๓๘",
        "ประเด็นที่ 4 ได้คะแนนเฉลี่ย 99.78",
        "ประเด็นที่ 4 ได้ 99.35 ในข้อ i11",
        "EIT ได้ 98.75",
    ]);
}

#[test]
fn other_numbers_near_a_name_are_no_drift() {
    assert_silent(&[
        "ข้อ i11 มีผู้ตอบ 35 คน",
        "ประเด็นที่ 4 มี 3 ข้อ",
        "ข้อ i11 ได้ 3 รางวัล",
        "ข้อ i11 เป็น 1 ใน 15 ข้อ",
        "OIT มี 28 รายการ",
        "ประเด็นที่ 4 มีมาตรการ 2.5 ล้านบาท",
        "ข้อ i11 ผ่านเกณฑ์ 85 คะแนน",
        "ข้อ i11 ต้องได้ 85.00 คะแนนขึ้นไป",
        "ข้อ i11 เต็ม 100 คะแนน",
        "คะแนนเต็มของข้อ i11 คือ 100",
        "ข้อ i11 สูงกว่าปีก่อน 2.50 คะแนน",
        "ข้อ i11 สูงกว่าข้อ i10 อยู่ 0.65 คะแนน",
        "ข้อ i11 เพิ่มขึ้น 2.50 คะแนน",
        "ปี 2567 ข้อ i11 ได้ 95.20",
        "ข้อ i11 ได้ 95.20 ในปี 2567",
        "ข้อ i11 ได้ 95.20 คะแนนเมื่อปีงบประมาณ พ.ศ. ๒๕๖๗",
        "ปีที่แล้วข้อ i11 ได้ 95.20",
        "ข้อ i11 ร้อยละ 99.00 ของผู้ตอบ",
        "ข้อ i11 ได้ 98.00% ของเป้าหมาย",
        "ข้อ i11 อยู่ระหว่าง 95.00 ถึง 99.00",
        "ข้อ i11 ได้ 95-100 คะแนน",
        "ข้อ i10, i11 และ i12 ได้ 100, 98 และ 97 ตามลำดับ",
        "ข้อ i10 และ i11 ได้ 97.00 คะแนน",
        "ข้อ i10–i12 เฉลี่ย 98.00 คะแนน",
        "ข้อ i10-12 ได้ 98.00 คะแนน",
        "เป้าหมายของข้อ i11 คือ 99.50",
        "ค่าเฉลี่ยระดับประเทศของข้อ i11 คือ 93.20",
        "น้ำหนักของ OIT คือ 40.00",
        "คะแนนรวมของข้อ i10 ถึง i12 คือ 299.35",
        "ผลการประเมินความพึงพอใจได้ 85.00 คะแนน",
        "การใช้ทรัพย์สินของราชการ 3.50 ล้านบาท",
        "การใช้งบประมาณเบิกจ่ายแล้ว 95.20",
        "การใช้งบประมาณ 95.20 ล้านบาท",
        "หน่วยงานได้ 85.00 คะแนนจากการตรวจของจังหวัด",
        "ข้อ i11 ดูตารางที่ 4.2",
        "ข้อ i11 ดู o12 และ o13",
        "i11 (ดูหน้า 12)",
        "ข้อ i11 ประชุมวันที่ 14.30 น.",
        "ข้อ i11 เวลา 08.30 น.",
        "ข้อ i11 ได้ `98.35`",
        "ข้อ `i11` ได้ 98.35",
        "    i11 ได้ 98.35",
        "[i11](https://thotsop.example/98.35)",
        "ข้อ i11 ตามหนังสือที่ ขก 0023.3/ว 98.35",
        "ประเด็นที่ 5 ได้คะแนน 95.00 ทุกข้อ",
        "ประเด็นที่ 4 ทุกข้อได้ 100 คะแนน",
        "คะแนนรวม 300 คะแนนของสามข้อ",
        "| ข้อ | ผู้ตอบ | คะแนน 2567 |\n|---|---|---|\n| i11 | 35 | 95.20 |",
        "| ข้อ | คะแนนเต็ม |\n|---|---|\n| i11 | 100 |",
        "| ข้อ | เรื่อง |\n|---|---|\n| i11 | 98.35 |",
        "## ผลของปี 2567\n\nข้อ i11 ได้ 95.20 คะแนน",
        "ผลของปี 2567 เป็นดังนี้\n\n| ข้อ | คะแนน |\n|---|---|\n| i11 | 95.20 |",
        "ข้อ i11\n\n98.35",
        "ข้อ i99 ได้ 98.35",
        "ข้อ i11 ทำให้หน่วยงานได้ 97.61 คะแนน",
        "ตัวชี้วัดการเปิดเผยข้อมูล (OIT) ได้ 90",
        "โทร. 043-123456 ต่อ 12",
    ]);
}

#[test]
fn a_free_page_may_speak_of_any_year() {
    let built = sample("content/about.md", "ข้อ i11 ได้ 98.35 คะแนน\n");
    assert_eq!(told(&built, "figure-drift"), []);
}
