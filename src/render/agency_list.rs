//! The list of all agencies for the form on the front page, as one script: who they are, where, and their newest result. Owns how a row is
//! written. What the script `lists.js` of the theme makes of it, it makes alone.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::voice::Voice;
use crate::base::fold::{folded, tidy};
use crate::base::language::{Language, Name};
use crate::site::agencies::AgencySummary;
use crate::site::groups::{Group, Register};

/// Numbers that texts are known by, in the order in which they are met.
#[derive(Default)]
struct Numbered<'a> {
    texts: Vec<&'a str>,
    numbers: BTreeMap<&'a str, usize>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, text: &'a str) -> usize {
        *self.numbers.entry(text).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len() - 1
        })
    }
}

/// The script. `names` are names of one thing, the full form first.
pub fn script(register: &Register<'_>, names: &[Vec<String>], voice: &Voice) -> Vec<u8> {
    let language = voice.language;
    let places = [&register.provinces, &register.kinds, &register.levels].map(|groups| places(groups));
    let (mut begins, mut districts) = (Numbered::default(), Numbered::default());
    let rows: Vec<Value> = register
        .sorted
        .iter()
        .map(|agency| {
            let shown = agency.name.get(language);
            // Most names are a word for what the body is, and what the list is ordered by.
            let begin = shown.strip_suffix(agency.sort.as_str()).filter(|begin| tidy(begin) == *begin).unwrap_or("");
            let [province, kind, level] = places.each_ref().map(|places| places.get(agency.slug.as_str()));
            let district = agency.district.as_ref().map(|district| districts.number(district.get(language)));
            let own_level = own_level(agency, level.and_then(|at| register.levels.get(*at)), language);
            let total = agency.result().and_then(|edition| edition.overall.as_deref());
            let mut row = vec![
                json!(tidy(&shown[begin.len()..])),
                json!(agency.slug),
                json!(begins.number(begin)),
                json!(province),
                json!(kind),
                json!(level),
                json!(district),
                json!(total),
                json!(others(agency, language)),
                json!(own_level),
            ];
            while row.last().is_some_and(Value::is_null) {
                row.pop();
            }
            Value::Array(row)
        })
        .collect();
    let names: Vec<Vec<String>> = names.iter().map(|forms| forms.iter().map(|form| folded(form)).collect()).collect();
    let provinces: Vec<&str> = register.provinces.iter().map(|group| group.name().map_or("", |name| name.get(language))).collect();
    let capital = register.provinces.iter().position(Group::is_capital);
    let mut out = format!(
        "prongsaiList({{\"names\":{},\"begins\":{},\"districts\":{},\"provinces\":{},\"capital\":{},\"rows\":[",
        json!(names),
        json!(tidied(&begins.texts)),
        json!(tidied(&districts.texts)),
        json!(tidied(&provinces)),
        json!(capital),
    );
    for (at, row) in rows.iter().enumerate() {
        out.push_str(if at == 0 { "\n" } else { ",\n" });
        out.push_str(&row.to_string());
    }
    out.push_str("\n]});\n");
    out.into_bytes()
}

/// Texts as the script compares them, and shows them.
fn tidied(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| tidy(text).into_owned()).collect()
}

/// The number of the group in which each agency is, by slug.
fn places<'a>(groups: &[Group<'a>]) -> BTreeMap<&'a str, usize> {
    let one = |(at, group): (usize, &Group<'a>)| group.agencies.iter().map(|agency| (agency.slug.as_str(), at)).collect::<Vec<_>>();
    groups.iter().enumerate().flat_map(one).collect()
}

/// What lists call the level of its newest result, where that is not the name of the group that the form has for it: of a group of levels of
/// other names each has its own, and the form speaks of one year.
fn own_level(agency: &AgencySummary, group: Option<&Group<'_>>, language: Language) -> Option<String> {
    let shown = agency.result()?.level_name()?;
    let of_group = group.and_then(Group::name).map(|name| name.get(language));
    (of_group != Some(shown.get(language))).then(|| tidy(shown.get(language)).into_owned())
}

/// Names that an agency is found by besides the one that is shown: short ones, and those of the other language.
fn others(agency: &AgencySummary, language: Language) -> Option<String> {
    let names = [Some(&agency.name), agency.short.as_ref(), agency.district.as_ref(), agency.province.as_ref()];
    let both = names.into_iter().enumerate().flat_map(|(at, name)| name.into_iter().flat_map(move |name| forms(name, (at, language))));
    let all: Vec<String> = both.map(|text| tidy(text).into_owned()).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// The forms of a name that are not shown: of a short name both, of any other that of the other language.
fn forms(name: &Name, (at, language): (usize, Language)) -> impl Iterator<Item = &str> {
    let shown = name.get(language);
    [Some(name.th.as_str()), name.en.as_deref()].into_iter().flatten().filter(move |text| at == 1 || *text != shown)
}
