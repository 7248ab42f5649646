//! A table as one value, and how a page lays it out. Owns the cells from which HTML, CSV and JSON are made, so that the three can't
//! differ. Refuses words: captions and headers are keys of the string catalogue.

use std::borrow::Cow;
use std::sync::Arc;

use super::timeline::Timeline;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::language::Name;

/// A table.
#[derive(Clone, Debug, Default, Hash)]
pub struct Table {
    /// Its name, as in the addresses of its data files.
    pub name: &'static str,
    /// Keys of its columns.
    pub columns: Vec<&'static str>,
    /// Its rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// An empty table of these columns.
    pub fn new(name: &'static str, columns: &[&'static str]) -> Self {
        Self { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// The cell of a column in a row; null where there is none.
    pub fn cell(&self, row: usize, column: &str) -> &Cell {
        let place = self.columns.iter().position(|key| *key == column);
        place.and_then(|place| self.rows.get(row)?.get(place)).unwrap_or(&Cell::Null)
    }

    /// The row whose `column` is the text `text`.
    pub fn find(&self, column: &str, text: &str) -> Option<usize> {
        (0..self.rows.len()).find(|row| matches!(self.cell(*row, column), Cell::Text(cell) if cell == text))
    }
}

/// A cell.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub enum Cell {
    /// Nothing.
    #[default]
    Null,
    /// A text.
    Text(String),
    /// A name, Thai in data files.
    Name(Name),
    /// A word of the catalogue of sentences, by its key; in tables of pages alone.
    Word(&'static str),
    /// A figure with the digits that were published or derived; a string in JSON.
    Figure(String),
    /// A number in JSON: a year, a count, a weight.
    Number(String),
    /// A truth value.
    Flag(bool),
    /// Texts, joined by ` | ` in data files.
    List(Vec<String>),
    /// A day.
    Day(Date),
}

impl Cell {
    /// The text of the cell as data files have it; empty for nothing.
    pub fn text(&self) -> String {
        self.written().into_owned()
    }

    /// The same, where it need not be kept.
    pub fn written(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(text) | Self::Figure(text) | Self::Number(text) => Cow::Borrowed(text),
            Self::Name(name) => Cow::Borrowed(&name.th),
            Self::Word(key) => Cow::Borrowed(key),
            Self::Flag(flag) => Cow::Borrowed(if *flag { "true" } else { "false" }),
            Self::List(list) => Cow::Owned(list.join(" | ")),
            Self::Day(date) => Cow::Owned(date.to_string()),
        }
    }

    /// A text, or nothing where there is none.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Null, |text| Self::Text(text.into()))
    }

    /// A number.
    pub fn number(number: impl std::fmt::Display) -> Self {
        Self::Number(number.to_string())
    }
}

/// A sentence of the string catalogue with its values.
#[derive(Clone, Debug, Default, Hash)]
pub struct Label {
    /// The key.
    pub key: &'static str,
    /// Values by name.
    pub values: Vec<(&'static str, Value)>,
}

/// A value in a sentence.
#[derive(Clone, Debug, Hash)]
pub enum Value {
    /// A text of an author or a pack.
    Text(String),
    /// A name.
    Name(Name),
    /// A number.
    Number(String),
    /// A word of the catalogue, by its key.
    Word(String),
    /// A day.
    Day(Date),
}

impl Label {
    /// The sentence of `key`.
    pub fn new(key: &'static str) -> Self {
        Self { key, values: Vec::new() }
    }

    /// Gives it a number.
    #[must_use]
    pub fn number(mut self, name: &'static str, number: impl std::fmt::Display) -> Self {
        self.values.push((name, Value::Number(number.to_string())));
        self
    }

    /// Gives it a text.
    #[must_use]
    pub fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.values.push((name, Value::Text(text.into())));
        self
    }

    /// Gives it a word of the catalogue.
    #[must_use]
    pub fn word(mut self, name: &'static str, key: impl Into<String>) -> Self {
        self.values.push((name, Value::Word(key.into())));
        self
    }

    /// Gives it a day.
    #[must_use]
    pub fn day(mut self, name: &'static str, day: Date) -> Self {
        self.values.push((name, Value::Day(day)));
        self
    }

    /// Gives it a name.
    #[must_use]
    pub fn name(mut self, name: &'static str, value: &Name) -> Self {
        self.values.push((name, Value::Name(value.clone())));
        self
    }
}

/// How a page shows a table.
#[derive(Clone, Debug, Hash)]
pub struct Layout {
    /// The table; several layouts show one.
    pub table: Arc<Table>,
    /// Its shape: classes of the style sheet.
    pub shape: &'static str,
    /// What stands above it.
    pub caption: Label,
    /// A smaller second line of the caption.
    pub subcaption: Option<Label>,
    /// The columns shown, the row's head first.
    pub columns: Vec<Column>,
    /// The lines, in order.
    pub lines: Vec<Line>,
    /// The axis of its marks.
    pub axis: super::axis::Axis,
}

impl Layout {
    /// Without the columns that have nothing to show in any line: they would only take room. The head and the figure that counts stay,
    /// for there a dash says that a figure was not published.
    #[must_use]
    pub fn pruned(mut self) -> Self {
        let Self { table, lines, columns, .. } = &mut self;
        columns.retain(|column| match column.shows {
            Shows::Plain(key, _) | Shows::Derived(key) => {
                lines.iter().any(|line| matches!(line, Line::Row(row) if *table.cell(row.index, key) != Cell::Null))
            }
            _ => true,
        });
        self
    }
}

/// A column as shown.
#[derive(Clone, Debug, Hash)]
pub struct Column {
    /// What the header says.
    pub label: Label,
    /// What the cells show.
    pub shows: Shows,
}

/// What the cells of a column show.
#[derive(Clone, Debug, Hash)]
pub enum Shows {
    /// The row's head: a code (a column's key, or none) and a text.
    Head(Option<&'static str>, &'static str),
    /// The figure of a part, with the mark of the part.
    Part(&'static str, usize),
    /// The figure of the earlier of two years, with a ring.
    Before(&'static str),
    /// The figure of the later of two years, with a dot.
    After(&'static str),
    /// A mark for each of these figures: one is a dot, of two the second is a ring.
    Marks(Vec<&'static str>),
    /// A bar from where the row above ended, of the length of this figure; negative figures are losses.
    Fall(&'static str),
    /// A bar from 0 of the length of this count, on an axis that ends at the number.
    Bar(&'static str, usize),
    /// A line from the lowest to the highest of figures, with a ring at their middle: the keys of lowest, middle, highest.
    Range([&'static str; 3]),
    /// Counts of one whole, end to end: those of items of each state, whole, in part, missing, without a record.
    Stack([&'static str; 4]),
    /// The bar of a measure on an axis of time, with the pattern of its status (a column's key).
    Time(Arc<Timeline>, &'static str),
    /// The status of a measure, with its pattern.
    Plan(&'static str),
    /// The figure that counts.
    Main(&'static str),
    /// A figure that follows from others.
    Derived(&'static str),
    /// Any other cell, by place on the phone: `p`, `q`, `r2`, `s2`.
    Plain(&'static str, &'static str),
    /// The status of an item, with its mark.
    Status(&'static str),
    /// The state of a figure in the ledger, with its mark; one that contradicts leads to its place on the audit page.
    State(&'static str),
}

/// A line of a layout.
#[derive(Clone, Debug, Hash)]
pub enum Line {
    /// A row that heads the ones below it.
    Group(Group),
    /// A row of the table.
    Row(Row),
}

/// A row that heads others.
#[derive(Clone, Debug, Default, Hash)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// Its figure.
    pub figure: Option<String>,
    /// A remark, with the mark of a status before it.
    pub note: Option<(&'static str, Label)>,
    /// Its anchor.
    pub anchor: Option<String>,
}

/// A row of the table.
#[derive(Clone, Debug, Default, Hash)]
pub struct Row {
    /// Its place in the table.
    pub index: usize,
    /// What its head says, where that is a sentence of the catalogue and not the table's text.
    pub name: Option<Label>,
    /// Where its head leads.
    pub link: Option<Address>,
    /// The place in that page.
    pub fragment: Option<String>,
    /// Remarks under its head.
    pub notes: Vec<Label>,
    /// Its anchor.
    pub anchor: Option<String>,
    /// Is it emphasised: `top` or `sum`?
    pub emphasis: Option<&'static str>,
}

impl Row {
    /// The row at `index`, plain.
    pub fn plain(index: usize) -> Self {
        Self { index, ..Self::default() }
    }
}
