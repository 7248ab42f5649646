//! Texts about framework packs, and codes that they have or have not.

use super::texts;

texts! { FRAMEWORK
    PackInvalid "weights" {
        th "น้ำหนักของเครื่องมือรวมกันได้ {sum} ไม่ใช่ 100" => "แก้ `weight` ของเครื่องมือให้รวมกันได้ 100 หรือไม่ใส่เลย";
        en "the weights of the instruments sum to {sum}, not to 100" => "mend the `weight` of the instruments so that they sum to 100, or leave all of them out";
    }
    PackInvalid "unknown" {
        th "`{name}` ไม่มีอยู่ในชุดเกณฑ์นี้" => "พิมพ์ให้ตรงกับรหัสที่มีในชุดเกณฑ์ หรือเพิ่ม `{name}` ในชุดเกณฑ์";
        en "there is no `{name}` in this pack" => "spell it as the pack declares it, or declare it";
    }
    PackInvalid "twice" {
        th "`{name}` อยู่สองที่ในชุดเกณฑ์นี้" => "ลบออกหนึ่งที่ ให้เหลือที่เดียว";
        en "`{name}` stands in two places of this pack" => "keep one of them";
    }
    PackInvalid "taken" {
        th "`{name}` เป็นรหัสของคะแนนอื่นอยู่แล้ว" => "พิมพ์ `id` อื่นที่ยังไม่มีใครใช้";
        en "`{name}` is the code of another figure" => "choose another `id`";
    }
    PackInvalid "same-id" {
        th "ชุดเกณฑ์ `{name}` มีอยู่แล้วใน {other}" => "ลบไฟล์หนึ่ง หรือเปลี่ยน `id` ให้ไม่ซ้ำกัน";
        en "the pack `{name}` is in {other} already" => "keep one of the files, or change the `id`";
    }
    PackInvalid "levels" {
        th "ระดับ `{name}` มีเกณฑ์สูงกว่าระดับก่อนหน้า" => "เรียงระดับจากสูงลงต่ำ";
        en "the level `{name}` asks for more than the one before it" => "order the levels from the best down";
    }
    PackInvalid "id" {
        th "`{name}` ใช้เป็นรหัสไม่ได้" => "ใช้เฉพาะตัวอักษรอังกฤษ ตัวเลข จุด และขีด เช่น ita-2568";
        en "`{name}` can't be an id" => "use letters of English, digits, full stops and hyphens only, as ita-2568";
    }
    UnknownCode "" {
        th "ไม่มีรหัส `{code}` ในชุดเกณฑ์ {pack}" => "เทียบรหัสกับประกาศของปีนี้ รหัสที่มีในชุดเกณฑ์อยู่ในหน้าคะแนนของเว็บไซต์";
        en "the pack {pack} has no code `{code}`" => "compare the code with the announcement of the year; the pages of scores list those of the pack";
    }
    UnknownCode "none" {
        th "ชุดเกณฑ์ {pack} ไม่มีรหัส `{code}` และไม่มีรหัสชนิดนี้เลย" => "ลบรหัสชนิดนี้ออก หรือเขียนชุดเกณฑ์ที่มีรหัสเหล่านี้ไว้ใน content/frameworks/";
        en "the pack {pack} has no code `{code}`, nor any of its kind" => "leave codes of this kind out, or write a pack that has them in content/frameworks/";
    }
    UnknownCode "near" {
        th "ไม่มีรหัส `{code}` ในชุดเกณฑ์ {pack}" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน";
        en "the pack {pack} has no code `{code}`" => "did you mean `{nearest}`? If so, write that";
    }
    UnknownCode "unpublished" {
        th "ไม่มีคะแนนของ `{code}` ในผลการประเมินปี {year} จึงอ้างอิงไม่ได้" => "ใส่คะแนนใน assessment.yaml หรือลบการอ้างอิงนี้";
        en "the assessment of {year} publishes no figure for `{code}`, so it can't be referred to" => "enter it in assessment.yaml, or take the reference out";
    }
    UnknownCode "year" {
        th "เว็บไซต์นี้ไม่มีผลการประเมินปี {year}" => "พิมพ์ปีที่มีผลการประเมิน: {known}";
        en "this site has no result for {year}" => "name a year that has one: {known}";
    }
    UnknownFramework "" {
        th "ไม่มีชุดเกณฑ์ `{name}`" => "พิมพ์ชื่อชุดเกณฑ์ที่มี: {known}";
        en "there is no framework pack `{name}`" => "write one of: {known}";
    }
    UnknownFramework "near" {
        th "ไม่มีชุดเกณฑ์ `{name}`" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน";
        en "there is no framework pack `{name}`" => "did you mean `{nearest}`? If so, write that";
    }
    UnknownIssue "" {
        th "ไม่มีประเด็นที่ {number} ในชุดเกณฑ์ {pack}" => "พิมพ์เลขของประเด็นที่มี: {known}";
        en "the pack {pack} has no issue {number}" => "write one of: {known}";
    }
    UnknownIssue "none" {
        th "ชุดเกณฑ์ {pack} ไม่มีประเด็น จึงไม่มีประเด็นที่ {number}" => "ลบส่วนนี้ หรือเขียนชุดเกณฑ์ที่มีประเด็นไว้ใน content/frameworks/";
        en "the pack {pack} has no issues, so none is number {number}" => "take this out, or write a pack that has issues in content/frameworks/";
    }
    UnknownIssue "here" {
        th "หน้านี้ไม่ได้เป็นของประเด็นใด จึงต้องระบุเลขประเด็น" => "พิมพ์เลขในวงเล็บ เช่น {{ issue_mean(2) }}";
        en "this page belongs to no issue, so the issue must be named" => "write for example {{ issue_mean(2) }}";
    }
    CodeSpelling "" {
        th "อ่าน `{found}` เป็น {code} ให้แล้ว" => "ไม่แก้ก็ได้ ถ้าแก้ ให้สะกดว่า `{code}` จะค้นหาง่ายกว่า";
        en "`{found}` is read as {code}" => "it may stay so; spelt `{code}` it is easier to find";
    }
}
