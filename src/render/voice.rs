//! How the site speaks: the language of the interface, the script of digits, and the string catalogue. Owns turning values into the
//! HTML that people read, with the machine's value beside it wherever the two differ.

use crate::base::date::Date;
use crate::base::digits;
use crate::base::language::{Digits, Language, Name};
use crate::base::lookup::Lookup;
use crate::base::thai;
use crate::site::table::{Label, Value};
use crate::text::html::{escape, escape_into, is_from_right, running, running_into, without_tags};
use crate::text::strings::Strings;

/// How the site speaks.
#[derive(Debug)]
pub struct Voice {
    /// The language of the interface.
    pub language: Language,
    /// The script of digits.
    pub digits: Digits,
    /// The sentences, in pieces.
    sentences: Lookup<String, Vec<Piece>>,
}

/// A piece of a sentence.
#[derive(Clone, Debug)]
enum Piece {
    /// The catalogue's own words, as HTML.
    Words(String),
    /// The value of this name.
    Value(String),
    /// Words for one, and for any other number, by the value of this name.
    Choice(String, [String; 2]),
}

/// The words of a sentence without values.
fn fixed(pieces: &[Piece]) -> Option<&str> {
    match pieces {
        [Piece::Words(words)] => Some(words),
        _ => None,
    }
}

impl Voice {
    /// The voice of a catalogue.
    pub fn new(language: Language, digits: Digits, strings: &Strings) -> Self {
        let sentences = strings.iter().map(|(key, sentence)| (key.clone(), pieces(sentence, digits))).collect();
        Self { language, digits, sentences }
    }

    /// The sentence of `key` with its values put in, each already HTML. `None` where the catalogue has no such key.
    pub fn sentence(&self, key: &str, values: &[(&str, String)]) -> Option<String> {
        let pieces = self.sentences.get(key)?;
        if let Some(words) = fixed(pieces) {
            return Some(words.to_owned());
        }
        let mut out = String::with_capacity(128);
        let value = |name: &str| values.iter().find(|(key, _)| *key == name).map(|(_, value)| value.as_str());
        for piece in pieces {
            match piece {
                Piece::Words(words) => out.push_str(words),
                Piece::Value(name) => out.extend(value(name)),
                Piece::Choice(name, [one, other]) => {
                    let is_one = value(name).is_some_and(|value| matches!(plain(value).as_str(), "1" | "๑"));
                    out.push_str(if is_one { one } else { other });
                }
            }
        }
        Some(out)
    }

    /// The sentence of `key`, where it has no values.
    pub fn fixed_sentence(&self, key: &str) -> Option<&str> {
        fixed(self.sentences.get(key)?)
    }

    /// A sentence of the catalogue in phrases. One that holds more than held words stays as it is: a space in a tag is no border.
    pub fn phrases_of(&self, html: &str) -> String {
        let bare = html.replace("<span class=\"nb\">", "").replace("</span>", "");
        if bare.contains(['<', '&']) { html.to_owned() } else { self.phrases(&bare) }
    }

    /// A label with its values; a key that the catalogue lacks is shown as it is, so that a fault of a theme is seen and not hidden.
    pub fn label(&self, label: &Label) -> String {
        if label.key == "text" {
            return label.values.first().map(|(_, value)| self.value(value)).unwrap_or_default();
        }
        let values: Vec<(&str, String)> = label.values.iter().map(|(name, value)| (*name, self.value(value))).collect();
        self.sentence(label.key, &values).unwrap_or_else(|| escape(label.key))
    }

    /// A sentence without values; a key that the catalogue lacks is shown as it is.
    pub fn word(&self, key: &str) -> String {
        self.sentence(key, &[]).unwrap_or_else(|| escape(key))
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => self.text(text),
            Value::Name(name) => self.name(name),
            Value::Number(number) => self.number(number),
            Value::Word(key) => self.word(key),
            Value::Day(day) => self.day(*day, true),
        }
    }

    /// A number as people read it: `97.61`, or `<data value="97.61">๙๗.๖๑</data>`. A minus is a real one.
    pub fn number(&self, machine: &str) -> String {
        self.shown(machine, machine)
    }

    /// A figure in a column: at least two decimals, published digits never cut.
    pub fn figure(&self, machine: &str) -> String {
        let decimals = machine.split_once('.').map_or(0, |(_, part)| part.len());
        let shown = match decimals {
            0 => format!("{machine}.00"),
            1 => format!("{machine}0"),
            _ => machine.to_owned(),
        };
        self.shown(machine, &shown)
    }

    /// A large whole number with its thousands parted.
    pub fn count(&self, machine: &str) -> String {
        let grouped: Vec<String> = machine.as_bytes().rchunks(3).rev().map(|chunk| String::from_utf8_lossy(chunk).into_owned()).collect();
        self.shown(machine, &grouped.join(","))
    }

    fn shown(&self, machine: &str, text: &str) -> String {
        if self.digits == Digits::Arabic && machine == text && !text.contains('-') {
            return escape(machine);
        }
        let mut shown = text.replace('-', "\u{2212}");
        if self.digits == Digits::Thai {
            shown = digits::to_thai(&shown);
        }
        if shown == machine { escape(machine) } else { format!("<data value=\"{}\">{}</data>", escape(machine), escape(&shown)) }
    }

    /// A text of the program's own with its digits in the script of the site.
    pub fn digits_of(&self, text: &str) -> String {
        if self.digits == Digits::Thai { digits::to_thai(text) } else { text.to_owned() }
    }

    /// A year of the Buddhist era, as the fiscal year is counted in either language.
    pub fn year(&self, year: &str) -> String {
        if self.digits == Digits::Thai { digits::to_thai(year) } else { year.to_owned() }
    }

    /// A name in the language of the interface; one that stays Thai is marked as such.
    pub fn name(&self, name: &Name) -> String {
        if name.is_foreign(self.language) { self.text(&name.th) } else { running(name.get(self.language)) }
    }

    /// An author's text as running text, marked as Thai where the interface is English and it has Thai letters, and kept by itself
    /// where it has letters that are written from the right.
    pub fn text(&self, text: &str) -> String {
        if is_from_right(text) {
            return format!("<bdi>{}</bdi>", running(text));
        }
        if self.is_foreign(text) {
            let mut out = String::from("<span lang=\"th\">");
            running_into(text, &mut out);
            out.push_str("</span>");
            return out;
        }
        running(text)
    }

    /// Is this text Thai in an English interface?
    pub fn is_foreign(&self, text: &str) -> bool {
        self.language == Language::En && text.chars().any(thai::is_letter)
    }

    /// A name in phrases: lines of large type break between them first. A Thai space is the border of a phrase; a space beside
    /// a figure or a Latin word is none.
    pub fn phrases(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let open = if self.is_foreign(text) { "<span class=\"ph\" lang=\"th\">" } else { "<span class=\"ph\">" };
        let mut phrases: Vec<String> = Vec::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let thai_start = word.chars().next().is_some_and(thai::is_letter);
            match phrases.last_mut() {
                Some(phrase) if !(thai_start && phrase.chars().last().is_some_and(thai::is_letter)) => {
                    phrase.push(' ');
                    phrase.push_str(word);
                }
                _ => phrases.push(word.to_owned()),
            }
        }
        if phrases.len() < 2 {
            return self.text(text);
        }
        for (i, phrase) in phrases.iter().enumerate() {
            if i > 0 {
                out.push(' ');
            }
            out.push_str(open);
            running_into(phrase, &mut out);
            out.push_str("</span>");
        }
        out
    }

    /// A day, as people read it, with the machine's form beside it.
    pub fn day(&self, day: Date, short: bool) -> String {
        let mut text = if short { day.short(self.language) } else { day.long(self.language) };
        if self.digits == Digits::Thai {
            text = digits::to_thai(&text);
        }
        let mut out = format!("<time datetime=\"{day}\">");
        escape_into(&text, &mut out);
        out.push_str("</time>");
        out
    }

    /// The size of a file: `48 KB`.
    pub fn size(&self, bytes: u64) -> String {
        let (number, unit) = match bytes {
            0..1_000 => (bytes.to_string(), "B"),
            1_000..1_000_000 => (bytes.div_ceil(1_000).to_string(), "KB"),
            1_000_000..1_000_000_000 => (tenths(bytes, 1_000_000), "MB"),
            _ => (tenths(bytes, 1_000_000_000), "GB"),
        };
        let number = if self.digits == Digits::Thai { digits::to_thai(&number) } else { number };
        format!("{number} {unit}")
    }
}

/// `bytes` in `unit`s with one decimal, rounded half-up.
fn tenths(bytes: u64, unit: u64) -> String {
    let tenths = (bytes * 10 + unit / 2) / unit;
    if tenths.is_multiple_of(10) { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// A sentence of the catalogue in pieces.
fn pieces(sentence: &str, digits: Digits) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        if !before.is_empty() {
            pieces.push(Piece::Words(own_words(before, digits)));
        }
        let (name, tail) = after.split_once('}').unwrap_or((after, ""));
        // `{count:agency|agencies}`
        let choice = name.split_once(':').and_then(|(name, words)| Some((name, words.split_once('|')?)));
        pieces.push(match choice {
            Some((name, (one, other))) => Piece::Choice(name.to_owned(), [one, other].map(|words| own_words(words, digits))),
            None => Piece::Value(name.to_owned()),
        });
        rest = tail;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Words(own_words(rest, digits)));
    }
    pieces
}

/// The catalogue's own words: digits in them are numbers too, unless they stand in markup.
fn own_words(text: &str, digits: Digits) -> String {
    match (text.contains(['<', '&']), digits) {
        (true, _) => text.to_owned(),
        (false, Digits::Arabic) => running(text),
        (false, Digits::Thai) => running(&digits::to_thai(text)),
    }
}

/// HTML without its tags, for titles and descriptions.
pub fn plain(html: &str) -> String {
    without_tags(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(language: Language, digits: Digits) -> Voice {
        Voice::new(language, digits, &[("a".to_owned(), "ได้ {score} จาก 100".to_owned())].into_iter().collect())
    }

    #[test]
    fn one_is_spoken_of_as_one() {
        let strings = [("a".to_owned(), "{count} {count:agency|agencies}".to_owned())];
        for (digits, [one, two]) in [(Digits::Arabic, ["1 agency", "2 agencies"]), (Digits::Thai, ["๑ agency", "๒ agencies"])] {
            let voice = Voice::new(Language::En, digits, &strings.clone().into_iter().collect());
            let said = |count: &str| plain(&voice.sentence("a", &[("count", voice.number(count))]).unwrap());
            assert_eq!([said("1"), said("2")], [one, two]);
        }
    }

    #[test]
    fn thai_digits_keep_the_machine_value() {
        let thai = voice(Language::Th, Digits::Thai);
        assert_eq!(thai.number("97.61"), "<data value=\"97.61\">๙๗.๖๑</data>");
        assert_eq!(thai.sentence("a", &[("score", thai.number("5"))]).unwrap(), "ได้ <data value=\"5\">๕</data> จาก ๑๐๐");
        let arabic = voice(Language::Th, Digits::Arabic);
        assert_eq!(arabic.number("97.61"), "97.61");
        assert_eq!(arabic.figure("95"), "<data value=\"95\">95.00</data>");
        assert_eq!(arabic.figure("99.165"), "99.165");
        assert_eq!(arabic.number("-2.00"), "<data value=\"-2.00\">\u{2212}2.00</data>");
        assert_eq!(arabic.count("8317"), "<data value=\"8317\">8,317</data>");
    }

    #[test]
    fn thai_that_stays_in_an_english_page_is_marked() {
        let english = voice(Language::En, Digits::Arabic);
        assert_eq!(english.text("อบต."), "<span lang=\"th\">อบต.</span>");
        assert_eq!(english.text("E-mail"), "E-mail");
        assert_eq!(english.name(&Name { th: "ก".to_owned(), en: Some("A".to_owned()) }), "A");
    }

    #[test]
    fn phrases_break_between_thai_words_only() {
        let thai = voice(Language::Th, Digits::Arabic);
        assert_eq!(thai.phrases("ผลประเมิน ปี 2568"), "<span class=\"ph\">ผลประเมิน</span> <span class=\"ph\">ปี 2568</span>");
        assert_eq!(thai.phrases("คะแนน 24 ตัว"), "คะแนน 24 ตัว");
    }

    #[test]
    fn sizes_are_short() {
        let voice = voice(Language::Th, Digits::Arabic);
        assert_eq!(voice.size(999), "999 B");
        assert_eq!(voice.size(48_200), "49 KB");
        assert_eq!(voice.size(2_000_000_000), "2 GB");
        assert_eq!(voice.size(1_550_000), "1.6 MB");
    }
}
