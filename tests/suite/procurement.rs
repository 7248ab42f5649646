//! Tables of procurement: what is told of them and what is not, and the release packages that are published of them.

use std::collections::BTreeSet;

use prongsai::base::personal::citizen_numbers;
use prongsai::engine::{self, Options};
use serde_json::Value;

use crate::attachments::{xlsx, zip};
use crate::support::{Built, Site, TODAY};

/// The headings of the form.
pub const HEADER: &str = "ที่,ปีงบประมาณ,ชื่อหน่วยงาน,อำเภอ,จังหวัด,กระทรวง,ประเภทหน่วยงาน,ชื่อรายการของงานที่ซื้อหรือจ้าง,\
     วงเงินงบประมาณที่ได้รับจัดสรร (บาท),แหล่งที่มาของงบประมาณ,สถานะการจัดซื้อจัดจ้าง,วิธีการจัดซื้อจัดจ้าง,ราคากลาง (บาท),\
     ราคาที่ตกลงซื้อหรือจ้าง (บาท),รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก,เลขที่โครงการในระบบ e-GP\r\n";

/// A row: number, name, budget, state, method, reference price, agreed price, suppliers, project number.
pub fn row(cells: [&str; 9]) -> String {
    let [number, name, budget, state, method, reference, agreed, vendors, project] =
        cells.map(|cell| if cell.contains([',', '"', '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() });
    format!(
        "{number},2568,อบต.ทดสอบ,เมือง,ทดสอบ,มหาดไทย,อปท.,{name},{budget},พ.ร.บ. งบประมาณรายจ่าย,{state},{method},{reference},{agreed},{vendors},{project}\r\n"
    )
}

/// Three rows in which nothing is wrong.
fn fine() -> String {
    [
        HEADER.to_owned(),
        row(["1", "ซื้อกระดาษ A4", "10,000", "สิ้นสุดสัญญา", "วิธีเฉพาะเจาะจง", "9,500.00", "9,000.50", "ร้านก้าวหน้า", "67109000001"]),
        row([
            "2",
            "จ้างก่อสร้างถนน",
            "๑,๒๐๐,๐๐๐",
            "อยู่ระหว่างระยะสัญญา",
            "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)",
            "1200000",
            "1,150,000",
            "บริษัท ก จำกัด",
            "67109000002",
        ]),
        row(["3", "จ้างทำป้าย", "5000", "ยังไม่ลงนามในสัญญา", "วิธีคัดเลือก", "-", "-", "-", "-"]),
    ]
    .concat()
}

/// The small site whose item o2 is the list of procurements, with this table attached.
pub fn site(name: &str, table: &[u8]) -> Site {
    let item =
        "{id: procurement-list, name: รายการจัดซื้อจัดจ้าง, group: \"3.1\", data_year: current, elements: [{id: columns, text: ครบทุกคอลัมน์}]}";
    Site::small()
        .replace("content/frameworks/small.yaml", "{id: service-guide, name: คู่มือบริการ, group: \"3.1\"}", item)
        .replace(
            "content/2568/disclosures.yaml",
            "    - {title: มาตรการ, url: 2568/measures/}",
            &format!("    - {{title: ตารางจัดซื้อจัดจ้าง, url: files/{name}, covers: [columns]}}\n  updated: 2568-04-30"),
        )
        .with_bytes(&format!("content/files/{name}"), table)
}

fn built(table: &str) -> Built {
    site("o12.csv", table.as_bytes()).built()
}

/// The messages about the table, in English.
fn told(built: &Built) -> Vec<String> {
    let own = built.findings.iter().filter(|finding| finding.code.name().starts_with("procurement-"));
    own.map(|finding| format!("{} {}", finding.code.name(), finding.message(prongsai::base::language::Language::En))).collect()
}

fn package(built: &Built) -> Value {
    serde_json::from_str(built.file("2568/data/ocds-1.json")).unwrap()
}

fn releases(built: &Built) -> Vec<Value> {
    package(built)["releases"].as_array().unwrap().clone()
}

/// A workbook with a sheet of these rows of cells, each a shared text.
fn workbook(table: &str) -> Vec<u8> {
    let (mut rows, mut shared, mut count) = (String::new(), String::new(), 0);
    for line in table.lines() {
        rows.push_str("<row>");
        for cell in line.split(',') {
            rows.push_str(&format!("<c t=\"s\"><v>{count}</v></c>"));
            shared.push_str(&format!("<si><t>{}</t></si>", cell.replace('&', "&amp;").replace('<', "&lt;")));
            count += 1;
        }
        rows.push_str("</row>");
    }
    xlsx(&rows, &shared)
}

#[test]
fn packages_are_listed_with_the_other_data() {
    let built = built(&fine());
    let listed: Value = serde_json::from_str(built.file("2568/datapackage.json")).unwrap();
    let resource = listed["resources"].as_array().unwrap().iter().find(|resource| resource["name"] == "ocds-1").unwrap();
    assert_eq!((&resource["path"], &resource["bytes"]), (&"data/ocds-1.json".into(), &built.file("2568/data/ocds-1.json").len().into()));
    let catalog: Value = serde_json::from_str(built.file("catalog.jsonld")).unwrap();
    let dataset = catalog["dcat:dataset"].as_array().unwrap().iter().find(|one| one["dct:identifier"] == "ocds-2568").unwrap();
    assert_eq!(dataset["dcat:distribution"][0]["dcat:byteSize"]["@value"], resource["bytes"].to_string());
    // The day of the result is not that of the table.
    assert!(dataset.get("dct:issued").is_none());
    assert!(built.page("about-data/").contains("../2568/data/ocds-1.json"));
}

#[test]
fn a_fine_table_is_published_and_nothing_is_said_of_it() {
    let built = built(&fine());
    assert_eq!(built.wrong(), []);
    let package = package(&built);
    assert_eq!(package["uri"], "https://example.go.th/ita/2568/data/ocds-1.json");
    assert_eq!(package["publishedDate"], "2025-04-30T00:00:00+07:00");
    assert_eq!(package["publisher"]["name"], "องค์การบริหารส่วนตำบลทดสอบ");
    let releases = releases(&built);
    assert_eq!(releases.len(), 3);
    let first = &releases[0];
    assert_eq!(first["ocid"], "ocds-213czf-67109000001");
    assert_eq!(first["tag"], serde_json::json!(["planning", "tender", "award", "contract"]));
    assert_eq!(
        first["planning"]["budget"],
        serde_json::json!({"description": "พ.ร.บ. งบประมาณรายจ่าย", "amount": {"amount": 10000, "currency": "THB"}})
    );
    assert_eq!(first["tender"]["procurementMethod"], "direct");
    assert_eq!(first["tender"]["value"]["amount"], 9500);
    assert_eq!(first["awards"][0]["suppliers"][0]["name"], "ร้านก้าวหน้า");
    assert_eq!(first["contracts"][0]["status"], "terminated");
    assert!(built.file("2568/data/ocds-1.json").contains("\"amount\":9000.5,"));
    assert_eq!(releases[1]["tender"]["procurementMethod"], "open");
    assert_eq!(
        (&releases[1]["planning"]["budget"]["amount"]["amount"], &releases[1]["contracts"][0]["status"]),
        (&1_200_000.into(), &"active".into())
    );
    // Nobody was chosen, and by which kind of method is not certain.
    let third = &releases[2];
    assert_eq!(third["tag"], serde_json::json!(["planning", "tender"]));
    assert!(third["ocid"].as_str().unwrap().starts_with("ocds-213czf-2568-"));
    assert!(third.get("awards").is_none() && third["tender"].get("procurementMethod").is_none() && third["tender"].get("status").is_none());
    assert_eq!(third["tender"]["procurementMethodDetails"], "วิธีคัดเลือก");
    let page = built.page("2568/oit/o2/");
    assert!(page.contains("ocds-1.json") && page.contains("3 จาก 3 แถว") && page.contains("ocds-213czf"), "{page}");
    assert!(page.contains("ประเภทของวิธีที่ไม่รู้แน่ชัด 1 แถว"));
}

#[test]
fn a_workbook_tells_the_same_as_a_text() {
    let plain = fine().replace("\"10,000\"", "10000").replace("\"9,500.00\"", "9500").replace("\"9,000.50\"", "9000.5");
    let plain = plain.replace("\"1,150,000\"", "1150000").replace("\"๑,๒๐๐,๐๐๐\"", "1200000");
    let text = built(&plain);
    for (name, bytes) in [
        ("o12.xlsx", workbook(&plain)),
        ("o12.tsv", plain.replace(',', "\t").into_bytes()),
        ("semicolons.csv", plain.replace(',', ";").into_bytes()),
        ("wide.csv", [b"\xff\xfe".to_vec(), plain.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat()),
        ("old.csv", plain.chars().map(|c| if c.is_ascii() { c as u8 } else { (c as u32 - 0xe00 + 0xa0) as u8 }).collect()),
    ] {
        let other = site(name, &bytes).built();
        assert_eq!(other.wrong(), [], "{name}");
        assert_eq!(other.file("2568/data/ocds-1.json"), text.file("2568/data/ocds-1.json"), "{name}");
    }
}

#[test]
fn stored_numbers_and_formulas_are_read_as_they_are_shown() {
    let cell = |kind: &str, inner: &str| format!("<c{kind}>{inner}</c>");
    let header: String = HEADER.trim_end().split(',').map(|text| cell(" t=\"inlineStr\"", &format!("<is><t>{text}</t></is>"))).collect();
    let text = |text: &str| cell(" t=\"inlineStr\"", &format!("<is><t>{text}</t></is>"));
    let first: String = [
        cell("", "<v>1</v>"),
        cell("", "<v>2568</v>"),
        ["ก", "ข", "ค", "ง", "จ", "ซื้อรถ"].map(text).concat(),
        cell("", "<v>1.2E+6</v>"),
        ["งบ", "สิ้นสุดสัญญา", "เฉพาะเจาะจง"].map(text).concat(),
        cell("", "<f>I2</f><v>1199999.9899999999</v>"),
        cell(" t=\"str\"", "<f>=cmd|' /C calc'!A0</f><v>1,100,000</v>"),
        text("ร้าน ก &amp; ข"),
        cell("", "<v>67109000001</v>"),
    ]
    .concat();
    let built = site("o12.xlsx", &xlsx(&format!("<row r=\"1\">{header}</row><row r=\"2\">{first}</row>"), "")).built();
    assert_eq!(built.wrong(), []);
    let release = &releases(&built)[0];
    assert_eq!(release["planning"]["budget"]["amount"]["amount"], 1_200_000);
    assert!(built.file("2568/data/ocds-1.json").contains("\"amount\":1199999.99,"));
    assert_eq!(release["awards"][0]["value"]["amount"], 1_100_000);
    assert_eq!(release["awards"][0]["suppliers"][0]["name"], "ร้าน ก & ข");
    assert_eq!(release["ocid"], "ocds-213czf-67109000001");
}

#[test]
fn sheets_that_nobody_sees_and_merged_cells_are_understood() {
    let text = |place: &str, text: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let headings: Vec<&str> = HEADER.trim_end().split(',').collect();
    let name = |column: usize| char::from(b'A' + column as u8);
    let header: String = headings.iter().enumerate().map(|(at, heading)| text(&format!("{}3", name(at)), heading)).collect();
    let cells = |row: u32, skip: &[usize]| -> String {
        let full = ["1", "2568", "ก", "ข", "ค", "ง", "จ", "ซื้อ", "100", "งบ", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน", "-"];
        let all = full.iter().enumerate().filter(|(at, _)| !skip.contains(at));
        all.map(|(at, cell)| {
            text(&format!("{}{row}", name(at)), &format!("{cell}{}", if at == 7 { row.to_string() } else { String::new() }))
        })
        .collect()
    };
    let sheet = |rows: &str, merged: &str| format!("<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>");
    let rows = format!(
        "<row r=\"1\">{}</row><row r=\"3\">{header}</row><row r=\"4\">{}</row><row r=\"5\">{}</row>",
        text("A1", "รายการจัดซื้อจัดจ้าง"),
        cells(4, &[]),
        cells(5, &[2, 3, 4])
    );
    let hidden = sheet(&format!("<row r=\"1\">{}</row><row r=\"2\">{}</row>", header.replace("3\"", "1\""), cells(2, &[8])), "");
    let shown = sheet(&rows, "<mergeCells><mergeCell ref=\"C4:C5\"/><mergeCell ref=\"D4:E5\"/></mergeCells>");
    let book = zip(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"ซ่อน\" r:id=\"a\" state=\"hidden\"/><sheet name=\"คำอธิบาย\" r:id=\"b\"/><sheet name=\"ITA-o12\" r:id=\"c\"/></sheets></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"a\" Target=\"worksheets/1.xml\"/><Relationship Id=\"b\" Target=\"worksheets/2.xml\"/><Relationship Id=\"c\" Target=\"worksheets/3.xml\"/></Relationships>"),
        ("xl/worksheets/1.xml", hidden.as_bytes()),
        ("xl/worksheets/2.xml", sheet(&format!("<row>{}</row>", text("A1", "ชื่อรายการ")), "").as_bytes()),
        ("xl/worksheets/3.xml", shown.as_bytes()),
    ]);
    let built = site("o12.xlsx", &book).built();
    assert_eq!(built.wrong(), []);
    assert_eq!(releases(&built).len(), 2);
    let bad = shown.replace("<mergeCell ref=\"C4:C5\"/>", "");
    let book = zip(&[
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"ITA-o12\" r:id=\"c\"/></sheets></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"c\" Target=\"worksheets/3.xml\"/></Relationships>"),
        ("xl/worksheets/3.xml", bad.as_bytes()),
    ]);
    assert_eq!(told(&site("o12.xlsx", &book).built()), ["procurement-empty the column “ชื่อหน่วยงาน” has empty cells (1): ITA-o12!C5"]);
}

#[test]
fn one_project_with_several_suppliers_is_one_release() {
    let winner = |name: &str, price: &str| row(["1", "ซื้อยา", "100000", "สิ้นสุดสัญญา", "วิธีคัดเลือก", "90000", price, name, "67109000009"]);
    let built = built(&[HEADER, &winner("บริษัท ก จำกัด", "10000"), &winner("1. บริษัท ข จำกัด\n2. บริษัท ค จำกัด", "20000")].concat());
    assert_eq!(built.wrong(), []);
    let releases = releases(&built);
    assert_eq!(releases.len(), 1);
    let awards = releases[0]["awards"].as_array().unwrap();
    assert_eq!((awards.len(), awards[1]["suppliers"].as_array().unwrap().len()), (2, 2));
    assert_eq!(releases[0]["contracts"][1]["awardID"], awards[1]["id"]);
    assert_eq!(releases[0]["parties"].as_array().unwrap().len(), 4);
    assert!(built.page("2568/oit/o2/").contains("2 จาก 2 แถว"));
}

#[test]
fn what_the_rows_of_a_project_say_differently_is_left_out_and_said() {
    let lot = |budget: &str, reference: &str, method: &str, name: &str| {
        row(["1", "ซื้อยา", budget, "สิ้นสุดสัญญา", method, reference, "100", name, "67109000009"])
    };
    let differing = lot("5000", "900", "เฉพาะเจาะจง", "ร้าน ก") + &lot("7000", "800", "วิธีคัดเลือก", "ร้าน ข");
    let told = built(&format!("{HEADER}{differing}"));
    let release = releases(&told).remove(0);
    assert_eq!(release["planning"]["budget"].as_object().unwrap().keys().collect::<Vec<_>>(), ["description"]);
    assert_eq!(
        release["tender"].as_object().unwrap().keys().collect::<BTreeSet<_>>(),
        BTreeSet::from([&"id".to_owned(), &"title".to_owned(), &"status".to_owned()])
    );
    assert!(told.page("2568/oit/o2/").contains("สิ่งที่แถวของโครงการเดียวกันบอกต่างกัน (วงเงิน แหล่งเงิน ราคากลาง หรือวิธี) 1 โครงการ"));
    // A row that says nothing of it leaves it to the other one.
    let same = lot("5000", "900", "เฉพาะเจาะจง", "ร้าน ก") + &lot("", "-", "", "ร้าน ข");
    let release = releases(&built(&format!("{HEADER}{same}"))).remove(0);
    assert_eq!((&release["tender"]["value"]["amount"], &release["planning"]["budget"]["amount"]["amount"]), (&900.into(), &5000.into()));
    assert_eq!(release["tender"]["procurementMethod"], "direct");
}

#[test]
fn what_can_not_be_mapped_is_left_out_and_said() {
    let bad = [
        HEADER.to_owned(),
        row(["1", "", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน ก", "67109000001"]),
        row(["2", "ซื้อโต๊ะ", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน ก", "67109000002"]),
        row(["3", "ซื้อโต๊ะ", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน ก", "67109000002"]),
        row(["4", "ซื้อเก้าอี้", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน ข", "67109000003"]),
        row(["5", "ซื้อตู้", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน ค", "67109000003"]),
        row(["6", "ซื้อพัดลม", "หนึ่งร้อย", "เสร็จ", "ตามระเบียบ", "100", "90", "ร้าน ค", "-"]),
    ];
    let built = built(&bad.concat());
    let names: BTreeSet<String> = releases(&built).iter().map(|release| release["tender"]["title"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names, BTreeSet::from(["ซื้อโต๊ะ".to_owned(), "ซื้อพัดลม".to_owned()]));
    let page = built.page("2568/oit/o2/");
    for line in
        ["2 จาก 6 แถว", "ไม่มีชื่อรายการ 1 แถว", "ซ้ำกับแถวอื่น 1 แถว", "ชื่อรายการต่างกัน 2 แถว", "ไม่ใช่ตัวเลข 1 เซลล์", "สถานะที่ไม่รู้ความหมายแน่ชัด 1 แถว"]
    {
        assert!(page.contains(line), "{line} in {page}");
    }
    let last = releases(&built).pop().unwrap();
    assert!(last["planning"]["budget"].get("amount").is_none() && last.get("contracts").is_none());
    assert!(last["awards"][0].get("status").is_none());
}

#[test]
fn no_number_of_a_person_is_published_though_the_attachment_has_one() {
    let person = "นายสมชาย ใจดี 1-2345-67890-12-1";
    let table = [
        HEADER.to_owned(),
        row(["1", "จ้างนายสมชาย 1234567890121 ทำป้าย", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", person, "1234567890121"]),
        row(["2", "จ้างเหมา", "100", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "นางสาวก (เลขประจำตัวผู้เสียภาษี 1234567890122)", "67109000001"]),
    ];
    let accepted = "\naccept:\n  - {code: personal-id, where: files/o12.csv, reason: ทดสอบ}\n";
    let site = site("o12.csv", table.concat().as_bytes());
    let agency = format!("{}{accepted}", site.text("content/agency.yaml"));
    let built = site.with("content/agency.yaml", &agency).built();
    let file = built.file("2568/data/ocds-1.json");
    assert!(citizen_numbers(file).is_empty() && !file.contains("67890") && !file.contains("1234567890122"), "{file}");
    let names: Vec<Value> = releases(&built).iter().map(|release| release["awards"][0]["suppliers"][0]["name"].clone()).collect();
    assert_eq!(names, ["นายสมชาย ใจดี", "นางสาวก"]);
}

#[test]
fn other_tables_and_other_items_are_nobodys_business() {
    for table in ["ชื่อ,คะแนน\nก,1\n", "ที่,ปีงบประมาณ,ชื่อหน่วยงาน,อำเภอ,จังหวัด,กระทรวง,ประเภทหน่วยงาน\n1,ก,ข,ค,ง,จ,ฉ\n", ""]
    {
        let built = site("o12.csv", table.as_bytes()).build();
        assert_eq!(told(&built), Vec::<String>::new(), "{table}");
        assert!(!built.has("2568/data/ocds-1.json") && !built.page("2568/oit/o2/").contains("OCDS"));
    }
    let none = built(&format!("{HEADER}1,2568,อบต.ทดสอบ,เมือง,ทดสอบ,มหาดไทย,อปท.,ไม่มีการจัดซื้อจัดจ้าง,-,-,-,-,-,-,-,-\r\n"));
    assert_eq!((none.wrong(), none.has("2568/data/ocds-1.json")), (vec![], false));
    // The same table on another item.
    let other = site("o12.csv", fine().replace("10,000", "x").as_bytes()).replace(
        "content/frameworks/small.yaml",
        "procurement-list",
        "other-list",
    );
    assert_eq!((other.built().wrong(), other.built().has("2568/data/ocds-1.json")), (vec![], false));
}

#[test]
fn many_cases_are_counted() {
    let rows: String =
        (0..40).map(|n| row([&n.to_string(), &format!("ซื้อ {n}"), "10", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "x", "20", "ร้าน", "-"])).collect();
    let told = told(&built(&format!("{HEADER}{rows}")));
    assert_eq!(told.iter().filter(|line| line.starts_with("procurement-number")).count(), 11);
    assert!(told.contains(&"procurement-number there are 30 more cells that should be numbers than are told here".to_owned()), "{told:#?}");
    assert!(told.contains(&"procurement-price the cell N2: the agreed price of 20.00 baht is above the budget of 10.00 baht".to_owned()));
}

#[test]
fn a_warning_about_a_table_can_be_accepted() {
    let table = fine().replace("9,000.50", "9,800");
    let site = site("o12.csv", table.as_bytes());
    assert_eq!(told(&site.build()).len(), 1);
    let agency =
        format!("{}accept:\n  - {{code: procurement-price, where: 2568/o2, reason: ต่อรองแล้ว}}\n", site.text("content/agency.yaml"));
    let built = site.with("content/agency.yaml", &agency).built();
    assert!(built.findings.iter().all(|finding| finding.accepted.is_some()), "{:?}", built.findings());
}

#[test]
fn the_day_and_the_prefix_come_from_the_site() {
    let site = site("o12.csv", fine().as_bytes());
    let undated = site.clone().replace("content/2568/disclosures.yaml", "  updated: 2568-04-30", "");
    assert_eq!(package(&undated.built())["publishedDate"], "2025-08-01T00:00:00+07:00");
    let undated = undated.replace("content/2568/assessment.yaml", "announced: 2568-08-01\n", "").built();
    assert!(!undated.has("2568/data/ocds-1.json") && undated.page("2568/oit/o2/").contains("เพราะไม่มีวันที่"));
    let own = site.clone().with("content/site.yaml", "title: ก\nocds_prefix: ocds-a1b2c3\n").built();
    assert_eq!(releases(&own)[0]["ocid"], "ocds-a1b2c3-67109000001");
    assert!(!own.page("2568/oit/o2/").contains("จดทะเบียน"));
    let uri = package(&own)["uri"].as_str().unwrap().to_owned();
    assert!(uri.starts_with("urn:uuid:") && uri.len() == 45, "{uri}");
}

#[test]
fn agencies_of_one_name_have_processes_of_their_own() {
    let own = site("o12.csv", fine().as_bytes());
    let slugs = ["alpha", "เบต้า"];
    let frameworks = "content/frameworks/small.yaml";
    let mut site = Site::two().with(frameworks, own.text(frameworks));
    for slug in slugs {
        for file in ["agency.yaml", "2568/disclosures.yaml", "files/o12.csv"] {
            site = site.with(&format!("content/{slug}/{file}"), own.text(&format!("content/{file}")));
        }
    }
    let built = site.build();
    let third = slugs
        .map(|slug| serde_json::from_str::<Value>(built.file(&format!("{slug}/2568/data/ocds-1.json"))).unwrap()["releases"][2].clone());
    assert_eq!(third[0]["tender"]["title"], third[1]["tender"]["title"]);
    assert_ne!(third[0]["ocid"], third[1]["ocid"]);
    assert_ne!(third[0]["buyer"]["id"], third[1]["buyer"]["id"]);
}

#[test]
fn more_than_a_thousand_releases_are_several_packages() {
    let rows: String = (0..2_001).map(|n| row(["1", &format!("ซื้อ {n}"), "10", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "10", "9", "ร้าน", "-"])).collect();
    let built = built(&format!("{HEADER}{rows}"));
    let counts = [1, 2, 3].map(|n| {
        let package: Value = serde_json::from_str(built.file(&format!("2568/data/ocds-{n}.json"))).unwrap();
        package["releases"].as_array().unwrap().len()
    });
    assert_eq!(counts, [1000, 1000, 1]);
    assert!(built.page("2568/oit/o2/").contains("1,001–2,000") || built.page("2568/oit/o2/").contains("1001–2000"));
}

#[test]
fn what_is_too_much_is_said() {
    let table = |rows: usize| format!("ชื่อรายการ,วิธี,ราคากลาง,ราคาที่ตกลง,สถานะ,เลขที่โครงการ\n{}", "ก,ข,1,1,ค,-\n".repeat(rows));
    let long = told(&site("o12.csv", table(100_001).as_bytes()).build());
    assert!(
        long.contains(&"procurement-unread 100000 rows of this table of procurement were read, and the rest was not".to_owned()),
        "{long:?}"
    );
    let mut large = table(1).into_bytes();
    large.resize(64 * 1024 * 1024 + 1, b'x');
    let large = site("o12.csv", &large).build();
    assert_eq!(told(&large), ["procurement-unread this file was not looked into: the tables of this item are larger than 64 MiB together"]);
    assert!(!large.has("2568/data/ocds-1.json"));
}

#[test]
fn damaged_and_hostile_tables_do_no_harm() {
    let book = workbook(&fine().replace(['"'], ""));
    for end in [book.len() / 2, book.len() - 10, 30] {
        let built = site("o12.xlsx", &book[..end]).build();
        assert_eq!((built.errors(), built.has("2568/data/ocds-1.json")), (vec![], false));
    }
    let wide = format!("{}{}", fine(), ",".repeat(1_000_000));
    assert_eq!(releases(&built(&wide)).len(), 3);
    let twice = fine().replace("ที่,", "ที่,ราคากลาง,ราคากลาง,").replace("\r\n1,", "\r\n1,7,8,");
    assert_eq!(releases(&built(&twice))[0]["tender"]["value"]["amount"], 7);
    let odd = row(["1", "=cmd|' /C calc'!A0 😀 \"ก\",\nข", "10", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "10", "9", "ร้าน \"😀\" จำกัด", "-"]);
    let odd = built(&format!("{HEADER}{odd}"));
    assert_eq!(releases(&odd)[0]["tender"]["title"], "=cmd|' /C calc'!A0 😀 \"ก\", ข");
    assert_eq!(releases(&odd)[0]["awards"][0]["suppliers"][0]["name"], "ร้าน \"😀\" จำกัด");
    // A quotation mark that nobody closes swallows the rest, short or long, and that is said.
    let open = fine().replace("3,2568", "\"3,2568");
    for rest in [String::new(), "ก".repeat(9000)] {
        let told = told(&built(&format!("{open}{rest}")));
        assert!(told.iter().any(|line| line.starts_with("procurement-unread rows with a cell")), "{told:?}");
    }
}

#[test]
fn a_workbook_that_lacks_its_texts_says_so_and_a_truth_value_is_no_amount() {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let header: String = HEADER.trim_end().split(',').map(cell).collect();
    let rows = |second: &str| format!("<row>{header}</row><row>{second}</row>");
    let lost = site("o12.xlsx", &xlsx(&rows(&"<c t=\"s\"><v>999</v></c>".repeat(16)), "<si><t>ก</t></si>")).built();
    assert!(told(&lost).iter().any(|line| line.starts_with("procurement-unread 0 rows")), "{:?}", told(&lost));
    let cells = ["1", "2568", "ก", "ข", "ค", "ง", "จ", "ซื้อ", "100", "งบ", "สิ้นสุดสัญญา", "เฉพาะเจาะจง", "100", "90", "ร้าน", "-"].map(cell);
    let truth = rows(&cells.concat().replacen(&cell("100"), "<c t=\"b\"><v>1</v></c>", 1));
    let truth = site("o12.xlsx", &xlsx(&truth, "")).built();
    assert!(told(&truth).iter().any(|line| line.starts_with("procurement-number the cell รายชื่อ!I2")), "{:?}", told(&truth));
    assert!(releases(&truth)[0]["planning"]["budget"].get("amount").is_none());
}

#[test]
fn an_attachment_that_changed_meanwhile_is_not_published() {
    /// Hands out other bytes than were scanned.
    struct Changing(Site, Vec<u8>);
    impl engine::Source for Changing {
        fn site_files(&self) -> std::io::Result<prongsai::source::files::Files> {
            self.0.site_files()
        }
        fn agency_files(&self, slug: &str) -> std::io::Result<prongsai::source::files::Files> {
            self.0.agency_files(slug)
        }
        fn listing(&self) -> std::io::Result<engine::Listing> {
            self.0.listing()
        }
        fn open_attachment(&self, _: &str, _: u64) -> std::io::Result<Box<dyn prongsai::source::attachment::Bytes>> {
            if self.1.is_empty() { Err(std::io::ErrorKind::NotFound.into()) } else { Ok(Box::new(std::io::Cursor::new(self.1.clone()))) }
        }
    }
    struct Nothing;
    impl engine::Sink for Nothing {
        fn take(&self, unit: engine::Unit) -> std::io::Result<()> {
            assert!(unit.output.get("2568/data/ocds-1.json").is_none());
            Ok(())
        }
    }
    let table = fine();
    for bytes in [table.replace("9,500", "9,600").into_bytes(), Vec::new(), table.repeat(2).into_bytes()] {
        let source = Changing(site("o12.csv", table.as_bytes()), bytes);
        let options = Options { drafts: false, base_url: None, today: prongsai::base::date::Date::parse(TODAY).unwrap() };
        let findings = engine::build(&source, &options, &Nothing).unwrap();
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.name()).collect();
        assert_eq!(codes, ["unreadable-file"]);
    }
}
