//! Scores and measures out of a table that somebody else made: what was understood, as changes to an edition's files, and what was not.
//! Owns that one value, from which both forms of the command are made. Refuses to guess: where a row may mean two things, both are told
//! and nothing is written. Touches no disk: it gets the bytes of the table and the texts of the files, and gives back new texts.

mod across;
mod assessment;
mod cell;
mod chosen;
mod duty;
mod figure;
mod grid;
mod header;
mod headings;
mod hint;
pub mod human;
pub mod json;
mod label;
mod letters;
mod measures;
mod names;
mod period;
mod scale;
mod scores;
mod sentence;
mod sums;
mod torn;
mod whose;
mod years;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::init::NO_NAME;
use crate::base::exact::Exact;
use crate::base::language::Language;
use crate::finding::{Finding, Severity, masked};
use crate::framework::{Figure, Pack, Packs, builtin, read as pack_reader};
use crate::source::agency;
use crate::source::assessment::Scale;
use crate::source::attachment::rows::{Shut, column_name};
use crate::text::SourceText;
use crate::text::yaml;

/// How many rows that were not understood, and how many that are hidden, are told one by one.
pub const MOST_TOLD: usize = 500;

/// Where something stands in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The sheet; none in a text or a page.
    pub sheet: Option<Arc<str>>,
    /// The row, from 1.
    pub row: u32,
    /// The column, from 0.
    pub column: u32,
    /// The line of a text or a page, from 1.
    pub line: Option<u32>,
    /// The table of a page and the row in it, both from 1; a page may stand on one line.
    pub table: Option<(u32, u32)>,
}

impl At {
    /// The cell as a spreadsheet names it: `C14`; in a page with its table, `table 2 C14`.
    pub fn cell(&self) -> String {
        let column = column_name(self.column);
        match self.table {
            Some((table, row)) => format!("table {table} {column}{row}"),
            None => format!("{column}{}", self.row),
        }
    }

    /// The place as people are told it.
    pub fn tell(&self, language: Language) -> String {
        if let Some((table, row)) = self.table {
            let column = column_name(self.column);
            return match language {
                Language::Th => format!("ตาราง {table} แถว {row} คอลัมน์ {column}"),
                Language::En => format!("table {table}, row {row}, column {column}"),
            };
        }
        match (&self.sheet, self.line, language) {
            (Some(sheet), _, Language::Th) => format!("แผ่นงาน {sheet}, {}", self.cell()),
            (Some(sheet), _, Language::En) => format!("sheet {sheet}, {}", self.cell()),
            (None, Some(line), Language::Th) => format!("บรรทัด {line}, คอลัมน์ {}", column_name(self.column)),
            (None, Some(line), Language::En) => format!("line {line}, column {}", column_name(self.column)),
            (None, None, _) => self.cell(),
        }
    }
}

/// Why something of the table was not taken, or not as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// What stands where the score would be is no number.
    NotANumber,
    /// A score above the highest that there is, or below zero.
    OutOfRange(String),
    /// The spreadsheet shows it as a day.
    Day,
    /// A formula that was stored without its value.
    NoValue,
    /// A fault of the spreadsheet's, as `#REF!`.
    Fault,
    /// The cell shows another figure than it stores: this.
    Otherwise(String),
    /// All of the cell is struck out.
    Struck,
    /// A table stands in the cell.
    InnerTable,
    /// A citizen's number, which must not be published.
    Personal,
    /// A measure without a method.
    NoMethod,
    /// A day that is stored as a number where words are expected.
    DayInWords,
    /// One cell for several rows.
    Merged,
    /// Several figures, and nothing tells which is the score.
    Several,
    /// The cell is too long, or a quotation mark is not closed.
    Cut,
    /// Letters that can't be read: the file is damaged there, or saved in two encodings.
    Unreadable,
    /// A figure in the cell of the text that it belongs to.
    InText,
    /// Something like a code beside a figure.
    LikeACode,
    /// A level that the pack does not have.
    UnknownLevel,
    /// A code that the pack does not have.
    UnknownCode(String),
    /// Several codes in one cell.
    SeveralCodes,
    /// A figure in a column without a heading, beside one that is named as that of scores.
    NoHeading,
    /// A figure in a column whose heading is not known.
    UnknownHeading(String),
    /// The row says that its score is of so many points, and that is not a hundred.
    OfAnotherScale(String),
    /// All scores are below ten, though they are of a hundred.
    SmallFigures,
    /// No instrument has more than its weight, though they are of a hundred: the weight of the first.
    Weighted(String),
    /// Number and name tell of two indicators.
    TwoNames,
    /// The same code has another figure elsewhere.
    Contradiction(String, At),
    /// A measure whose issue can't be told, or that says two.
    NoIssue,
    /// The file is not read to its end.
    Unread,
    /// A code without a figure.
    NoFigure,
    /// A figure of which nothing tells what it is about.
    NoMeaning,
    /// It is of another year.
    OtherYear(u16),
    /// It is of another body, or of many.
    OtherBody,
    /// A heading says that the figures below it are of another body, or of many.
    OthersTable,
    /// Codes across the head of a table, with the figures below them.
    Across,
    /// A sum or mean of one table only.
    PartSum,
    /// A measure that stands in the table twice; with another period, if so.
    Twice(bool),
    /// The row is hidden.
    HiddenRow,
    /// The column is hidden.
    HiddenColumn,
    /// The sheet is hidden.
    HiddenSheet,
    /// The cell, or a part of it, shows nothing.
    HiddenCell,
    /// A footnote mark beside it was left out.
    Raised(String),
    /// What is struck out beside it was left out.
    StruckBeside(String),
    /// It was read otherwise than written: the figure that was taken.
    ReadAs(String),
    /// The issue has another measure already.
    SecondMeasure(String),
}

impl Why {
    /// Why what is of others is not taken.
    fn of(other: &whose::Other) -> Self {
        match other {
            whose::Other::Year(year) => Self::OtherYear(*year),
            whose::Other::Body => Self::OtherBody,
        }
    }

    /// Does it leave a doubt, so that nothing is written?
    pub fn is_doubt(&self) -> bool {
        use Why::{NoFigure, NoMeaning, OtherBody, OtherYear, PartSum};
        !(matches!(self, NoFigure | NoMeaning | OtherYear(_) | OtherBody | PartSum) || self.is_hidden() || self.is_remark())
    }

    /// Is it about what nobody sees in the spreadsheet?
    pub fn is_hidden(&self) -> bool {
        matches!(self, Self::HiddenRow | Self::HiddenColumn | Self::HiddenSheet | Self::HiddenCell)
    }

    /// Was the text taken, and this is a remark on how?
    pub fn is_remark(&self) -> bool {
        matches!(self, Self::ReadAs(_) | Self::SecondMeasure(_) | Self::Twice(_) | Self::Raised(_) | Self::StruckBeside(_))
    }
}

/// Something of the table that is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Where it stands.
    pub at: At,
    /// What stands there, shortened.
    pub text: String,
    /// The code that it is about, where that is known.
    pub code: Option<String>,
    /// Why it is told.
    pub why: Why,
}

/// A figure that the table has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Found {
    text: String,
    value: Exact,
    at: At,
}

/// A level that the table states.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FoundLevel {
    name: String,
    at: At,
}

/// What was understood of a table.
#[derive(Debug, Default)]
struct Understood {
    figures: BTreeMap<Figure, Found>,
    level: Option<FoundLevel>,
    /// Sums and means of indicators or instruments that don't say that they are the total.
    sums: Vec<Found>,
    /// Sums or means that may be the total or that of one table: the whole file tells.
    unsure: Vec<Found>,
    measures: Vec<measures::Row>,
    /// Names with a figure in the same cell; no doubt where the figure is found elsewhere.
    hints: Vec<hint::Hint>,
    told: Vec<Told>,
    /// How many of these leave a doubt.
    doubts: usize,
    /// Rows of words that name nothing.
    passed_over: usize,
    /// Things that would be told, and are too many.
    further: usize,
}

impl Understood {
    fn tell(&mut self, told: Told) {
        // However much else is told, a doubt is not left out: one of them is enough to stop.
        let is_doubt = told.why.is_doubt();
        if self.told.len() < MOST_TOLD || (is_doubt && self.doubts < MOST_TOLD) {
            self.doubts += usize::from(is_doubt);
            self.told.push(told);
        } else {
            self.further += 1;
        }
    }
}

/// A text as it is shown in a message. Half of a person's number would not be known for one, so it is masked before the text is cut.
fn short(text: &str) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    let line = masked(&line.join(" ")).into_owned();
    if line.chars().count() <= 80 { line } else { line.chars().take(79).chain(['…']).collect() }
}

/// A change of a figure or of the level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The code: `i11`, `EIT1`, `9`, `overall`, `level`.
    pub code: String,
    /// The key of a part, or `mean`, where the code has parts.
    pub part: Option<String>,
    /// What is there, as it is written.
    pub from: Option<String>,
    /// What the table has.
    pub to: String,
    /// Where the table has it.
    pub at: At,
}

/// A measure that is added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMeasure {
    /// Its issue.
    pub issue: u32,
    /// Its id.
    pub id: String,
    /// Its method.
    pub method: String,
    /// Its steps.
    pub steps: Vec<String>,
    /// Who is responsible.
    pub responsible: Vec<String>,
    /// When, in the words of the table.
    pub period: Option<String>,
    /// Where it stands.
    pub at: At,
}

/// A file with its new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewText {
    /// Its path.
    pub path: String,
    /// What is there; none where it is made.
    pub before: Option<String>,
    /// The new text.
    pub after: String,
}

/// What an import comes to.
#[derive(Debug, Default)]
pub struct Import {
    /// The edition's year.
    pub year: u16,
    /// The agency's slug; empty with one agency.
    pub agency: String,
    /// The pack.
    pub framework: String,
    /// The path of the edition's result.
    pub assessment: String,
    /// The path of the edition's measures.
    pub measures_file: String,
    /// Figures that are new or another.
    pub changes: Vec<Change>,
    /// How many figures of the table are in the file already.
    pub same: usize,
    /// Measures that are added.
    pub measures: Vec<NewMeasure>,
    /// How many measures of the table are in the file already.
    pub same_measures: usize,
    /// What is told of the table, in its order.
    pub told: Vec<Told>,
    /// How many more there are.
    pub further: usize,
    /// How many rows of words were passed over.
    pub passed_over: usize,
    /// Codes of the pack that neither the table nor the file has a figure for.
    pub missing: Vec<String>,
    /// The files with their new texts.
    pub texts: Vec<NewText>,
}

impl Import {
    /// What leaves a doubt.
    pub fn doubts(&self) -> impl Iterator<Item = &Told> {
        self.told.iter().filter(|told| told.why.is_doubt())
    }

    /// Was anything understood?
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.measures.is_empty() && self.same == 0 && self.same_measures == 0
    }
}

/// Why there is nothing to show.
#[derive(Debug)]
pub enum Refusal {
    /// The table can't be opened.
    Shut(Shut),
    /// Files of the edition have faults that have to be mended first.
    Faulty(Vec<Finding>),
    /// No pack is named, or none of that id is there.
    NoPack,
    /// A file is written in a way that can't be edited in place.
    Unfit(String),
}

/// The files that an import reads.
#[derive(Debug, Default)]
pub struct Edition {
    /// The year.
    pub year: u16,
    /// The agency's slug.
    pub agency: String,
    /// The folder, as `content/2568/`.
    pub folder: String,
    /// `assessment.yaml`, where it is there.
    pub assessment: Option<SourceText>,
    /// `measures.yaml`, where it is there.
    pub measures: Option<SourceText>,
    /// The packs of the site and of the agency, in this order.
    pub packs: Vec<SourceText>,
    /// `agency.yaml`, where it is there: by its names figures of other bodies are told.
    pub agency_file: Option<SourceText>,
}

/// Reads a table and compares it with an edition.
///
/// # Errors
/// Where the table can't be opened, or the edition's files can't be changed.
pub fn import(table: &[u8], edition: &Edition) -> Result<Import, Refusal> {
    let mut packs = Packs::default();
    for source in &edition.packs {
        // What is wrong with a pack matters where it is the one that is needed.
        pack_reader::pack_into(source, &mut packs);
    }
    let pack = pack(edition, &packs)?;
    let present = assessment::Present::read(edition, &pack)?;
    let mut understood = scores::read(table, &pack, (&whose::Edition::new(edition.year, &names(edition)), present.scale()))?;
    let mut import = Import {
        year: edition.year,
        agency: edition.agency.clone(),
        framework: pack.id.clone(),
        assessment: format!("{}assessment.yaml", edition.folder),
        measures_file: format!("{}measures.yaml", edition.folder),
        ..Import::default()
    };
    present.compare(&understood, &mut import)?;
    duty::compare(edition, &pack, (&mut understood, &mut import))?;
    import.told = understood.told;
    import.further = understood.further;
    import.passed_over = understood.passed_over;
    import.told.sort_by(|a, b| a.at.cmp(&b.at));
    Ok(import)
}

/// The agency's names in Thai; none where nobody has put one yet.
fn names(edition: &Edition) -> Vec<String> {
    let Some(source) = &edition.agency_file else { return Vec::new() };
    let (agency, _) = agency::read(source, &edition.agency);
    if agency.name.th == NO_NAME {
        return Vec::new();
    }
    [Some(agency.name), agency.short_name].into_iter().flatten().map(|name| name.th).collect()
}

/// The pack of an edition: the one that its result names, or that of the year where there is no result yet.
fn pack(edition: &Edition, packs: &Packs) -> Result<Arc<Pack>, Refusal> {
    let Some(source) = &edition.assessment else {
        let own = packs.ids().into_iter().filter_map(|id| packs.get(id)).filter(|pack| pack.fiscal_year == edition.year);
        let first = own.min_by_key(|pack| builtin::ids().all(|id| id != pack.id));
        return first.cloned().ok_or(Refusal::NoPack);
    };
    let root = yaml::parse(source).map_err(|finding| faulty(source, vec![*finding]))?;
    let head = crate::source::assessment::head(&root, |span| source.place(span));
    head.framework.and_then(|id| packs.get(&id.value).cloned()).ok_or(Refusal::NoPack)
}

/// Findings of a file, with their lines; of these the errors.
fn faulty(source: &SourceText, mut findings: Vec<Finding>) -> Refusal {
    findings.retain(|finding| finding.severity() == Severity::Error);
    findings.iter_mut().for_each(|finding| finding.look(&source.text));
    Refusal::Faulty(findings)
}

/// How instruments are printed where nothing says so.
const PLAIN_SCALE: Scale = Scale::Percent;
