//! What a table changes in an edition's `assessment.yaml`. Owns which figures are new, another or the same, and the edits that write them at
//! their place. Refuses to touch a file that has faults of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Change, Edition, Found, Import, NewText, PLAIN_SCALE, Refusal, Understood, faulty};
use crate::base::digits;
use crate::finding::Severity;
use crate::framework::code::MemberCode;
use crate::framework::{Figure, Pack};
use crate::source::assessment::{self, Assessment, Scale};
use crate::text::SourceText;
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Kind, Node};
use crate::text::yaml_edit::{self, Editor, Spot, Unfit, Value};

/// The keys of the file, in the order of the format.
const KEYS: &[&str] = &[
    "framework",
    "announced",
    "source",
    "overall",
    "level",
    "instruments",
    "indicators",
    "questions",
    "items",
    "scale",
    "respondents",
    "corrections",
    "draft",
];

/// The maps of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Layer {
    Instruments,
    Indicators,
    Questions,
    Items,
}

impl Layer {
    const ALL: [Self; 4] = [Self::Instruments, Self::Indicators, Self::Questions, Self::Items];

    fn key(self) -> &'static str {
        match self {
            Self::Instruments => "instruments",
            Self::Indicators => "indicators",
            Self::Questions => "questions",
            Self::Items => "items",
        }
    }

    /// The figures that have an entry in the map, in the order of the pack.
    fn figures(self, pack: &Pack) -> Vec<Figure> {
        match self {
            Self::Instruments => {
                let parts = |i: usize| (0..pack.instruments[i].parts.len()).map(move |p| Figure::Part(i, p));
                (0..pack.instruments.len()).flat_map(|i| std::iter::once(Figure::Instrument(i)).chain(parts(i))).collect()
            }
            Self::Indicators => (0..pack.indicators.len()).map(Figure::Indicator).collect(),
            Self::Questions => {
                // As reports print them: indicator by indicator.
                let mut questions: Vec<usize> = (0..pack.questions.len()).collect();
                questions.sort_by_key(|place| (pack.questions[*place].indicator, pack.questions[*place].code));
                questions.into_iter().map(Figure::Question).collect()
            }
            Self::Items => (0..pack.items.len()).map(Figure::Item).collect(),
        }
    }

    /// The figure of a key, in any spelling that the format takes.
    fn figure(self, key: &str, pack: &Pack) -> Option<Figure> {
        let key = key.trim();
        match self {
            Self::Instruments => pack.figure(key).or_else(|| pack.figure(&key.to_uppercase())),
            Self::Indicators => pack.figure(&digits::to_ascii(key)),
            Self::Questions => MemberCode::read(key, &[]).and_then(|(code, _)| pack.member(code)),
            Self::Items => MemberCode::read(key, &pack.item_letters()).and_then(|(code, _)| pack.member(code)),
        }
    }
}

/// The result that is there.
pub struct Present<'a> {
    pack: &'a Pack,
    year: u16,
    path: String,
    source: Option<&'a SourceText>,
    root: Option<Node>,
    read: Option<Assessment>,
}

impl<'a> Present<'a> {
    /// Reads it.
    ///
    /// # Errors
    /// Where it has faults, which have to be mended before anything is put into it.
    pub fn read(edition: &'a Edition, pack: &'a Pack) -> Result<Self, Refusal> {
        let mut present = Self {
            pack,
            year: edition.year,
            path: format!("{}assessment.yaml", edition.folder),
            source: edition.assessment.as_ref(),
            root: None,
            read: None,
        };
        if let Some(source) = present.source {
            let root = yaml::parse(source).map_err(|finding| faulty(source, vec![*finding]))?;
            let mut d = Decoder::new(source, "");
            let read = assessment::read(&mut d, &root, edition.year, Some(pack));
            if read.is_none() || d.findings.iter().any(|finding| finding.severity() == Severity::Error) {
                return Err(faulty(source, d.findings));
            }
            (present.root, present.read) = (Some(root), read);
        }
        Ok(present)
    }

    /// How instruments are printed in it.
    pub fn scale(&self) -> Scale {
        self.read.as_ref().map_or(PLAIN_SCALE, |read| read.scale)
    }

    /// Compares it with what was understood, and works out the new text.
    ///
    /// # Errors
    /// Where it can't be edited in place.
    pub fn compare(&self, understood: &Understood, import: &mut Import) -> Result<(), Refusal> {
        let mut wanted: BTreeMap<Figure, &Found> = BTreeMap::new();
        // In the order of the file.
        for (figure, found) in self.order().iter().filter_map(|figure| Some((figure, understood.figures.get(figure)?))) {
            let present = self.read.as_ref().and_then(|read| read.figures.get(figure));
            if present.is_some_and(|present| present.value == found.value) {
                import.same += 1;
                continue;
            }
            let (code, part) = self.names(*figure);
            let from = present.map(|present| present.text.clone());
            import.changes.push(Change { code, part, from, to: found.text.clone(), at: found.at.clone() });
            wanted.insert(*figure, found);
        }
        let level = understood.level.as_ref().filter(|level| {
            let present = self.read.as_ref().and_then(|read| read.level.as_ref());
            let is_same = present.is_some_and(|present| present.value == level.name);
            import.same += usize::from(is_same);
            !is_same
        });
        if let Some(level) = level {
            let from = self.read.as_ref().and_then(|read| read.level.as_ref()).map(|level| level.value.clone());
            let change = Change { code: "level".to_owned(), part: None, from, to: level.name.clone(), at: level.at.clone() };
            let place = import.changes.iter().take_while(|change| change.code == self.pack.code(Figure::Overall)).count();
            import.changes.insert(place, change);
        }
        import.missing = self.missing(understood);
        if wanted.is_empty() && level.is_none() {
            return Ok(());
        }
        let level = level.map(|level| level.name.as_str());
        let after = match (self.source, &self.root) {
            (Some(source), Some(root)) => {
                let unfit = |_| Refusal::Unfit(self.path.clone());
                let after = self.edited(source, root, (&wanted, level)).map_err(unfit)?;
                self.hold(source, &after, (&wanted, level)).map_err(unfit)?;
                after
            }
            _ => self.fresh(&wanted, level),
        };
        let before = self.source.map(|source| source.text.clone());
        import.texts.push(NewText { path: self.path.clone(), before, after });
        Ok(())
    }

    /// All figures that may be published, in the order of the file.
    fn order(&self) -> Vec<Figure> {
        let parts = |figure| match figure {
            Figure::Question(question) => {
                (0..self.pack.parts_of(question).len()).map(|part| Figure::QuestionPart(question, part)).collect()
            }
            _ => Vec::new(),
        };
        let layers = Layer::ALL.into_iter().flat_map(|layer| layer.figures(self.pack));
        std::iter::once(Figure::Overall).chain(layers.flat_map(|figure| parts(figure).into_iter().chain([figure]))).collect()
    }

    /// The code of a figure, and which of it where it has parts.
    fn names(&self, figure: Figure) -> (String, Option<String>) {
        let part = match figure {
            Figure::QuestionPart(question, part) => self.pack.parts_of(question).get(part).map(|part| part.key.clone()),
            Figure::Question(question) if !self.pack.parts_of(question).is_empty() => Some("mean".to_owned()),
            _ => None,
        };
        (self.pack.code(figure), part)
    }

    /// Codes that neither the table nor the file has. An instrument stands for its parts, and its parts for it.
    fn missing(&self, understood: &Understood) -> Vec<String> {
        let has = |figure: &Figure| {
            understood.figures.contains_key(figure) || self.read.as_ref().is_some_and(|read| read.figures.contains_key(figure))
        };
        let mut missing = Vec::new();
        let figures = std::iter::once(Figure::Overall).chain(Layer::ALL.into_iter().flat_map(|layer| layer.figures(self.pack)));
        for figure in figures {
            let is_covered = match figure {
                Figure::Instrument(i) => has(&figure) || (0..self.pack.instruments[i].parts.len()).any(|part| has(&Figure::Part(i, part))),
                Figure::Part(i, _) => has(&figure) || !(0..self.pack.instruments[i].parts.len()).any(|part| has(&Figure::Part(i, part))),
                Figure::Question(question) => {
                    has(&figure) || (0..self.pack.parts_of(question).len()).any(|part| has(&Figure::QuestionPart(question, part)))
                }
                _ => has(&figure),
            };
            if !is_covered {
                missing.push(self.pack.code(figure));
            }
        }
        missing
    }

    /// The value of an entry that is not there yet; none where nothing is wanted for it.
    fn value(&self, figure: Figure, wanted: &BTreeMap<Figure, &Found>) -> Option<Value> {
        let plain = |figure: &Figure| wanted.get(figure).map(|found| Value::Plain(found.text.clone()));
        let Figure::Question(question) = figure else { return plain(&figure) };
        let parts = self.pack.parts_of(question).iter().enumerate();
        let mut entries: Vec<(String, Value)> =
            parts.filter_map(|(place, part)| Some((part.key.clone(), plain(&Figure::QuestionPart(question, place))?))).collect();
        let mean = plain(&figure);
        if entries.is_empty() {
            return mean;
        }
        entries.extend(mean.map(|mean| ("mean".to_owned(), mean)));
        Some(Value::Flow(entries))
    }

    /// The entries of a layer, in the order of the pack.
    fn entries(&self, layer: Layer, wanted: &BTreeMap<Figure, &Found>) -> Vec<(String, Value)> {
        let entry = |figure: Figure| Some((self.pack.code(figure), self.value(figure, wanted)?));
        layer.figures(self.pack).into_iter().filter_map(entry).collect()
    }

    /// A file that is not there yet.
    fn fresh(&self, wanted: &BTreeMap<Figure, &Found>, level: Option<&str>) -> String {
        let source = SourceText { path: Arc::from(self.path.as_str()), text: String::new() };
        let root = Node { span: crate::base::span::Span::default(), kind: Kind::Null };
        let mut entries = vec![("framework".to_owned(), Value::Text(self.pack.id.clone()))];
        entries.extend(wanted.get(&Figure::Overall).map(|found| ("overall".to_owned(), Value::Plain(found.text.clone()))));
        entries.extend(level.map(|level| ("level".to_owned(), Value::Text(level.to_owned()))));
        for layer in Layer::ALL {
            let list = self.entries(layer, wanted);
            if !list.is_empty() {
                entries.push((layer.key().to_owned(), Value::Block(list)));
            }
        }
        let mut editor = Editor::new(&source);
        // An empty file takes any lines.
        let _ = editor.insert(None, &root, (Spot::First, &entries));
        format!("# ผลการประเมิน ITA ปีงบประมาณ พ.ศ. {}\n\n{}\n# ลบบรรทัดนี้เมื่อพร้อมเผยแพร่\ndraft: true\n", self.year, editor.finish())
    }

    fn edited(
        &self,
        source: &SourceText,
        root: &Node,
        (wanted, level): (&BTreeMap<Figure, &Found>, Option<&str>),
    ) -> Result<String, Unfit> {
        let mut editor = Editor::new(source);
        let mut new: Vec<(&str, Value)> = Vec::new();
        let overall = wanted.get(&Figure::Overall).map(|found| ("overall", Value::Plain(found.text.clone())));
        let level = level.map(|level| ("level", Value::Text(level.to_owned())));
        for (name, value) in overall.into_iter().chain(level) {
            match entry(root, name) {
                Some((key, before)) => editor.set(key, before, &value)?,
                None => new.push((name, value)),
            }
        }
        for layer in Layer::ALL {
            let entries = self.entries(layer, wanted);
            match entry(root, layer.key()) {
                _ if entries.is_empty() => {}
                Some((key, map)) => self.layer(&mut editor, (layer, key, map), wanted)?,
                None => new.push((layer.key(), Value::Block(entries))),
            }
        }
        let Kind::Map(list) = &root.kind else { return Err(Unfit::Form) };
        let place = |name: &str| KEYS.iter().position(|key| *key == name).unwrap_or(KEYS.len());
        for (spot, entries) in grouped(new, |(name, _)| behind(list, |key| key.scalar().map(place), place(name))) {
            let entries: Vec<(String, Value)> = entries.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
            editor.insert(None, root, (spot, &entries))?;
        }
        Ok(editor.finish())
    }

    /// The edits in one map of figures.
    fn layer(
        &self,
        editor: &mut Editor<'_>,
        (layer, key, map): (Layer, &Node, &Node),
        wanted: &BTreeMap<Figure, &Found>,
    ) -> Result<(), Unfit> {
        let order = layer.figures(self.pack);
        let place = |figure: Figure| order.iter().position(|other| *other == figure);
        let list: &[(Node, Node)] = if let Kind::Map(list) = &map.kind { list } else { &[] };
        let of_key = |key: &Node| key.scalar().and_then(|key| layer.figure(key, self.pack)).and_then(place);
        let mut new: Vec<(usize, (String, Value))> = Vec::new();
        for (index, figure) in order.iter().enumerate() {
            let Some(value) = self.value(*figure, wanted) else { continue };
            match list.iter().find(|(key, _)| of_key(key) == Some(index)) {
                None => new.push((index, (self.pack.code(*figure), value))),
                Some((key, before)) => self.entry(editor, (*figure, key, before), (value, wanted))?,
            }
        }
        if list.is_empty() {
            let entries: Vec<(String, Value)> = new.into_iter().map(|(_, entry)| entry).collect();
            return editor.insert(Some(key), map, (Spot::First, &entries));
        }
        for (spot, entries) in grouped(new, |(index, _)| behind(list, of_key, *index)) {
            let entries: Vec<(String, Value)> = entries.into_iter().map(|(_, entry)| entry).collect();
            editor.insert(Some(key), map, (spot, &entries))?;
        }
        Ok(())
    }

    /// The edits of one entry that is there.
    fn entry(
        &self,
        editor: &mut Editor<'_>,
        (figure, key, before): (Figure, &Node, &Node),
        (value, wanted): (Value, &BTreeMap<Figure, &Found>),
    ) -> Result<(), Unfit> {
        let (Figure::Question(question), Kind::Map(list)) = (figure, &before.kind) else {
            // A mean that stands alone stays beside the parts that come to it.
            let value = match (value, before.scalar()) {
                (Value::Flow(mut entries), Some(mean)) if !entries.iter().any(|(key, _)| key == "mean") => {
                    entries.push(("mean".to_owned(), Value::Plain(mean.trim().to_owned())));
                    Value::Flow(entries)
                }
                (value, _) => value,
            };
            return editor.set(key, before, &value);
        };
        let parts = self.pack.parts_of(question).iter().enumerate();
        let figures = parts.map(|(place, part)| (part.key.as_str(), Figure::QuestionPart(question, place))).chain([("mean", figure)]);
        let figures: Vec<(&str, Figure)> = figures.collect();
        let place = |name: &str| figures.iter().position(|(key, _)| *key == name);
        let mut new: Vec<(usize, (String, Value))> = Vec::new();
        for (index, (name, figure)) in figures.iter().enumerate() {
            let Some(found) = wanted.get(figure) else { continue };
            let value = Value::Plain(found.text.clone());
            match entry(before, name) {
                Some((key, before)) => editor.set(key, before, &value)?,
                None => new.push((index, ((*name).to_owned(), value))),
            }
        }
        if list.is_empty() {
            if !new.is_empty() {
                let entries = new.into_iter().map(|(_, entry)| entry).collect();
                editor.set(key, before, &Value::Flow(entries))?;
            }
            return Ok(());
        }
        for (spot, entries) in grouped(new, |(index, _)| behind(list, |key| key.scalar().and_then(place), *index)) {
            let entries: Vec<(String, Value)> = entries.into_iter().map(|(_, entry)| entry).collect();
            editor.insert(Some(key), before, (spot, &entries))?;
        }
        Ok(())
    }

    /// Reads the new text again: it has to say what is there, with the figures that are wanted, and nothing else.
    fn hold(&self, before: &SourceText, after: &str, (wanted, level): (&BTreeMap<Figure, &Found>, Option<&str>)) -> Result<(), Unfit> {
        let after = SourceText { path: Arc::clone(&before.path), text: after.to_owned() };
        let asked: BTreeSet<Figure> = wanted.keys().copied().collect();
        let is_asked = |path: &[String]| {
            let Some(top) = path.first() else { return true };
            let Some(layer) = Layer::ALL.into_iter().find(|layer| layer.key() == top) else {
                return (top == "overall" && asked.contains(&Figure::Overall)) || (top == "level" && level.is_some());
            };
            let Some(name) = path.get(1) else {
                return layer.figures(self.pack).iter().any(|figure| self.value(*figure, wanted).is_some());
            };
            let Some(figure) = layer.figure(name, self.pack) else { return false };
            match (path.get(2), figure) {
                (None, _) => self.value(figure, wanted).is_some(),
                (Some(part), Figure::Question(question)) => {
                    let place = self.pack.parts_of(question).iter().position(|known| known.key == *part);
                    let figure = place.map_or(figure, |place| Figure::QuestionPart(question, place));
                    asked.contains(&figure)
                }
                _ => false,
            }
        };
        yaml_edit::hold(before, &after, &is_asked)?;
        let root = yaml::parse(&after).map_err(|_| Unfit::Other)?;
        let read = assessment::read(&mut Decoder::new(&after, ""), &root, self.year, Some(self.pack)).ok_or(Unfit::Other)?;
        let mut expected: BTreeMap<Figure, &str> =
            self.read.iter().flat_map(|read| &read.figures).map(|(figure, published)| (*figure, published.text.as_str())).collect();
        expected.extend(wanted.iter().map(|(figure, found)| (*figure, found.text.as_str())));
        let there: BTreeMap<Figure, &str> = read.figures.iter().map(|(figure, published)| (*figure, published.text.as_str())).collect();
        let is_level = level.is_none_or(|level| read.level.as_ref().is_some_and(|there| there.value == level));
        if there == expected && is_level { Ok(()) } else { Err(Unfit::Other) }
    }
}

/// The entry of a key in a map.
fn entry<'n>(map: &'n Node, name: &str) -> Option<(&'n Node, &'n Node)> {
    let Kind::Map(list) = &map.kind else { return None };
    list.iter().find(|(key, _)| key.scalar() == Some(name)).map(|(key, value)| (key, value))
}

/// Behind which entry something stands that has this place in an order: the one with the next lower place.
fn behind(list: &[(Node, Node)], place: impl Fn(&Node) -> Option<usize>, own: usize) -> Spot {
    let lower = list.iter().enumerate().filter_map(|(index, (key, _))| Some((place(key).filter(|place| *place < own)?, index)));
    lower.max().map_or(Spot::First, |(_, index)| Spot::Behind(index))
}

/// Things that stand at the same spot, together and in their order.
fn grouped<T>(things: Vec<T>, spot: impl Fn(&T) -> Spot) -> Vec<(Spot, Vec<T>)> {
    let mut groups: Vec<(Spot, Vec<T>)> = Vec::new();
    for thing in things {
        let spot = spot(&thing);
        match groups.iter_mut().find(|(other, _)| *other == spot) {
            Some((_, group)) => group.push(thing),
            None => groups.push((spot, vec![thing])),
        }
    }
    groups
}
