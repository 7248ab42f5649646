//! Texts about files and what is written in them: formats, keys, values, places, themes.

use super::texts;

texts! { FILES
    YamlSyntax "" {
        th "อ่านไฟล์นี้เป็น YAML ไม่ได้: {detail}" => "ตรวจบรรทัดนี้และบรรทัดก่อนหน้า: หลัง : ต้องเว้นวรรค ย่อหน้าต้องตรงกัน เครื่องหมายคำพูดต้องมีทั้งเปิดและปิด ถ้าข้อความมี : หรือ # ให้ครอบทั้งข้อความด้วย \"…\"";
        en "this file can't be read as YAML: {detail}" => "look at this line and the one before: a space after a colon, lines of one group indented alike, every quotation mark closed; put a text that holds : or # into \"…\"";
    }
    YamlSyntax "documents" {
        th "ไฟล์นี้มีเอกสาร YAML มากกว่าหนึ่งชุด" => "ลบบรรทัด `---` และส่วนที่อยู่หลังบรรทัดนั้น";
        en "this file holds more than one YAML document" => "delete the line `---` and what follows it";
    }
    YamlSyntax "too-large" {
        th "ข้อมูลในไฟล์นี้ซ้อนกันลึกหรือใหญ่เกินกว่าที่โปรแกรมอ่านได้: {detail}" => "ลบข้อมูลที่ไม่ใช้ออก และไม่ใช้เครื่องหมาย `&` กับ `*` อ้างข้อมูลซ้ำ";
        en "this file nests deeper or grows larger than the program is willing to read: {detail}" => "take it apart, and do not repeat data with `&` and `*`";
    }
    YamlSyntax "tag" {
        th "ค่านี้ขึ้นต้นด้วย `!` ซึ่งใน YAML เป็นป้ายบอกชนิด และไฟล์ของเว็บไซต์ไม่ใช้" => "ลบคำที่ขึ้นต้นด้วย ! ถ้าเป็นข้อความ ให้ครอบด้วยเครื่องหมายคำพูด";
        en "this value carries a tag (a word that begins with `!`), which these files do not use" => "delete the tag; put a text that begins so into quotation marks";
    }
    YamlSyntax "front-matter" {
        th "ส่วนหัวที่เริ่มด้วย `---` ไม่มีบรรทัด `---` ปิด" => "พิมพ์ `---` เป็นบรรทัดใหม่ต่อจากบรรทัดสุดท้ายของส่วนหัว";
        en "the front matter that begins with `---` is never closed" => "add a line `---` after its last line";
    }
    UnknownField "" {
        th "โปรแกรมไม่รู้จักคีย์ `{key}` ตรงนี้ ข้อมูลที่เขียนไว้จึงไม่ถูกใช้" => "แก้ตัวสะกดให้ตรงกับคีย์ที่ใช้ได้ หรือลบบรรทัดนี้ คีย์ที่ใช้ได้ตรงนี้: {known}";
        en "there is no key `{key}` here, so nobody would read its value" => "mend the spelling, or delete the line; keys that fit here: {known}";
    }
    UnknownField "near" {
        th "โปรแกรมไม่รู้จักคีย์ `{key}` ตรงนี้ ข้อมูลที่เขียนไว้จึงไม่ถูกใช้" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน";
        en "there is no key `{key}` here, so nobody would read its value" => "did you mean `{nearest}`? If so, write that";
    }
    UnknownField "element" {
        th "รายการ {item} ไม่มีองค์ประกอบชื่อ `{key}`" => "พิมพ์ชื่อใดชื่อหนึ่ง: {known}";
        en "the item {item} has no element `{key}`" => "write one of: {known}";
    }
    UnknownField "element-near" {
        th "รายการ {item} ไม่มีองค์ประกอบชื่อ `{key}`" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน";
        en "the item {item} has no element `{key}`" => "did you mean `{nearest}`? If so, write that";
    }
    UnknownField "merge" {
        th "ไฟล์ของเว็บไซต์ไม่รับเครื่องหมายรวมกลุ่ม `{key}`" => "ลบบรรทัดนี้ แล้วพิมพ์คีย์และค่าที่ต้องการไว้ตรงนี้";
        en "the merge key `{key}` is not used in these files" => "write the keys and values out here";
    }
    DuplicateKey "" {
        th "คีย์ `{key}` ซ้ำ พบครั้งแรกที่บรรทัด {first}" => "เทียบกับเอกสารว่าบรรทัดใดถูก แล้วลบอีกบรรทัด";
        en "the key `{key}` is given twice, first on line {first}" => "see which is right, and delete the other";
    }
    DuplicateKey "code" {
        th "`{key}` คือรหัส {code} ซึ่งมีอยู่แล้วที่บรรทัด {first}" => "เทียบกับเอกสารว่าบรรทัดใดถูก ลบอีกบรรทัด แล้วพิมพ์รหัสเป็น `{code}`";
        en "`{key}` is {code}, which is given already on line {first}" => "see which is right, delete the other, and spell it `{code}`";
    }
    DuplicateKey "measure" {
        th "มาตรการที่บรรทัด {first} ใช้รหัส `{id}` แล้ว" => "พิมพ์รหัสที่ยังไม่มีมาตรการใดใช้ หรือลบบรรทัด `id` นี้";
        en "the measure on line {first} has the id `{id}` already" => "give it an id of its own, or delete the line";
    }
    WrongType "" {
        th "ตรงนี้ต้องเป็น{expected} แต่ที่เขียนไว้คือ {found}" => "พิมพ์เป็น{expected} เช่น {example}";
        en "this should be {expected}, but is {found}" => "write {expected}, for example {example}";
    }
    WrongType "choice" {
        th "`{found}` ไม่ใช่คำที่ใช้ได้ตรงนี้" => "พิมพ์คำใดคำหนึ่ง: {known}";
        en "this key takes one of some words, and `{found}` is none of them" => "write one of: {known}";
    }
    WrongType "too-many" {
        th "ตรงนี้มี {count} รายการ แต่โปรแกรมรับได้ไม่เกิน 1,000 รายการ" => "ลบรายการที่เกิน หรือแยกเป็นหลายปีหรือหลายไฟล์";
        en "this list has {count} members, more than the 1,000 that are read" => "delete what is too much, or spread it over several years or files";
    }
    WrongType "too-long" {
        th "ข้อความนี้ยาว {count} ตัวอักษร แต่โปรแกรมรับได้ไม่เกิน 20,000 ตัวอักษร" => "ย่อข้อความ หรือย้ายไปไว้ในไฟล์ .md";
        en "this text has {count} characters, more than the 20,000 that are read" => "shorten it, or move it into a Markdown file";
    }
    WrongType "date" {
        th "อ่าน `{found}` เป็นวันที่ไม่ได้" => "พิมพ์ ปี-เดือน-วัน ที่มีในปฏิทิน เช่น 2568-08-01 หรือ 2025-08-01";
        en "`{found}` is no day of the calendar, or not written as one" => "write year-month-day, for example 2568-08-01 or 2025-08-01";
    }
    WrongType "year" {
        th "อ่าน `{found}` เป็นปีไม่ได้" => "พิมพ์ปี พ.ศ. สี่หลัก เช่น 2568";
        en "`{found}` is no year" => "write four digits, for example 2568";
    }
    WrongType "url" {
        th "`{found}` ไม่ใช่ที่อยู่เว็บที่ครบถ้วน" => "พิมพ์ที่อยู่เต็มที่ขึ้นต้นด้วย https:// เช่น https://www.example.go.th/";
        en "`{found}` is no whole web address" => "write all of it, beginning with https://, as https://www.example.go.th/";
    }
    WrongType "place" {
        th "`{found}` ใช้เป็นชื่อจังหวัดไม่ได้" => "พิมพ์ชื่อจังหวัด เช่น ขอนแก่น หรือลบบรรทัดนี้";
        en "`{found}` can't be the name of a province" => "write its name, as ขอนแก่น, or delete the line";
    }
    WrongType "slug" {
        th "ชื่อโฟลเดอร์ `{found}` ใช้เป็นที่อยู่ของหน่วยงานไม่ได้" => "เปลี่ยนชื่อโฟลเดอร์: {reason}";
        en "the folder name `{found}` can't be an agency's address" => "rename the folder: {reason}";
    }
    WrongType "reference" {
        th "อ่านการอ้างอิงคะแนน `{found}` ไม่ได้" => "พิมพ์ {{ score(\"i11\") }}, {{ score(\"o12\", 2567) }} หรือ {{ issue_mean() }}";
        en "the reference `{found}` can't be read" => "write {{ score(\"i11\") }}, {{ score(\"o12\", 2567) }} or {{ issue_mean() }}";
    }
    WrongType "reference-title" {
        th "`title` ใช้การอ้างอิงคะแนนไม่ได้: `{found}`" => "ลบ {{ … }} ออกจาก `title` หรือย้ายไปไว้ในเนื้อหา";
        en "a `title` can't show a figure by reference: `{found}`" => "take {{ … }} out of the `title`, or put it into the text";
    }
    WrongType "color" {
        th "อ่าน `{found}` เป็นสีไม่ได้" => "พิมพ์ # ตามด้วยตัวเลข 0–9 หรืออักษร a–f รวมหกตัว ในเครื่องหมายคำพูด เช่น \"#14532d\"";
        en "`{found}` is no colour" => "write # and six hexadecimal digits between quotes, as in \"#14532d\"";
    }
    WrongType "color-comment" {
        th "สี {found} ไม่ถูกอ่าน เพราะใน YAML ข้อความหลัง # เป็นหมายเหตุ" => "ครอบด้วยเครื่องหมายคำพูด: \"{found}\"";
        en "the colour {found} was not read: in YAML, what stands after # is a comment" => "put it between quotes: \"{found}\"";
    }
    WrongType "picture" {
        th "`{found}` ใช้เป็นรูปตรงนี้ไม่ได้" => "ระบุไฟล์รูปใต้ files/ ชนิดใดชนิดหนึ่ง: {kinds}";
        en "`{found}` can't be the picture here" => "name a picture under files/ of one of these kinds: {kinds}";
    }
    ContrastLow "" {
        th "สี {found} ใกล้กับสีพื้น {ground} เกินไป ต่างกัน {ratio} : 1 แต่ตัวอักษรต้องต่างจากพื้นอย่างน้อย 7 : 1 ทุกคนจึงอ่านได้" => "พิมพ์ \"{nearest}\" ซึ่งเป็นสีใกล้ที่สุดที่อ่านได้ หรือเลือกสีอื่น";
        en "the contrast of {found} with the ground {ground} is {ratio} : 1, and text needs 7 : 1 to be read by everybody" => "write \"{nearest}\", the nearest colour that can be read, or choose another";
    }
    WrongType "old-address-long" {
        th "ที่อยู่เดิม `{found}` ยาวเกินกว่าที่ระบบไฟล์เก็บได้" => "ที่อยู่เดิมยาวได้ไม่เกิน 3,000 ไบต์ หรืออักษรไทย 1,000 ตัว ที่ยาวกว่านี้ส่งต่อไม่ได้ ให้ลบบรรทัดนี้";
        en "the old address `{found}` is longer than file systems hold" => "it may have 3,000 bytes; nothing can lead on from a longer one, so delete the line";
    }
    WrongType "old-address" {
        th "`{found}` ใช้เป็นที่อยู่เดิมของหน้าไม่ได้" => "เขียนที่อยู่ที่ลงท้ายด้วย / หรือ .html โดยไม่มีเครื่องหมาย ? # % * และอักขระที่มองไม่เห็น";
        en "`{found}` can't be the old address of a page" => "write one that ends in / or .html, without ? # % * and invisible characters";
    }
    WrongType "ocds-prefix" {
        th "`{found}` ไม่ใช่รูปแบบของคำนำหน้า OCDS" => "ใช้คำนำหน้าที่ Open Contracting Partnership ให้ไว้ เช่น ocds-a1b2c3 (ocds- ตามด้วยตัวพิมพ์เล็กหรือตัวเลขหกตัว) หรือลบบรรทัดนี้";
        en "`{found}` has not the form of a prefix of OCDS" => "use the one that the Open Contracting Partnership gave, as ocds-a1b2c3 (ocds- and six small letters or digits), or delete this line";
    }
    WrongType "public-key" {
        th "ค่านี้ไม่ใช่กุญแจสาธารณะของ minisign" => "คัดลอกบรรทัดสุดท้ายของไฟล์ .pub ซึ่งมี 56 ตัวอักษรและขึ้นต้นด้วย RW";
        en "this is no public key of minisign" => "copy the last line of the .pub file, which has 56 letters and begins with RW";
    }
    WrongType "secret-key" {
        th "ค่านี้เป็นกุญแจลับ ซึ่งต้องไม่อยู่ในไฟล์นี้" => "ลบออก สร้างกุญแจคู่ใหม่เพราะผู้อื่นอาจเห็นแล้ว และเขียนบรรทัดสุดท้ายของไฟล์ .pub แทน";
        en "this is a secret key, which must not stand in this file" => "delete it, make a new pair because others may have seen this one, and write the last line of the .pub file here";
    }
    MissingField "" {
        th "ขาดคีย์ `{key}` ซึ่งต้องมี หรือยังไม่ได้ใส่ค่า" => "เพิ่มบรรทัด `{key}: …` หรือเติมบรรทัดเดิม โดยพิมพ์ค่าแทน …";
        en "the key `{key}` is required, and missing or empty" => "add a line `{key}: …`, or fill in the one that is there, with the value in place of …";
    }
    MissingField "file" {
        th "ไม่มีไฟล์ {file} จึงขาดคีย์ `{key}` ซึ่งต้องมี" => "สร้างไฟล์นี้ แล้วพิมพ์บรรทัด `{key}: …` โดยใส่ค่าแทน …";
        en "there is no file {file}, so the key `{key}`, which is required, is missing" => "create the file, with a line `{key}: …` and the value in place of …";
    }
    MissingField "agency" {
        th "โฟลเดอร์ {folder} มีข้อมูลของปีงบประมาณ แต่ไม่มีไฟล์ {file} จึงไม่รู้ว่าเป็นของหน่วยงานใด และหน้าที่เคยเผยแพร่จะหายไป" => "นำไฟล์นี้กลับมา หรือสร้างใหม่โดยพิมพ์บรรทัด `name: …` ถ้าไม่เผยแพร่หน่วยงานนี้แล้ว ให้ย้ายหรือลบโฟลเดอร์";
        en "the folder {folder} has editions and no file {file}, so nobody knows whose they are, and what was published of them would go" => "put the file back, or create it with a line `name: …`; if the agency is not published any more, move or delete its folder";
    }
    MissingField "edition" {
        th "การอ้างอิงนี้ต้องใช้ผลการประเมิน แต่เว็บไซต์นี้ยังไม่มีผลของปีใด" => "ใส่ผลการประเมินใน assessment.yaml ก่อน หรือลบการอ้างอิงนี้";
        en "this reference needs a result, and the site has none of any year" => "enter the result in assessment.yaml first, or take the reference out";
    }
    UnreadableFile "" {
        th "อ่านไฟล์นี้ไม่ได้: {detail}" => "ตรวจว่าไฟล์มีอยู่ ไม่มีโปรแกรมอื่นเปิดค้างไว้ และบัญชีผู้ใช้นี้มีสิทธิ์อ่าน";
        en "this file can't be read: {detail}" => "see that it is there, that no other program holds it, and that you may read it";
    }
    UnreadableFile "utf-8" {
        th "ไฟล์นี้ไม่ได้บันทึกเป็น UTF-8 (พบไบต์ {byte} ที่อ่านไม่ได้)" => "เปิดไฟล์แล้วบันทึกใหม่ โดยเลือกการเข้ารหัสเป็น UTF-8";
        en "this file is not UTF-8 (the byte {byte} can't be read)" => "open it and save it again with the encoding UTF-8";
    }
    UnreadableFile "utf-16" {
        th "ไฟล์นี้บันทึกเป็น UTF-16 (Windows เรียกว่า Unicode) ไม่ใช่ UTF-8" => "เปิดด้วย Notepad เลือก ไฟล์ > บันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8 หากมาจาก Excel ให้บันทึกเป็นชนิด CSV UTF-8";
        en "this file was saved as UTF-16 (which Windows calls Unicode), not as UTF-8" => "open it in Notepad, choose File > Save as and the encoding UTF-8; from Excel, save as the type CSV UTF-8";
    }
    UnreadableFile "windows-874" {
        th "ไฟล์นี้บันทึกเป็น Windows-874 (TIS-620, ANSI ภาษาไทย) ไม่ใช่ UTF-8" => "เปิดด้วย Notepad เลือก ไฟล์ > บันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8 หากมาจาก Excel ให้บันทึกเป็นชนิด CSV UTF-8";
        en "this file was saved as Windows-874 (TIS-620, Thai ANSI), not as UTF-8" => "open it in Notepad, choose File > Save as and the encoding UTF-8; from Excel, save as the type CSV UTF-8";
    }
    UnreadableFile "document" {
        th "ไฟล์นี้เป็นเอกสาร (เช่น Word, Excel หรือ PDF) ไม่ใช่ไฟล์ข้อความ" => "คัดลอกข้อความไปวางในไฟล์ใหม่ด้วย Notepad แล้วบันทึกเป็น UTF-8 ส่วนตัวเอกสารให้วางไว้ใต้ files/";
        en "this file is a document (as of Word, Excel or PDF) and no text" => "copy its text into a new file with Notepad and save that as UTF-8; the document itself belongs under files/";
    }
    UnreadableFile "markdown" {
        th "ไฟล์นี้ใหญ่กว่า 1 MiB ซึ่งใหญ่ที่สุดที่โปรแกรมอ่านสำหรับไฟล์ .md" => "แยกเป็นหลายหน้า และวางรูปหรือเอกสารเป็นไฟล์ไว้ใต้ files/";
        en "this file is larger than 1 MiB, the most that a Markdown file may have" => "take it apart into several pages, and put pictures and documents as files under files/";
    }
    UnreadableFile "control" {
        th "ไฟล์นี้มีอักขระควบคุม {byte} ซึ่งไม่ใช่ข้อความ" => "ลบอักขระนั้น หรือบันทึกไฟล์ใหม่เป็นข้อความ UTF-8";
        en "this file holds the control character {byte}, which is no text" => "delete it, or save the file again as UTF-8 text";
    }
    UnknownFile "" {
        th "ไฟล์นี้ไม่อยู่ในที่ที่โปรแกรมรู้จัก จึงไม่ถูกใช้" => "ถ้าเป็นเอกสารแนบ ให้ย้ายไปไว้ในโฟลเดอร์ files/ ถ้าเป็นไฟล์ของเว็บไซต์ ให้แก้ชื่อหรือย้ายตามที่ `prongsai explain unknown-file` บอก";
        en "this file has no place here and is not used" => "move an attachment under files/; give a file of the site the name and place that `prongsai explain unknown-file` tells";
    }
    UnknownFile "folder" {
        th "ตรงนี้ต้องเป็นโฟลเดอร์ แต่พบไฟล์ จึงไม่ถูกใช้" => "ลบหรือเปลี่ยนชื่อไฟล์นี้ แล้วสร้างโฟลเดอร์ชื่อเดิม";
        en "a folder belongs here, but this is a file, and is not used" => "delete or rename it, and make a folder of that name";
    }
    UnknownTheme "" {
        th "ไม่มีธีมชื่อ `{name}`" => "สร้างโฟลเดอร์ themes/{name}/ หรือเขียน `theme: default`";
        en "there is no theme `{name}`" => "create the folder themes/{name}/, or write `theme: default`";
    }
    UnknownTheme "near" {
        th "ไม่มีธีมชื่อ `{name}`" => "หมายถึง `{nearest}` หรือไม่ ถ้าใช่ ให้พิมพ์ `{nearest}` แทน ชื่อธีมคือชื่อโฟลเดอร์ใน themes/";
        en "there is no theme `{name}`" => "did you mean `{nearest}`? A theme is named by its folder in themes/";
    }
    ProvinceSpelling "" {
        th "จังหวัด `{written}` กับ `{shown}` ที่หน่วยงานอื่นเขียน ต่างกันเพียงเครื่องหมาย จึงอยู่ในหน้าเดียวกัน" => "เขียนให้ตรงกัน ถ้าไม่ใช่จังหวัดเดียวกัน ให้ใช้ชื่อที่ต่างกันด้วยตัวอักษร";
        en "the province `{written}`, and `{shown}` as other agencies write it, differ in signs alone and share one page" => "write them alike; if they are two, give them names that differ in letters";
    }
    RouteCollision "case" {
        th "ที่อยู่ /{address} ซ้อนกับของ {other} บนเครื่องแม่ข่ายและดิสก์หลายชนิด ซึ่งไม่แยกตัวพิมพ์ใหญ่เล็ก" => "เปลี่ยนชื่อให้ต่างกันมากกว่านั้น";
        en "the address /{address} and that of {other} get in each other's way on the many hosts and disks that do not tell capital letters apart" => "give it a name of its own";
    }
    RouteCollision "form" {
        th "ที่อยู่ /{address} กับของ {other} อ่านเหมือนกันทุกตัว ต่างกันเพียงวิธีที่คอมพิวเตอร์เก็บตัวอักษร เครื่องแม่ข่ายและดิสก์หลายชนิดจึงถือว่าเป็นชื่อเดียวกัน" => "เปลี่ยน{odd} ซึ่งเก็บตัวอักษรไม่ตรงแบบปกติ (NFC) เป็นชื่อที่อ่านแล้วต่างกัน ถ้าเป็นของเดียวกัน ให้เก็บไว้เพียงชื่อเดียว";
        en "the address /{address} and that of {other} read the same, and differ only in how their letters are stored; many hosts and disks take them for one" => "rename {odd}, whose letters are not stored in the usual way (NFC), so that it reads otherwise; if both are the same thing, keep one";
    }
    RouteCollision "" {
        th "ไฟล์นี้และ {other} จะเผยแพร่ที่ที่อยู่เดียวกัน คือ /{address}" => "เปลี่ยนชื่อไฟล์ใดไฟล์หนึ่ง";
        en "the address /{address} has two sources: {other} and this file" => "rename one of them";
    }
    RouteCollision "reserved" {
        th "ที่อยู่ /{address} โปรแกรมใช้อยู่แล้ว" => "เปลี่ยนชื่อไฟล์หรือที่อยู่นี้";
        en "the address /{address} belongs to the program" => "rename the file or the address";
    }
    Template "id" {
        th "หน้า {page} มี id `{id}` ซ้ำ" => "แก้แม่แบบให้แต่ละ id มีที่เดียวในหน้า";
        en "the page {page} has the id `{id}` twice" => "mend the template so that each id stands once in a page";
    }
    Template "work" {
        th "หน้า /{page} มีเนื้อหามากเกินกว่าที่โปรแกรมสร้างเป็นหน้าเดียวได้" => "ลดเนื้อหาของหน้านี้ หากมีแม่แบบของเว็บไซต์เอง ให้ดูว่าวนซ้ำไม่รู้จบหรือไม่";
        en "the page /{page} takes more work than one page may" => "shorten what it shows; if the site has templates of its own, see whether one of them loops without end";
    }
    UnknownFile "name" {
        th "ชื่อไฟล์นี้ใช้เป็นที่อยู่บนเว็บไม่ได้ จึงไม่ถูกเผยแพร่" => "เปลี่ยนชื่อไฟล์ ไม่ใช้ : \\ และอักขระที่มองไม่เห็น";
        en "the name of this file can't be an address, so it is not published" => "rename it without : \\ and invisible characters";
    }
    Template "bounds" {
        th "แม่แบบมีข้อผิดพลาด: {detail}" => "ทำไฟล์ให้เล็กหรือง่ายลง หรือลบไฟล์เพื่อใช้แม่แบบในโปรแกรม";
        en "the template has a fault: {detail}" => "make the file smaller or simpler, or delete it to use the built-in one";
    }
    Template "" {
        th "แม่แบบมีข้อผิดพลาด ข้อความจากตัวอ่านแม่แบบ (ภาษาอังกฤษ): {detail}" => "แก้แม่แบบตรงนี้ หรือลบไฟล์เพื่อใช้แม่แบบในโปรแกรม";
        en "the template has a fault: {detail}" => "mend it here, or delete the file to use the built-in one";
    }
}
