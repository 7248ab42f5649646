//! What a file may hold, said once: its keys, which of them are required, what each takes, and words about it for people. A reader takes
//! its keys from here, and the schemas for editors are made of the same values, so that none of them can know a key that the other does
//! not. Refuses to read and to know any format: each reader says its own shapes beside itself.

/// Words for people in Thai and English.
#[derive(Clone, Copy, Debug)]
pub struct Says(pub &'static str, pub &'static str);

/// A map whose keys are words of the format.
#[derive(Debug)]
pub struct Shape {
    /// Its keys, in the order in which they are asked for: the first of several near ones is the one that a finding names.
    pub keys: &'static [Key],
}

impl Shape {
    /// The names of all keys.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|key| key.name).collect()
    }

    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

/// A key and what stands behind it.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// Must it be there?
    pub need: Need,
    /// What it takes.
    pub value: Value,
    /// What it means.
    pub says: Says,
    /// A value as it may be written in YAML; empty where the shape below shows one.
    pub example: &'static str,
}

/// Must a key be there? Nothing behind it is as if it were not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may be left out.
    Free,
    /// It must be there.
    Required,
    /// It must be there and show something.
    Filled,
}

impl Key {
    /// A key that may be left out.
    pub const fn free(name: &'static str, value: Value, says: Says, example: &'static str) -> Self {
        Self { name, need: Need::Free, value, says, example }
    }

    /// A key that must be there.
    pub const fn required(name: &'static str, value: Value, says: Says, example: &'static str) -> Self {
        Self { name, need: Need::Required, value, says, example }
    }

    /// A key that must be there and show something.
    pub const fn filled(name: &'static str, value: Value, says: Says, example: &'static str) -> Self {
        Self { name, need: Need::Filled, value, says, example }
    }
}

/// What stands behind a key or in a list. Digits are read in both scripts everywhere.
#[derive(Clone, Copy, Debug)]
pub enum Value {
    /// A text: any scalar.
    Text,
    /// A text for which there are proposals, known by this name, and which may be another.
    Offered(&'static str),
    /// A text of this form, a regular expression for all of it.
    Fit(&'static str),
    /// The same where it may look like a number, whose digits then can't be judged.
    FitScalar(&'static str),
    /// A text, which is Thai, or `{th: …, en: …}`.
    Name,
    /// A published figure: 0 to 100.
    Figure,
    /// A weight, a threshold, a mean: 0 to 100.
    Percent,
    /// A whole number.
    Whole,
    /// `true` or `false`.
    Truth,
    /// A day.
    Day,
    /// A year.
    Year,
    /// An absolute web address.
    WebAddress,
    /// One of some words.
    Word(Words),
    /// A list, or one member in its place.
    OneOrMore(&'static Value),
    /// A list.
    List(&'static Value),
    /// A map whose keys are data.
    Map(&'static Map),
    /// A map whose keys are words.
    Shape(&'static Shape),
    /// One of two that are told apart by whether they are a scalar, a list or a map.
    Either(&'static Value, &'static Value),
}

/// The words of a choice, as its reader has them, with what each means.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The words.
    pub words: fn() -> Vec<&'static str>,
    /// What each means, in the same order.
    pub says: &'static [Says],
}

/// A map whose keys are data: codes, ids, addresses.
#[derive(Debug)]
pub struct Map {
    /// What its keys are; by this name those of packs are proposed.
    pub of: &'static str,
    /// The form of a key, a regular expression for all of it.
    pub key: &'static str,
    /// What stands behind each.
    pub value: Value,
    /// May nothing stand behind a key?
    pub may_be_empty: bool,
}

/// The words of a choice.
pub fn words<T>(choices: &[(&'static str, T)]) -> Vec<&'static str> {
    choices.iter().map(|(word, _)| *word).collect()
}

/// `{th: …, en: …}`: a name in both languages.
pub const NAME: Shape = Shape {
    keys: &[
        Key::filled("th", Value::Text, Says("ชื่อหรือข้อความภาษาไทย", "The name or text in Thai."), "กองคลัง"),
        Key::free("en", Value::Text, Says("ชื่อหรือข้อความภาษาอังกฤษ", "The name or text in English."), "Finance Division"),
    ],
};

/// The form of a code of a question or item, in any spelling of real reports.
pub const CODE: &str = "[A-Za-z0๐]\\s*[-_.–]*\\s*(?:[1-9๑-๙][0-9๐-๙]{0,2}|[0๐][1-9๑-๙][0-9๐-๙]?|[0๐][0๐][1-9๑-๙])";

/// The form of an id: letters of English, digits, and marks between them.
pub const ID: &str = "[A-Za-z0-9][A-Za-z0-9._-]{0,59}";
