//! Texts about links, pictures and what they lead to.

use super::texts;

texts! { LINKS
    LinkBroken "" {
        th "ลิงก์ `{link}` ไม่ได้นำไปที่ใดในเว็บไซต์นี้" => "แก้ที่อยู่ของลิงก์ เขียนเป็นที่อยู่ของไฟล์ต้นทาง เช่น ../items/o12.md หรือเป็นรหัส เช่น o12:";
        en "the link `{link}` leads nowhere in this site" => "mend it: write the path of a source file, as ../items/o12.md, or a code, as o12:";
    }
    LinkBroken "near" {
        th "ลิงก์ `{link}` ไม่ได้นำไปที่ใดในเว็บไซต์นี้" => "หมายถึง `{nearest}` หรือไม่";
        en "the link `{link}` leads nowhere in this site" => "did you mean `{nearest}`?";
    }
    LinkBroken "theme" {
        th "หน้า {page} ของธีมมีลิงก์ `{link}` ที่ไม่ได้นำไปที่ใด" => "แก้แม่แบบ ใช้ href(\"…\") เพื่อให้โปรแกรมตรวจที่อยู่";
        en "the theme's page {page} holds the link `{link}`, which leads nowhere" => "mend the template; href(\"…\") lets the program check addresses";
    }
    AnchorBroken "" {
        th "ไม่มีหัวข้อ `#{anchor}` ใน {target}" => "หัวข้อที่มี: {known}";
        en "there is no heading `#{anchor}` in {target}" => "headings that exist: {known}";
    }
    AnchorBroken "theme" {
        th "หน้า {page} ของธีมลิงก์ไปที่ `{link}` ซึ่งไม่มีจุดนั้น" => "แก้แม่แบบ หรือเพิ่ม id ที่ขาด";
        en "the theme's page {page} links to `{link}`, and there is no such place" => "mend the template, or add the missing id";
    }
    FileMissing "" {
        th "ไม่มีไฟล์ {target}" => "วางไฟล์ไว้ที่ {target} หรือแก้ลิงก์";
        en "there is no file {target}" => "put the file at {target}, or mend the link";
    }
    FileMissing "near" {
        th "ไม่มีไฟล์ {target}" => "หมายถึง `{nearest}` หรือไม่";
        en "there is no file {target}" => "did you mean `{nearest}`?";
    }
    LinkPlaceholder "" {
        th "ลิงก์ `{link}` ใช้ไม่ได้ จึงแสดงเป็นข้อความ" => "ใส่ที่อยู่จริงที่ขึ้นต้นด้วย https://, mailto: หรือ tel:";
        en "the link `{link}` can't be used and is shown as text" => "put in a real address that begins with https://, mailto: or tel:";
    }
    LinkPlaceholder "text" {
        th "ลิงก์ไปยัง `{link}` ไม่มีข้อความ จึงไม่มีใครเห็นหรือกดได้" => "เขียนสิ่งที่ลิงก์นำไปในวงเล็บเหลี่ยม [ข้อความ](…)";
        en "the link to `{link}` has no text, so nobody can see or follow it" => "say in the brackets where it leads: [text](…)";
    }
    LinkPlaceholder "example" {
        th "ลิงก์ `{link}` เป็นชื่อไฟล์ตัวอย่าง ไม่ใช่เอกสารจริง" => "ใส่ที่อยู่ของเอกสารจริง";
        en "the link `{link}` names an example and no document" => "put in the address of the document";
    }
    LinkBroken "image" {
        th "`{link}` เป็นหน้าเว็บ ไม่ใช่รูป" => "ลบเครื่องหมาย ! เพื่อให้เป็นลิงก์ หรือระบุไฟล์รูปใต้ files/";
        en "`{link}` is a page, and no picture" => "take the ! away to make it a link, or name a picture under files/";
    }
    PathEscape "" {
        th "`{link}` ชี้ออกไปนอกเว็บไซต์" => "ใช้ที่อยู่ภายในเว็บไซต์ ไม่ขึ้นต้นด้วย / และไม่ปีนเกินโฟลเดอร์ของหน่วยงาน";
        en "`{link}` leads out of the site" => "use an address inside the site that begins with no / and does not climb out of the agency's folder";
    }
    PathEscape "image" {
        th "รูป `{link}` อยู่บนเว็บไซต์อื่น แต่หน้าเว็บไม่โหลดสิ่งใดจากที่อื่น" => "วางไฟล์รูปไว้ใต้ files/ แล้วเขียน ![คำอธิบายรูป](files/ชื่อไฟล์)";
        en "the picture `{link}` lies on another site, and a page loads nothing from elsewhere" => "put the picture under files/, and write ![what it shows](files/name)";
    }
    PathEscape "symlink" {
        th "ลิงก์สัญลักษณ์นี้ชี้ออกไปนอกโฟลเดอร์เนื้อหา" => "วางไฟล์จริงไว้แทน";
        en "this symbolic link leads out of the content folder" => "put the file itself there";
    }
    RawHtml "" {
        th "พบ HTML `{found}` ใน Markdown จึงแสดงเป็นข้อความ" => "ลบออก หรือเขียนเป็น Markdown";
        en "there is HTML `{found}` in the Markdown; it is shown as text" => "delete it, or write Markdown";
    }
}
