//! The texts of the help, in Thai and English, and the way they are given. Refuses to define flags: those are in `args`.

use super::args::Answer;
use super::terminal::Terminal;
use super::{Status, Stop};
use crate::base::language::Language;

/// Gives help or the version to whoever asked, and tells what is wrong with a line.
///
/// # Errors
/// As [`Terminal::result`].
pub fn answer(answer: &Answer, terminal: &Terminal) -> Result<Status, Stop> {
    if answer.is_asked_for {
        terminal.result(&answer.text)?;
        return Ok(Status::Fine);
    }
    terminal.talk(&answer.text);
    Ok(Status::CouldNotRun)
}

/// What the program is.
pub fn about(language: Language) -> &'static str {
    match language {
        Language::Th => {
            "prongsai (โปร่งใส) สร้างเว็บไซต์เปิดเผยข้อมูลสาธารณะของหน่วยงานจากไฟล์ YAML และ Markdown\n\
             ตรวจตัวเลขและลิงก์ก่อนเสมอ และเผยแพร่ทั้งหมดหรือไม่เผยแพร่เลย"
        }
        Language::En => {
            "prongsai (โปร่งใส) makes a public agency's disclosure site from YAML and Markdown files.\n\
             It checks figures and links first, and publishes all or nothing."
        }
    }
}

/// Examples, exit status and files, below the help of the program.
pub fn more(language: Language) -> &'static str {
    match language {
        Language::Th => {
            "ตัวอย่าง:\n  \
               prongsai build                        เผยแพร่เว็บไซต์ในโฟลเดอร์นี้ลงใน public/\n  \
               prongsai check --format json          รายงานสิ่งที่ต้องแก้สำหรับโปรแกรมอื่น\n  \
               prongsai build --site ~/ita --strict  ไม่เผยแพร่หากยังมีคำเตือน\n  \
               prongsai serve --open                 ดูเว็บไซต์ไปพร้อมกับที่เขียน\n  \
               prongsai status                       ดูว่ารายการใดยังไม่ครบ และใครดูแล\n  \
               prongsai verify public                เทียบไฟล์ที่เผยแพร่กับ manifest.json\n\n\
             ไฟล์:\n  \
               content/   สิ่งที่หน่วยงานเขียน: site.yaml, agency.yaml, 2568/, files/\n  \
               themes/    ไฟล์หน้าตาที่ใช้แทนของเดิม (ถ้ามี)\n  \
               public/    ผลลัพธ์ ไฟล์ที่โปรแกรมไม่ได้สร้างจะคงอยู่เสมอ\n\n\
             สถานะเมื่อจบ:\n  \
               0  เรียบร้อย\n  \
               1  เว็บไซต์มีข้อผิดพลาด (หรือคำเตือน เมื่อใช้ --strict) จึงไม่ได้เผยแพร่\n     \
                  หรือเผยแพร่เฉพาะหน่วยงานที่ไม่มีข้อผิดพลาด เมื่อใช้ --keep-going\n     \
                  verify พบไฟล์ที่ไม่ตรงหรือขาดไป หรือลายมือชื่อไม่ถูกต้อง\n  \
               2  โปรแกรมทำงานไม่ได้: คำสั่งผิด โฟลเดอร์ผลลัพธ์ หรือดิสก์\n\n\
             SOURCE_DATE_EPOCH ใช้แทนเวลาปัจจุบัน และ NO_COLOR ปิดสี\n\
             เอกสาร docs/… อยู่ในโฟลเดอร์ docs ที่มากับซอร์สโค้ดของโปรแกรม"
        }
        Language::En => {
            "Examples:\n  \
               prongsai build                        publish the site in this folder into public/\n  \
               prongsai check --format json          report for other programs\n  \
               prongsai build --site ~/ita --strict  publish nothing while there are warnings\n  \
               prongsai serve --open                 see the site while it is written\n  \
               prongsai status                       see what is not complete, and whose it is\n  \
               prongsai verify public                compare what is published with its manifest\n\n\
             Files:\n  \
               content/   what the agency writes: site.yaml, agency.yaml, 2568/, files/\n  \
               themes/    files that override the built-in theme (optional)\n  \
               public/    the output; files that the program did not make stay there\n\n\
             Exit status:\n  \
               0  fine\n  \
               1  the site has errors (with --strict, warnings too), so nothing was published, or\n     \
                  with --keep-going only the agencies without errors;\n     \
                  a published file changed or is missing, or the signature is not right\n  \
               2  the program could not run: usage, output folder, disk\n\n\
             SOURCE_DATE_EPOCH stands for now where it is set; NO_COLOR turns colour off.\n\
             Documents named docs/… lie in the folder docs of the program's source.\n\
             คำอธิบายภาษาไทย: prongsai --help --lang th"
        }
    }
}

/// What stands below the help of a command.
pub fn more_of(command: &str, language: Language) -> &'static str {
    match (command, language) {
        ("build", Language::Th) => {
            "โฟลเดอร์ผลลัพธ์ต้องยังไม่มี ว่าง เคยสร้างโดยโปรแกรมนี้ หรือมีแต่ชื่อที่ขึ้นต้นด้วยจุด\n\
             สิ่งที่พบและบันทึกการทำงานออกทาง standard error บรรทัดสรุปออกทาง standard output\n\n\
             --keep-going: หน่วยงานที่มีข้อผิดพลาดคงหน้าที่เผยแพร่ครั้งล่าสุดไว้ และไม่อยู่ในรายชื่อรวมจนกว่าจะแก้\n\
             ถ้าสิ่งที่ใช้ร่วมกันมีข้อผิดพลาด จะไม่เผยแพร่สิ่งใด สถานะเมื่อจบคือ 1 เมื่อเว้นไว้แม้หน่วยงานเดียว\n\
             เมื่อใช้กับ --strict คำเตือนทำให้สถานะเป็น 1 แต่ไม่ทำให้เว้นหน่วยงานใด\n\n\
             --shard I/N: สร้างหน่วยงานลำดับที่ I, I+N, … แล้วรวมทุกส่วนด้วย `prongsai merge` ดู docs/shards.md\n\
             --timings: ตารางเวลาออกทาง standard error และ .prongsai/trace.json เปิดได้ใน ui.perfetto.dev\n\n\
             ลายมือชื่อ (ไม่บังคับ): กุญแจลับจาก --sign-key หรือตัวแปร PRONGSAI_SIGN_KEY (เนื้อไฟล์ หรือบรรทัดสุดท้าย)\n\
             รหัสผ่านของกุญแจจาก PRONGSAI_SIGN_PASSWORD ลายมือชื่ออยู่ใน manifest.json.minisig\n\
             กุญแจลับไม่ถูกแสดงและไม่ถูกเผยแพร่ ดู docs/signature.md"
        }
        ("build", Language::En) => {
            "The output folder has to be absent, empty, made by this program, or hold dot-names only.\n\
             Findings go to standard error, one closing line to standard output.\n\n\
             --keep-going: agencies with errors keep the pages that were last published, and stand in no list of\n\
             the site until they are mended. Errors in what all agencies share still publish nothing. The exit\n\
             status is 1 where one agency is left out. With --strict, warnings make it 1 and leave nothing out.\n\n\
             --shard I/N builds the agencies I, I+N, …; `prongsai merge` joins all shards. See docs/shards.md.\n\
             --timings: a table on standard error, and .prongsai/trace.json for ui.perfetto.dev.\n\n\
             Signature (optional): the secret key comes from --sign-key or PRONGSAI_SIGN_KEY (the text of the\n\
             file, or its last line), its password from PRONGSAI_SIGN_PASSWORD. The signature lies in\n\
             manifest.json.minisig. The key is never shown or published. See docs/signature.md."
        }
        ("merge", Language::Th) => {
            "ต้องระบุครบทุกส่วน จากโปรแกรมรุ่นเดียวกัน ไฟล์ชุดเดียวกัน ตัวเลือกและวันเดียวกัน ผลลัพธ์ตรงกับการสร้างครั้งเดียวทุกไบต์\n\
             ทุกไฟล์ถูกเทียบกับ manifest.json ของส่วนนั้น ไม่ต้องใช้โฟลเดอร์เว็บไซต์ ลายมือชื่อเหมือน `build`\n\
             สถานะเมื่อจบ: 0 เรียบร้อย, 1 มีหน่วยงานที่ถูกเว้นไว้ หรือมีข้อผิดพลาดที่เห็นเมื่อรวมแล้วจึงไม่ได้เผยแพร่,\n\
             2 รวมไม่ได้: ขาดส่วน ส่วนซ้ำ ส่วนของเว็บไซต์อื่น หรือส่วนถูกแก้ ดู docs/shards.md"
        }
        ("merge", Language::En) => {
            "All shards have to be named, made by one version of the program of the same files with the same flags\n\
             on the same day. The result is byte for byte what one build gives. Each file is compared with the\n\
             manifest of its shard. The site folder is not needed. Signing is as in `build`.\n\
             Exit status: 0 fine, 1 agencies were left out, or errors that only the whole shows published nothing,\n\
             2 can't be joined: a shard is missing, there twice, of another site or altered. See docs/shards.md."
        }
        ("check", Language::Th) => "สถานะเมื่อจบ: 0 เรียบร้อย, 1 มีข้อผิดพลาด (หรือคำเตือน เมื่อใช้ --strict), 2 โปรแกรมทำงานไม่ได้",
        ("check", Language::En) => "Exit status: 0 fine, 1 errors (with --strict, warnings too), 2 the program could not run.",
        ("serve", Language::Th) => {
            "พิมพ์ที่อยู่ทาง standard output เมื่อสร้างครั้งแรกเสร็จ หน้าที่เปิดอยู่โหลดใหม่เองเมื่อเนื้อหาเปลี่ยน\n\
             ถ้ามีข้อผิดพลาด หน้ายังเป็นฉบับล่าสุดที่ถูกต้อง พร้อมบอกว่าต้องแก้ไฟล์ใด กด Ctrl-C เพื่อหยุด ไม่เขียนไฟล์ใดใน public/"
        }
        ("serve", Language::En) => {
            "The address goes to standard output once the first build is served. An open page loads itself anew\n\
             when its bytes changed. While there are errors each page is as it last was, and says what to mend.\n\
             End it with Ctrl-C. Nothing is written to public/."
        }
        ("import", Language::Th) => {
            "แสดงสิ่งที่จะเปลี่ยนพร้อมช่องในตาราง และบอกสิ่งที่ไม่เข้าใจ เขียนไฟล์เมื่อใช้ --write และไม่มีข้อสงสัยเท่านั้น\n\
             แต่ละแถวมีรหัสและคะแนน หรือสามคะแนน หรือ `EP … ES … เฉลี่ย …` ในช่องเดียว ดู docs/import.md\n\
             สถานะเมื่อจบ: 0 เข้าใจทั้งหมด, 1 มีข้อสงสัยหรือไฟล์ของเว็บไซต์มีข้อผิดพลาด, 2 อ่านไฟล์ไม่ได้หรือคำสั่งผิด"
        }
        ("import", Language::En) => {
            "Shows what would change, with the cell of the table, and what is not understood. Writes only with\n\
             --write, and only where nothing is in doubt. A row has a code and a score, or three scores, or\n\
             `EP … ES … เฉลี่ย …` in one cell. See docs/import.md.\n\
             Exit status: 0 all understood, 1 doubts or faults in the site's files, 2 the table can't be read or\n\
             the line is wrong."
        }
        ("status", Language::Th) => {
            "อ่านข้อมูลโดยไม่สร้างหน้าเว็บ เว็บไซต์ที่มีข้อผิดพลาดก็ใช้ได้ และบอกเท่าที่อ่านได้\n\
             รายการที่ไม่เกี่ยวข้องไม่นับรวม ถึงกำหนดคือทบทวนภายใน 30 วัน\n\
             human แสดงปีล่าสุดทุกรายการ ส่วน json และ csv มีทุกปี สถานะเมื่อจบคือ 0 แม้ข้อมูลยังไม่ครบ"
        }
        ("status", Language::En) => {
            "Reads the records and builds no page. A site with errors has a status too: what could be read.\n\
             Items that are not applicable are not counted. Due is a review within 30 days.\n\
             human shows the latest edition item by item; json and csv have every edition. The exit status is\n\
             0, however much is missing."
        }
        ("verify", Language::Th) => {
            "บอกทุกไฟล์ที่ไม่ตรงกับที่เผยแพร่ ไม่พบ หรือไม่อยู่ในรายการ ไม่ใช้เครือข่าย ไม่ตามลิงก์สัญลักษณ์\n\
             ไม่เขียนสิ่งใด เว้นแต่ทำการเผยแพร่ที่ถูกขัดจังหวะให้เสร็จ\n\
             เมื่อมี --public-key ตรวจ manifest.json กับลายมือชื่อใน manifest.json.minisig ด้วย\n\
             สถานะเมื่อจบ: 0 ตรงกัน (แม้มีไฟล์นอกรายการ), 1 มีไฟล์ที่ไม่ตรงหรือไม่พบ หรือลายมือชื่อไม่ถูกต้อง,\n\
             2 โปรแกรมทำงานไม่ได้"
        }
        ("verify", Language::En) => {
            "Names each file that changed, is missing, or is foreign: there, but not in the manifest. Uses no\n\
             network, follows no symbolic link, and writes nothing but what an interrupted build left\n\
             unfinished.\n\
             With --public-key, manifest.json is compared with its signature, manifest.json.minisig, too.\n\
             Exit status: 0 as published (foreign files or not), 1 a file changed or is missing, or the\n\
             signature is not right, 2 the program could not run."
        }
        ("init", Language::Th) => {
            "ถามเมื่อใช้จากหน้าจอ และไม่ได้ใส่ --yes กด Enter เพื่อใช้ค่าที่เสนอ\n\
             ไม่เขียนทับไฟล์ใด โฟลเดอร์ที่มีเว็บไซต์แล้วใช้ไม่ได้\n\
             บอกไฟล์ที่เขียนทางผลลัพธ์มาตรฐาน"
        }
        ("init", Language::En) => {
            "Asks at a terminal, unless --yes is given; Enter takes what is offered.\n\
             Nothing is written over, and a folder that has a site is refused.\n\
             The files are named on standard output."
        }
        ("new", Language::Th) => "ไม่เขียนทับไฟล์ที่มีอยู่ บอกไฟล์ที่เขียนทางผลลัพธ์มาตรฐาน",
        ("new", Language::En) => "Nothing that is there is written over. The files are named on standard output.",
        _ => "",
    }
}

/// The version, after the program's name.
pub fn version() -> &'static str {
    concat!(
        env!("CARGO_PKG_VERSION"),
        "\nA disclosure compiler: YAML and Markdown in, a site that can be checked out.\nLicence: ",
        env!("CARGO_PKG_LICENSE")
    )
}

/// The Thai text of a command: `new year`.
pub fn thai_command(path: &str) -> &'static str {
    match path {
        "init" => "สร้างเว็บไซต์ใหม่ที่เผยแพร่ได้ทันที",
        "new" => "เพิ่มปี หน้า มาตรการ หรือไฟล์อื่นให้เว็บไซต์",
        "new year" => "เพิ่มปีงบประมาณเป็นฉบับร่าง โดยยกสิ่งที่ค้างมาจากปีก่อน",
        "new page" => "เพิ่มหน้าหนึ่งหน้า เช่น about",
        "new item" => "เพิ่มคำอธิบายของรายการ เช่น o12",
        "new issue" => "เพิ่มบทวิเคราะห์ของประเด็น เช่น 3",
        "new measure" => "เพิ่มมาตรการ",
        "new pack" => "เพิ่มชุดเกณฑ์ของหน่วยงานเอง",
        "new theme" => "คัดลอกไฟล์ของธีมเดิมมาแก้",
        "new ci" => "เพิ่มไฟล์สำหรับสร้างเว็บไซต์อัตโนมัติ: github หรือ gitlab",
        "import" => "อ่านคะแนนและมาตรการจากตารางหรือข้อความ",
        "check" => "รายงานสิ่งที่ต้องแก้ โดยไม่เขียนไฟล์ใด",
        "explain" => "อธิบายรหัสที่รายงานบอก",
        "status" => "บอกว่าข้อมูลครบเพียงใด แยกตามรายการและหน่วยงานผู้รับผิดชอบ",
        "serve" => "แสดงเว็บไซต์บนเครื่องนี้ และสร้างใหม่ทุกครั้งที่แก้ไข",
        "build" => "เผยแพร่เว็บไซต์ลงในโฟลเดอร์ ทั้งหมดหรือไม่เลย",
        "merge" => "รวมทุกส่วนที่ `build --shard` สร้างเป็นเว็บไซต์เดียว",
        "verify" => "เทียบโฟลเดอร์ที่เผยแพร่แล้วกับ manifest.json",
        "export" => "ส่งออกที่อยู่ของรายการ ลิงก์ออกนอก หรือรายงาน",
        "export urls" => "ที่อยู่ของทุกรายการ พร้อมส่ง",
        "export links" => "ทุกลิงก์ที่ออกนอกเว็บไซต์ พร้อมตำแหน่งในไฟล์",
        "export report" => "รายงานการวิเคราะห์เป็นเอกสารเดียว",
        "schema" => "แสดง JSON Schema ของไฟล์ที่หน่วยงานเขียน สำหรับโปรแกรมแก้ไขข้อความ",
        "completions" => "แสดงสคริปต์ที่ให้เชลล์เติมคำสั่งและตัวเลือก",
        "man" => "แสดงหน้าคู่มือ (man page)",
        "help" => "แสดงวิธีใช้",
        _ => "",
    }
}

/// The Thai text of a flag, or of what a command takes, by its id.
pub fn thai_flag(id: &str) -> &'static str {
    match id {
        "site" => "โฟลเดอร์เว็บไซต์ที่มี `content/` (ปกติคือโฟลเดอร์ปัจจุบัน)",
        "lang" => "ภาษาของข้อความ: th หรือ en (ปกติตามภาษาของเครื่อง)",
        "help" => "แสดงวิธีใช้",
        "version" => "แสดงรุ่นของโปรแกรม",
        "new_folder" => "โฟลเดอร์ที่จะสร้างเว็บไซต์",
        "agency_name" => "ชื่อหน่วยงาน",
        "short_name" => "ชื่อย่อ",
        "kind" => "ประเภท: local (ท้องถิ่น), central (ส่วนกลาง), state-enterprise, university, school หรือ other",
        "district" => "อำเภอ",
        "province" => "จังหวัด",
        "first_year" => "ปีงบประมาณแรกของเว็บไซต์ (ปกติคือปีล่าสุดที่เริ่มแล้วและชุดเกณฑ์มีข้อคำถาม)",
        "title" => "ชื่อเว็บไซต์",
        "site_url" => "ที่อยู่เต็มที่เว็บไซต์จะใช้",
        "yes" => "ไม่ต้องถาม",
        "of_agency" => "ชื่อโฟลเดอร์ของหน่วยงานใน `content/` เมื่อเว็บไซต์มีหลายหน่วยงาน",
        "new_year" => "ปีงบประมาณ",
        "page_name" => "ชื่อหน้า ซึ่งเป็นที่อยู่ของหน้าด้วย",
        "member" => "รหัสของรายการ หรือเลขของประเด็น",
        "edition" => "ปีงบประมาณ (ปกติคือปีล่าสุด)",
        "result_year" => "ปีงบประมาณ เช่น --year 2569 (ปกติคือปีล่าสุดที่มีผลการประเมิน)",
        "issue_number" => "เลขของประเด็น (ปกติคือประเด็นแรกที่ยังไม่มีมาตรการ)",
        "method" => "วิธีการในหนึ่งบรรทัด (ถ้าไม่ใส่ มาตรการจะเป็นบรรทัดหมายเหตุในไฟล์ให้เติมเอง)",
        "pack_id" => "รหัสของชุดเกณฑ์ใหม่",
        "from" => "รหัสของชุดเกณฑ์ที่ใช้ตั้งต้น (ปกติคือชุดล่าสุดที่มีข้อคำถาม)",
        "theme_file" => "ชื่อไฟล์ เช่น style.css (ถ้าชื่อผิดจะแสดงทุกชื่อ)",
        "host" => "ผู้ให้บริการ: github หรือ gitlab",
        "table" => "ตาราง: .xlsx, .ods, .csv, .txt หรือ .html ใช้ `-` เพื่ออ่านจาก standard input",
        "of_year" => "ปีงบประมาณของตาราง",
        "write" => "แก้ไฟล์ YAML ถ้าไม่ใช้จะแสดงสิ่งที่จะเปลี่ยนเท่านั้น",
        "finding_code" => "รหัส เช่น score-mismatch ถ้าไม่ระบุจะแสดงทุกรหัส",
        "built" => "โฟลเดอร์ที่สร้างครั้งล่าสุด (ปกติคือ public ในโฟลเดอร์เว็บไซต์)",
        "table_form" => "รูปแบบผลลัพธ์: csv หรือ json (ปกติคือ csv)",
        "pdf" => "เขียนเป็น PDF โดยพิมพ์ด้วยเบราว์เซอร์ในเครื่อง (ปกติแสดง HTML ทาง standard output)",
        "browser" => "เบราว์เซอร์ที่ใช้พิมพ์: Chromium, Chrome หรือ Edge (ปกติใช้ตัวแรกที่พบ)",
        "schema_name" => "ไฟล์: site, agency, assessment, disclosures, measures หรือ framework ถ้าไม่ระบุจะแสดงทั้งหมด",
        "write_schemas" => "เขียนทั้งหมดลงในโฟลเดอร์ schemas/ ของเว็บไซต์",
        "shell" => "เชลล์: bash, zsh, fish, powershell หรือ elvish",
        "topic" => "คำสั่งที่ต้องการดูวิธีใช้ เช่น build หรือ new year",
        "port" => "พอร์ต 0 คือเลือกพอร์ตที่ว่างเอง (ปกติคือ 4000)",
        "address" => "ที่อยู่ที่เปิดรับ (ปกติคือ 127.0.0.1 ซึ่งเปิดได้จากเครื่องนี้เท่านั้น)",
        "open" => "เปิดหน้าเว็บในเบราว์เซอร์ด้วย",
        "poll" => "ดูไฟล์วินาทีละสองครั้ง สำหรับระบบไฟล์ที่ไม่แจ้งการเปลี่ยนแปลง",
        "out" => "โฟลเดอร์ผลลัพธ์ (ปกติคือ public ในโฟลเดอร์เว็บไซต์)",
        "base_url" => "ที่อยู่เต็มของเว็บไซต์ ใช้แทน `base_url` ใน site.yaml",
        "drafts" => "รวมฉบับร่าง",
        "strict" => "ถือคำเตือนเป็นข้อผิดพลาด",
        "timings" => "บอกเวลาที่ใช้ในแต่ละขั้น และเขียนบันทึกไว้ใน `.prongsai/`",
        "shard" => "สร้างหนึ่งส่วนจาก N ส่วนของเว็บไซต์ที่มีหลายหน่วยงาน เพื่อรวมด้วย `merge`",
        "shards" => "โฟลเดอร์ที่ `build --shard` สร้าง ทุกส่วนของเว็บไซต์เดียวกัน",
        "merged" => "โฟลเดอร์ผลลัพธ์",
        "keep_going" => "เผยแพร่หน่วยงานที่ไม่มีข้อผิดพลาด หน่วยงานอื่นคงหน้าเดิมไว้",
        "format" => "รูปแบบรายงาน: human, json หรือ github (ปกติคือ human)",
        "folder" => "โฟลเดอร์ที่เผยแพร่แล้ว หรือโฟลเดอร์ของหน่วยงานหนึ่งในนั้น",
        "sign_key" => "ไฟล์กุญแจลับของ minisign สำหรับลงลายมือชื่อ (ปกติใช้ PRONGSAI_SIGN_KEY ถ้าไม่มีก็ไม่ลง)",
        "public_key" => "ตรวจลายมือชื่อด้วยกุญแจสาธารณะนี้: บรรทัดของกุญแจ หรือไฟล์ .pub",
        "form" => "รูปแบบผลลัพธ์: human หรือ json (ปกติคือ human)",
        "status_form" => "รูปแบบผลลัพธ์: human, json หรือ csv (ปกติคือ human)",
        _ => "",
    }
}
