//! Texts about figures and levels.

use super::texts;

texts! { SCORES
    ScoreNotANumber "" {
        th "`{found}` ไม่ใช่ตัวเลขคะแนน" => "เขียนตัวเลขที่มีจุดทศนิยมได้หนึ่งจุด เช่น 98.43 หรือ ๙๘.๔๓ ถ้าไม่ได้ประกาศให้เขียน null";
        en "`{found}` is no score" => "write a number with at most one decimal point, for example 98.43 or ๙๘.๔๓; write null where none was published";
    }
    ScoreOutOfRange "" {
        th "คะแนน {found} อยู่นอกช่วง 0 ถึง {highest}" => "ตรวจกับประกาศผล";
        en "the score {found} is outside 0 to {highest}" => "compare it with the announced result";
    }
    ScoreOutOfRange "percent" {
        th "จำนวน {found} อยู่นอกช่วง 0 ถึง {highest}" => "แก้ตัวเลขนี้";
        en "the number {found} is outside 0 to {highest}" => "mend this number";
    }
    ScoreMissing "" {
        th "ไม่มีคะแนนของ {code} ทั้งที่ชุดเกณฑ์ {pack} มี" => "เพิ่ม `{code}: …` หรือเขียน null ถ้าไม่ได้ประกาศ";
        en "there is no score for {code}, which the pack {pack} has" => "add `{code}: …`, or write null if it was not published";
    }
}
