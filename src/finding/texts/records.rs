//! Texts about records: analysis, measures, disclosures, where evidence lies, and what an agency accepts.

use super::texts;

texts! { RECORDS
    MissingCommentary "" {
        th "ประเด็น {number} ({name}) ยังไม่มีบทวิเคราะห์" => "สร้างไฟล์ {file} แล้วเขียนว่าคะแนนบอกอะไร";
        en "issue {number} ({name}) has no analysis" => "create {file} and write what the scores tell";
    }
    MissingCommentary "empty" {
        th "ไฟล์นี้ว่าง ประเด็น {number} ({name}) จึงยังไม่มีบทวิเคราะห์" => "เขียนว่าคะแนนบอกอะไร";
        en "this file is empty, so issue {number} ({name}) has no analysis" => "write what the scores tell";
    }
    MissingMeasure "" {
        th "ประเด็น {number} ({name}) ยังไม่มีมาตรการ" => "เพิ่ม `- issue: {number}` ใน {file} พร้อม method, steps, responsible และ period";
        en "issue {number} ({name}) has no measure" => "add `- issue: {number}` to {file}, with method, steps, responsible and period";
    }
    DuplicateMeasure "" {
        th "มาตรการของประเด็น {number} นี้ซ้ำกับมาตรการที่บรรทัด {first}" => "เก็บไว้มาตรการเดียว";
        en "this measure of issue {number} repeats the one on line {first}" => "keep one of them";
    }
    DuplicateMeasure "period" {
        th "มาตรการของประเด็น {number} นี้ซ้ำกับมาตรการที่บรรทัด {first} ต่างกันแค่ระยะเวลา" => "เก็บไว้มาตรการเดียว ด้วยระยะเวลาที่ถูกต้อง";
        en "this measure of issue {number} repeats the one on line {first}, with another period" => "keep one of them, with the right period";
    }
    MeasurePeriod "" {
        th "ระยะเวลาของมาตรการสิ้นสุด {to} ก่อนประกาศผลเมื่อ {announced}" => "ตรวจระยะเวลา มาตรการที่ตอบผลนี้ควรทำหลังประกาศผล";
        en "the measure's period is over on {to}, before the result was announced on {announced}" => "check the period; what answers the result is done after it";
    }
    MeasurePeriod "reversed" {
        th "ระยะเวลาสิ้นสุด {to} ก่อนวันเริ่ม {from}" => "ตรวจวันที่ของ from และ to";
        en "the period ends on {to}, before it begins on {from}" => "check the days of from and to";
    }
    MeasurePeriod "none" {
        th "มาตรการของประเด็น {number} นี้ไม่มีระยะเวลา" => "เพิ่ม `period: …` เป็นข้อความ หรือเป็นวันที่ from และ to";
        en "this measure of issue {number} has no period" => "add `period: …`, a text or the days from and to";
    }
    MeasurePeriod "nobody" {
        th "มาตรการของประเด็น {number} นี้ไม่มีผู้รับผิดชอบ" => "เพิ่ม `responsible: …`";
        en "nobody is responsible for this measure of issue {number}" => "add `responsible: …`";
    }
    ItemMissing "" {
        th "ยังไม่เปิดเผยรายการ {code} ({name})" => "เพิ่มลิงก์ใน links ถ้าหน่วยงานไม่มีเรื่องนี้ให้เขียน `status: not-applicable` ถ้ายังไม่ได้บันทึกให้เขียน `status: unrecorded`";
        en "the item {code} ({name}) is not disclosed" => "add its links; write `status: not-applicable` where the agency has nothing of the kind, or `status: unrecorded` where it is not recorded yet";
    }
    ItemMissing "unnamed" {
        th "ยังไม่เปิดเผยรายการ {code} ({name}) เพราะไม่มีใน {file}" => "เพิ่ม `{code}:` พร้อม links ถ้าหน่วยงานไม่มีเรื่องนี้ให้เขียน `status: not-applicable` ถ้ายังไม่ได้บันทึกให้เขียน `status: unrecorded`";
        en "the item {code} ({name}) is not disclosed: {file} does not name it" => "add `{code}:` with its links; write `status: not-applicable` where the agency has nothing of the kind, or `status: unrecorded` where it is not recorded yet";
    }
    ElementMissing "" {
        th "รายการ {code} ต้องมี “{text}” แต่ยังไม่มีหลักฐาน" => "เติม `covers: [{element}]` ที่ลิงก์ซึ่งมีเรื่องนี้ หรือบอกใน elements";
        en "the item {code} needs “{text}”, and nothing is evidence of it" => "add `covers: [{element}]` to the link that has it, or say so under elements";
    }
    ElementMissing "unmet" {
        th "รายการ {code} ต้องมี “{text}” แต่บันทึกไว้ว่ายังไม่มี" => "เผยแพร่เรื่องนี้ แล้วแก้ `{element}` ใน elements";
        en "the item {code} needs “{text}”, and the record says that it is not there" => "publish it, then mend `{element}` under elements";
    }
    StaleDisclosure "" {
        th "ข้อมูลของ {code} เลยกำหนดทบทวนเมื่อ {review}" => "ทบทวนข้อมูล แล้วแก้ updated และ review_by";
        en "the information of {code} was to be looked at again by {review}" => "look at it, then mend updated and review_by";
    }
    StaleDisclosure "year" {
        th "ข้อมูลของ {code} เป็นของปี {covers} แต่รายการนี้ต้องใช้ของปี {asked}" => "เผยแพร่ข้อมูลของปี {asked} หรือแก้ covers";
        en "the information of {code} is about {covers}, and the item asks for {asked}" => "publish that of {asked}, or mend covers";
    }
    LinkOffHost "" {
        th "หลักฐานนี้อยู่บนบริการฝากไฟล์ `{host}` ซึ่งย้ายหรือปิดได้ตามบัญชีของเจ้าของ" => "วางไฟล์ไว้ใต้ files/ หรือบนเว็บไซต์ของหน่วยงาน ถ้าเป็นที่เก็บของหน่วยงานเองให้เพิ่มใน evidence_hosts ของ agency.yaml";
        en "this evidence lies on the file-sharing host `{host}`, where it moves or closes with its owner's account" => "put the file under files/ or on the agency's website; a host of the agency's own goes under evidence_hosts in agency.yaml";
    }
    LinkOffHost "short" {
        th "หลักฐานนี้เป็นลิงก์ย่อ `{host}` ซึ่งไม่บอกปลายทาง และเปลี่ยนปลายทางได้" => "ใช้ที่อยู่เต็มของปลายทาง";
        en "this evidence is a short link of `{host}`, which hides where it leads and can lead elsewhere" => "use the whole address that it leads to";
    }
    LinkOffHost "social" {
        th "หลักฐานนี้อยู่บนสื่อสังคม `{host}` ซึ่งบางคนต้องเข้าสู่ระบบก่อนเห็น" => "เผยแพร่บนเว็บไซต์ของหน่วยงาน ถ้าเป็นช่องทางติดต่อโดยตรงให้ยอมรับไว้ใน accept พร้อมเหตุผล";
        en "this evidence lies on the social network `{host}`, where some have to log in to see it" => "publish it on the agency's website; where it is itself a channel of contact, accept it with the reason";
    }
    AcceptUnused "" {
        th "ยอมรับ `{code}` ของ `{where}` ไว้ แต่ไม่พบ" => "ลบข้อนี้ หรือแก้ where ให้ตรงกับ subject ในรายงาน";
        en "`{code}` of `{where}` is accepted, and does not occur" => "delete the entry, or mend where: it is the subject of the report";
    }
    AcceptUnused "elsewhere" {
        th "ยอมรับ `{code}` ของ `{where}` ไว้ แต่ไม่พบ" => "ลบข้อนี้ หรือแก้ where รหัสนี้พบที่ {known}";
        en "`{code}` of `{where}` is accepted, and does not occur" => "delete the entry, or mend where: the code occurs at {known}";
    }
    AcceptUnused "error" {
        th "`{code}` เป็นข้อผิดพลาด จึงยอมรับไม่ได้" => "แก้ข้อผิดพลาดนั้น แล้วลบข้อนี้";
        en "`{code}` is an error and can't be accepted" => "mend the error and delete the entry";
    }
    AcceptUnused "hint" {
        th "`{code}` เป็นข้อสังเกต ไม่นับเป็นคำเตือน จึงไม่ต้องยอมรับ" => "ลบข้อนี้";
        en "`{code}` is a hint, which counts for nothing and needs no acceptance" => "delete the entry";
    }
    AcceptUnused "near" {
        th "ไม่มีรหัส `{code}`" => "หมายถึง `{nearest}` หรือไม่";
        en "there is no code `{code}`" => "did you mean `{nearest}`?";
    }
    AcceptUnused "unknown" {
        th "ไม่มีรหัส `{code}`" => "ใช้รหัสที่อยู่ในวงเล็บเหลี่ยมของรายงาน เช่น `missing-measure`";
        en "there is no code `{code}`" => "use the code in square brackets of the report, such as `missing-measure`";
    }
}
