//! From a shape to JSON Schema. Owns which keywords say what a kind of value is. As scalars, lists and maps are kinds of JSON of their own,
//! a value that may be either is one schema and not a choice of several: editors then tell what is wrong instead of naming the choice.
//!
//! Nothing behind a key is as if it were not there, so `null` stands with all that may be left out.

use serde_json::{Map as Object, Number, Value as Json, json};

use super::offers::Offers;
use crate::base::language::Language;
use crate::text::SourceText;
use crate::text::decode::{LONGEST_LIST, LONGEST_TEXT};
use crate::text::shape::{Key, Map, NAME, Need, Says, Shape, Value, Words};
use crate::text::yaml::{self, Kind, Node};

/// A schema, as the object that it is.
pub type Schema = Object<String, Json>;

/// The form of a figure: 0 to 100, without needless zeros before it.
const FIGURE: &str = "[1๑][0๐]{2}(?:\\.[0๐]+)?|[1-9๑-๙]?[0-9๐-๙](?:\\.[0-9๐-๙]+)?";

/// The form of a weight or threshold.
const PERCENT: &str = "[0๐]*(?:[1๑][0๐]{2}(?:\\.[0๐]+)?|[0-9๐-๙]{1,2}(?:\\.[0-9๐-๙]+)?)|-[0๐]+(?:\\.[0๐]+)?";

/// How many letters a figure may have.
const LONGEST_FIGURE: usize = 24;

/// The form of a whole number of thirty-two bits, or little more.
const WHOLE: &str = "\\+?[0๐]*(?:[0-9๐-๙]{1,9}|[1-4๑-๔][0-9๐-๙]{9})";

/// The form of a year.
const YEAR: &str = "[0-9๐-๙]{4}";

/// The form of a day: years up to 2942, and as many days as the month may have.
const DAY: &str = "(?:[01๐๑][0-9๐-๙]{3}|[2๒](?:[0-8๐-๘][0-9๐-๙]{2}|[9๙](?:[0-3๐-๓][0-9๐-๙]|[4๔][0-2๐-๒])))-\
    (?:(?:[0๐]?[13578๑๓๕๗๘]|[1๑][02๐๒])-(?:[0๐]?[1-9๑-๙]|[12๑๒][0-9๐-๙]|[3๓][01๐๑])\
    |(?:[0๐]?[469๔๖๙]|[1๑][1๑])-(?:[0๐]?[1-9๑-๙]|[12๑๒][0-9๐-๙]|[3๓][0๐])\
    |[0๐]?[2๒]-(?:[0๐]?[1-9๑-๙]|[12๑๒][0-9๐-๙]))";

/// The form of an absolute web address.
const WEB_ADDRESS: &str = "[Hh][Tt][Tt][Pp][Ss]?://[^/?#%\\s<>\"\\\\]+(?:[/?#][^\\s<>\"\\\\]*)?";

/// Draws the schema of a file in a language.
pub struct Pen {
    language: Language,
    offers: Offers,
    /// What stands behind the keys of maps, by what those are.
    pub definitions: Schema,
}

impl Pen {
    /// A pen for descriptions in a language.
    pub fn new(language: Language) -> Self {
        Self { language, offers: Offers::new(language), definitions: Schema::new() }
    }

    /// The words in the language of the pen.
    pub fn say(&self, Says(th, en): Says) -> &'static str {
        if self.language == Language::Th { th } else { en }
    }

    /// The schema of a value.
    pub fn value(&mut self, value: &Value) -> Schema {
        let mut schema = self.kind(value);
        if let Some(wrong) = wrong(value) {
            // Editors would show the form itself, which nobody can read.
            schema.insert("patternErrorMessage".to_owned(), json!(self.say(wrong)));
        }
        schema
    }

    fn kind(&mut self, value: &Value) -> Schema {
        match value {
            Value::Text => text(),
            Value::Offered(of) => {
                let mut schema = text();
                schema.insert("examples".to_owned(), json!(self.offers.texts(of)));
                schema
            }
            Value::Fit(form) => object(json!({ "type": ["string"], "maxLength": LONGEST_TEXT, "pattern": whole(form) })),
            Value::FitScalar(form) => object(json!({ "type": ["string", "number"], "maxLength": LONGEST_TEXT, "pattern": whole(form) })),
            Value::Name => either(text(), self.shape(&NAME)),
            Value::Figure => figure(FIGURE),
            Value::Percent => figure(PERCENT),
            Value::Whole => object(json!({ "type": ["integer", "string"], "minimum": 0, "maximum": u32::MAX, "pattern": whole(WHOLE) })),
            Value::Truth => object(json!({ "type": ["boolean"] })),
            Value::Day => object(json!({ "type": ["string"], "pattern": whole(DAY) })),
            Value::Year => object(json!({ "type": ["integer", "string"], "minimum": 1000, "maximum": 9999, "pattern": whole(YEAR) })),
            Value::WebAddress => object(json!({ "type": ["string"], "maxLength": LONGEST_TEXT, "pattern": whole(WEB_ADDRESS) })),
            Value::Word(words) => self.word(words),
            Value::OneOrMore(member) => {
                let one = self.value(member);
                let list = list(one.clone());
                // A choice of words is no kind of JSON of its own.
                if one.contains_key("enum") { object(json!({ "anyOf": [one, list] })) } else { either(one, list) }
            }
            Value::List(member) => list(self.value(member)),
            Value::Map(map) => self.map(map),
            Value::Shape(shape) => self.shape(shape),
            Value::Either(one, other) => either(self.value(one), self.value(other)),
        }
    }

    fn word(&self, Words { words, says }: &Words) -> Schema {
        let says: Vec<&str> = says.iter().map(|says| self.say(*says)).collect();
        object(json!({ "enum": words(), "enumDescriptions": says }))
    }

    fn shape(&mut self, shape: &Shape) -> Schema {
        let properties: Schema = shape.keys.iter().map(|key| (key.name.to_owned(), Json::Object(self.key(key)))).collect();
        let required: Vec<&str> = shape.keys.iter().filter(|key| key.need != Need::Free).map(|key| key.name).collect();
        let mut schema = object(json!({ "type": ["object"], "properties": properties, "additionalProperties": false }));
        if !required.is_empty() {
            schema.insert("required".to_owned(), json!(required));
        }
        schema
    }

    fn key(&mut self, key: &Key) -> Schema {
        let mut schema = object(json!({ "description": self.say(key.says) }));
        let value = self.value(&key.value);
        schema.extend(if key.need == Need::Free { or_nothing(value) } else { value });
        if key.need == Need::Filled {
            schema.insert("pattern".to_owned(), json!("\\S"));
            schema.insert("patternErrorMessage".to_owned(), json!(self.say(Says("ต้องไม่ว่าง", "It must not be empty."))));
        }
        if let (false, Some(example)) = (schema.contains_key("examples") || schema.contains_key("enum"), example(key.example)) {
            schema.insert("examples".to_owned(), json!([example]));
        }
        schema
    }

    /// A map with keys that are data: those that packs have stand there with what they are called, so that editors propose them.
    fn map(&mut self, map: &Map) -> Schema {
        let value = self.value(&map.value);
        let value = if map.may_be_empty { or_nothing(value) } else { value };
        self.definitions.insert(map.of.to_owned(), Json::Object(value));
        let value = json!({ "$ref": format!("#/definitions/{}", map.of) });
        let mut schema = object(json!({ "type": ["object"] }));
        let mut properties = self.offers.keys(map.of);
        // Language servers take a key that has a name by its name alone, so its value has to be said there too.
        for property in properties.values_mut() {
            property["allOf"] = json!([value]);
        }
        if !properties.is_empty() {
            schema.insert("properties".to_owned(), Json::Object(properties));
        }
        schema.insert("patternProperties".to_owned(), json!({ whole(map.key): value }));
        schema.insert("additionalProperties".to_owned(), json!(false));
        schema
    }
}

/// A schema with one kind said as a word and not as a list of one, throughout.
pub fn tidy(json: Json) -> Json {
    match json {
        Json::Object(object) => object
            .into_iter()
            .map(|(key, value)| match value {
                Json::Array(mut kinds) if key == "type" && kinds.len() == 1 => (key, kinds.swap_remove(0)),
                value => (key, tidy(value)),
            })
            .collect::<Schema>()
            .into(),
        Json::Array(list) => list.into_iter().map(tidy).collect(),
        plain => plain,
    }
}

/// What is said of a text that has not the form of a value.
fn wrong(value: &Value) -> Option<Says> {
    match value {
        Value::Figure | Value::Percent => Some(Says("ต้องเป็นตัวเลข 0 ถึง 100 เช่น 98.43", "It has to be a number from 0 to 100, as 98.43.")),
        Value::Whole => Some(Says("ต้องเป็นจำนวนเต็ม เช่น 120", "It has to be a whole number, as 120.")),
        Value::Year => Some(Says("ต้องเป็นปีสี่หลัก เช่น 2568", "It has to be a year of four digits, as 2568.")),
        Value::Day => Some(Says("ต้องเป็น ปี-เดือน-วัน เช่น 2568-08-01", "It has to be year-month-day, as 2568-08-01.")),
        Value::WebAddress => {
            Some(Says("ต้องเป็นที่อยู่เว็บเต็ม ขึ้นต้นด้วย https:// และไม่มีเว้นวรรค", "It has to be a whole web address: https://, and no space."))
        }
        Value::Fit(_) | Value::FitScalar(_) => Some(Says("รูปแบบไม่ถูกต้อง ดูตัวอย่าง", "It has not this form; see the example.")),
        _ => None,
    }
}

fn object(json: Json) -> Schema {
    match json {
        Json::Object(object) => object,
        _ => Schema::new(),
    }
}

/// A form as a pattern of the whole text. Space around a text is cut by the reader.
fn whole(form: &str) -> String {
    format!("^\\s*(?:{form})\\s*$")
}

/// What looks like a number is a text: the reader keeps the letters. It takes `true` for one too, which editors would propose everywhere.
fn text() -> Schema {
    object(json!({ "type": ["string", "number"], "maxLength": LONGEST_TEXT }))
}

fn figure(form: &str) -> Schema {
    object(json!({
        "type": ["number", "string"], "minimum": 0, "maximum": 100, "maxLength": LONGEST_FIGURE, "pattern": whole(form)
    }))
}

/// A list whose members may be empty, as the reader passes over those.
fn list(member: Schema) -> Schema {
    object(json!({ "type": ["array"], "maxItems": LONGEST_LIST, "items": or_nothing(member) }))
}

/// One schema for two of different kinds.
fn either(mut one: Schema, mut other: Schema) -> Schema {
    if let (Some(Json::Array(kinds)), Some(Json::Array(more))) = (one.get_mut("type"), other.get_mut("type")) {
        kinds.append(more);
    }
    other.remove("type");
    one.extend(other);
    one
}

/// The same, or nothing.
pub fn or_nothing(mut schema: Schema) -> Schema {
    if let Some(Json::Array(kinds)) = schema.get_mut("type") {
        kinds.push(json!("null"));
    }
    if let Some(Json::Array(choices)) = schema.get_mut("anyOf") {
        choices.push(json!({ "type": "null" }));
    }
    if let Some(Json::Array(words)) = schema.get_mut("enum") {
        words.push(Json::Null);
    }
    schema
}

/// An example as editors read it.
fn example(text: &str) -> Option<Json> {
    let source = SourceText { path: "".into(), text: text.to_owned() };
    yaml::parse(&source).ok().map(|node| json_of(&node)).filter(|json| !json.is_null())
}

/// A tree as JSON, by the core schema of YAML 1.2 as far as examples need it.
fn json_of(node: &Node) -> Json {
    match &node.kind {
        Kind::Null => Json::Null,
        Kind::Scalar { text, quoted: false } if matches!(text.as_str(), "true" | "false") => json!(text == "true"),
        Kind::Scalar { text, quoted: false } => match serde_json::from_str::<Number>(text) {
            Ok(number) => Json::Number(number),
            Err(_) => json!(text),
        },
        Kind::Scalar { text, quoted: true } => json!(text),
        Kind::List(list) => list.iter().map(json_of).collect(),
        Kind::Map(map) => {
            map.iter().map(|(key, value)| (key.scalar().unwrap_or_default().to_owned(), json_of(value))).collect::<Schema>().into()
        }
    }
}
