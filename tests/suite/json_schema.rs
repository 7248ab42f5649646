//! A judge of JSON Schema for the keywords that our schemas use, in draft-07 and later alike. A keyword that it does not know ends the test:
//! nothing may be demanded of editors that no test has looked at. Forms are those of the crate `regex`, whose common part with the forms of
//! JavaScript is all that is used: no looking around, no references back.

use std::collections::BTreeMap;
use std::sync::Mutex;

use regex::Regex;
use serde_json::{Map, Value};

/// Words about a schema, which demand nothing.
const WORDS: &[&str] = &["$schema", "$comment", "title", "description", "examples", "enumDescriptions", "patternErrorMessage"];

/// Each form is made once and kept to the end: a copy would begin anew with what a form works out while it is asked.
static FORMS: Mutex<BTreeMap<String, &'static Regex>> = Mutex::new(BTreeMap::new());

/// Does a text have a form?
pub fn fits(form: &str, text: &str) -> bool {
    let known = FORMS.lock().unwrap().get(form).copied();
    let made = || {
        let regex: &'static Regex = Box::leak(Box::new(Regex::new(form).unwrap_or_else(|error| panic!("{form}: {error}"))));
        FORMS.lock().unwrap().insert(form.to_owned(), regex);
        regex
    };
    known.unwrap_or_else(made).is_match(text)
}

/// What is wrong with a value, as `place: keyword`; empty where nothing is.
pub fn judge(schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    look((schema, schema), value, "", &mut faults);
    faults
}

/// A schema and those that it takes in: by a pointer, and all of a list.
pub fn parts<'s>(root: &'s Value, schema: &'s Value) -> Vec<&'s Value> {
    let pointed = schema.get("$ref").map(|to| root.pointer(to.as_str().unwrap().strip_prefix('#').unwrap()).unwrap());
    let all = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
    std::iter::once(schema).chain(pointed.into_iter().chain(all).flat_map(|one| parts(root, one))).collect()
}

fn is_kind(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => panic!("{kind} is no kind"),
    }
}

fn look((root, whole): (&Value, &Value), value: &Value, place: &str, faults: &mut Vec<String>) {
    let schema = match whole {
        Value::Bool(true) => return,
        Value::Bool(false) => return faults.push(format!("{place}: false")),
        Value::Object(schema) => schema,
        _ => panic!("{place}: no schema"),
    };
    for (keyword, demand) in schema {
        let text = value.as_str();
        let number = value.as_f64();
        let holds = match keyword.as_str() {
            word if WORDS.contains(&word) => true,
            "definitions" => true,
            "$ref" | "allOf" => {
                assert!(keyword == "allOf" || schema.len() == 1, "{place}: draft-07 passes over what stands beside a pointer");
                for part in parts(root, whole).into_iter().skip(1).filter(|part| part.get("$ref").is_none()) {
                    look((root, part), value, place, faults);
                }
                true
            }
            "type" => match demand {
                Value::String(kind) => is_kind(kind, value),
                kinds => kinds.as_array().unwrap().iter().any(|kind| is_kind(kind.as_str().unwrap(), value)),
            },
            "enum" => demand.as_array().unwrap().contains(value),
            "anyOf" => demand.as_array().unwrap().iter().any(|one| judge(one, value).is_empty()),
            "minimum" => number.is_none_or(|number| number >= demand.as_f64().unwrap()),
            "maximum" => number.is_none_or(|number| number <= demand.as_f64().unwrap()),
            "maxLength" => text.is_none_or(|text| text.chars().count() as u64 <= demand.as_u64().unwrap()),
            "pattern" => text.is_none_or(|text| fits(demand.as_str().unwrap(), text)),
            "maxItems" => value.as_array().is_none_or(|list| list.len() as u64 <= demand.as_u64().unwrap()),
            "items" => {
                for (i, member) in value.as_array().into_iter().flatten().enumerate() {
                    look((root, demand), member, &format!("{place}/{i}"), faults);
                }
                true
            }
            "required" => {
                let has =
                    |object: &Map<String, Value>| demand.as_array().unwrap().iter().all(|key| object.contains_key(key.as_str().unwrap()));
                value.as_object().is_none_or(has)
            }
            "properties" | "patternProperties" | "additionalProperties" => true,
            other => panic!("{place}: nobody tests `{other}`"),
        };
        if !holds {
            faults.push(format!("{place}: {keyword}"));
        }
    }
    let named = schema.get("properties").and_then(Value::as_object);
    let formed = schema.get("patternProperties").and_then(Value::as_object);
    for (key, member) in value.as_object().into_iter().flatten() {
        let place = format!("{place}/{key}");
        let by_name = named.and_then(|named| named.get(key));
        let by_form = formed.into_iter().flatten().filter(|(form, _)| fits(form, key)).map(|(_, schema)| schema);
        let mut schemas: Vec<&Value> = by_name.into_iter().chain(by_form).collect();
        if schemas.is_empty() {
            schemas.extend(schema.get("additionalProperties"));
        }
        for schema in schemas {
            look((root, schema), member, &place, faults);
        }
    }
}

#[test]
fn the_judge_judges() {
    let schema = serde_json::json!({
        "type": ["object", "null"], "required": ["a"], "additionalProperties": false,
        "properties": { "a": { "type": "integer", "minimum": 1, "maximum": 3 }, "w": { "enum": ["x", null] } },
        "patternProperties": { "^l": { "type": ["array", "string"], "maxItems": 2, "maxLength": 3, "pattern": "^b", "items": { "type": "boolean" } },
            "^n": { "anyOf": [{ "type": "number" }, { "type": "null" }] } },
    });
    for (json, faults) in [
        (r#"{"a": 2, "w": null, "la": [true], "lb": "bc", "n": null}"#, vec![]),
        ("null", vec![]),
        ("[]", vec![": type"]),
        ("{}", vec![": required"]),
        (r#"{"a": 1.5}"#, vec!["/a: type"]),
        (r#"{"a": 0}"#, vec!["/a: minimum"]),
        (r#"{"a": 4}"#, vec!["/a: maximum"]),
        (r#"{"a": 2, "w": "y"}"#, vec!["/w: enum"]),
        (r#"{"a": 2, "l": [true, 1]}"#, vec!["/l/1: type"]),
        (r#"{"a": 2, "l": [true, true, true]}"#, vec!["/l: maxItems"]),
        (r#"{"a": 2, "l": "bbbb"}"#, vec!["/l: maxLength"]),
        (r#"{"a": 2, "l": "a"}"#, vec!["/l: pattern"]),
        (r#"{"a": 2, "n": "a"}"#, vec!["/n: anyOf"]),
        (r#"{"a": 2, "z": 1}"#, vec!["/z: false"]),
    ] {
        assert_eq!(judge(&schema, &serde_json::from_str(json).unwrap()), faults, "{json}");
    }
}
