//! Texts about what stands in running text: numbers of persons, figures, names of public bodies, and how a text is built.

use super::texts;

texts! { PROSE
    PersonalId "" {
        th "มีเลข 13 หลัก `{found}` ที่ถูกต้องตามสูตรเลขประจำตัวประชาชน" => "ถ้าเป็นเลขของบุคคล ให้ลบออก ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "there are 13 digits, `{found}`, that make a right citizen's number" => "if it is a person's, take it out; if it is none, as a reference or account number, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
    PersonalContact "" {
        th "มีหมายเลขโทรศัพท์มือถือ `{found}`" => "ใช้หมายเลขของหน่วยงานแทน หมายเลขของบุคคลอยู่ได้ใน o2 และใน contact ของ agency.yaml";
        en "there is a mobile number, `{found}`" => "give the agency's own number instead; a person's may stand in o2 and in `contact` of agency.yaml";
    }
    PersonalContact "account" {
        th "มีเลขที่บัญชีธนาคาร `{found}`" => "ลบออก ถ้าเป็นบัญชีของหน่วยงานที่ต้องให้ประชาชนทราบ ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-contact, where: {subject}, reason: …}`";
        en "there is a bank account, `{found}`" => "take it out; if it is the agency's own and people have to know it, write under `accept:` in agency.yaml: `- {code: personal-contact, where: {subject}, reason: …}`";
    }
    FigureDrift "" {
        th "ข้อความบอกว่า {name} ได้ `{found}` แต่ข้อมูลคือ {published}" => "แก้ตัวเลข หรือเขียนอ้างอิง {reference} แทน เพื่อให้ตรงกับข้อมูลเสมอ";
        en "the text says `{found}` of {name}, and the data say {published}" => "mend the figure, or write the reference {reference} in its place, which always follows the data";
    }
    FigureDrift "malformed" {
        th "`{found}` ไม่ใช่ตัวเลข เพราะมีจุดทศนิยมมากกว่าหนึ่งจุด" => "แก้ตัวเลข หรือเขียนอ้างอิงคะแนนแทน เช่น score(\"i1\") ในวงเล็บปีกกาสองชั้น";
        en "`{found}` is no number: it has more than one decimal point" => "mend the figure, or write a reference in its place, as score(\"i1\") in double braces";
    }
    FigureDrift "malformed-of" {
        th "`{found}` ไม่ใช่ตัวเลข เพราะมีจุดทศนิยมมากกว่าหนึ่งจุด ข้อมูลของ {name} คือ {published}" => "แก้ตัวเลข หรือเขียนอ้างอิง {reference} แทน เพื่อให้ตรงกับข้อมูลเสมอ";
        en "`{found}` is no number: it has more than one decimal point; the data say {published} of {name}" => "mend the figure, or write the reference {reference} in its place, which always follows the data";
    }
    EmptySection "" {
        th "หัวข้อ `{heading}` ไม่มีเนื้อหา" => "เขียนเนื้อหา หรือลบหัวข้อนี้";
        en "there is nothing under the heading `{heading}`" => "write something under it, or delete it";
    }
    ForeignAgency "" {
        th "`{found}` ไม่ใช่ชื่อหน่วยงานนี้ ({own})" => "ถ้าติดมาจากแบบของหน่วยงานอื่น ให้แก้เป็นชื่อหน่วยงานนี้ ถ้าตั้งใจกล่าวถึง ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: foreign-agency, where: {subject}, reason: …}`";
        en "`{found}` is not this agency ({own})" => "if it came with another agency's template, put in this agency's name; if it is meant, write under `accept:` in agency.yaml: `- {code: foreign-agency, where: {subject}, reason: …}`";
    }
    ForeignAgency "place" {
        th "`{found}` ไม่ใช่ที่ตั้งของหน่วยงานนี้ ({own})" => "ถ้าติดมาจากแบบของหน่วยงานอื่น ให้แก้เป็นที่ตั้งของหน่วยงานนี้ ถ้าตั้งใจกล่าวถึง ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: foreign-agency, where: {subject}, reason: …}`";
        en "`{found}` is not where this agency is ({own})" => "if it came with another agency's template, put in this agency's place; if it is meant, write under `accept:` in agency.yaml: `- {code: foreign-agency, where: {subject}, reason: …}`";
    }
    ImageAlt "" {
        th "รูป `{image}` ไม่มีคำอธิบาย" => "พิมพ์ในวงเล็บเหลี่ยมสั้น ๆ ว่ารูปแสดงอะไร: ![คำอธิบายรูป](…)";
        en "the image `{image}` has no text" => "say in the brackets what it shows: ![what it shows](…)";
    }
}
