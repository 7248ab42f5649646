//! What lies behind each code: why it is told, and what a person does about it. Owns the longer words, which `explain` and
//! `docs/findings.md` give; what is said of a single finding is in [`super::texts`].

use super::catalogue::Code;
use crate::base::language::Language;

impl Code {
    /// Why it is told and what to do about it, in a few sentences.
    pub fn lesson(self, language: Language) -> &'static str {
        let (th, en) = lesson(self);
        if language == Language::Th { th } else { en }
    }
}

fn lesson(code: Code) -> (&'static str, &'static str) {
    match code {
        Code::YamlSyntax => (
            "YAML อ่านจากย่อหน้าและเครื่องหมาย เครื่องหมายที่ขาดไปตัวเดียวทำให้อ่านทั้งไฟล์ไม่ได้ จุดที่รายงานชี้คือที่ซึ่งอ่านต่อไม่ได้ ต้นเหตุมักอยู่บรรทัดนั้นหรือบรรทัดก่อนหน้า ย่อหน้าด้วยเว้นวรรคเสมอ ไม่ใช้แท็บ เว้นวรรคหลังทวิภาค และใส่เครื่องหมายคำพูดครอบข้อความที่มี : หรือ # หรือที่ขึ้นต้นด้วยเครื่องหมาย",
            "YAML is read by indentation and signs, and one that is missing makes the whole file unreadable. The report points to where reading stopped; the cause mostly stands on that line or the one before. Indent with spaces, never with tabs, put a space after a colon, and quotation marks around a text that holds : or # or begins with a sign.",
        ),
        Code::UnknownField => (
            "คีย์คือคำที่อยู่หน้าทวิภาค เช่น `name:` แต่ละไฟล์มีคีย์ที่กำหนดไว้เป็นภาษาอังกฤษ ถ้าสะกดคีย์ผิด ข้อมูลจะหายไปจากหน้าเว็บโดยไม่มีใครรู้ โปรแกรมจึงถือเป็นข้อผิดพลาด แก้ตัวสะกดตามที่แนะนำ หรือลบบรรทัดนั้น ดูคีย์ทั้งหมดด้วย `prongsai schema`",
            "A key is the word before a colon, as `name:`. Each file has its own, in English. Nobody reads a misspelt key, so its value would be lost in silence; that is why it is an error. Mend the spelling as suggested, or delete the line. `prongsai schema` shows all keys.",
        ),
        Code::DuplicateKey => (
            "เมื่อคีย์เดียวกันมีสองบรรทัด ไม่มีทางรู้ว่าบรรทัดใดถูก โปรแกรมจึงไม่เลือกให้ รหัสที่สะกดต่างกันแต่อ่านแล้วเป็นตัวเดียวกัน เช่น o14 กับ ๐๑๔ ก็นับว่าซ้ำ เทียบกับเอกสารต้นทาง แล้วเก็บไว้บรรทัดเดียว",
            "Where a key stands on two lines, nothing tells which is right, so the program does not choose. Codes that are read alike, as o14 and ๐๑๔, count as one. Compare them with the source, and keep one line.",
        ),
        Code::WrongType => (
            "แต่ละคีย์รับค่าเพียงชนิดเดียว เช่น วันที่ ตัวเลข ข้อความ หรือคำที่กำหนดไว้ ค่าชนิดอื่นอ่านแล้วไม่มีความหมาย แก้ค่าให้เป็นชนิดที่รายงานบอก ถ้าเป็นข้อความแต่ถูกอ่านเป็นอย่างอื่น ให้ครอบด้วยเครื่องหมายคำพูด",
            "Each key takes one kind of value: a date, a number, a text, or one of some words. Anything else means nothing there. Write the kind that the report names; put a text that was read as something else into quotation marks.",
        ),
        Code::MissingField => (
            "มีคีย์ไม่กี่คำที่ขาดหรือเว้นว่างไม่ได้ เช่น ชื่อหน่วยงานและชื่อชุดเกณฑ์ เพราะทุกหน้าต้องใช้ เพิ่มหรือเติมบรรทัดที่รายงานบอกลงในไฟล์ที่ระบุ ถ้ารายงานบอกว่าไม่มีไฟล์ `prongsai new year` สร้างไฟล์ของปีให้ครบ",
            "A few keys can't be left out or empty, as the agency's name and the rules of the year: every page needs them. Add the line that the report shows. Where it says that a file is missing, `prongsai new year` makes all files of a year.",
        ),
        Code::UnreadableFile => (
            "ไฟล์ข้อความต้องบันทึกเป็น UTF-8 ทุกเครื่องจึงอ่านภาษาไทยได้ตรงกัน ไฟล์จาก Notepad รุ่นเก่าหรือ Excel มักเป็นแบบอื่น เปิดไฟล์ เลือกบันทึกเป็น แล้วเลือกการเข้ารหัส UTF-8 ถ้าเปิดไฟล์ไม่ได้เลย ให้ตรวจสิทธิ์ และดูว่าโปรแกรมอื่นเปิดค้างอยู่หรือไม่",
            "Texts are saved as UTF-8, so that Thai reads the same on every machine; old versions of Notepad and Excel save otherwise. Open the file, choose Save as and the encoding UTF-8. Where it can't be opened at all, see who may read it, and whether another program holds it open.",
        ),
        Code::UnknownFile => (
            "โปรแกรมรู้จักไฟล์จากชื่อและที่อยู่ ไฟล์ที่สะกดชื่อผิดหรือวางผิดที่จึงไม่ถูกใช้ และคนที่เขียนมักไม่รู้ เอกสารแนบทุกชนิดอยู่ใต้ files/ หน้าเว็บเป็นไฟล์ .md ใน content/ ส่วนโฟลเดอร์ของปี เช่น content/2568/ มี assessment.yaml, disclosures.yaml, measures.yaml, report.md, issues/1.md และ items/o1.md",
            "The program knows files by name and place. One that is misspelt or misplaced is not used, and who wrote it mostly does not notice. Attachments belong under files/, pages are .md files in content/; the folder of a year, as content/2568/, has assessment.yaml, disclosures.yaml, measures.yaml, report.md, issues/1.md and items/o1.md.",
        ),
        Code::UnknownTheme => (
            "`theme` ใน site.yaml คือชื่อโฟลเดอร์ใน themes/ ถ้าไม่ได้ทำธีมเอง ให้ลบบรรทัดนี้หรือเขียน `theme: default`",
            "`theme` in site.yaml is the name of a folder in themes/. Without a theme of your own, delete the line or write `theme: default`.",
        ),
        Code::PackInvalid => (
            "ชุดเกณฑ์กำหนดเครื่องมือ ตัวชี้วัด ข้อคำถาม และระดับ ถ้าชุดเกณฑ์ขัดกันเอง ตัวเลขที่คำนวณได้จะผิดทุกหน้า ชุดเกณฑ์ที่หน่วยงานเขียนเองอยู่ใน content/frameworks/ แก้ตามที่รายงานบอก หรือเริ่มใหม่ด้วย `prongsai new pack`",
            "A pack of rules names instruments, indicators, questions and levels. One that contradicts itself makes every derived figure wrong. Packs of your own lie in content/frameworks/: mend what the report names, or begin again with `prongsai new pack`.",
        ),
        Code::UnknownCode => (
            "รหัสต้องเป็นของปีที่พูดถึง แต่ละปีมีข้อและรายการไม่เท่ากัน และบางรายการเปลี่ยนเลข เทียบรหัสกับประกาศของปีนั้น ถ้าพิมพ์ผิด รายงานจะบอกรหัสที่ใกล้ที่สุด",
            "A code belongs to a year: years differ in their questions and items, and some items were renumbered. Compare the code with the announcement of that year; for a misspelling the report names the nearest one.",
        ),
        Code::UnknownFramework => (
            "`framework` ใน assessment.yaml บอกว่าใช้เกณฑ์ของปีใด เช่น ita-2568 เลือกชื่อจากที่รายงานแสดง ถ้าเป็นปีหรือประเภทหน่วยงานที่โปรแกรมยังไม่มี ให้เขียนชุดเกณฑ์เองด้วย `prongsai new pack`",
            "`framework` in assessment.yaml says whose rules hold, as ita-2568. Take a name that the report lists. For a year or a sector that is not built in, write a pack with `prongsai new pack`.",
        ),
        Code::UnknownIssue => (
            "ประเด็นการวิเคราะห์มีเลขตามชุดเกณฑ์ของปี เลขที่ไม่มีอาจพิมพ์ผิด หรือเป็นของปีอื่น แก้เลขในไฟล์ หรือเปลี่ยนชื่อไฟล์ใน issues/ ให้ตรงกับประเด็น",
            "The issues of the analysis are numbered by the rules of the year. A number that is not there is a slip, or another year's. Mend the number, or rename the file in issues/.",
        ),
        Code::CodeSpelling => (
            "รายงานหลายฉบับพิมพ์รหัสไม่เหมือนกัน เช่น O14, o๑๔ หรือใช้เลขศูนย์ไทยแทนตัว o โปรแกรมอ่านได้ทุกแบบ แต่สะกดแบบเดียวกันทั้งไฟล์ทำให้ค้นหาและตรวจง่ายกว่า ไม่แก้ก็ได้",
            "Reports print codes in many ways, as O14, o๑๔, or with a Thai zero for the letter. All are read; one spelling throughout is easier to search and check. It may stay as it is.",
        ),
        Code::RedirectUnfit => (
            "ไฟล์ตั้งค่าของบางโฮสต์รับที่อยู่บางแบบไม่ได้ โปรแกรมจึงทำหน้าที่พาผู้อ่านไปยังที่อยู่ใหม่แทน ผู้อ่านไปถึงได้เหมือนกัน ไม่ต้องทำอะไร",
            "The settings of some hosts can't hold every address. A page leads readers on instead, and they arrive all the same. Nothing has to be done.",
        ),
        Code::ContrastLow => (
            "สีของลิงก์และเครื่องหมายต้องต่างจากพื้นพอให้ผู้มีสายตาเลือนรางและผู้ที่อ่านกลางแดดอ่านได้ ตามเกณฑ์ WCAG 2.2 ระดับ AAA ใช้สีที่รายงานแนะนำ ซึ่งใกล้กับสีเดิมที่สุด",
            "Links and marks have to stand out from the ground, for people with weak sight and for anybody in the sun: WCAG 2.2 at level AAA asks for it. Take the colour that the report suggests, the nearest to yours.",
        ),
        Code::ScoreNotANumber => (
            "คะแนนต้องเป็นตัวเลขที่คำนวณต่อได้ เลขไทยใช้ได้ ทศนิยมใช้จุด ข้อที่ไม่ได้ประกาศคะแนนให้เขียน null ไม่ใช่ขีดหรือ 0 เพราะ 0 หมายถึงได้ศูนย์",
            "A score is a number that is reckoned with, in either script, with a point for decimals. Write null where none was announced, not a dash and not 0: zero means that the score was zero.",
        ),
        Code::ScoreOutOfRange => (
            "คะแนนของ ITA อยู่ระหว่าง 0 ถึง 100 ถ้าเอกสารพิมพ์เครื่องมือเป็นคะแนนถ่วงน้ำหนัก (เช่น IIT 27.45 จาก 30) ให้ใส่ `scale: weighted` ตัวเลขที่เกินมักมาจากจุดทศนิยมที่หายไป",
            "Scores of the assessment lie between 0 and 100. Where instruments are printed as their share (IIT 27.45 of 30), write `scale: weighted`. A number above it has mostly lost its decimal point.",
        ),
        Code::ScoreMissing => (
            "เกณฑ์ของปีมีข้อนี้ แต่ไฟล์คะแนนไม่มี หน้าเว็บจึงแสดงว่าไม่ได้ประกาศ เติมคะแนนด้วย `prongsai import` หรือเขียน null เพื่อบอกว่าตรวจแล้วว่าไม่ได้ประกาศ",
            "The rules of the year have this code and the file of scores does not, so pages say that it was not announced. `prongsai import` fills it in; null says that you looked and there is none.",
        ),
        Code::ScoreMismatch => (
            "คะแนนรวมต้องคำนวณได้จากคะแนนย่อย เช่น คะแนนตัวชี้วัดคือค่าเฉลี่ยของข้อคำถาม โปรแกรมลองปัดเศษทุกแบบแล้วยังไม่ได้คะแนนที่ประกาศ มักเป็นเพราะพิมพ์ตัวเลขผิดสักตัว เทียบกับเอกสารต้นทางทีละตัว ถ้าเอกสารประกาศไว้เช่นนั้นจริง อย่าแก้ตัวเลข ให้เพิ่มใน `accept` พร้อมเหตุผล หน้าตรวจสอบ (audit) ของเว็บไซต์จะแสดงเหตุผลนั้น",
            "A figure follows from its parts, as an indicator is the mean of its questions. No way of rounding gives what was announced, so one of them is mostly a slip of typing. Compare each with the source. Where the announcement really says so, do not alter it: add it under `accept` with the reason, which the audit page then shows.",
        ),
        Code::ScoreRounding => (
            "ตัวเลขต่างกันเพียงเล็กน้อยเท่าที่การปัดเศษระหว่างทางทำให้เกิดได้ ไม่ต้องแก้ถ้าตรงกับที่ประกาศ",
            "The figures differ by no more than rounding on the way may leave. Nothing has to be mended where they are as announced.",
        ),
        Code::LevelMismatch => (
            "ระดับผล เช่น ผ่านดีเยี่ยม มีเงื่อนไขเป็นคะแนนรวมและคะแนนของแต่ละเครื่องมือ ระดับที่เขียนไว้ไม่ตรงกับเงื่อนไขเหล่านั้น ตรวจทั้งระดับและคะแนนกับประกาศ",
            "A level has conditions on the total and on each instrument, and the one that is written does not meet them. Compare both the level and the figures with the announcement.",
        ),
        Code::FigureDrift => (
            "เมื่อคะแนนในไฟล์ข้อมูลถูกแก้ ตัวเลขที่พิมพ์ไว้ในข้อความจะไม่เปลี่ยนตาม ผู้อ่านจึงเห็นสองค่า เขียนอ้างอิงแทนตัวเลข แล้วตัวเลขในข้อความจะตรงกับข้อมูลเสมอ",
            "When a score in the data is mended, a figure typed into the text does not follow, and readers meet two values. A reference in its place always shows what the data say.",
        ),
        Code::MissingCommentary => (
            "รายงานการวิเคราะห์ต้องกล่าวถึงทุกประเด็น ประเด็นที่ไม่มีบทวิเคราะห์แสดงแต่คะแนน เขียนสองสามย่อหน้าในไฟล์ที่รายงานบอก: คะแนนเป็นอย่างไร เพราะอะไร และจะทำอะไรต่อ `prongsai new issue 3` สร้างไฟล์ให้",
            "The analysis speaks of every issue; one without it shows bare figures. Write a few paragraphs in the file that is named: how the scores are, why, and what follows. `prongsai new issue 3` makes the file.",
        ),
        Code::MissingMeasure => (
            "ทุกประเด็นควรมีมาตรการที่บอกวิธี ขั้นตอน ผู้รับผิดชอบ และระยะเวลา เพื่อให้ติดตามได้ว่าทำจริง เพิ่มด้วย `prongsai new measure --issue 3` หรือแก้ measures.yaml",
            "Every issue should have a measure with method, steps, people responsible and a period, so that it can be followed up. `prongsai new measure --issue 3` adds one, or write it in measures.yaml.",
        ),
        Code::EmptySection => (
            "หัวข้อที่ไม่มีเนื้อหาทำให้ผู้อ่านเข้าใจว่าข้อมูลหาย เขียนเนื้อหา หรือลบหัวข้อจนกว่าจะมี",
            "A heading with nothing under it looks as if something were lost. Write it, or take the heading out until there is something.",
        ),
        Code::DuplicateMeasure => (
            "มาตรการซ้ำมักเกิดจากการคัดลอกตาราง ผู้อ่านจะนับมาตรการเกินจริง เก็บไว้ข้อเดียว ถ้าระยะเวลาต่างกัน ดูว่าข้อใดถูก",
            "A measure is mostly repeated by copying a table, and readers count too many. Keep one; where the periods differ, see which is right.",
        ),
        Code::MeasurePeriod => (
            "มาตรการที่ตอบผลการประเมินต้องทำหลังจากรู้ผล และต้องบอกได้ว่าใครทำเมื่อใด จึงจะติดตามได้ ตรวจปีของระยะเวลา ซึ่งมักติดมาจากปีก่อน และใส่ผู้รับผิดชอบ",
            "What answers a result is done after the result is known, by somebody, at some time; else nobody can follow it up. Look at the year of the period, which often comes from the year before, and name who is responsible.",
        ),
        Code::ForeignAgency => (
            "ชื่อหน่วยงานอื่นมักติดมาจากแบบที่คัดลอกกัน ผู้อ่านจะสงสัยว่าเอกสารเป็นของใคร แก้เป็นชื่อของหน่วยงาน ถ้าตั้งใจกล่าวถึงหน่วยงานนั้นจริง ให้เพิ่มใน `accept` พร้อมเหตุผล",
            "Another body's name mostly comes with a template that was copied, and readers wonder whose document it is. Put in your own name; where the other body is really meant, add it under `accept` with the reason.",
        ),
        Code::ItemMissing => (
            "รายการนี้อยู่ในแบบตรวจ OIT ซึ่งผู้ประเมินเปิดดูทีละข้อ เผยแพร่เอกสารแล้วใส่ลิงก์ ถ้าไม่มีเรื่องนี้จริงให้เขียน not-applicable ถ้าเผยแพร่แล้วแต่ยังไม่ได้บันทึกที่นี่ให้เขียน unrecorded",
            "Assessors open the items of the OIT one by one. Publish the document and give its link. Where the agency has nothing of the kind write not-applicable; where it is published but not recorded here, unrecorded.",
        ),
        Code::ElementMissing => (
            "แต่ละรายการมีองค์ประกอบที่ต้องมีครบ เช่น แผนต้องมีระยะเวลาและงบประมาณ ขาดข้อเดียวอาจไม่ได้คะแนนทั้งรายการ บอกใน `covers` ของลิงก์ว่าเอกสารใดมีเรื่องใด",
            "An item has elements that all have to be there, as a plan has its period and budget; one that lacks may cost the whole item. Say in `covers` of a link what its document holds.",
        ),
        Code::StaleDisclosure => (
            "ข้อมูลนี้เลยวันที่หน่วยงานกำหนดไว้เองว่าจะทบทวน (`review_by`) หรือเป็นของปีอื่น ไม่ใช่ปีที่รายการนี้ใช้ ผู้อ่านอาจได้ข้อมูลเก่า เปิดดูเอกสาร เปลี่ยนเป็นฉบับปัจจุบัน แล้วแก้ updated, covers และ review_by ให้ตรง",
            "The day that the agency itself set for looking at this again (`review_by`) is past, or the information is about another year than the item asks for; readers may get what is out of date. Look at the document, publish the current one, and mend updated, covers and review_by.",
        ),
        Code::LinkBroken => (
            "ผู้อ่านที่กดลิงก์นี้จะไม่พบหน้าใด โปรแกรมจึงยังไม่เผยแพร่ ในไฟล์ .md พิมพ์ลิงก์เป็นที่อยู่ของไฟล์ต้นทาง เช่น ../items/o12.md หรือเป็นรหัส เช่น o12: แล้วโปรแกรมเปลี่ยนเป็นที่อยู่บนเว็บให้ ส่วนรูปให้พิมพ์ files/ชื่อไฟล์",
            "Whoever follows this link meets a page that is not there, so nothing is published. In .md files write links as paths of source files, as ../items/o12.md, or as codes, as o12: ; the program turns them into addresses. A picture is named as files/name.",
        ),
        Code::AnchorBroken => (
            "ลิงก์ที่มี # ชี้ไปยังหัวข้อในหน้า ถ้าหัวข้อเปลี่ยนชื่อ ลิงก์จะไปไม่ถึง เลือกหัวข้อจากที่รายงานแสดง",
            "A link with # points to a heading of a page, and misses it once the heading is renamed. Take one of those that the report lists.",
        ),
        Code::FileMissing => (
            "ลิงก์ชี้ไปยังไฟล์แนบที่ไม่มีในโฟลเดอร์ files/ ตรวจตัวสะกด ตัวพิมพ์เล็กใหญ่ และนามสกุล หรือวางไฟล์ไว้ตามที่รายงานบอก",
            "The link names an attachment that does not lie under files/. Look at the spelling, the capitals and the ending, or put the file where the report says.",
        ),
        Code::AddressGone => (
            "ที่อยู่ที่เคยเผยแพร่อาจอยู่ในหนังสือราชการ ในแบบที่ส่งผู้ประเมิน หรือในบุ๊กมาร์กของประชาชน เมื่อหายไป ทุกคนที่เปิดจะไม่พบหน้านั้น ถ้าย้าย ให้ส่งต่อด้วย `redirects` ใน site.yaml ถ้าตั้งใจลบ ให้เพิ่มใน `accept`",
            "An address once published stands in letters, in forms that assessors hold and in citizens' bookmarks; when it goes they all meet nothing. Lead on with `redirects` in site.yaml where it moved; add it under `accept` where it went on purpose.",
        ),
        Code::LinkPlaceholder => (
            "ลิงก์แบบนี้มักเหลือมาจากแบบตัวอย่าง กดแล้วไม่ไปที่ใด ใส่ที่อยู่จริง หรือลบลิงก์ออก",
            "Links like this are left over from a template, and lead nowhere. Put in a real address, or take the link out.",
        ),
        Code::LinkOffHost => (
            "หลักฐานบนบริการฝากไฟล์หายได้เมื่อเจ้าของบัญชีย้ายงาน ลบไฟล์ หรือตั้งสิทธิ์ผิด ผู้ประเมินจะเปิดไม่ได้ วางไฟล์ไว้ใต้ files/ เพื่อให้อยู่กับเว็บไซต์ตลอดไป ที่เก็บของหน่วยงานเองเพิ่มได้ใน evidence_hosts",
            "Evidence on a file-sharing host goes when the account's owner leaves, deletes it or sets its rights wrong, and assessors can't open it. Put the file under files/, where it stays with the site; a host of the agency's own goes under evidence_hosts.",
        ),
        Code::AttachmentEmpty => (
            "ไฟล์นี้ไม่มีเนื้อหา มักเกิดจากการคัดลอกหรือดาวน์โหลดไม่สำเร็จ ผู้อ่านจะเปิดได้แต่ไม่เห็นอะไร วางไฟล์ใหม่แทน",
            "The file has no content, mostly because copying or fetching it failed. Readers open it and see nothing. Put it here again.",
        ),
        Code::AttachmentType => (
            "เครื่องของผู้อ่านเลือกโปรแกรมเปิดจากนามสกุลไฟล์ ถ้าเนื้อหาเป็นอย่างอื่นหรือไฟล์เสียหาย จะเปิดไม่ได้ เปิดไฟล์ดูเองก่อน แล้วบันทึกใหม่เป็นชนิดที่ถูกต้อง",
            "A reader's machine chooses a program by the ending of the name, and fails where the content is something else or damaged. Open the file yourself, and save it again as what it is.",
        ),
        Code::AttachmentEncrypted => (
            "เอกสารสาธารณะต้องเปิดได้โดยไม่ต้องมีรหัสผ่าน ไฟล์ที่จำกัดสิทธิ์ทำให้โปรแกรมอ่านออกเสียงและการค้นหาใช้ไม่ได้ บันทึกใหม่โดยไม่ตั้งรหัส",
            "A public document opens without a password, and restrictions keep screen readers and search from reading it. Save it again without them.",
        ),
        Code::AttachmentScan => (
            "PDF ที่เป็นภาพล้วนค้นหาไม่ได้ คัดลอกไม่ได้ และคนพิการทางการเห็นใช้โปรแกรมอ่านออกเสียงไม่ได้ ใช้ไฟล์ที่บันทึกเป็น PDF จากโปรแกรมที่เขียนเอกสาร หรือให้เครื่องสแกนแปลงเป็นข้อความ (OCR)",
            "A PDF of pictures can't be searched or copied, and says nothing to blind readers. Use the PDF that the writing program saves, or have the scanner recognise the text (OCR).",
        ),
        Code::AttachmentActive => (
            "ไฟล์ HTML และ SVG ทำงานในเบราว์เซอร์ได้เหมือนหน้าเว็บของหน่วยงาน ผู้ไม่หวังดีจึงใช้หลอกผู้อ่านได้ เผยแพร่เป็น PDF หรือรูปภาพแทน",
            "HTML and SVG run in a browser as if they were the agency's own page, which can be used to deceive readers. Publish a PDF or a picture instead.",
        ),
        Code::ProcurementColumns => (
            "แบบของรายการจัดซื้อจัดจ้างกำหนดคอลัมน์ที่ต้องมี คอลัมน์ที่ขาดทำให้ไม่ครบองค์ประกอบ เพิ่มคอลัมน์ ใส่ - เมื่อไม่มีข้อมูล ชื่อหัวคอลัมน์ที่อ่านได้อยู่ใน docs/procurement.md (โฟลเดอร์ docs ที่มากับซอร์สโค้ดของโปรแกรม)",
            "The form of the procurement item has columns that have to be there. Add those that lack, with - where there is nothing to say; docs/procurement.md, in the folder docs of the program's source, lists the headings that are understood.",
        ),
        Code::ProcurementEmpty => (
            "เซลล์ว่างไม่บอกว่าไม่มีข้อมูลหรือลืมกรอก กรอกให้ครบ หรือใส่ - เพื่อบอกว่าตั้งใจเว้น",
            "An empty cell does not tell whether there is nothing or something was forgotten. Fill it in, or write - to say that it is meant.",
        ),
        Code::ProcurementNumber => (
            "จำนวนเงินและปีต้องเป็นตัวเลขล้วน จึงจะรวมและเปรียบเทียบได้ หน่วยและหมายเหตุให้แยกไว้คอลัมน์อื่น",
            "Amounts and years are plain numbers, so that they can be added and compared; units and remarks go into columns of their own.",
        ),
        Code::ProcurementPrice => (
            "ราคาที่ตกลงสูงกว่าวงเงินหรือราคากลางเป็นสิ่งที่ผู้อ่านจะถาม ตรวจว่าพิมพ์ผิดหรือสลับคอลัมน์หรือไม่ ถ้าถูกต้อง ให้เพิ่มใน `accept` พร้อมเหตุผล",
            "An agreed price above the budget or the reference price is what readers ask about. See whether it is a slip or columns were exchanged; where it is right, add it under `accept` with the reason.",
        ),
        Code::ProcurementYear => (
            "รายการนี้ถามถึงปีงบประมาณหนึ่ง แต่ในตารางมีแถวของปีอื่น ตรวจว่าแนบไฟล์ของปีถูกต้อง หรือบอกปีของเอกสารใน `covers`",
            "The item asks about one fiscal year, and the table has rows of another. See that the right year's file is attached, or name its year in `covers`.",
        ),
        Code::ProcurementDouble => (
            "เลขที่โครงการ e-GP มีได้โครงการเดียว เลขซ้ำทำให้นับวงเงินซ้ำ ตรวจแถวที่รายงานบอก แล้วแก้เลขหรือลบแถวที่ซ้ำ",
            "A project number of e-GP belongs to one project; repeated, its money counts twice. Look at the rows that the report names, and mend the number or delete the row.",
        ),
        Code::ProcurementUnread => (
            "โปรแกรมอ่านตารางนี้ไม่จบ ข้อมูลที่เผยแพร่เป็น OCDS จึงไม่ครบ ดูสาเหตุที่รายงานบอก แล้วแบ่งไฟล์ บันทึกใหม่ หรือเอาส่วนที่ไม่ใช้ออก",
            "The table was not read to its end, so what is published as OCDS is not whole. Divide the file, save it again or take out what is not needed, as the report says.",
        ),
        Code::ImageAlt => (
            "ผู้ที่มองไม่เห็นรูป หรือรูปโหลดไม่ขึ้น รู้จักรูปจากคำอธิบายเท่านั้น พิมพ์สั้น ๆ ว่ารูปแสดงอะไร",
            "Who can't see a picture, or for whom it does not load, knows it by its text alone. Say in a few words what it shows.",
        ),
        Code::PersonalId => (
            "มีเลข 13 หลักซึ่งหลักสุดท้ายถูกต้องตามสูตรของเลขประจำตัวประชาชน โปรแกรมรู้เพียงรูปแบบ ไม่รู้ว่าเป็นเลขของใคร เลขของบุคคลที่เผยแพร่แล้วถูกคัดลอกไปทั่วและเรียกกลับไม่ได้ จึงไม่เผยแพร่จนกว่าท่านจะตรวจ ถ้าเป็นเลขของบุคคล ให้ลบออก และแก้ไฟล์ต้นฉบับด้วย ถ้าเป็นเลขอ้างอิงหรือเลขบัญชีที่ไม่ใช่ของบุคคล ให้ยอมรับใน agency.yaml พร้อมเหตุผล รายงานปิดบังเลขไว้ ดูที่บรรทัดหรือเซลล์ที่บอก",
            "There are 13 digits of which the last is right for a citizen's number. The program knows that form, and not whose number it is. A person's, once published, is copied everywhere and can't be called back, so nothing is published until you have looked. If it is a person's, take it out, of the original file too. A reference or account number that is no person's can be accepted in agency.yaml, with the reason. The report masks the number and names the line or cell.",
        ),
        Code::PersonalContact => (
            "หมายเลขโทรศัพท์มือถือและเลขที่บัญชีของบุคคลไม่ควรอยู่ในบทวิเคราะห์หรือมาตรการ ใช้หมายเลขของหน่วยงาน ซึ่งยังติดต่อได้เมื่อเจ้าหน้าที่ย้ายงาน",
            "A person's mobile number or account has no place in analysis or measures. Give the agency's own, which still answers when the person has moved on.",
        ),
        Code::AcceptUnused => (
            "รายการใน `accept` ที่ไม่ตรงกับสิ่งใดอาจปิดบังปัญหาใหม่ในภายหลัง ลบเมื่อแก้แล้ว หรือแก้ code และ where ให้ตรงกับรายงาน",
            "An entry of `accept` that matches nothing may hide something new later. Delete it once the matter is mended, or make code and where agree with the report.",
        ),
        Code::RouteCollision => (
            "สองไฟล์จะเผยแพร่ที่ที่อยู่เดียวกัน ไฟล์หนึ่งจึงหายไป เปลี่ยนชื่อไฟล์ใดไฟล์หนึ่ง เครื่องแม่ข่ายบางชนิดไม่แยกตัวพิมพ์เล็กใหญ่ ชื่อจึงต้องต่างกันมากกว่านั้น",
            "Two files would be published at one address, and one of them would be lost. Rename one; some hosts do not tell capitals apart, so the names have to differ by more.",
        ),
        Code::ProvinceSpelling => (
            "ที่อยู่ของหน้าจังหวัดไม่มีเครื่องหมาย ชื่อที่ต่างกันเพียงเครื่องหมายจึงอยู่ในหน้าเดียวกัน ซึ่งใช้ชื่อที่หน่วยงานส่วนใหญ่เขียน เขียนให้ตรงกันใน agency.yaml ตัวพิมพ์ใหญ่เล็ก จำนวนช่องว่าง และคำว่า จังหวัด หรือ จ. ไม่นับว่าต่างกัน",
            "The address of a province's page has no signs, so names that differ in signs alone share one page, under the name that most agencies write. Write it alike in agency.yaml. Capital letters, the number of spaces, and a word for province before the name are no difference.",
        ),
        Code::PathEscape => (
            "ลิงก์หรือรูปต้องอยู่ภายในเว็บไซต์ เพื่อให้โฟลเดอร์ที่เผยแพร่ใช้ได้ทุกที่ และไม่มีไฟล์อื่นของเครื่องหลุดออกไป คัดลอกไฟล์มาไว้ใต้ files/ แล้วลิงก์จากที่นั่น",
            "Links and pictures stay inside the site, so that the published folder works anywhere and no other file of the machine gets out. Copy the file under files/, and link to it there.",
        ),
        Code::RawHtml => (
            "ในไฟล์ .md เครื่องหมาย < > แสดงเป็นข้อความเพื่อความปลอดภัย เขียนเป็น Markdown แทน เช่น **ตัวหนา** ตาราง หรือรายการ",
            "In .md files, < and > are shown as text, for safety. Write Markdown instead: **bold**, a table, a list.",
        ),
        Code::Template => (
            "ธีมที่แก้เองทำให้หน้าเว็บสร้างไม่ได้ แก้บรรทัดที่รายงานบอก หรือลบไฟล์นั้นใน themes/ เพื่อกลับไปใช้ของเดิม ตัวแปรทั้งหมดอยู่ใน docs/theming.md (โฟลเดอร์ docs ที่มากับซอร์สโค้ดของโปรแกรม)",
            "A theme of your own keeps pages from being made. Mend the line that the report names, or delete that file in themes/ to have the built-in one back; docs/theming.md, in the folder docs of the program's source, has all variables.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lesson_is_told_once_in_both_languages() {
        let mut seen = std::collections::BTreeSet::new();
        for code in Code::ALL {
            for language in [Language::Th, Language::En] {
                let lesson = code.lesson(language);
                assert!(lesson.chars().count() > 60 && seen.insert(lesson), "{}", code.name());
            }
            assert!(code.lesson(Language::Th).chars().any(|c| ('ก'..='๛').contains(&c)), "{}", code.name());
        }
    }
}
