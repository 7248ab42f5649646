//! The tables of a web page, and the text around them, as rows. Owns a tolerant reading of tags: what is not closed ends where the next
//! begins, what is no table is a row of one cell, and a table in a cell is read on its own, behind the one that it stands in. Refuses
//! scripts and whatever else shows no text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::page_style::Classes;
use super::plain;
use super::rows::{Cell, Look, MOST_COLUMNS, Merged, Row, Shape, Take, add};
use super::runs::{self, Mark, Runs};
use super::shown_number;

/// The largest page that is read.
const LARGEST: usize = 64 * 1024 * 1024;

/// How many merged ranges are kept.
const MOST_MERGED: usize = 100_000;

/// How many rows or columns one cell may take, as browsers bound it.
const MOST_SPANNED: u32 = 1_000;

/// How deep tables in tables are read; what stands deeper is not.
const DEEPEST: usize = 16;

/// How much of a tag is searched for attributes.
const LONGEST_TAG: usize = 4 * 1024;

/// Attributes in which spreadsheet programs put the stored number of a cell: Excel and LibreOffice.
const STORED: [&str; 2] = ["x:num", "sdval"];

/// How deep tags stand in tags that may mark a text.
const DEEPEST_MARKS: usize = 256;

/// A page.
#[derive(Debug)]
pub struct WebTables {
    text: String,
    is_cut: bool,
}

impl WebTables {
    /// A page of these bytes, of which `head` is the beginning.
    pub fn new(bytes: &[u8], head: &[u8]) -> Self {
        let bytes = plain::narrow(bytes, head);
        let is_cut = bytes.len() > LARGEST;
        Self { text: plain::letters(&bytes[..bytes.len().min(LARGEST)]).into_owned(), is_cut }
    }

    /// Was the page longer than is read?
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Hands over the rows: those of all tables one after the other with an empty row between, and a row for each piece of other text.
    pub fn read(&mut self, take: Take<'_>) -> Shape {
        let mut reader = Reader {
            take,
            row: Row::default(),
            row_mark: Mark::OfCell,
            cell: None,
            runs: Runs::default(),
            marks: Vec::new(),
            further_marks: 0,
            classes: Classes::default(),
            shape: Shape::default(),
            depth: 0,
            level: 0,
            inner: Vec::new(),
            unseen: None,
            hidden: None,
            taken: BTreeMap::new(),
            column: 0,
            line: 1,
            is_over: false,
            is_cut: false,
        };
        reader.page(&self.text, 1);
        self.is_cut |= reader.is_cut;
        reader.shape
    }
}

fn lines(text: &str) -> u32 {
    u32::try_from(text.bytes().filter(|byte| *byte == b'\n').count()).unwrap_or(u32::MAX)
}

/// The inside of the tag that the text begins with, and what follows.
fn tag(text: &str) -> (Option<&str>, &str) {
    let Some(inside) = text.strip_prefix('<') else { return (None, text) };
    if let Some(comment) = inside.strip_prefix("!--") {
        return (Some(""), comment.find("-->").map_or("", |end| &comment[end + 3..]));
    }
    if !inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
        return (None, inside);
    }
    let mut quote = None;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return (Some(&inside[..at]), &inside[at + 1..]),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    // A quotation mark that nobody closes would swallow the rest of the page.
    let end = inside.find('>');
    (Some(&inside[..end.unwrap_or(inside.len())]), end.map_or("", |end| &inside[end + 1..]))
}

struct Reader<'t> {
    take: Take<'t>,
    row: Row,
    row_mark: Mark,
    cell: Option<Open>,
    runs: Runs,
    /// The tags in a cell that are open, and how each marks its text.
    marks: Vec<(String, Option<Mark>)>,
    further_marks: usize,
    classes: Classes,
    shape: Shape,
    /// How deep in tables; a table in a cell is read when the one around it has ended.
    depth: usize,
    /// How deep the table stands that is read.
    level: usize,
    /// Tables in cells, by their places in what is read, and the lines that they begin in.
    inner: Vec<(usize, usize, u32)>,
    /// The element whose text is not shown.
    unseen: Option<String>,
    /// The element whose rows are shown to nobody, and how many of its name are open.
    hidden: Option<(String, usize)>,
    /// The columns that cells of earlier rows still take, with the last of these rows.
    taken: BTreeMap<u32, u32>,
    column: u32,
    line: u32,
    is_over: bool,
    is_cut: bool,
}

struct Open {
    column: u32,
    text: String,
    is_cut: bool,
    mark: Mark,
    /// The number that a spreadsheet program says it stores.
    stored: Option<String>,
}

/// Tags that may mark the text in them.
const MARKING: &[&str] =
    &["sup", "sub", "s", "strike", "del", "ins", "span", "font", "b", "i", "u", "em", "strong", "small", "a", "p", "div"];

/// Tags that end a paragraph outside of tables, and a line in a cell.
const BLOCKS: &[&str] = &[
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "blockquote",
    "pre",
    "hr",
    "dt",
    "dd",
    "caption",
    "tr",
    "td",
    "th",
];

impl Reader<'_> {
    /// Reads a page, or a table in a cell of one.
    fn page(&mut self, page: &str, first: u32) {
        let (mut rest, mut line) = (page, first);
        while !rest.is_empty() && !self.is_over {
            // What stands in these is no text, whatever it looks like.
            if let Some(name) = self.unseen.clone().filter(|name| matches!(name.as_str(), "script" | "style" | "title")) {
                let end = closing(rest, &name);
                if name == "style" {
                    self.classes.learn(&rest[..end]);
                }
                line = line.saturating_add(lines(&rest[..end]));
                rest = &rest[end..];
                self.unseen = None;
                continue;
            }
            let (piece, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            self.text(piece);
            line = line.saturating_add(lines(piece));
            let (tag, behind) = tag(after);
            self.line = line;
            match tag {
                Some(tag) => self.tag(tag, (page.len() - after.len(), page.len() - behind.len())),
                // A sign that begins no tag is a letter.
                None if behind.len() < after.len() => self.text(&after[..after.len() - behind.len()]),
                None => {}
            }
            line = line.saturating_add(lines(&after[..after.len() - behind.len()]));
            rest = behind;
            if self.depth == 0 && !self.inner.is_empty() {
                self.inner_tables(page);
            }
        }
        self.end_row();
        self.depth = 0;
        self.taken.clear();
        self.inner_tables(page);
    }

    /// Reads the tables that stand in cells of the one that has ended.
    fn inner_tables(&mut self, page: &str) {
        let inner = std::mem::take(&mut self.inner);
        if inner.is_empty() {
            return;
        }
        if self.level == DEEPEST {
            self.is_cut = true;
            return;
        }
        self.level += 1;
        for (from, to, line) in inner {
            self.page(page.get(from..to.min(page.len())).unwrap_or_default(), line);
        }
        self.level -= 1;
    }

    fn text(&mut self, piece: &str) {
        if self.unseen.is_some() || piece.is_empty() || self.depth > 1 {
            return;
        }
        if self.cell.is_none() {
            // Between the cells of a table stands nothing that is shown in its place.
            if self.depth > 0 || piece.trim().is_empty() {
                return;
            }
            self.row.line = Some(self.line);
            self.cell = Some(Open { column: 0, text: String::new(), is_cut: false, mark: Mark::OfCell, stored: None });
        }
        let Some(cell) = &mut self.cell else { return };
        let shown = shown(piece);
        let shown = if cell.text.is_empty() || cell.text.ends_with([' ', '\n']) { shown.trim_start() } else { &shown };
        cell.is_cut |= !add(shown, &mut cell.text);
        let mark = self.marks.iter().rev().find_map(|(_, mark)| *mark).unwrap_or(cell.mark);
        self.runs.push(mark, shown);
    }

    fn tag(&mut self, tag: &str, (start, end): (usize, usize)) {
        let closes = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take(16).take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        if let Some(unseen) = &self.unseen {
            if closes && *unseen == name {
                self.unseen = None;
            }
            return;
        }
        if !closes {
            self.hide(&name, tag);
        }
        self.structure(&name, (tag, closes), (start, end));
        if closes
            && let Some((hidden, count)) = &mut self.hidden
            && *hidden == name
        {
            *count -= 1;
            if *count == 0 {
                self.hidden = None;
            }
        }
    }

    /// Notes that an element with all in it is shown to nobody.
    fn hide(&mut self, name: &str, tag: &str) {
        match &mut self.hidden {
            Some((hidden, count)) => *count += usize::from(hidden == name),
            None if matches!(name, "table" | "thead" | "tbody" | "tfoot" | "div" | "section" | "article") && is_hidden(tag) => {
                self.end_row();
                self.hidden = Some((name.to_owned(), 1));
            }
            None => {}
        }
    }

    /// What a tag is for the tables and for the text around them.
    fn structure(&mut self, name: &str, (tag, closes): (&str, bool), (start, end): (usize, usize)) {
        match name {
            "script" | "style" | "template" | "title" | "svg" if !closes && !tag.ends_with('/') => self.unseen = Some(name.to_owned()),
            "table" if closes => {
                if self.depth == 1 {
                    self.end_row();
                    self.taken.clear();
                    self.row.number = self.row.number.saturating_add(1);
                } else if self.depth == 2 {
                    self.inner.last_mut().into_iter().for_each(|inner| inner.1 = end);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "table" => {
                match self.depth {
                    0 => {
                        self.end_row();
                        self.row.number = self.row.number.saturating_add(1);
                        self.row.line = Some(self.line);
                    }
                    // Nobody sees what stands in a row that is hidden.
                    1 => {
                        let end = if self.row.is_hidden || self.hidden.is_some() { start } else { usize::MAX };
                        self.inner.push((start, end, self.line));
                        if self.cell.is_some() {
                            self.runs.push(Mark::Table, "");
                        }
                    }
                    _ => {}
                }
                self.depth += 1;
            }
            _ if self.depth > 1 => {}
            "tr" => {
                self.end_row();
                self.row.line = Some(self.line);
                self.row.is_hidden = !closes && is_hidden(tag);
                self.row_mark = if closes { Mark::OfCell } else { self.mark(name, tag).unwrap_or_default() };
            }
            // What a table is called stands above it, as a heading does.
            "caption" if self.depth == 1 => {
                self.end_row();
                if !closes {
                    self.row.line = Some(self.line);
                    self.begin_cell("td", "");
                }
            }
            "td" | "th" if self.depth == 1 && !closes => self.begin_cell(name, tag),
            "td" | "th" if self.depth == 1 => self.end_cell(),
            name => {
                if BLOCKS.contains(&name) {
                    match &mut self.cell {
                        Some(_) if self.depth == 0 => self.end_row(),
                        Some(cell) if !cell.text.is_empty() && !cell.text.ends_with('\n') => {
                            cell.is_cut |= !add("\n", &mut cell.text);
                            let mark = self.marks.iter().rev().find_map(|(_, mark)| *mark).unwrap_or(cell.mark);
                            self.runs.push(mark, "\n");
                        }
                        _ => {}
                    }
                }
                if MARKING.contains(&name) {
                    self.span(name, (tag, closes));
                }
            }
        }
    }

    /// A tag that may mark the text in it begins or ends.
    fn span(&mut self, name: &str, (tag, closes): (&str, bool)) {
        if closes {
            if self.further_marks > 0 {
                self.further_marks -= 1;
            } else if let Some(at) = self.marks.iter().rposition(|(open, _)| open == name) {
                self.marks.truncate(at);
            }
            return;
        }
        // A paragraph ends where the next begins.
        if name == "p"
            && let Some(at) = self.marks.iter().rposition(|(open, _)| open == name)
        {
            self.marks.truncate(at);
        }
        if self.marks.len() == DEEPEST_MARKS {
            self.further_marks += 1;
        } else if !tag.ends_with('/') {
            let mark = self.mark(name, tag);
            self.marks.push((name.to_owned(), mark));
        }
    }

    fn mark(&self, name: &str, tag: &str) -> Option<Mark> {
        self.classes.mark(name, (attribute(tag, "style"), attribute(tag, "class")))
    }

    fn begin_cell(&mut self, name: &str, tag: &str) {
        self.end_cell();
        let mark = self.mark(name, tag).unwrap_or(self.row_mark);
        let row = self.row.number.saturating_add(1);
        while self.taken.get(&self.column).is_some_and(|last| *last >= row) {
            self.column += 1;
        }
        let span = |name| attribute(tag, name).and_then(|count| count.trim().parse().ok()).unwrap_or(1_u32).clamp(1, MOST_SPANNED);
        let (rows, columns) = (span("rowspan"), span("colspan"));
        let (first, last) = (self.column, self.column.saturating_add(columns - 1));
        if first < MOST_COLUMNS {
            if rows > 1 {
                let bottom = row.saturating_add(rows - 1);
                (first..=last.min(MOST_COLUMNS)).for_each(|column| {
                    self.taken.insert(column, bottom);
                });
            }
            if (rows > 1 || columns > 1) && self.shape.merged.len() < MOST_MERGED {
                self.shape.merged.push(Merged { rows: (row, row.saturating_add(rows - 1)), columns: (first, last) });
            }
        }
        let stored = STORED.iter().find_map(|name| attribute(tag, name)).filter(|stored| !stored.is_empty()).map(str::to_owned);
        self.cell = Some(Open { column: first, text: String::new(), is_cut: false, mark, stored });
        self.column = last.saturating_add(1).min(MOST_COLUMNS);
    }

    fn end_cell(&mut self) {
        let runs = runs::of_cell(self.runs.finish(), false, "");
        self.marks.clear();
        self.further_marks = 0;
        let Some(cell) = self.cell.take() else { return };
        let text = cell.text.trim();
        let holds_table = runs.iter().any(|run| run.mark == Mark::Table);
        if (holds_table || !text.is_empty()) && cell.column < MOST_COLUMNS {
            let look = cell.stored.as_deref().map_or(Look::Plain, |stored| shown_number::look(stored, text));
            self.row.cells.push(Cell { column: cell.column, text: text.to_owned(), is_cut: cell.is_cut, look, runs });
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        let has_begun = self.column > 0;
        self.column = 0;
        if self.is_over || (self.row.cells.is_empty() && !has_begun) {
            return;
        }
        self.row.number = self.row.number.saturating_add(1);
        self.row.is_hidden |= self.hidden.is_some();
        self.is_over = !(self.take)(&self.row);
        self.row.cells.clear();
        self.row.is_hidden = false;
    }
}

/// Where the tag begins that closes an element; the end where there is none.
fn closing(text: &str, name: &str) -> usize {
    let begins = |at: &usize| text.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
    text.match_indices("</").map(|(at, _)| at).find(begins).unwrap_or(text.len())
}

/// The value of an attribute; empty where it has none.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = &tag[..tag.floor_char_boundary(LONGEST_TAG)];
    let mut from = 0;
    loop {
        let rest = tag.get(from..)?;
        let at = from + rest.to_ascii_lowercase().find(name)?;
        let after = tag.get(at + name.len()..)?;
        let is_whole = tag[..at].ends_with(|c: char| c.is_ascii_whitespace() || matches!(c, '"' | '\''));
        let next = after.trim_start();
        if is_whole && (next.is_empty() || next.starts_with(['=', ' ', '/']) || after.len() > next.len()) {
            let Some(value) = next.strip_prefix('=').map(str::trim_start) else { return Some("") };
            return Some(match value.chars().next() {
                Some(quote @ ('"' | '\'')) => value[1..].split(quote).next().unwrap_or(""),
                _ => value.split(|c: char| c.is_ascii_whitespace() || c == '/').next().unwrap_or(""),
            });
        }
        from = at + name.len();
    }
}

fn is_hidden(tag: &str) -> bool {
    let style = attribute(tag, "style").unwrap_or("").to_ascii_lowercase().replace(' ', "");
    attribute(tag, "hidden").is_some() || style.contains("display:none")
}

/// A piece of text as it is shown: references resolved, white space as single spaces.
fn shown(piece: &str) -> Cow<'_, str> {
    let is_plain = !piece.contains(['&', '\n', '\r', '\t', '\u{a0}']) && !piece.contains("  ");
    if is_plain {
        return Cow::Borrowed(piece);
    }
    let mut out = String::with_capacity(piece.len());
    let mut rest = piece;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let reference = &rest[at + 1..];
        let end = reference.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&reference[..end])?, end))) {
            Some((c, end)) => {
                out.push(c);
                rest = &reference[end + 1..];
            }
            None => {
                out.push('&');
                rest = reference;
            }
        }
    }
    out.push_str(rest);
    let mut tidy = String::with_capacity(out.len());
    for c in out.chars() {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !tidy.ends_with(' ') {
            tidy.push(c);
        }
    }
    Cow::Owned(tidy)
}

/// The character that a reference of pages stands for, of those that office programs write.
fn character(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32).filter(|c| *c != '\0');
    if let Some(code) = name.strip_prefix('#') {
        return match code.strip_prefix(['x', 'X']) {
            Some(hex) => number(hex, 16),
            None => number(code, 10),
        };
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "ndash" => '\u{2013}',
        "mdash" => '\u{2014}',
        "hellip" => '\u{2026}',
        "bull" => '\u{2022}',
        "zwnj" | "zwj" | "shy" => '\u{200b}',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(html: &str) -> (Vec<Vec<(u32, String)>>, Shape) {
        let mut rows = Vec::new();
        let mut page = WebTables::new(html.as_bytes(), html.as_bytes());
        let shape = page.read(&mut |row| {
            rows.push(row.cells.iter().map(|cell| (cell.column, cell.text.clone())).collect());
            true
        });
        (rows, shape)
    }

    #[test]
    fn cells_keep_their_columns_under_cells_that_take_several() {
        let (rows, shape) = read(
            "<p>ผล&nbsp;รวม</p><table><tr><th rowspan=2>ก<th COLSPAN='2'>ข</tr><tr><td>ค<br>ง<td><p>จ</p><p>ฉ &amp; &#x0e0a;</p></table>\
             <script>1 < 2</script>a < b",
        );
        let cells = |list: &[(u32, &str)]| list.iter().map(|(column, text)| (*column, (*text).to_owned())).collect::<Vec<_>>();
        assert_eq!(
            rows,
            [cells(&[(0, "ผล รวม")]), cells(&[(0, "ก"), (1, "ข")]), cells(&[(1, "ค\nง"), (2, "จ\nฉ & ช")]), cells(&[(0, "a < b")])]
        );
        assert_eq!(shape.merged.len(), 2);
    }

    #[test]
    fn what_is_not_closed_ends_where_the_next_begins() {
        let (rows, _) = read("<table><tr><td>1<td>2<tr><td title=\"a>b\">3<td a='>4");
        assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(rows[1][0].1, "3");
    }

    #[test]
    fn a_table_in_a_cell_is_read_behind_its_own() {
        let (rows, _) = read("<table><tr><td>i1<td>ก<table><tr><td>i2<td>98<table><tr><td>x</table></table>ข<tr><td>i3</table><p>ท้าย");
        let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(|(_, text)| text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["i1", "กข"], vec!["i3"], vec!["i2", "98"], vec!["x"], vec!["ท้าย"]]);
        let open = read("<table><tr><td>i1<table><tr><td>i2").0;
        assert_eq!(open.iter().map(|row| row[0].1.as_str()).collect::<Vec<_>>(), ["i1", "i2"]);
        // However deep they stand, they take no time.
        let mut page = WebTables::new("<table><tr><td>".repeat(5_000).as_bytes(), b"<table>");
        page.read(&mut |_| true);
        assert!(page.is_cut());
    }

    #[test]
    fn how_a_text_is_written_is_told_beside_it() {
        let html = "<style>.f{text-decoration:line-through}</style><table><tr><td>98.4<sup>1)</sup><td><s>95</s> 97<td class=f>90<td>9<span style='display:none'>x</span>\
            <tr style='display:none'><td>1</table><div style='display:none'><table><tr><td>2</table></div><table><tr><td>3</table>";
        let mut page = WebTables::new(html.as_bytes(), b"<");
        let (mut marks, mut hidden) = (Vec::new(), Vec::new());
        page.read(&mut |row| {
            hidden.push(row.is_hidden);
            marks.extend(row.cells.iter().map(|cell| cell.runs.iter().map(|run| (run.mark, run.text.clone())).collect::<Vec<_>>()));
            true
        });
        let run = |mark, text: &str| (mark, text.to_owned());
        assert_eq!(marks[0], [run(Mark::Plain, "98.4"), run(Mark::Raised, "1)")]);
        assert_eq!(marks[1], [run(Mark::Struck, "95"), run(Mark::Plain, " 97")]);
        assert_eq!(marks[2], [run(Mark::Struck, "90")]);
        assert_eq!(marks[3], [run(Mark::Plain, "9"), run(Mark::Hidden, "x")]);
        assert_eq!(hidden, [false, true, true, false]);
    }

    proptest! {
        #[test]
        fn any_page_is_read_without_a_panic(html in "(<|</|table|tr|td| rowspan=|9|>|\"|'|&#x|;|ก| |!--|script)*") {
            let _ = read(&html);
        }
    }
}
