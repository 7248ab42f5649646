//! Edits of a YAML file in place, by the spans of its nodes: a scalar in place of another, a key at its place in a map, members at the end
//! of a list. Owns that all else keeps its letters: comments, order, quotes, line ends. Refuses to know what a key means, and to give back
//! a text that reads otherwise than it was asked to.

use std::ops::Range;

use super::SourceText;
use super::yaml::{self, Kind, Node};
use crate::base::digits;

/// How far what stands in a block is moved in.
const STEP: &str = "  ";

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A figure, a day or a word that needs no quotation marks.
    Plain(String),
    /// A text, in quotation marks where it needs them.
    Text(String),
    /// Keys and values on one line.
    Flow(Vec<(String, Value)>),
    /// Keys and values on a line each.
    Block(Vec<(String, Value)>),
    /// Members on a line each.
    List(Vec<Value>),
}

/// Where a new key stands in a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Behind the entry of this place.
    Behind(usize),
    /// Before all entries.
    First,
}

/// Why an edit can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// What is there is written in a way that is not edited: over several lines, or by reference to another place.
    Form,
    /// The text with the edits reads otherwise than it should.
    Other,
}

/// A file that is edited.
pub struct Editor<'a> {
    text: &'a str,
    end: &'static str,
    patches: Vec<(Range<usize>, String)>,
}

impl<'a> Editor<'a> {
    /// Begins to edit a file.
    pub fn new(source: &'a SourceText) -> Self {
        let is_windows = source.text.find('\n').is_some_and(|at| source.text[..at].ends_with('\r'));
        Self { text: &source.text, end: if is_windows { "\r\n" } else { "\n" }, patches: Vec::new() }
    }

    /// Was nothing edited?
    pub fn is_empty(&self) -> bool {
        self.patches.is_empty()
    }

    /// Writes a figure or a word in place of a scalar, of nothing, or of a map of one line. A figure keeps the script and the quotation
    /// marks of the one before.
    ///
    /// # Errors
    /// Where what is there is of another form.
    pub fn set(&mut self, key: &Node, before: &Node, value: &Value) -> Result<(), Unfit> {
        let written = &self.text[before.span.range()];
        let shown = self.one_line(value);
        match &before.kind {
            Kind::Null if written.is_empty() => {
                let (at, has_colon) = self.behind_key(key);
                let new = if has_colon { format!(" {shown}") } else { format!(": {shown}") };
                self.patches.push((at..at, new));
                Ok(())
            }
            _ if written.contains(['\n', '\r']) || written.starts_with(['*', '|', '>', '&']) => Err(Unfit::Form),
            Kind::Scalar { text, .. } => {
                let script = |shown: String| if text.chars().any(is_thai_digit) { digits::to_thai(&shown) } else { shown };
                let new = match (value, written.chars().next()) {
                    (Value::Plain(figure), Some(quote @ ('"' | '\''))) => format!("{quote}{}{quote}", script(figure.clone())),
                    (Value::Plain(_), _) => script(shown),
                    _ => shown,
                };
                self.patches.push((before.span.range(), new));
                Ok(())
            }
            Kind::Null | Kind::List(_) | Kind::Map(_) => {
                self.patches.push((before.span.range(), shown));
                Ok(())
            }
        }
    }

    /// Writes new keys into a map, all at one spot, in their order. `key` is where the map is the value of, if it is one: a map that is
    /// not there yet, or empty, gets its lines below it.
    ///
    /// # Errors
    /// Where what is there is of another form.
    pub fn insert(&mut self, key: Option<&Node>, map: &Node, (spot, entries): (Spot, &[(String, Value)])) -> Result<(), Unfit> {
        let written = &self.text[map.span.range()];
        if written.starts_with(['*', '&']) {
            return Err(Unfit::Form);
        }
        match (&map.kind, key) {
            (Kind::Map(list), _) if !list.is_empty() => self.insert_among(list, written.starts_with('{'), (spot, entries)),
            (Kind::Map(_) | Kind::Null, Some(key)) => {
                let indent = format!("{}{STEP}", self.indent(key)?);
                let (behind, has_colon) = self.behind_key(key);
                if !has_colon {
                    return Err(Unfit::Form);
                }
                // `{}`, `~` and `null` go, with the space before them.
                self.patches.push((behind..map.span.range().end.max(behind), String::new()));
                let lines: String = entries.iter().map(|(key, value)| self.lines(key, value, &indent)).collect();
                self.put_line(map.span.range().end.max(behind), &lines);
                Ok(())
            }
            (Kind::Null, None) => {
                let lines: String = entries.iter().map(|(key, value)| self.lines(key, value, "")).collect();
                self.put_line(self.text.len(), &lines);
                Ok(())
            }
            _ => Err(Unfit::Form),
        }
    }

    fn insert_among(&mut self, list: &[(Node, Node)], is_flow: bool, (spot, entries): (Spot, &[(String, Value)])) -> Result<(), Unfit> {
        let near = match spot {
            Spot::Behind(at) => list.get(at),
            Spot::First => list.first(),
        };
        let (key, value) = near.ok_or(Unfit::Form)?;
        if is_flow {
            let shown = entries.iter().map(|(key, value)| format!("{}: {}", scalar(key, true), self.one_line(value)));
            let shown = shown.collect::<Vec<_>>().join(", ");
            match spot {
                Spot::Behind(_) => {
                    let at = self.behind_entry(key, value);
                    self.patches.push((at..at, format!(", {shown}")));
                }
                Spot::First => {
                    let at = key.span.range().start;
                    self.patches.push((at..at, format!("{shown}, ")));
                }
            }
            return Ok(());
        }
        let indent = self.indent(key)?;
        let lines: String = entries.iter().map(|(key, value)| self.lines(key, value, &indent)).collect();
        match spot {
            Spot::Behind(_) => self.put_line(self.behind_entry(key, value), &lines),
            Spot::First => {
                let at = self.above_comments(key.span.range().start - indent.len());
                self.patches.push((at..at, lines));
            }
        }
        Ok(())
    }

    /// The place above the lines of comment that stand directly over a line, and belong to it. Those at the head of a file are about the
    /// file.
    fn above_comments(&self, line: usize) -> usize {
        let mut at = line;
        while let Some(before) = self.text[..at].strip_suffix('\n') {
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            if !before[start..].trim_start_matches('\u{feff}').trim_start().starts_with('#') {
                return at;
            }
            at = start;
        }
        line
    }

    /// Writes members behind the last one of a list that is all of a file, each with an empty line before it.
    ///
    /// # Errors
    /// Where what is there is of another form.
    pub fn append(&mut self, root: &Node, members: &[Value]) -> Result<(), Unfit> {
        let written = &self.text[root.span.range()];
        let (at, indent) = match &root.kind {
            Kind::Null if written.is_empty() => (self.text.len(), String::new()),
            Kind::List(list) if list.is_empty() && written.starts_with('[') => {
                self.patches.push((root.span.range(), String::new()));
                (root.span.range().end, String::new())
            }
            Kind::List(list) if written.starts_with('-') => {
                let start = root.span.range().start;
                let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
                let indent = self.text[line..start].trim_start_matches('\u{feff}');
                if !indent.bytes().all(|byte| byte == b' ') {
                    return Err(Unfit::Form);
                }
                (list.last().map_or(start, |last| self.behind(last)), indent.to_owned())
            }
            _ => return Err(Unfit::Form),
        };
        let mut lines = String::new();
        for (place, member) in members.iter().enumerate() {
            if place > 0 || !matches!(&root.kind, Kind::Null) || !self.text.trim().is_empty() {
                lines.push_str(self.end);
            }
            lines.push_str(&self.member(member, &indent));
        }
        self.put_line(at, &lines);
        Ok(())
    }

    /// The text with all edits.
    pub fn finish(mut self) -> String {
        // What is put at one place keeps its order.
        self.patches.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(self.text.len() + 1024);
        let mut at = 0;
        for (range, new) in &self.patches {
            out.push_str(self.text.get(at..range.start).unwrap_or_default());
            out.push_str(new);
            at = range.end.max(at);
        }
        out.push_str(self.text.get(at..).unwrap_or_default());
        out
    }

    /// Puts whole lines below the line that `at` stands in.
    fn put_line(&mut self, at: usize, lines: &str) {
        let is_at_start = at > 0 && self.text[..at].ends_with('\n');
        let line_end = if is_at_start { Some(at) } else { self.text[at..].find('\n').map(|more| at + more + 1) };
        match line_end {
            Some(end) => self.patches.push((end..end, lines.to_owned())),
            None if self.text.trim_start_matches('\u{feff}').is_empty() => {
                self.patches.push((self.text.len()..self.text.len(), lines.to_owned()));
            }
            // The file ends without a line end, and goes on doing so.
            None => {
                let lines = lines.strip_suffix(self.end).unwrap_or(lines);
                self.patches.push((self.text.len()..self.text.len(), format!("{}{lines}", self.end)));
            }
        }
    }

    /// The white space that a key's line begins with.
    ///
    /// # Errors
    /// Where something else stands before it.
    fn indent(&self, key: &Node) -> Result<String, Unfit> {
        let start = key.span.range().start;
        let line = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let indent = self.text[line..start].trim_start_matches('\u{feff}');
        if indent.bytes().all(|byte| byte == b' ') { Ok(indent.to_owned()) } else { Err(Unfit::Form) }
    }

    /// The place behind a key's colon, where it has one; else behind the key.
    fn behind_key(&self, key: &Node) -> (usize, bool) {
        let end = key.span.range().end;
        let rest = &self.text[end..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if rest[blank..].starts_with(':') { (end + blank + 1, true) } else { (end, false) }
    }

    fn behind_entry(&self, key: &Node, value: &Node) -> usize {
        if self.text[value.span.range()].is_empty() { self.behind_key(key).0 } else { self.behind(value) }
    }

    /// The place behind what a node holds: an empty value at the end of a map has no letters of its own.
    fn behind(&self, node: &Node) -> usize {
        let written = &self.text[node.span.range()];
        match &node.kind {
            Kind::Map(list) if !written.starts_with('{') => {
                list.last().map_or(node.span.range().end, |(key, value)| self.behind_entry(key, value))
            }
            Kind::List(list) if !written.starts_with('[') => list.last().map_or(node.span.range().end, |last| self.behind(last)),
            _ => node.span.range().end,
        }
    }

    /// A key with its value on lines of their own.
    fn lines(&self, key: &str, value: &Value, indent: &str) -> String {
        let key = scalar(key, false);
        match value {
            Value::Block(entries) => {
                let deeper = format!("{indent}{STEP}");
                let below: String = entries.iter().map(|(key, value)| self.lines(key, value, &deeper)).collect();
                format!("{indent}{key}:{}{below}", self.end)
            }
            Value::List(members) => {
                let deeper = format!("{indent}{STEP}");
                let below: String = members.iter().map(|member| self.member(member, &deeper)).collect();
                format!("{indent}{key}:{}{below}", self.end)
            }
            value => format!("{indent}{key}: {}{}", self.one_line_in(value, false), self.end),
        }
    }

    /// A member of a list on lines of its own.
    fn member(&self, member: &Value, indent: &str) -> String {
        let Value::Block(entries) = member else { return format!("{indent}- {}{}", self.one_line_in(member, false), self.end) };
        let deeper = format!("{indent}{STEP}");
        let lines: String = entries.iter().map(|(key, value)| self.lines(key, value, &deeper)).collect();
        format!("{indent}- {}", lines.strip_prefix(&deeper).unwrap_or(&lines))
    }

    /// A value as it stands inside of brackets, or where brackets may be around it.
    fn one_line(&self, value: &Value) -> String {
        self.one_line_in(value, true)
    }

    fn one_line_in(&self, value: &Value, is_flow: bool) -> String {
        match value {
            Value::Plain(text) => text.clone(),
            Value::Text(text) => scalar(text, is_flow),
            Value::Flow(entries) | Value::Block(entries) => {
                let one = |(key, value): &(String, Value)| format!("{}: {}", scalar(key, true), self.one_line(value));
                format!("{{{}}}", entries.iter().map(one).collect::<Vec<_>>().join(", "))
            }
            Value::List(members) => format!("[{}]", members.iter().map(|member| self.one_line(member)).collect::<Vec<_>>().join(", ")),
        }
    }
}

fn is_thai_digit(c: char) -> bool {
    ('๐'..='๙').contains(&c)
}

/// A text as YAML has it on one line: plain where it reads as itself, else in quotation marks.
///
/// ```
/// use prongsai::text::yaml_edit::scalar;
/// assert_eq!(scalar("สำนักปลัด", false), "สำนักปลัด");
/// assert_eq!(scalar("แผน: ปี 2568", false), "\"แผน: ปี 2568\"");
/// assert_eq!(scalar("[ก]", false), "\"[ก]\"");
/// assert_eq!(scalar("ก, ข", true), "\"ก, ข\"");
/// ```
pub fn scalar(text: &str, is_flow: bool) -> String {
    let is_word = matches!(text.to_lowercase().as_str(), "" | "~" | "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "<<");
    let begins = text.starts_with(|c: char| c.is_whitespace() || "-?:,[]{}#&*!|>'\"%@`=\u{feff}".contains(c)) || text.starts_with("...");
    let holds = text.contains(": ") || text.contains(" #") || text.ends_with(':') || text.ends_with(char::is_whitespace);
    let brackets = is_flow && text.contains([',', '[', ']', '{', '}', ':']);
    if is_word || begins || holds || brackets || !text.chars().all(is_shown) { quoted(text) } else { text.to_owned() }
}

/// Does the character stand on its line, and may a YAML file hold it as it is?
pub fn is_shown(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A text in quotation marks, on one line, with all in it escaped that would not be read back as it is.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_shown(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04X}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

/// Tells of a path of keys whether the value there may have changed or be new.
pub type Asked<'a> = &'a dyn Fn(&[String]) -> bool;

/// Is a text with edits the one before, but for what was asked for? `is_asked` tells of a path of keys whether the value there may have
/// changed or be new; members of lists have their place as key, and those behind the last one may be new where the list may change. All
/// comments have to be there, in order.
///
/// # Errors
/// Where it is not.
pub fn hold(before: &SourceText, after: &SourceText, is_asked: Asked<'_>) -> Result<(), Unfit> {
    let (Ok(old), Ok(new)) = (yaml::parse(before), yaml::parse(after)) else { return Err(Unfit::Other) };
    let is_same = same(&old, &new, (&mut Vec::new(), is_asked)) && yaml::comments(before) == yaml::comments(after);
    if is_same { Ok(()) } else { Err(Unfit::Other) }
}

fn same(old: &Node, new: &Node, (path, is_asked): (&mut Vec<String>, Asked<'_>)) -> bool {
    let has_room = is_asked(path);
    match (&old.kind, &new.kind) {
        (Kind::Map(old), Kind::Map(new)) => {
            let mut rest = old.iter().peekable();
            for (key, value) in new {
                let name = key.scalar().unwrap_or_default().to_owned();
                path.push(name.clone());
                let is_old = rest.peek().is_some_and(|(key, _)| key.scalar() == Some(name.as_str()));
                let fine = match rest.next_if(|_| is_old) {
                    Some((_, before)) => same(before, value, (path, is_asked)),
                    None => is_asked(path),
                };
                path.pop();
                if !fine {
                    return false;
                }
            }
            rest.peek().is_none()
        }
        (Kind::List(old), Kind::List(new)) => {
            let is_long_enough = new.len() == old.len() || (new.len() > old.len() && has_room);
            is_long_enough
                && old.iter().zip(new).enumerate().all(|(place, (old, new))| {
                    path.push(place.to_string());
                    let is_same = same(old, new, (path, is_asked));
                    path.pop();
                    is_same
                })
        }
        (Kind::Null, Kind::Null) => true,
        (Kind::Scalar { text: old, .. }, Kind::Scalar { text: new, .. }) => has_room || old == new,
        _ => has_room,
    }
}
