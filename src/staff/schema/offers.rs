//! What editors propose: the codes of the built-in packs with what each is called, the packs themselves, levels, codes of findings. Owns
//! the join over years. Nothing of it is demanded: a pack of the agency's own has other codes.

use std::collections::BTreeMap;

use serde_json::{Map as Object, Value as Json, json};

use crate::base::language::{Language, Name};
use crate::check::accept::may_be_accepted;
use crate::finding::Code;
use crate::framework::{Item, Pack, builtin};

/// Proposals in a language.
pub struct Offers {
    language: Language,
    /// The newest first.
    packs: Vec<&'static Pack>,
}

/// Codes in the order in which packs have them.
#[derive(Default)]
struct Codes {
    order: Vec<String>,
    /// Of each, what it is called: the newest first.
    told: BTreeMap<String, Vec<(String, Vec<u16>)>>,
}

impl Codes {
    fn add(&mut self, code: String, text: &str, year: u16) {
        if !self.told.contains_key(&code) {
            self.order.push(code.clone());
        }
        let told = self.told.entry(code).or_default();
        match told.iter_mut().find(|(known, _)| known == text) {
            Some((_, years)) => years.push(year),
            None => told.push((text.to_owned(), vec![year])),
        }
    }

    /// What a code is called: `text (2569, 2568)`, a paragraph for each text.
    fn words(&self, code: &str) -> String {
        let told = self.told.get(code).map(Vec::as_slice).unwrap_or_default();
        let line = |(text, years): &(String, Vec<u16>)| {
            let years: Vec<String> = years.iter().map(u16::to_string).collect();
            format!("{text} ({})", years.join(", "))
        };
        told.iter().map(line).collect::<Vec<_>>().join("\n\n")
    }

    fn properties(&self) -> Object<String, Json> {
        self.order.iter().map(|code| (code.clone(), json!({ "description": self.words(code) }))).collect()
    }
}

impl Offers {
    /// The proposals of the program.
    pub fn new(language: Language) -> Self {
        let mut packs: Vec<&Pack> = builtin::ids().filter_map(builtin::get).map(|pack| &**pack).collect();
        packs.sort_by_key(|pack| std::cmp::Reverse(pack.fiscal_year));
        Self { language, packs }
    }

    fn say<'n>(&self, name: &'n Name) -> &'n str {
        name.get(self.language)
    }

    /// Texts that may stand behind a key.
    pub fn texts(&self, of: &str) -> Vec<String> {
        let levels = || {
            let mut names: Vec<String> = Vec::new();
            for level in self.packs.iter().flat_map(|pack| &pack.levels) {
                if !names.contains(&level.name.th) {
                    names.push(level.name.th.clone());
                }
            }
            names
        };
        match of {
            "packs" => self.packs.iter().map(|pack| pack.id.clone()).collect(),
            "codes" => Code::ALL.iter().filter(|code| may_be_accepted(**code)).map(|code| code.name().to_owned()).collect(),
            "levels" => levels(),
            _ => Vec::new(),
        }
    }

    /// Keys that may stand in a map, each with what it is.
    pub fn keys(&self, of: &str) -> Object<String, Json> {
        match of {
            "records" => self.records(),
            "parts" => {
                let mut properties = self.codes(of).properties();
                let mean = if self.language == Language::Th {
                    "ค่าเฉลี่ยของข้อ"
                } else {
                    "The question's own figure."
                };
                properties.insert("mean".to_owned(), json!({ "description": mean }));
                properties
            }
            _ => self.codes(of).properties(),
        }
    }

    fn codes(&self, of: &str) -> Codes {
        let mut codes = Codes::default();
        for pack in &self.packs {
            let year = pack.fiscal_year;
            match of {
                "instruments" | "respondents" => {
                    for instrument in &pack.instruments {
                        codes.add(instrument.id.clone(), self.say(&instrument.name), year);
                        for part in &instrument.parts {
                            codes.add(part.id.clone(), self.say(&part.name), year);
                        }
                    }
                }
                "parts" => {
                    for part in pack.instruments.iter().flat_map(|instrument| &instrument.parts) {
                        codes.add(part.key.clone(), self.say(&part.name), year);
                    }
                }
                "indicators" => {
                    for indicator in &pack.indicators {
                        codes.add(indicator.number.to_string(), self.say(&indicator.name), year);
                    }
                }
                "questions" => {
                    for question in &pack.questions {
                        codes.add(question.code.to_string(), self.say(&question.text), year);
                    }
                }
                "items" | "records" => {
                    for item in &pack.items {
                        codes.add(item.code.to_string(), self.say(&item.name), year);
                    }
                }
                _ => {}
            }
        }
        codes
    }

    /// The items, each with the ids of its elements where they may stand.
    fn records(&self) -> Object<String, Json> {
        let items = self.codes("records");
        let mut records = Object::new();
        for code in &items.order {
            let mut elements = Codes::default();
            for pack in &self.packs {
                let of_code = |item: &&Item| item.code.to_string() == *code;
                for element in pack.items.iter().find(of_code).map(|item| item.elements.as_slice()).unwrap_or_default() {
                    elements.add(element.id.clone(), self.say(&element.text), pack.fiscal_year);
                }
            }
            let mut record = json!({ "description": items.words(code) });
            if !elements.order.is_empty() {
                let ids = &elements.order;
                let words: Vec<String> = ids.iter().map(|id| format!("{id}: {}", elements.words(id).replace("\n\n", " / "))).collect();
                let one = json!({ "examples": ids });
                let covers = json!({ "description": words.join("\n\n"), "examples": ids, "items": one });
                let link = json!({ "properties": { "covers": covers } });
                record["properties"] = json!({
                    "links": { "items": link },
                    "elements": { "properties": elements.properties() },
                });
            }
            records.insert(code.clone(), record);
        }
        records
    }
}
