//! Texts about records: analysis, measures, disclosures, where evidence lies, and what an agency accepts.

use super::texts;

texts! { RECORDS
    MissingCommentary "" {
        th "ประเด็น {number} ({name}) ยังไม่มีบทวิเคราะห์" => "สร้างไฟล์ {file} แล้วเขียนว่าคะแนนเป็นอย่างไร เพราะเหตุใด และหน่วยงานจะทำอะไรต่อ";
        en "issue {number} ({name}) has no analysis" => "create {file}, and write how the scores are, why, and what the agency does next";
    }
    MissingCommentary "empty" {
        th "ไฟล์นี้ว่าง ประเด็น {number} ({name}) จึงยังไม่มีบทวิเคราะห์" => "เขียนในไฟล์นี้ว่าคะแนนเป็นอย่างไร เพราะเหตุใด และหน่วยงานจะทำอะไรต่อ";
        en "this file is empty, so issue {number} ({name}) has no analysis" => "write in it how the scores are, why, and what the agency does next";
    }
    MissingMeasure "" {
        th "ประเด็น {number} ({name}) ยังไม่มีมาตรการ" => "เพิ่ม `- issue: {number}` ใน {file} พร้อมวิธีการ (method) ขั้นตอน (steps) ผู้รับผิดชอบ (responsible) และระยะเวลา (period)";
        en "issue {number} ({name}) has no measure" => "add `- issue: {number}` to {file}, with method, steps, responsible and period";
    }
    DuplicateMeasure "" {
        th "มาตรการของประเด็น {number} นี้ซ้ำกับมาตรการที่บรรทัด {first}" => "ลบมาตรการที่ซ้ำ ให้เหลือข้อเดียว";
        en "this measure of issue {number} repeats the one on line {first}" => "keep one of them";
    }
    DuplicateMeasure "period" {
        th "มาตรการของประเด็น {number} นี้ซ้ำกับมาตรการที่บรรทัด {first} ต่างกันเฉพาะระยะเวลา" => "ดูว่าระยะเวลาใดถูกต้อง แล้วลบอีกข้อหนึ่ง";
        en "this measure of issue {number} repeats the one on line {first}, with another period" => "keep one of them, with the right period";
    }
    MeasurePeriod "" {
        th "ระยะเวลาของมาตรการสิ้นสุด {to} ก่อนประกาศผลเมื่อ {announced}" => "ตรวจวันที่ใน `period` โดยเฉพาะปี เพราะมาตรการที่ตอบผลการประเมินนี้ต้องทำหลังประกาศผล";
        en "the measure's period is over on {to}, before the result was announced on {announced}" => "look at the days of `period`, above all at the year: what answers the result is done after it";
    }
    MeasurePeriod "reversed" {
        th "ระยะเวลาสิ้นสุด {to} ก่อนวันเริ่ม {from}" => "ตรวจวันที่ของ `from` และ `to` อาจสลับกันหรือพิมพ์ปีผิด";
        en "the period ends on {to}, before it begins on {from}" => "look at the days of `from` and `to`: they may be exchanged, or a year may be wrong";
    }
    MeasurePeriod "none" {
        th "มาตรการของประเด็น {number} นี้ไม่มีระยะเวลา" => "เพิ่มวันที่ เช่น `period: {from: {from}, to: {to}}` หรือข้อความ เช่น `period: ตลอดปีงบประมาณ`";
        en "this measure of issue {number} has no period" => "add days, as `period: {from: {from}, to: {to}}`, or a text";
    }
    MeasurePeriod "nobody" {
        th "มาตรการของประเด็น {number} นี้ไม่มีผู้รับผิดชอบ" => "เพิ่มชื่อกองหรือสำนักที่รับผิดชอบ เช่น `responsible: [สำนักปลัด]`";
        en "nobody is responsible for this measure of issue {number}" => "name the unit, as `responsible: [สำนักปลัด]`";
    }
    ItemMissing "" {
        th "ยังไม่เปิดเผยรายการ {code} ({name})" => "เผยแพร่เอกสาร แล้วเพิ่มลิงก์ใน `links:` ถ้าหน่วยงานไม่มีเรื่องนี้ ให้พิมพ์ `status: not-applicable` ถ้าเผยแพร่แล้วแต่ยังไม่ได้บันทึกที่นี่ ให้พิมพ์ `status: unrecorded`";
        en "the item {code} ({name}) is not disclosed" => "publish the document and add its link under `links:`; write `status: not-applicable` where the agency has nothing of the kind, or `status: unrecorded` where it is published and not recorded here yet";
    }
    ItemMissing "unnamed" {
        th "ยังไม่เปิดเผยรายการ {code} ({name}) เพราะไม่มีใน {file}" => "เผยแพร่เอกสาร แล้วเพิ่ม `{code}:` พร้อม `links:` ถ้าหน่วยงานไม่มีเรื่องนี้ ให้พิมพ์ `status: not-applicable` ถ้าเผยแพร่แล้วแต่ยังไม่ได้บันทึกที่นี่ ให้พิมพ์ `status: unrecorded`";
        en "the item {code} ({name}) is not disclosed: {file} does not name it" => "publish the document and add `{code}:` with `links:`; write `status: not-applicable` where the agency has nothing of the kind, or `status: unrecorded` where it is published and not recorded here yet";
    }
    ElementMissing "" {
        th "รายการ {code} ต้องมี “{text}” แต่ยังไม่มีหลักฐาน" => "เติม `covers: [{element}]` ที่ลิงก์ของเอกสารที่มีเรื่องนี้ ถ้าเขียนไว้ในคำอธิบายของรายการแล้ว ให้เติมใต้ `elements:` ว่า `{element}: items/{code}.md`";
        en "the item {code} needs “{text}”, and nothing is evidence of it" => "add `covers: [{element}]` to the link of the document that has it; where the commentary of the item has it, add `{element}: items/{code}.md` under `elements:`";
    }
    ElementMissing "unmet" {
        th "รายการ {code} ต้องมี “{text}” แต่บันทึกไว้ว่ายังไม่มี" => "เผยแพร่เรื่องนี้ แล้วลบ `{element}` ใต้ `elements:` และเติม `covers: [{element}]` ที่ลิงก์";
        en "the item {code} needs “{text}”, and the record says that it is not there" => "publish it, then delete `{element}` under `elements:` and add `covers: [{element}]` to its link";
    }
    StaleDisclosure "" {
        th "ข้อมูลของ {code} เลยกำหนดทบทวนเมื่อ {review}" => "เปิดดูว่าข้อมูลยังถูกต้อง แล้วแก้วันที่ใน `updated` และ `review_by`";
        en "the information of {code} was to be looked at again by {review}" => "see whether it still holds, then mend the days of `updated` and `review_by`";
    }
    StaleDisclosure "year" {
        th "ข้อมูลของ {code} เป็นของปี {covers} แต่รายการนี้ต้องใช้ของปี {asked}" => "เผยแพร่ข้อมูลของปี {asked} ถ้าเอกสารเป็นของปี {asked} อยู่แล้ว ให้แก้เป็น `covers: {asked}`";
        en "the information of {code} is about {covers}, and the item asks for {asked}" => "publish that of {asked}; where the document is about {asked} already, write `covers: {asked}`";
    }
    LinkOffHost "" {
        th "หลักฐานนี้อยู่บนบริการฝากไฟล์ `{host}` ซึ่งไฟล์อาจหายหรือเปิดไม่ได้เมื่อเจ้าของบัญชีย้ายงานหรือเปลี่ยนสิทธิ์" => "วางไฟล์ไว้ใต้ files/ หรือบนเว็บไซต์ของหน่วยงาน ถ้าเป็นเครื่องแม่ข่ายของหน่วยงานเอง ให้เพิ่มชื่อโฮสต์ใน `evidence_hosts:` ของ agency.yaml";
        en "this evidence lies on the file-sharing host `{host}`, where it moves or closes with its owner's account" => "put the file under files/ or on the agency's website; a host of the agency's own goes under `evidence_hosts:` in agency.yaml";
    }
    LinkOffHost "short" {
        th "หลักฐานนี้เป็นลิงก์ย่อ `{host}` ซึ่งไม่บอกปลายทาง และเปลี่ยนปลายทางได้" => "เปิดลิงก์นี้ แล้วคัดลอกที่อยู่เต็มของปลายทางมาใส่แทน";
        en "this evidence is a short link of `{host}`, which hides where it leads and can lead elsewhere" => "open it, and put the whole address that it leads to in its place";
    }
    LinkOffHost "social" {
        th "หลักฐานนี้อยู่บนสื่อสังคมออนไลน์ `{host}` ซึ่งบางคนต้องเข้าสู่ระบบก่อนจึงจะเห็น" => "เผยแพร่บนเว็บไซต์ของหน่วยงาน ถ้ารายการนี้คือช่องทางสื่อสังคมของหน่วยงานเอง ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: link-off-host, where: {subject}, reason: …}`";
        en "this evidence lies on the social network `{host}`, where some have to log in to see it" => "publish it on the agency's website; where the item is about that very channel, write under `accept:` in agency.yaml: `- {code: link-off-host, where: {subject}, reason: …}`";
    }
    AcceptUnused "" {
        th "ยอมรับ `{code}` ของ `{where}` ไว้ แต่รายงานไม่พบเรื่องนี้" => "ถ้าแก้แล้ว ให้ลบข้อนี้ ถ้ายังไม่ได้แก้ ให้แก้ `where` ให้ตรงกับ `subject` ใน `prongsai check --format json`";
        en "`{code}` of `{where}` is accepted, and does not occur" => "delete the entry if the matter is mended; else mend `where`: it is the `subject` of `prongsai check --format json`";
    }
    AcceptUnused "elsewhere" {
        th "ยอมรับ `{code}` ของ `{where}` ไว้ แต่รายงานไม่พบเรื่องนี้" => "ลบข้อนี้ หรือแก้ `where` เป็นที่ที่พบ: {known}";
        en "`{code}` of `{where}` is accepted, and does not occur" => "delete the entry, or mend `where`: the code occurs at {known}";
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
        th "ไม่มีรหัส `{code}`" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน";
        en "there is no code `{code}`" => "did you mean `{nearest}`? If so, write that";
    }
    AcceptUnused "unknown" {
        th "ไม่มีรหัส `{code}`" => "ใช้รหัสที่อยู่ในวงเล็บเหลี่ยมของรายงาน เช่น `missing-measure`";
        en "there is no code `{code}`" => "use the code in square brackets of the report, such as `missing-measure`";
    }
}
