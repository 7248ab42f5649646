//! Texts about what is in attachments.

use super::texts;

texts! { ATTACHMENTS
    AttachmentEmpty "" {
        th "ไฟล์แนบนี้ว่างเปล่า (0 ไบต์)" => "วางไฟล์ที่มีเนื้อหาแทน หรือลบไฟล์นี้";
        en "this attachment is empty (0 bytes)" => "put the file with its content here, or delete it";
    }
    AttachmentType "" {
        th "ชื่อไฟล์ลงท้ายด้วย `.{extension}` แต่เนื้อหาเป็น{found}" => "เปลี่ยนนามสกุลของชื่อไฟล์ให้ตรงกับเนื้อหา หรือวางไฟล์ที่ถูกต้องแทน";
        en "the name ends in `.{extension}`, but the content is {found}" => "name the file by what it is, or put the right file here";
    }
    AttachmentType "cut-off" {
        th "ไฟล์นี้ไม่สมบูรณ์ ส่วนท้ายขาดหายหรือเสียหาย จึงอาจเปิดไม่ได้" => "ดาวน์โหลดหรือบันทึกไฟล์อีกครั้ง แล้ววางแทน";
        en "this file is not whole: its end is missing or damaged, so it may not open" => "fetch or save it again, and put it here";
    }
    AttachmentType "bomb" {
        th "เมื่อคลายออก ไฟล์นี้ใหญ่กว่าเอกสารทั่วไปมาก จึงไม่ได้อ่านจนจบ" => "บันทึกเอกสารอีกครั้งด้วยโปรแกรมที่สร้าง หรือลบไฟล์นี้";
        en "this file unpacks to far more than a document does, so it was not read to its end" => "save the document again with the program that made it, or delete it";
    }
    AttachmentType "paths" {
        th "ในไฟล์นี้มีชื่อที่ชี้ออกนอกโฟลเดอร์ที่คลายไฟล์ ซึ่งเอกสารทั่วไปไม่มี" => "บันทึกเอกสารอีกครั้งด้วยโปรแกรมที่สร้าง หรือลบไฟล์นี้";
        en "this file holds names that lead out of the folder it is unpacked in, as no document does" => "save the document again with the program that made it, or delete it";
    }
    AttachmentEncrypted "" {
        th "ไฟล์นี้เข้ารหัสไว้ ผู้อ่านอาจเปิด ค้นหา หรือคัดลอกข้อความไม่ได้" => "บันทึกใหม่โดยไม่ตั้งรหัสผ่านและไม่จำกัดสิทธิ์";
        en "this file is encrypted: readers may not be able to open it, to search it or to copy from it" => "save it again without a password and without restrictions";
    }
    AttachmentScan "" {
        th "PDF นี้ไม่มีข้อความ เหมือนภาพสแกน จึงค้นหาและอ่านออกเสียงไม่ได้" => "ใช้ไฟล์ที่ส่งออกจากโปรแกรมที่เขียนเอกสาร หรือแปลงภาพเป็นข้อความ (OCR)";
        en "this PDF has no text, as a scan has none: it can't be searched or read aloud" => "use the file that the document's own program exports, or have the text recognised (OCR)";
    }
    AttachmentActive "" {
        th "เบราว์เซอร์อาจเปิดไฟล์นี้เป็นหน้าเว็บ และสคริปต์ในไฟล์จะทำงานในนามเว็บไซต์ของหน่วยงาน" => "ใช้ PDF หรือรูป PNG, JPEG, WebP แทน หรือเขียนเป็นหน้าใน content/";
        en "a browser may open this file as a page, and a script in it would run in the name of the agency's site" => "publish a PDF or a PNG, JPEG or WebP picture instead, or write a page in content/";
    }
    PersonalId "line" {
        th "บรรทัดที่ {line} ของไฟล์แนบมีเลข 13 หลัก {number} ที่ถูกต้องตามสูตรเลขประจำตัวประชาชน" => "ถ้าเป็นเลขของบุคคล ให้ลบออกจากไฟล์ ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "line {line} of the attachment holds 13 digits, {number}, that make a right citizen's number" => "if it is a person's, take it out of the file; if it is none, as a reference or account number, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
    PersonalId "cell" {
        th "เซลล์ {cell} ของไฟล์แนบมีเลข 13 หลัก {number} ที่ถูกต้องตามสูตรเลขประจำตัวประชาชน" => "ถ้าเป็นเลขของบุคคล ให้ลบออกจากไฟล์ ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "the cell {cell} of the attachment holds 13 digits, {number}, that make a right citizen's number" => "if it is a person's, take it out of the file; if it is none, as a reference or account number, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
    PersonalId "paragraph" {
        th "ย่อหน้าที่ {count} ของไฟล์แนบมีเลข 13 หลัก {number} ที่ถูกต้องตามสูตรเลขประจำตัวประชาชน" => "ถ้าเป็นเลขของบุคคล ให้ลบออกจากไฟล์ ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "paragraph {count} of the attachment holds 13 digits, {number}, that make a right citizen's number" => "if it is a person's, take it out of the file; if it is none, as a reference or account number, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
    PersonalId "beside" {
        th "ไฟล์แนบมีเลข 13 หลัก {number} ที่ถูกต้องตามสูตรเลขประจำตัวประชาชน ในหัวหรือท้ายกระดาษ เชิงอรรถ ความคิดเห็น รูปร่าง หรือข้อความที่ไม่แสดงแล้ว" => "ถ้าเป็นเลขของบุคคล ให้ลบออกจากไฟล์ ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "the attachment holds 13 digits, {number}, that make a right citizen's number, in a header, a footer, a note, a comment, a shape or a text that is no longer shown" => "if it is a person's, take it out of the file; if it is none, as a reference or account number, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
    PersonalId "further" {
        th "ไฟล์แนบมีเลข 13 หลักที่ถูกต้องตามสูตรเลขประจำตัวประชาชนอีก {count} เลข นอกจากที่บอกไว้" => "ถ้าเป็นเลขของบุคคล ให้ลบออกจากไฟล์ ถ้าไม่ใช่ เช่น เลขอ้างอิงหรือเลขบัญชี ให้เขียนใต้ `accept:` ของ agency.yaml ว่า `- {code: personal-id, where: {subject}, reason: …}`";
        en "the attachment holds {count} more numbers of 13 digits, right as citizens' numbers, than are told here" => "if they are persons', take them out of the file; if they are none, as reference or account numbers, write under `accept:` in agency.yaml: `- {code: personal-id, where: {subject}, reason: …}`";
    }
}
