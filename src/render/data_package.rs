//! Tables described for programs: as a Data Package, version 2 (<https://datapackage.org/standard/data-package/>), and as JSON Schema, draft
//! 2020-12. Owns which type of these standards each kind of column is. Says nothing that [`crate::site::columns`] does not.

use serde_json::{Map, Value, json};

use super::maps::{absolute, web_address};
use super::voice::Voice;
use crate::base::address::Address;
use crate::base::language::Name;
use crate::site::columns::{Column, DataTable, Holds, PARTS};
use crate::site::dataset::{DataFile, DataSet, Form, OtherFile, schema as schema_address};
use crate::source::site::{License, Site};
use crate::text::html::seen;

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
        let mut package = Map::new();
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                package.insert(key.to_owned(), value);
            }
        };
        put("$schema", Some("https://datapackage.org/profiles/2.0/datapackage.json".into()));
        let slug = first.front.as_str().trim_end_matches('/');
        put("name", Some(plain_name(&if is_one { format!("assessment-{}-{slug}", first.year) } else { "assessment".to_owned() }).into()));
        put("id", self.base_url.map(|base| absolute(base, folder).into()));
        put("title", Some(self.title(first).into()));
        put("description", Some(self.about(first).into()));
        put("homepage", self.base_url.map(|base| absolute(base, &first.page).into()));
        put("licenses", self.site.license.as_ref().map(licenses));
        let path = first.website.as_deref().map(web_address);
        let contributor = json!({"title": self.said(&first.owner), "roles": ["publisher"]});
        put("contributors", Some(json!([with(contributor, "path", path)])));
        put("sources", source(first));
        if is_one {
            put("scale", Some(if first.is_weighted { "weighted" } else { "percent" }.into()));
        }
        let resources = sets.iter().flat_map(|set| &set.files).map(|file| self.resource(folder, file));
        let others = sets.iter().flat_map(|set| &set.others).map(|file| self.other(folder, file));
        put("resources", Some(resources.chain(others).collect()));
        line(&Value::Object(package))
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

    fn resource(&self, folder: &Address, file: &DataFile) -> Value {
        let path = file.address.as_str();
        let path = path.strip_prefix(folder.as_str()).unwrap_or(path);
        let stem = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or(path);
        let mut resource = json!({
            "name": if file.form == Form::Csv { stem.to_owned() } else { format!("{stem}-json") },
            "path": path,
            "description": self.said(&file.table.about.name()),
            "format": file.form.extension(),
            "mediatype": file.form.media(),
            "encoding": "utf-8",
            "bytes": file.content.0,
            "hash": format!("sha256:{}", file.content.1),
        });
        // The same schema twice would only make the file longer: figures are texts in JSON, which its own schema says.
        if file.form == Form::Csv {
            resource["type"] = "table".into();
            resource["dialect"] =
                json!({"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true});
            resource["schema"] = self.table_schema(file.table, &file.columns);
        } else {
            let at = schema_address(file.table.name);
            let style = self.site.links;
            resource["jsonSchema"] = self.base_url.map_or_else(|| at.from(folder, style), |base| absolute(base, &at)).into();
        }
        resource
    }

    /// A file that is JSON of another standard.
    fn other(&self, folder: &Address, file: &OtherFile) -> Value {
        let path = file.address.as_str();
        let path = path.strip_prefix(folder.as_str()).unwrap_or(path);
        let name = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or(path);
        json!({
            "name": name,
            "path": path,
            "description": self.sentence(file.about, &[]),
            "format": "json",
            "mediatype": "application/json",
            "encoding": "utf-8",
            "bytes": file.content.0,
            "hash": format!("sha256:{}", file.content.1),
            "conformsTo": file.form,
        })
    }

    /// A Table Schema of the columns that are there.
    fn table_schema(&self, table: &DataTable, columns: &[&str]) -> Value {
        let field = |column: &Column| {
            let mut field = Map::new();
            field.insert("name".to_owned(), column.name.into());
            field.insert("type".to_owned(), table_type(column.holds).into());
            field.insert("description".to_owned(), self.said(&column.about.name()).into());
            let limits = limits(column);
            if !limits.is_empty() {
                field.insert("constraints".to_owned(), Value::Object(limits));
            }
            Value::Object(field)
        };
        let fields: Vec<Value> = table.columns().filter(|column| columns.contains(&column.name)).map(field).collect();
        let schema = json!({"fields": fields, "missingValues": [""]});
        with(schema, "primaryKey", (!table.key.is_empty()).then_some(table.key))
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

/// The constraints of a column in a Table Schema.
fn limits(column: &Column) -> Map<String, Value> {
    let mut limits = Map::new();
    if column.always {
        limits.insert("required".to_owned(), true.into());
    }
    match column.holds {
        Holds::Score | Holds::Derived | Holds::Percent | Holds::Weight => {
            limits.insert("minimum".to_owned(), 0.into());
            limits.insert("maximum".to_owned(), 100.into());
        }
        Holds::Count | Holds::Bytes | Holds::Ordinal => drop(limits.insert("minimum".to_owned(), 0.into())),
        Holds::Choice(words) => drop(limits.insert("enum".to_owned(), words.into())),
        _ => {}
    }
    limits
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
pub fn line(value: &Value) -> Vec<u8> {
    let mut text = value.to_string();
    text.push('\n');
    text.into_bytes()
}
