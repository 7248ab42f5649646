//! Texts about what stands in running text: numbers of persons, figures, names of public bodies, and how a text is built.

use super::texts;

texts! { PROSE
    PersonalId "" {
        th "มีเลขประจำตัวประชาชน `{found}`" => "ลบออก ถ้ากฎหมายให้เผยแพร่ ให้เพิ่มใน accept ของ agency.yaml พร้อมเหตุผล";
        en "there is a citizen's number, `{found}`" => "take it out; where the law asks for it, add it to `accept` in agency.yaml with the reason";
    }
    PersonalContact "" {
        th "มีหมายเลขโทรศัพท์มือถือ `{found}`" => "ใช้หมายเลขของหน่วยงานแทน หมายเลขของบุคคลอยู่ได้ใน o2 และใน contact ของ agency.yaml";
        en "there is a mobile number, `{found}`" => "give the agency's own number instead; a person's may stand in o2 and in `contact` of agency.yaml";
    }
    PersonalContact "account" {
        th "มีเลขที่บัญชีธนาคาร `{found}`" => "ลบออก ถ้าเป็นบัญชีของหน่วยงานที่ต้องให้ประชาชนทราบ ให้เพิ่มใน accept ของ agency.yaml พร้อมเหตุผล";
        en "there is a bank account, `{found}`" => "take it out; if it is the agency's own and people have to know it, add it to `accept` in agency.yaml with the reason";
    }
}
