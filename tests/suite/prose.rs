//! Rules over running text: what is told, and, harder, what looks like it and stays silent.

use prongsai::check::authored::Authored;
use prongsai::check::{personal, prose};
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
    let authored = Authored { model: &model, texts: &texts };
    let findings = prose::findings(&authored).into_iter().chain(personal::findings(&authored));
    findings.map(|finding| (finding.clone(), texts[&finding.place.file].text[finding.place.span.range()].to_owned())).collect()
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
        ("IIT ของ อบต.ภูพาน ได้ 97.11 คะแนน", "97.11", "2568/IIT"),
        ("องค์การบริหารส่วนตำบลภูพาน ได้คะแนนรวม 96.71 คะแนน", "96.71", "2568/overall"),
        ("คะแนนของข้อ i11 ได้ 98 คะแนน", "98", "2568/i11"),
        ("คะแนนรวมของหน่วยงานอยู่ที่ ๙๖.๗๑", "๙๖.๗๑", "2568/overall"),
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
        "คะแนนรวม 97.61 คะแนน IIT 29.99 คะแนน EIT 29.63 คะแนน OIT 38.00 คะแนน",
        "OIT ได้ 38 คะแนนจาก 40 คะแนน",
        "ข้อ i10 ได้ 100 ข้อ i11 ได้ 99.35 ข้อ i12 ได้ 100 เฉลี่ย 99.78",
        "EIT(1) = 99.08, EIT(2) = 98.42",
        "EIT Part 2 ได้ 98.42 ส่วนที่ 1 ได้ 99.08",
        "ข้อ e9 ได้ 98.36 ขณะที่ EP 99.22 และ ES 97.50",
        "| เครื่องมือ | น้ำหนัก | คะแนน |\n|---|---|---|\n| IIT | 30 | 29.99 |\n| OIT | 40 | 95.00 |",
        "| ตัวชี้วัด | คะแนน |\n|---|---|\n| 1. การปฏิบัติหน้าที่ | 100.00 |\n| 8. การปรับปรุงระบบการทำงาน | 98.50 |",
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
        "| เรื่อง | คะแนนความเสี่ยง |\n|---|---|\n| การใช้ทรัพย์สินของราชการ | 9 |",
        "| ข้อ | ระดับคะแนน |\n|---|---|\n| i11 | 5 |",
        "| ข้อ | คะแนน (เต็ม 5) |\n|---|---|\n| i11 | 4.5 |",
        "การใช้ทรัพย์สินของราชการ คะแนนความเสี่ยง 9 คะแนน",
        "การเปิดเผยข้อมูล ได้คะแนน 38.50 จาก 40",
        "ข้อ i11 ได้ 4.50 คะแนน จากคะแนนเต็ม 5",
        "คะแนนรวมเฉลี่ยทั้งประเทศ 93.82 คะแนน",
        "หน่วยงานอื่น เช่น เทศบาลตำบลจุน คะแนนรวม 93.20 คะแนน",
        "ประเด็นที่ 1 ถึง 7",
        "ข้อ o17 ความพึงพอใจของผู้รับบริการ ได้ 4.50 คะแนน",
        "ตัวชี้วัดที่ 4 (น้ำหนักร้อยละ 6) ได้ 98.00",
        "ข้อ i11 99.00/100",
        "ข้อ i99 ได้ 98.35",
        "ข้อ i11 ทำให้หน่วยงานได้ 97.61 คะแนน",
        "ตัวชี้วัดการเปิดเผยข้อมูล (OIT) ได้ 90",
        "โทร. 043-123456 ต่อ 12",
        "จากการเปรียบเทียบ เทศบาลตำบลบ้านกลางมีคะแนนรวม 96.20 คะแนน",
        "โรงเรียนบ้านโนนสว่าง ข้อ i11 ได้ 96.20 คะแนน",
        "เฉลี่ย 3 ปีย้อนหลัง คะแนนรวม 88.15 คะแนน",
        "OIT ร้อยละ 40 ของคะแนนรวม 100 คะแนน",
        "ตัวชี้วัดที่ 8 ในรอบปีงบประมาณที่แล้วได้ 80.50 คะแนน",
        "คะแนน IIT ของบุคลากรกองช่างเฉลี่ย 82.11 คะแนน",
        "คะแนนรวม = 99.96×0.3 + 98.75×0.3 + 95.00×0.4 = 97.61",
        "คะแนนรวม = 99.96 x 0.3 + 98.75 * 0.3 + 95.00 x 0.4 = 97.61",
        "0.3 คะแนน 84.10 คะแนน",
        "คะแนน ITA เฉลี่ย 91.10 คะแนน ของอำเภอ",
        "คำรับรองการปฏิบัติราชการกำหนดคะแนน ITA ไว้ 95.00 คะแนน",
        "ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน คะแนน 98.99 (EP 91.20 / ES 90.10)",
        "o11 ผู้รับบริการให้คะแนน 4.75",
        "ข้อ i11 ค่าเฉลี่ย 3.85 แปลผลอยู่ในระดับมากที่สุด",
        "คะแนนประเมินตนเองของข้อ i11 คือ 95.00 คะแนน",
        "ข้อ i11 ก่อนอุทธรณ์ได้ 78.00 คะแนน",
        "ผลคะแนน OIT เบื้องต้นคือ 78.00 คะแนน",
        "ผู้ที่ได้คะแนนรวม 60 คะแนนถือว่าผ่านการอบรม",
        "แบบทดสอบมีคะแนนรวม 20 คะแนน",
        "ทีมชนะการแข่งขันตอบคำถามได้คะแนนรวม 45 คะแนน",
        "ความเสี่ยงข้อที่ 1 คะแนนรวม 16 คะแนน",
        "ผลการประเมิน LPA ปี 2568 คะแนนรวม 88.40 คะแนน",
        "การเปิดเผยข้อมูล 9.50 คะแนน จากการประเมินของ สตง.",
        "หลักสูตรการใช้งบประมาณ ได้คะแนน 88.40",
        "| ความเสี่ยง | คะแนน |\n|---|---|\n| o23 จัดซื้อจัดจ้าง | 12 |",
        "| หน่วยงาน | เรื่อง | คะแนน |\n|---|---|---|\n| อบต.โนนสูง | คะแนนรวม | 88.12 |",
    ]);
}

#[test]
fn a_free_page_may_speak_of_any_year() {
    let built = sample("content/about.md", "ข้อ i11 ได้ 98.35 คะแนน\n");
    assert_eq!(told(&built, "figure-drift"), []);
}

/// Asks each text by itself in the steps of a measure and in the commentary of the sample, อบต.ภูพาน, อำเภอสีชมพู, จังหวัดขอนแก่น.
fn foreign(text: &str) -> Vec<String> {
    let commentary = told(&sample("content/2568/issues/4.md", &format!("{text}\n")), "foreign-agency");
    let measures = format!("- issue: 3\n  method: >-\n    {text}\n  steps: [ก]\n");
    let measures = told(&sample("content/2568/measures.yaml", &measures), "foreign-agency");
    let found = |list: &[(String, String)]| list.iter().map(|(found, _)| found.clone()).collect::<Vec<_>>();
    assert_eq!(found(&commentary), found(&measures), "{text}");
    assert!(measures.iter().all(|(_, subject)| subject == "2568/issue-3"), "{measures:?}");
    found(&commentary)
}

#[test]
fn the_name_of_another_body_in_the_place_of_the_own_is_told() {
    let mut wrong = Vec::new();
    for (text, found) in [
        ("ลงใน เว็บไซต์เทศบาลตำบลชนวนเพื่อเผยแพร่ ประชาสัมพันธ์ให้ ประชาชนทราบ", "เทศบาลตำบลชนวน"),
        ("ลงข่าวกิจกรรมใน เว็บไซต์เทศบาลตำบลตัวอย่างเพื่อเผยแพร่ ให้ประชาชนมาร่วมได้", "เทศบาลตำบลตัวอย่าง"),
        ("องค์การบริหารส่วนตำบลหนองแวง ได้เข้าร่วมการประเมิน", "องค์การบริหารส่วนตำบลหนองแวง"),
        ("องค์การบริหารส่วนตำบลชนวนได้เข้าร่วมการประเมิน", "องค์การบริหารส่วนตำบลชนวน"),
        ("มาตรการของ อบต.หนองแวง ปี 2568", "อบต.หนองแวง"),
        ("บุคลากรของ อบต. บ้านโคก ทุกคน", "อบต. บ้านโคก"),
        ("เว็บไซต์ ทต.ชนวน", "ทต.ชนวน"),
        ("เว็บไซต์ของเทศบาลเมืองชุมแพ", "เทศบาลเมืองชุมแพ"),
        ("พนักงานเทศบาลนครระยองและประชาชน", "เทศบาลนครระยอง"),
        ("เว็บไซต์ของ อบจ.เลย", "อบจ.เลย"),
        ("องค์การบริหารส่วนจังหวัดเลย มีผลการประเมินดังนี้", "องค์การบริหารส่วนจังหวัดเลย"),
        ("ข้าราชการของ สภ.ชุมแพ ทุกนาย", "สภ.ชุมแพ"),
        ("นโยบายของสถานีตำรวจภูธรชุมแพ", "สถานีตำรวจภูธรชุมแพ"),
        ("ผู้บริหารของโรงเรียนบ้านหนองแวง", "โรงเรียนบ้านหนองแวง"),
        ("องค์การบริหารส่วนตำบลภูพาน อำเภอสีชมพู จังหวัดเลย", "จังหวัดเลย"),
        ("องค์การบริหารส่วนตำบลภูพาน อำเภอชุมแพ จังหวัดขอนแก่น", "อำเภอชุมแพ"),
        ("ประชาชนในจังหวัดอุดรธานี", "จังหวัดอุดรธานี"),
    ] {
        let is_told = foreign(text);
        if is_told != [found] {
            wrong.push(format!("{text}: {is_told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_own_name_and_others_in_their_own_place_are_silent() {
    let mut wrong = Vec::new();
    for text in [
        "องค์การบริหารส่วนตำบลภูพาน",
        "องค์การบริหารส่วนตำบล ภูพาน อำเภอสีชมพู จังหวัดขอนแก่น",
        "เว็บไซต์ของอบต.ภูพานเพื่อเผยแพร่",
        "เว็บไซต์ อบต ภูพาน",
        "เทศบาลตำบลภูพาน",
        "ประชาชนในตำบลภูพาน อ.สีชมพู จ.ขอนแก่น",
        "เทศบาลตำบลทุกแห่ง",
        "องค์การบริหารส่วนตำบลอื่น",
        "องค์การบริหารส่วนตำบลใกล้เคียง",
        "องค์กรปกครองส่วนท้องถิ่น",
        "องค์การบริหารส่วนตำบลและเทศบาล",
        "องค์การบริหารส่วนตำบลดำเนินการตามแผน",
        "อบต. ลงพื้นที่พบประชาชน",
        "อบต.มีแผนพัฒนา",
        "อบต.เดินหน้า แก้ปัญหา",
        "อบต.ทยอย ซ่อมถนน",
        "อบต. หัวหน้าส่วนราชการ และพนักงาน",
        "เจ้าหน้าที่ สภ.สีชมพู ออกตรวจ",
        "ผู้อำนวยการโรงเรียนบ้านโนนสูง เป็นกรรมการ",
        "อบต.ตระหนักถึงความโปร่งใส",
        "ทาง อบต. ได้จัดประชุม",
        "เว็บไซต์ อบต. ให้เป็นปัจจุบัน",
        "ปรับปรุงเว็บไซต์องค์การบริหารส่วนตำบลอย่างต่อเนื่อง",
        "ศึกษาดูงานที่เทศบาลตำบลชนวน",
        "ทำข้อตกลงร่วมกับเทศบาลตำบลชนวน",
        "ประสาน สภ.สีชมพู ให้ดูแลความปลอดภัย",
        "แจ้งความที่ สภ.สีชมพู",
        "โรงเรียนบ้านภูพานร่วมกิจกรรม",
        "จัดอบรมที่โรงเรียนบ้านโนนสูง",
        "สนับสนุนอาหารกลางวันโรงเรียนบ้านโนนสูง",
        "โรงเรียนผู้สูงอายุ",
        "องค์การบริหารส่วนจังหวัดขอนแก่น",
        "งบจาก อบจ.ขอนแก่น",
        "สำนักงาน ป.ป.ช. ประจำจังหวัดขอนแก่น",
        "กรมส่งเสริมการปกครองท้องถิ่น",
        "ศาลปกครองจังหวัดอุดรธานี",
        "ส่งหนังสือไปยังจังหวัดเลย",
        "ผู้ว่าราชการจังหวัด",
        "กทม. มีระบบคล้ายกัน",
        "นาย ก อ. ข จ. ค",
        "เทียบกับเทศบาลนครระยอง คะแนนใกล้กัน",
        "ผอ.กองคลัง และ รองปลัด",
        "นายก อบต.โนนสูง และคณะเดินทางมาศึกษาดูงานด้านการจัดการขยะ",
        "ประกาศ ก.อบต.จังหวัดขอนแก่น เรื่อง หลักเกณฑ์",
        "ตัวอย่างเว็บไซต์ของเทศบาลนครยะลามีการจัดหมวดหมู่ข้อมูลที่ดี",
        "หน่วยงานที่ได้คะแนนสูงสุดในจังหวัดคือ อบต.ดอนแก้ว ได้คะแนน 99.50 คะแนน",
        "อบต.ดอนแก้ว มีคะแนนสูงสุดในจังหวัด",
        "ศึกษาแนวปฏิบัติที่ดีของเทศบาลเมืองพนัสนิคม",
        "เส้นทางสายบ้านหนองแวง–เทศบาลตำบลหนองเรือ ชำรุด",
        "ถนนลาดยางจากบ้านหนองแวงถึงเขต อบต.โนนทัน",
        "ทต.บางพลี และ อบต.บางปลา ร่วมลงนาม",
        "ผู้บริหารของโรงเรียนสาธิต เป็นกรรมการร่วม",
        "สมาชิกสภา อบต.หมู่ที่ 4",
        "ข้อบัญญัติ อบต.เรื่อง งบประมาณรายจ่าย",
        "เว็บไซต์ อบต.หน้าแรก",
        "แผนพัฒนา อบต.ระยะ 5 ปี",
        "พนักงานเทศบาลตำบลสายงานผู้บริหาร",
        "บุคลากรของโรงเรียนเอกชน",
        "บันทึกความร่วมมือ เทศบาลนครอุดรธานี",
        "นาย ก. เคยเป็นปลัด อบต.บ้านค้อ",
        "ส่งเรื่องร้องเรียนให้ อบต.บ้านค้อ ดำเนินการ",
        "แจ้ง อบต.บ้านค้อ ทราบแล้ว",
        "การแข่งขันกีฬา อบต.คัพ",
    ] {
        let is_told = foreign(text);
        if !is_told.is_empty() {
            wrong.push(format!("{text}: {is_told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_table_of_many_bodies_is_silent_and_one_that_says_who_speaks_is_not() {
    let of = |text: &str| told(&sample("content/2568/issues/4.md", text), "foreign-agency");
    assert_eq!(of("| ที่ | หน่วยงาน |\n|---|---|\n| 1 | อบต.โนนสูง |\n| 2 | อบต.ภูพาน |\n"), []);
    assert_eq!(of("| หน่วยงาน | คะแนน |\n|---|---|\n| อบต.โนนสูง | 88.12 |\n"), []);
    let found = of("| เรื่อง | รายละเอียด |\n|---|---|\n| ชื่อหน่วยงาน | อบต.โนนสูง |\n");
    assert_eq!(found, [("อบต.โนนสูง".to_owned(), "2568/issue-4".to_owned())]);
}

#[test]
fn numbers_of_documents_and_posts_are_no_persons() {
    let text = "หมายเลขเรื่อง 0652001234 รหัสโครงการ 068-123-4567 รหัสบัญชี เลขที่บัญชี 1105010103 ใบเสร็จ 0812345678/2568 ดู[โพสต์](https://www.facebook.com/permalink.php?story_fbid=1234567890121)\n";
    let found = sample("content/2568/issues/4.md", text);
    assert!(found.iter().all(|(finding, _)| !finding.code.name().starts_with("personal")), "{found:?}");
    let found = sample("content/2568/issues/4.md", "โทร. 0812345678/0898765432 ดู[แฟ้ม](https://a.go.th/1234567890121)\n");
    assert_eq!((told(&found, "personal-contact").len(), told(&found, "personal-id").len()), (2, 1));
}

#[test]
fn marks_of_emphasis_hide_no_number() {
    for text in ["1-2345-**67890**-12-1", "123456*7890121*", "~~1~~-2345-67890-12-1", "1 2345 **67890** 12 1"] {
        let found = sample("content/2568/issues/4.md", &format!("เลข {text}\n"));
        assert_eq!(told(&found, "personal-id").len(), 1, "{text}: {found:?}");
        let shown = prongsai::base::personal::masked(text);
        assert!(!shown.contains("67890") && !shown.contains("123456"), "{shown}");
    }
    for text in ["2*3*4*5*6*7*8*9", "99.96*0.3 98.75*0.3", "12*34567890122"] {
        assert!(sample("content/2568/issues/4.md", text).iter().all(|(finding, _)| !finding.code.name().starts_with("personal")));
    }
}

/// The time that rules take over a text is that of its length: four times the text takes no more than some eight times as long.
#[test]
fn hostile_texts_take_the_time_of_their_length() {
    let patterns = [
        "1-2345-67890-12-1 ",
        "1 2345 67890 12 1 ",
        "081-234-5678-",
        "a1234567890121",
        "1234567890121\\-",
        "บัญชี 123-4-56789-0 ",
        "ข้อ i11 ได้ 98.35 คะแนน ",
        "i11 ",
        "i11 EP 98.3 ES 98.1 เฉลี่ย 97.5 ",
        "ประเด็นที่ 4 เฉลี่ย 97.61.00 คะแนน ",
        "ตัวชี้วัดที่ 9 การเปิดเผยข้อมูล ได้ 50.00 คะแนน ",
        "เว็บไซต์เทศบาลตำบลชนวนเพื่อ",
        "อบต.",
        "อบต.                                ",
        "จังหวัดเลย ",
        "| i11 | 98.35 | ",
        "- i11 ได้ 98.35\n",
        "## ก\n\n",
        "![](a.png) [](b:) ",
    ];
    let time = |text: &str| {
        let start = std::time::Instant::now();
        sample("content/2568/issues/4.md", text);
        start.elapsed()
    };
    let wrong: Vec<String> = patterns
        .iter()
        .filter_map(|pattern| {
            let one = pattern.repeat(60_000 / pattern.len());
            let (half, whole) = (time(&one), time(&one.repeat(4)));
            // What a machine does beside it is forgiven by a second.
            (whole > half * 8 + std::time::Duration::from_secs(1)).then(|| format!("{pattern:?}: {half:?}, four times as long {whole:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_number_in_a_draft_or_a_comment_is_published_nowhere() {
    let number = "1-2345-67890-12-1";
    let drafts = Site::small()
        .with("content/plan.md", &format!("---\ndraft: true\n---\n\n{number}\n"))
        .with("content/2569/assessment.yaml", "framework: small\ndraft: true\noverall: 90\n")
        .with("content/2569/measures.yaml", &format!("- {{issue: 1, method: \"{number}\", steps: ก, responsible: ข, period: ค}}\n"))
        .and(&format!("--- content/agency.yaml (edit)\n< kind: local\n> kind: local # {number}\n"));
    assert_eq!(drafts.build().codes(), Vec::<&str>::new());
}

#[test]
fn an_accepted_number_is_published_as_it_is_written_and_no_other() {
    let number = "1-2345-67890-12-1";
    let site = Site::small().with("content/2568/report.md", &format!("ประกาศตามกฎหมาย {number}\n"));
    assert!(site.build().paths().is_empty());
    let accept = "accept:\n  - {code: personal-id, where: 2568/report/, reason: กฎหมายให้ประกาศ}\n";
    let accepted =
        site.and(&format!("--- content/agency.yaml (edit)\n< kind: local\n> kind: local\\n{}\n", accept.trim_end().replace('\n', "\\n")));
    let built = accepted.build();
    assert_eq!((built.codes(), built.errors()), (vec!["personal-id"], Vec::<String>::new()));
    assert!(built.page("2568/report/").contains(number));
    let others = built.pages().into_iter().filter(|page| built.file(page).contains(number)).count();
    assert_eq!(others, 1, "the number stands on other pages too");
}

#[test]
fn the_sites_own_files_are_asked_as_well() {
    let number = "1-2345-67890-12-1";
    let two = Site::two();
    assert!(!two.build().codes().contains(&"personal-id"));
    for (path, text) in
        [("content/about.md", "# เว็บไซต์รวม\n\nNUMBER ดู[เอกสาร](files/all.txt)\n"), ("content/site.yaml", "title: เว็บไซต์ NUMBER\n")]
    {
        let built = Site::two().with(path, &text.replace("NUMBER", number)).build();
        let found: Vec<&str> = built.findings.iter().filter(|f| f.code.name() == "personal-id").map(|f| &*f.place.file).collect();
        assert_eq!(found, [path]);
    }
}
