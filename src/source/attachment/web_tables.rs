//! The tables of a web page, and the text around them, as rows. Owns a tolerant reading of tags: what is not closed ends where the next
//! begins, and what is no table is a row of one cell. Refuses scripts, styles and whatever else shows no text.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::plain;
use super::rows::{Cell, Look, MOST_COLUMNS, Merged, Row, Shape, Take, add};

/// The largest page that is read.
const LARGEST: usize = 64 * 1024 * 1024;

/// How many merged ranges are kept.
const MOST_MERGED: usize = 100_000;

/// How many rows or columns one cell may take, as browsers bound it.
const MOST_SPANNED: u32 = 1_000;

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
    pub fn read(&self, take: Take<'_>) -> Shape {
        let mut reader = Reader {
            take,
            row: Row::default(),
            cell: None,
            shape: Shape::default(),
            depth: 0,
            unseen: None,
            taken: BTreeMap::new(),
            column: 0,
            line: 1,
            is_over: false,
        };
        let (mut rest, mut line) = (self.text.as_str(), 1_u32);
        while !rest.is_empty() && !reader.is_over {
            let (piece, after) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
            reader.text(piece);
            line = line.saturating_add(lines(piece));
            let (tag, behind) = tag(after);
            reader.line = line;
            match tag {
                Some(tag) => reader.tag(tag),
                // A sign that begins no tag is a letter.
                None if behind.len() < after.len() => reader.text(&after[..after.len() - behind.len()]),
                None => {}
            }
            line = line.saturating_add(lines(&after[..after.len() - behind.len()]));
            rest = behind;
        }
        reader.end_row();
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
    cell: Option<Open>,
    shape: Shape,
    /// How deep in tables; a table in a cell is text of that cell.
    depth: usize,
    /// The element whose text is not shown.
    unseen: Option<String>,
    /// The columns that cells of earlier rows still take, with the last of these rows.
    taken: BTreeMap<u32, u32>,
    column: u32,
    line: u32,
    is_over: bool,
}

struct Open {
    column: u32,
    text: String,
    is_cut: bool,
}

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
    fn text(&mut self, piece: &str) {
        if self.unseen.is_some() || piece.is_empty() {
            return;
        }
        if self.cell.is_none() {
            // Between the cells of a table stands nothing that is shown in its place.
            if self.depth > 0 || piece.trim().is_empty() {
                return;
            }
            self.row.line = Some(self.line);
            self.cell = Some(Open { column: 0, text: String::new(), is_cut: false });
        }
        let Some(cell) = &mut self.cell else { return };
        let shown = shown(piece);
        let shown = if cell.text.is_empty() || cell.text.ends_with([' ', '\n']) { shown.trim_start() } else { &shown };
        cell.is_cut |= !add(shown, &mut cell.text);
    }

    fn tag(&mut self, tag: &str) {
        let closes = tag.starts_with('/');
        let name: String =
            tag.trim_start_matches('/').chars().take(16).take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        if let Some(unseen) = &self.unseen {
            if closes && *unseen == name {
                self.unseen = None;
            }
            return;
        }
        match name.as_str() {
            "script" | "style" | "template" | "title" | "svg" if !closes && !tag.ends_with('/') => self.unseen = Some(name),
            "table" if closes => {
                if self.depth == 1 {
                    self.end_row();
                    self.taken.clear();
                    self.row.number = self.row.number.saturating_add(1);
                }
                self.depth = self.depth.saturating_sub(1);
            }
            "table" => {
                if self.depth == 0 {
                    self.end_row();
                    self.row.number = self.row.number.saturating_add(1);
                    self.row.line = Some(self.line);
                }
                self.depth += 1;
            }
            "tr" if self.depth == 1 => {
                self.end_row();
                self.row.line = Some(self.line);
                self.row.is_hidden = !closes && is_hidden(tag);
            }
            "td" | "th" if self.depth == 1 && !closes => self.begin_cell(tag),
            "td" | "th" if self.depth == 1 => self.end_cell(),
            name if BLOCKS.contains(&name) => match &mut self.cell {
                Some(_) if self.depth == 0 => self.end_row(),
                Some(cell) if !cell.text.is_empty() && !cell.text.ends_with('\n') => cell.is_cut |= !add("\n", &mut cell.text),
                _ => {}
            },
            _ => {}
        }
    }

    fn begin_cell(&mut self, tag: &str) {
        self.end_cell();
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
        self.cell = Some(Open { column: first, text: String::new(), is_cut: false });
        self.column = last.saturating_add(1).min(MOST_COLUMNS);
    }

    fn end_cell(&mut self) {
        let Some(cell) = self.cell.take() else { return };
        let text = cell.text.trim();
        if !text.is_empty() && cell.column < MOST_COLUMNS {
            self.row.cells.push(Cell { column: cell.column, text: text.to_owned(), is_cut: cell.is_cut, look: Look::Plain });
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
        self.is_over = !(self.take)(&self.row);
        self.row.cells.clear();
        self.row.is_hidden = false;
    }
}

/// The value of an attribute; empty where it has none.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
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
        let page = WebTables::new(html.as_bytes(), html.as_bytes());
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

    proptest! {
        #[test]
        fn any_page_is_read_without_a_panic(html in "(<|</|table|tr|td| rowspan=|9|>|\"|'|&#x|;|ก| |!--|script)*") {
            let _ = read(&html);
        }
    }
}
