//! Tables described for programs: as a Data Package, version 2 (<https://datapackage.org/standard/data-package/>), and as JSON Schema, draft
//! 2020-12. Owns which type of these standards each kind of column is. Says nothing that [`crate::site::columns`] does not.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::maps::{absolute, web_address};
use super::voice::Voice;
use crate::base::address::Address;
use crate::base::language::Name;
use crate::site::columns::{Column, DataTable, Holds, PARTS};
use crate::site::dataset::{DataFile, DataSet, Form, OtherFile, schema as schema_address};
use crate::source::site::{License, Site};
use crate::text::html::seen;

/// A package. The order of its members is that of the file.
#[derive(Serialize)]
struct Package<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    title: String,
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    homepage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licenses: Option<Value>,
    contributors: [Value; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    sources: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<&'static str>,
    resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
struct Resource<'a> {
    name: Cow<'a, str>,
    path: &'a str,
    description: Cow<'a, str>,
    format: &'static str,
    mediatype: &'static str,
    encoding: &'static str,
    bytes: u64,
    hash: String,
    #[serde(rename = "conformsTo", skip_serializing_if = "Option::is_none")]
    conforms_to: Option<&'static str>,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<TableSchema>,
    #[serde(rename = "jsonSchema", skip_serializing_if = "Option::is_none")]
    json_schema: Option<String>,
}

#[derive(Serialize)]
struct Dialect {
    delimiter: &'static str,
    #[serde(rename = "lineTerminator")]
    line: &'static str,
    #[serde(rename = "quoteChar")]
    quote: &'static str,
    #[serde(rename = "doubleQuote")]
    double_quote: bool,
    header: bool,
}

#[derive(Serialize)]
struct TableSchema {
    fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    missing: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "<[_]>::is_empty")]
    key: &'static [&'static str],
}

#[derive(Serialize)]
struct Field {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    constraints: Option<Limits>,
}

#[derive(Default, PartialEq, Serialize)]
struct Limits {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    maximum: Option<u8>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    words: Option<&'static [&'static str]>,
}

/// Who describes.
#[derive(Clone, Copy)]
pub struct Describer<'a> {
    /// How the site speaks.
    pub voice: &'a Voice,
    /// Its settings.
    pub site: &'a Site,
    /// The absolute address of its root.
    pub base_url: Option<&'a str>,
}

impl Describer<'_> {
    /// The package of the sets in a folder.
    pub fn package(&self, folder: &Address, sets: &[DataSet]) -> Vec<u8> {
        let Some(first) = sets.first() else { return Vec::new() };
        let is_one = first.scheme.is_some();
        let slug = first.front.as_str().trim_end_matches('/');
        let path = first.website.as_deref().map(web_address);
        let contributor = json!({"title": self.said(&first.owner), "roles": ["publisher"]});
        let resources = sets.iter().flat_map(|set| &set.files).map(|file| self.resource(folder, file));
        let others = sets.iter().flat_map(|set| &set.others).map(|file| self.other(folder, file));
        line(&Package {
            schema: "https://datapackage.org/profiles/2.0/datapackage.json",
            name: plain_name(&if is_one { format!("assessment-{}-{slug}", first.year) } else { "assessment".to_owned() }),
            id: self.base_url.map(|base| absolute(base, folder)),
            title: self.title(first),
            description: self.about(first),
            homepage: self.base_url.map(|base| absolute(base, &first.page)),
            licenses: self.site.license.as_ref().map(licenses),
            contributors: [with(contributor, "path", path)],
            sources: source(first),
            scale: is_one.then_some(if first.is_weighted { "weighted" } else { "percent" }),
            resources: resources.chain(others).collect(),
        })
    }

    /// What a set is called.
    pub fn title(&self, set: &DataSet) -> String {
        self.words("linked.dataset", "linked.joined", set)
    }

    /// What is in a set.
    pub fn about(&self, set: &DataSet) -> String {
        self.words("linked.dataset.about", "linked.joined.about", set)
    }

    /// A sentence of the catalogue as a plain text, with names put in.
    pub fn sentence(&self, key: &'static str, names: &[(&str, &Name)]) -> String {
        let values: Vec<(&str, String)> = names.iter().map(|(key, name)| (*key, self.voice.name(name))).collect();
        seen(&self.voice.sentence(key, &values).unwrap_or_default())
    }

    fn words(&self, of_agency: &'static str, of_site: &'static str, set: &DataSet) -> String {
        match &set.scheme {
            Some(scheme) => self.sentence(of_agency, &[("name", &set.owner), ("scheme", scheme)]),
            None => self.sentence(of_site, &[("name", &set.owner)]),
        }
    }

    /// A name in the language of the site.
    pub fn said(&self, name: &Name) -> String {
        name.get(self.voice.language).to_owned()
    }

    fn resource<'f>(&self, folder: &Address, file: &'f DataFile) -> Resource<'f> {
        let path = file.address.as_str();
        let path = path.strip_prefix(folder.as_str()).unwrap_or(path);
        let stem = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or(path);
        // The same schema twice would only make the file longer: figures are texts in JSON, which its own schema says.
        let is_csv = file.form == Form::Csv;
        let json_schema = || {
            let at = schema_address(file.table.name);
            self.base_url.map_or_else(|| at.from(folder, self.site.links), |base| absolute(base, &at))
        };
        Resource {
            name: if is_csv { stem.into() } else { format!("{stem}-json").into() },
            path,
            description: file.table.about.get(self.voice.language).into(),
            format: file.form.extension(),
            mediatype: file.form.media(),
            encoding: "utf-8",
            bytes: file.content.0,
            hash: format!("sha256:{}", file.content.1),
            conforms_to: None,
            kind: is_csv.then_some("table"),
            dialect: is_csv.then_some(Dialect { delimiter: ",", line: "\r\n", quote: "\"", double_quote: true, header: true }),
            schema: is_csv.then(|| self.table_schema(file.table, &file.columns)),
            json_schema: (!is_csv).then(json_schema),
        }
    }

    /// A file that is JSON of another standard.
    fn other<'f>(&self, folder: &Address, file: &'f OtherFile) -> Resource<'f> {
        let path = file.address.as_str();
        let path = path.strip_prefix(folder.as_str()).unwrap_or(path);
        let name = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path);
        Resource {
            name: name.into(),
            path,
            description: self.sentence(file.about, &[]).into(),
            format: "json",
            mediatype: "application/json",
            encoding: "utf-8",
            bytes: file.content.0,
            hash: format!("sha256:{}", file.content.1),
            conforms_to: Some(file.form),
            kind: None,
            dialect: None,
            schema: None,
            json_schema: None,
        }
    }

    /// A Table Schema of the columns that are there.
    fn table_schema(&self, table: &DataTable, columns: &[&str]) -> TableSchema {
        let field = |column: &Column| Field {
            name: column.name,
            kind: table_type(column.holds),
            description: column.about.get(self.voice.language),
            constraints: Limits::of(column),
        };
        TableSchema {
            fields: table.columns().filter(|column| columns.contains(&column.name)).map(field).collect(),
            missing: [""],
            key: table.key,
        }
    }

    /// The JSON Schema of a table's JSON file.
    pub fn json_schema(&self, table: &DataTable) -> Vec<u8> {
        let at = schema_address(table.name);
        let property = |column: &Column| (column.name.to_owned(), self.property(column));
        let required: Vec<&str> = table.columns().map(|column| column.name).filter(|name| !PARTS[2..].contains(name)).collect();
        let mut schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": table.name,
            "description": self.said(&table.about.name()),
            "type": "array",
            // Columns may be added, so others are not refused.
            "items": {"type": "object", "required": required, "properties": Value::Object(table.columns().map(property).collect())},
        });
        // An identifier is an address in letters of ASCII (draft 2020-12, 8.2.1), which a base with other letters is not.
        if let Some(base) = self.base_url.filter(|base| base.is_ascii()) {
            schema["$id"] = absolute(base, &at).into();
        }
        line(&schema)
    }

    fn property(&self, column: &Column) -> Value {
        let mut property = Map::new();
        let kind = match column.holds {
            Holds::Weight => "number",
            Holds::Ordinal | Holds::Count | Holds::Year | Holds::Bytes => "integer",
            Holds::Flag => "boolean",
            _ => "string",
        };
        // An empty slug is a text of no letters.
        property.insert("type".to_owned(), if column.always || column.name == "agency" { kind.into() } else { json!([kind, "null"]) });
        property.insert("description".to_owned(), self.said(&column.about.name()).into());
        match column.holds {
            Holds::Score | Holds::Derived | Holds::Percent => drop(property.insert("pattern".to_owned(), r"^[0-9]+(\.[0-9]+)?$".into())),
            Holds::Points => drop(property.insert("pattern".to_owned(), r"^-?[0-9]+(\.[0-9]+)?$".into())),
            Holds::Day => drop(property.insert("format".to_owned(), "date".into())),
            Holds::Choice(words) => {
                let words = words.iter().map(|word| Value::from(*word));
                let none = (!column.always).then_some(Value::Null);
                property.insert("enum".to_owned(), words.chain(none).collect());
            }
            _ => {}
        }
        Value::Object(property)
    }
}

/// The type of a column in a Table Schema.
fn table_type(holds: Holds) -> &'static str {
    match holds {
        Holds::Score | Holds::Derived | Holds::Percent | Holds::Points | Holds::Weight => "number",
        Holds::Ordinal | Holds::Count | Holds::Year | Holds::Bytes => "integer",
        Holds::Flag => "boolean",
        Holds::Day => "date",
        Holds::Text | Holds::Code | Holds::List | Holds::Address | Holds::Choice(_) => "string",
    }
}

impl Limits {
    /// The constraints of a column in a Table Schema, where there are any.
    fn of(column: &Column) -> Option<Self> {
        let mut limits = Self { required: column.always.then_some(true), ..Self::default() };
        match column.holds {
            Holds::Score | Holds::Derived | Holds::Percent | Holds::Weight => (limits.minimum, limits.maximum) = (Some(0), Some(100)),
            Holds::Count | Holds::Bytes | Holds::Ordinal => limits.minimum = Some(0),
            Holds::Choice(words) => limits.words = Some(words),
            _ => {}
        }
        (limits != Self::default()).then_some(limits)
    }
}

/// The licence: its name in the form of identifiers where it can be one, else its title and address.
fn licenses(license: &License) -> Value {
    let id: String = license.name.split_whitespace().collect::<Vec<_>>().join("-");
    let is_id = id.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'));
    // The standard asks for one of the two, and a title alone is neither.
    let name = if is_id { Some(id) } else { license.url.is_none().then(|| "other".to_owned()) };
    let one = with(with(json!({"title": license.name}), "name", name), "path", license.url.as_deref().map(web_address));
    json!([one])
}

/// Where the figures of a set come from.
fn source(set: &DataSet) -> Option<Value> {
    let title = set.source.title.clone().or_else(|| set.source.publisher.clone()).or_else(|| set.source.url.clone())?;
    Some(json!([with(json!({"title": title}), "path", set.source.url.as_deref().map(web_address))]))
}

/// An object with one more value, where there is one.
fn with(mut object: Value, key: &str, value: Option<impl Into<Value>>) -> Value {
    if let Some(value) = value {
        object[key] = value.into();
    }
    object
}

/// A name in the letters that the standard allows.
fn plain_name(text: &str) -> String {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
    let kept: String = text.to_ascii_lowercase().chars().filter(|c| fits(*c)).collect();
    kept.trim_end_matches('-').to_owned()
}

/// JSON as a file.
pub fn line(value: &impl Serialize) -> Vec<u8> {
    // Writing values of ours into memory does not fail.
    let mut text = serde_json::to_vec(value).unwrap_or_default();
    text.push(b'\n');
    text
}
