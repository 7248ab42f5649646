//! Tests of reading tables: where the header is, which rows count, what cells say.

use super::*;
use proptest::prelude::*;

const HEADER: &str = "ที่,ปีงบประมาณ,ชื่อหน่วยงาน,อำเภอ,จังหวัด,กระทรวง,ประเภทหน่วยงาน,ชื่อรายการ,วงเงินงบประมาณที่ได้รับจัดสรร,\
                      แหล่งที่มาของงบประมาณ,สถานะ,วิธี,ราคากลาง,ราคาที่ตกลง,รายชื่อผู้ประกอบการที่ได้รับการคัดเลือก,เลขที่โครงการ e-GP\r\n";

const ROW: &str = "1,2568,อบต.ก,ข,ค,มหาดไทย,อปท.,ซื้อกระดาษ,\"10,000\",เงินนอก,สิ้นสุดสัญญา,เฉพาะเจาะจง,9500,9000,ร้านก,67109012345\r\n";

fn read(text: &str) -> Table {
    Table::read(text.as_bytes(), 1000).unwrap()
}

/// The numbers of the rows that are procurements.
fn numbers(rows: &str) -> Vec<u32> {
    read(&format!("{HEADER}{rows}")).rows.iter().map(|row| row.number).collect()
}

#[test]
fn a_row_is_read_by_its_columns() {
    let table = read(&format!("{HEADER}{ROW}"));
    let row = &table.rows[0];
    assert_eq!((row.number, row.line, row.empty, row.is_cut), (2, Some(2), 0, false));
    assert_eq!((row.year.clone(), &*row.name, &*row.vendors), (Year::Of(2568), "ซื้อกระดาษ", "ร้านก"));
    assert_eq!([&row.budget, &row.reference, &row.agreed].map(|amount| amount.value().unwrap().plain()), ["10000", "9500", "9000"]);
    assert_eq!(row.project_number().as_deref(), Some("67109012345"));
    assert_eq!((table.cell(row, Column::Agreed), table.missing().count(), table.further), ("N2".to_owned(), 0, 0));
}

#[test]
fn columns_may_stand_in_any_order_below_titles_and_beside_others() {
    let table = read(
        "รายการจัดซื้อจัดจ้าง;;;;;;;\nประจำปี 2568;;;;;;;\n\nราคากลาง (บาท);วิธี;ชื่อรายการ;วันที่;งบประมาณที่ได้รับจัดสรร;สถานะ;ราคาที่ตกลง;วิธี\n\
         ๙,๕๐๐;x;จ้าง;;;;๙,๐๐๐;y\n",
    );
    let row = &table.rows[0];
    assert_eq!((row.number, &*row.name, &*row.method), (5, "จ้าง", "x"));
    assert_eq!(row.agreed.value().unwrap().plain(), "9000");
    assert_eq!((table.further, table.missing().count()), (2, 10));
    assert!(row.is_empty(Column::Budget) && row.is_empty(Column::Status) && !row.is_empty(Column::Vendors));
}

#[test]
fn what_is_no_such_table_is_none() {
    let others = [
        "",
        "ชื่อ,คะแนน\nก,1\n",
        // A list of agencies has six of the headings, and none that only this form has.
        "ที่,ปีงบประมาณ,ชื่อหน่วยงาน,อำเภอ,จังหวัด,กระทรวง,ประเภทหน่วยงาน\n1,2568,a,b,c,d,e\n",
        "ชื่อรายการ,วิธี,ราคากลาง,สถานะ,ที่\nก,ข,1,ค,1\n",
    ];
    for other in others {
        assert!(Table::read(other.as_bytes(), 10).is_none(), "{other}");
    }
    let below = format!("{}{HEADER}{ROW}", "ก\n".repeat(15));
    assert!(Table::read(below.as_bytes(), 10).is_none());
    assert!(Table::read(below.replacen("ก\n", "", 1).as_bytes(), 10).is_some());
}

#[test]
fn sums_remarks_and_rows_that_nobody_filled_in_are_passed_over() {
    let others = "(1),(2),(3),(4),(5),(6),(7),(8),(9),(10),(11),(12),(13),(14),(15),(16)\r\n,,,,,,,,,,,,,,,\r\n\
                  2,2568,อบต.ก,ข,ค,มหาดไทย,อปท.,,,,,,,,,\r\n,,,,,,,เดือนตุลาคม,,,,,,,,\r\nรวมทั้งสิ้น,,,,,,,,10000,,,,9500,9000,,\r\n\
                  ,,,,,,,,10000,,,,9500,9000,,\r\nหมายเหตุ: ข้อมูล 6 เดือน,,,,,,,,,,,,,,,\r\n";
    assert_eq!(numbers(&format!("{others}{HEADER}{ROW}")), [10]);
}

#[test]
fn a_table_may_say_that_there_was_nothing() {
    let table = read(&format!("{HEADER}1,2568,อบต.ก,,,,,ไม่มีการจัดซื้อจัดจ้าง,-,-,-,-,-,-,-,-\r\n"));
    assert!(table.says_none && table.rows.is_empty());
}

#[test]
fn more_rows_than_are_read_are_said() {
    let text = format!("{HEADER}{}", ROW.repeat(5));
    let table = Table::read(text.as_bytes(), 4).unwrap();
    assert_eq!((table.rows.len(), table.is_cut), (4, true));
    assert!(!Table::read(text.as_bytes(), 5).unwrap().is_cut);
}

#[test]
fn years_are_read_in_either_era_and_script() {
    for text in ["2568", "๒๕๖๘", "2025", "พ.ศ. 2568", "ปีงบประมาณ พ.ศ. ๒๕๖๘", "2568.0", "'2568"]
    {
        assert_eq!(year(text), Year::Of(2568), "{text}");
    }
    assert_eq!([year(""), year("-")], [Year::None, Year::None]);
    assert_eq!(year("68"), Year::Odd("68".into()));
}

#[test]
fn a_number_that_a_spreadsheet_shortened_is_none() {
    for (text, expected) in [
        ("67109012345", Some("67109012345")),
        ("๖๗๑๐๙๐๑๒๓๔๕", Some("67109012345")),
        ("6.71E+10", None),
        ("-", None),
        ("00000000", None),
        ("0105512345678", None),
        ("1-2345-67890-12-2", None),
        ("ไม่มี", None),
    ] {
        let table = read(&format!("{HEADER}{}", ROW.replace("67109012345", text)));
        assert_eq!(table.rows[0].project_number().as_deref(), expected, "{text}");
    }
}

proptest! {
    #[test]
    fn any_table_is_read_without_a_panic(text in "[ที่,;\"\n\r1-9ก๑. ()-]{0,200}") {
        let _ = Table::read(format!("{HEADER}{text}").as_bytes(), 5);
    }

    /// Whatever the order of columns, the cells go with their headings.
    #[test]
    fn the_order_of_columns_does_not_matter(order in Just((0..16).collect::<Vec<usize>>()).prop_shuffle()) {
        let cells = |line: &str| {
            let all: Vec<String> = line.trim_end().replace("\"10,000\"", "10000").split(',').map(str::to_owned).collect();
            order.iter().map(|at| all[*at].clone()).collect::<Vec<_>>().join(",")
        };
        let (shuffled, plain) = (read(&format!("{}\n{}\n", cells(HEADER), cells(ROW))), read(&format!("{HEADER}{ROW}")));
        let told = |table: &Table| format!("{:?}", table.rows[0]).replace("10,000", "10000");
        prop_assert_eq!(told(&shuffled), told(&plain));
    }
}
