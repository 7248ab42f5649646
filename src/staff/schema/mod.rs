//! The JSON Schema of each authored file, for editors. Owns which there are, how their files are called and by what our files are known.
//! Made of the shapes from which the readers take their keys; refuses to say what a shape does not: what a code means in the pack that a
//! file names, sums, and whether a link leads anywhere are for `check`.
//!
//! The dialect is draft-07, which the editors' language servers know in all their versions; every keyword used means the same in the later
//! drafts.

mod draw;
mod offers;

use serde_json::{Map, Value as Json, json};

use crate::base::language::Language;
use crate::framework::shape::PACK;
use crate::source::shape::agency::AGENCY;
use crate::source::shape::assessment::ASSESSMENT;
use crate::source::shape::disclosures::DISCLOSURES;
use crate::source::shape::measures::MEASURES;
use crate::source::shape::site::SITE;
use crate::text::shape::{Says, Value};
use draw::Pen;

/// The folder of the site in which the schemas lie.
pub const FOLDER: &str = "schemas";

/// What the comment of a schema of ours begins with.
const MARK: &str = "prongsai schema";

const DIALECT: &str = "http://json-schema.org/draft-07/schema#";

/// An authored file of which there is a schema.
#[derive(Clone, Copy, Debug)]
pub struct Authored {
    /// Its name, as the command takes it.
    pub name: &'static str,
    /// What the file is called.
    file: &'static str,
    /// What it holds.
    pub value: Value,
    /// May the file be empty?
    may_be_empty: bool,
    says: Says,
}

/// All of them.
pub const ALL: [Authored; 6] = [
    Authored {
        name: "site",
        file: "site.yaml",
        value: Value::Shape(&SITE),
        may_be_empty: false,
        says: Says("การตั้งค่าเว็บไซต์", "The site's settings."),
    },
    Authored {
        name: "agency",
        file: "agency.yaml",
        value: Value::Shape(&AGENCY),
        may_be_empty: false,
        says: Says("หน่วยงาน", "The agency."),
    },
    Authored {
        name: "assessment",
        file: "assessment.yaml",
        value: Value::Shape(&ASSESSMENT),
        may_be_empty: false,
        says: Says("ผลการประเมินตามประกาศ", "The published result."),
    },
    Authored {
        name: "disclosures",
        file: "disclosures.yaml",
        value: Value::Map(&DISCLOSURES),
        may_be_empty: true,
        says: Says("ข้อมูลของข้อ OIT แต่ละข้ออยู่ที่ใด", "Where the information of each OIT item is."),
    },
    Authored {
        name: "measures",
        file: "measures.yaml",
        value: MEASURES,
        may_be_empty: true,
        says: Says("มาตรการของแต่ละประเด็น", "The measures of each issue."),
    },
    Authored {
        name: "framework",
        file: "frameworks/….yaml",
        value: Value::Shape(&PACK),
        may_be_empty: false,
        says: Says("ชุดเกณฑ์ของหน่วยงานเอง", "A framework pack of the agency's own."),
    },
];

impl Authored {
    /// The file of a name.
    pub fn of(name: &str) -> Option<Self> {
        ALL.into_iter().find(|authored| authored.name == name)
    }

    /// Where the schema lies below the site folder: `schemas/site.schema.json`.
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}.schema.json", self.name)
    }

    /// The schema, with descriptions in a language.
    pub fn schema(&self, language: Language) -> Json {
        let mut pen = Pen::new(language);
        let comment = match language {
            Language::Th => "ไฟล์นี้สร้างด้วย `prongsai schema --write` ซึ่งจะเขียนทับ แก้ที่นี่ไม่มีผลต่อการตรวจ",
            Language::En => "made by `prongsai schema --write`, which writes it anew; what is altered here changes no check",
        };
        let mut schema = Map::new();
        schema.insert("$schema".to_owned(), json!(DIALECT));
        schema.insert("$comment".to_owned(), json!(format!("{MARK} {}: {comment}", self.name)));
        schema.insert("title".to_owned(), json!(self.file));
        schema.insert("description".to_owned(), json!(pen.say(self.says)));
        let value = pen.value(&self.value);
        schema.extend(if self.may_be_empty { draw::or_nothing(value) } else { value });
        if !pen.definitions.is_empty() {
            schema.insert("definitions".to_owned(), Json::Object(pen.definitions));
        }
        draw::tidy(Json::Object(schema))
    }

    /// The schema as the text of a file.
    pub fn text(&self, language: Language) -> String {
        format!("{:#}\n", self.schema(language))
    }
}

/// All schemas by name, as one text.
pub fn all(language: Language) -> String {
    let all: Map<String, Json> = ALL.iter().map(|authored| (authored.name.to_owned(), authored.schema(language))).collect();
    format!("{:#}\n", Json::Object(all))
}

/// Is this a file that the program wrote, so that it may be written anew?
pub fn is_ours(bytes: &[u8]) -> bool {
    let comment = serde_json::from_slice::<Json>(bytes).ok();
    comment.is_some_and(|schema| schema["$comment"].as_str().is_some_and(|comment| comment.starts_with(MARK)))
}
