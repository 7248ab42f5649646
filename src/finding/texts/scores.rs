//! Texts about figures and levels.

use super::texts;

texts! { SCORES
    ScoreNotANumber "" {
        th "`{found}` ไม่ใช่ตัวเลขคะแนน" => "พิมพ์ตัวเลขที่มีจุดทศนิยมไม่เกินหนึ่งจุด เช่น 98.43 หรือ ๙๘.๔๓ ถ้าไม่ได้ประกาศคะแนนนี้ ให้พิมพ์ null";
        en "`{found}` is no score" => "write a number with at most one decimal point, for example 98.43 or ๙๘.๔๓; write null where none was published";
    }
    ScoreOutOfRange "" {
        th "คะแนน {found} อยู่นอกช่วง 0 ถึง {highest}" => "เทียบกับประกาศผล แล้วแก้ตัวเลข ดูว่าจุดทศนิยมหายไปหรือไม่";
        en "the score {found} is outside 0 to {highest}" => "compare it with the announced result, and see whether a decimal point is missing";
    }
    ScoreOutOfRange "percent" {
        th "จำนวน {found} อยู่นอกช่วง 0 ถึง {highest}" => "ตรวจกับเอกสาร แล้วพิมพ์ตัวเลขตั้งแต่ 0 ถึง {highest}";
        en "the number {found} is outside 0 to {highest}" => "look at the source, and write a number from 0 to {highest}";
    }
    ScoreMissing "" {
        th "ยังไม่มีคะแนนของ {code} ซึ่งชุดเกณฑ์ {pack} มี" => "เพิ่ม `{code}: …` โดยพิมพ์คะแนนแทน … ถ้าไม่ได้ประกาศ ให้พิมพ์ `{code}: null`";
        en "there is no score for {code}, which the pack {pack} has" => "add `{code}: …` with the score in place of …; where none was published, write `{code}: null`";
    }
    ScoreMissing "indicator" {
        th "ยังไม่มีคะแนนของตัวชี้วัดที่ {code} ซึ่งชุดเกณฑ์ {pack} มี" => "เพิ่ม `{code}: …` ใต้ `indicators:` โดยพิมพ์คะแนนแทน … ถ้าไม่ได้ประกาศ ให้พิมพ์ `{code}: null`";
        en "there is no score for indicator {code}, which the pack {pack} has" => "add `{code}: …` under `indicators:` with the score in place of …; where none was published, write `{code}: null`";
    }
    ScoreMismatch "" {
        th "{kind}{code} ตามเอกสารคือ {published} แต่คำนวณจากส่วนประกอบได้ {derived}" => "เทียบกับเอกสารต้นทาง หากพิมพ์คลาดเคลื่อนให้แก้ตัวเลขหรือส่วนประกอบ หากตรงกับที่ประกาศแล้วให้คงไว้ แล้วเขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: score-mismatch, where: {subject}, reason: …}` · สูตร {formula}";
        en "{kind}{code} is published as {published}, but its parts give {derived}" => "compare it with the source; mend the figure or its parts if they were mistyped, and if it is as announced keep it, and write under `accept:` in agency.yaml: `- {code: score-mismatch, where: {subject}, reason: …}`; formula: {formula}";
    }
    ScoreRounding "" {
        th "{kind}{code} ตามเอกสารคือ {published} ส่วนประกอบให้ {derived} ต่างกันเท่าที่การปัดเศษระหว่างทางทำให้เกิดได้" => "หากตรงกับที่ประกาศแล้ว ไม่ต้องแก้ · สูตร {formula}";
        en "{kind}{code} is published as {published}, its parts give {derived}: no more apart than rounding on the way may leave" => "if it is as announced, there is nothing to mend; formula: {formula}";
    }
    LevelMismatch "" {
        th "ระดับที่ประกาศคือ {announced} แต่คะแนนเข้าเกณฑ์ระดับ {derived}" => "เทียบระดับและคะแนนกับที่ประกาศ หากตรงกันแล้ว ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: level-mismatch, where: {subject}, reason: …}`";
        en "the announced level is {announced}, but the figures meet the conditions of {derived}" => "compare the level and the figures with the announcement; if they are as announced, write under `accept:` in agency.yaml: `- {code: level-mismatch, where: {subject}, reason: …}`";
    }
    LevelMismatch "unmet" {
        th "ระดับที่ประกาศคือ {announced} แต่คะแนนเข้าเกณฑ์ระดับ {derived}: {unmet}" => "เทียบระดับและคะแนนกับที่ประกาศ หากตรงกันแล้ว ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: level-mismatch, where: {subject}, reason: …}`";
        en "the announced level is {announced}, but the figures meet the conditions of {derived}: {unmet}" => "compare the level and the figures with the announcement; if they are as announced, write under `accept:` in agency.yaml: `- {code: level-mismatch, where: {subject}, reason: …}`";
    }
    LevelMismatch "none" {
        th "ระดับที่ประกาศคือ {announced} แต่คะแนนไม่เข้าเกณฑ์ของระดับใดในชุดเกณฑ์" => "เทียบระดับและคะแนนกับที่ประกาศ หรือดู `levels` ของชุดเกณฑ์";
        en "the announced level is {announced}, but the figures meet the conditions of none in the pack" => "compare the level and the figures with the announcement, or see the pack's `levels`";
    }
}
