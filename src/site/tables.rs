//! The tables of an edition, with the columns of the contract. Owns what each row and cell is; every page and data file that shows
//! scores, items or measures takes them from here.

use std::sync::Arc;

use super::links::{Links, Target};
use super::model::{EditionModel, Model};
use super::table::{Cell, Table};
use super::{audit, columns, losses};
use crate::base::language::Name;
use crate::finding::Finding;
use crate::framework::{Figure, Pack};
use crate::source::disclosures::Link;
use crate::source::measures::Measure;

/// The columns for the parts of a pack's questions.
pub fn parts(pack: &Pack) -> &'static [&'static str] {
    columns::parts(pack.instruments.iter().map(|instrument| instrument.parts.len()).max().unwrap_or(0))
}

/// The tables of an edition.
#[derive(Clone, Debug)]
pub struct Tables {
    /// The total, instruments, parts, indicators, groups.
    pub scores: Arc<Table>,
    /// Questions.
    pub questions: Arc<Table>,
    /// Items.
    pub items: Arc<Table>,
    /// Measures.
    pub measures: Arc<Table>,
    /// Links of items.
    pub disclosures: Arc<Table>,
    /// Every published figure against its parts.
    pub audit: Arc<Table>,
    /// Where the points went.
    pub losses: Arc<Table>,
}

impl Tables {
    /// Makes the tables of an edition; `findings` are the agency's, those that it accepts marked.
    pub fn of(model: &Model, edition: &EditionModel, links: &Links, findings: &[Finding]) -> Self {
        let maker = Maker { model, edition, pack: &edition.edition.pack };
        Self {
            scores: Arc::new(maker.scores()),
            questions: Arc::new(maker.questions()),
            items: Arc::new(maker.items()),
            measures: Arc::new(maker.measures()),
            disclosures: Arc::new(maker.disclosures(links)),
            audit: Arc::new(maker.audit(findings)),
            losses: Arc::new(maker.losses()),
        }
    }

    /// All of them, in the order of their data files.
    pub fn all(&self) -> [&Table; 7] {
        [&self.scores, &self.questions, &self.items, &self.measures, &self.disclosures, &self.audit, &self.losses]
    }
}

/// What a pack alone says of a row of the score table.
pub struct ScoreRow {
    /// The word of its layer.
    pub layer: &'static str,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Name,
    /// Its weight in the total.
    pub weight: Cell,
    /// The figure that it shows.
    pub figure: Figure,
}

/// The rows of the score table of a pack: the total, instruments with their parts, indicators with their groups.
pub fn score_rows(pack: &Pack) -> Vec<ScoreRow> {
    let mut rows = Vec::new();
    let mut add = |layer: &'static str, figure: Figure, name: &Name| {
        let weight = pack.weight(figure).map_or(Cell::Null, |weight| Cell::number(weight.short(4)));
        rows.push(ScoreRow { layer, code: pack.code(figure), name: name.clone(), weight, figure });
    };
    add("overall", Figure::Overall, &Name { th: "คะแนนรวม".to_owned(), en: Some("Total".to_owned()) });
    for (i, instrument) in pack.instruments.iter().enumerate() {
        add("instrument", Figure::Instrument(i), &instrument.name);
        for (p, part) in instrument.parts.iter().enumerate() {
            add("part", Figure::Part(i, p), &part.name);
        }
    }
    for (i, indicator) in pack.indicators.iter().enumerate() {
        add("indicator", Figure::Indicator(i), &indicator.name);
        for (g, group) in indicator.groups.iter().enumerate() {
            add("group", Figure::Group(i, g), &group.name);
        }
    }
    rows
}

/// What an edition says of a row of the score table: published, derived, state.
pub fn score_figures(edition: &EditionModel, figure: Figure) -> [Cell; 3] {
    [published(edition, figure), derived(edition, figure), state(edition, figure)]
}

fn published(edition: &EditionModel, figure: Figure) -> Cell {
    edition.published(figure).map_or(Cell::Null, |text| Cell::Figure(text.to_owned()))
}

/// How the published figure stands to its parts.
fn state(edition: &EditionModel, figure: Figure) -> Cell {
    Cell::Text(edition.ledger.state(figure).word().to_owned())
}

/// What the nearest published figures give, to four decimals, trailing zeros cut.
fn derived(edition: &EditionModel, figure: Figure) -> Cell {
    edition.edition.derived(figure).map_or(Cell::Null, |value| Cell::Figure(value.short(4)))
}

struct Maker<'a> {
    model: &'a Model,
    edition: &'a EditionModel,
    pack: &'a Pack,
}

impl Maker<'_> {
    fn push(&self, table: &mut Table, cells: Vec<Cell>) {
        let agency = &self.model.agency;
        let mut row = vec![Cell::Text(agency.slug.clone()), Cell::Name(agency.name.clone()), Cell::number(self.edition.edition.year)];
        row.extend(cells);
        debug_assert_eq!(row.len(), table.columns.len());
        table.rows.push(row);
    }

    fn published(&self, figure: Figure) -> Cell {
        published(self.edition, figure)
    }

    fn derived(&self, figure: Figure) -> Cell {
        derived(self.edition, figure)
    }

    fn scores(&self) -> Table {
        let mut table = columns::SCORES.empty(0);
        for ScoreRow { layer, code, name, weight, figure } in score_rows(self.pack) {
            let level = match figure {
                Figure::Overall => Cell::maybe(self.edition.edition.assessment.level.as_ref().map(|level| level.value.as_str())),
                _ => Cell::Null,
            };
            let [published, derived, state] = score_figures(self.edition, figure);
            let cells = vec![Cell::Text(layer.to_owned()), Cell::Text(code), Cell::Name(name), published, derived, state, weight, level];
            self.push(&mut table, cells);
        }
        table
    }

    fn questions(&self) -> Table {
        let parts = parts(self.pack);
        let mut table = columns::QUESTIONS.empty(parts.len());
        for (q, question) in self.pack.questions.iter().enumerate() {
            let mut cells = vec![
                Cell::Text(question.code.to_string()),
                self.pack.issue_of(question.code).map_or(Cell::Null, |issue| Cell::number(issue.number)),
                Cell::number(self.pack.indicators[question.indicator].number),
                Cell::Name(question.text.clone()),
                Cell::Flag(question.reverse),
            ];
            cells.extend((0..parts.len()).map(|p| self.published(Figure::QuestionPart(q, p))));
            cells.extend([
                self.published(Figure::Question(q)),
                self.derived(Figure::Question(q)),
                state(self.edition, Figure::Question(q)),
            ]);
            self.push(&mut table, cells);
        }
        table
    }

    fn items(&self) -> Table {
        let mut table = columns::ITEMS.empty(0);
        for (o, item) in self.pack.items.iter().enumerate() {
            let indicator = item.indicator.map(|i| &self.pack.indicators[i]);
            let group = indicator.zip(item.group).map(|(indicator, g)| indicator.groups[g].id.clone());
            let cells = vec![
                Cell::Text(item.code.to_string()),
                Cell::Text(item.id.clone()),
                self.pack.issue_of(item.code).map_or(Cell::Null, |issue| Cell::number(issue.number)),
                indicator.map_or(Cell::Null, |indicator| Cell::number(indicator.number)),
                Cell::maybe(group),
                Cell::Name(item.name.clone()),
                self.published(Figure::Item(o)),
            ];
            self.push(&mut table, cells);
        }
        table
    }

    fn measures(&self) -> Table {
        let mut table = columns::MEASURES.empty(0);
        for measure in &self.edition.edition.measures {
            let Measure { issue, id, method, steps, responsible, period, status, .. } = measure;
            let day = |day: Option<crate::base::date::Date>| day.map_or(Cell::Null, Cell::Day);
            let list = |list: &[String]| if list.is_empty() { Cell::Null } else { Cell::List(list.to_vec()) };
            let cells = vec![
                Cell::number(issue),
                Cell::maybe(id.clone()),
                Cell::maybe(method.as_ref().map(|method| method.value.as_str())),
                list(steps),
                list(responsible),
                day(period.as_ref().and_then(|period| period.from)),
                day(period.as_ref().and_then(|period| period.to)),
                Cell::maybe(period.as_ref().and_then(|period| period.text.clone())),
                Cell::Text(status.word().to_owned()),
            ];
            self.push(&mut table, cells);
        }
        table
    }

    fn disclosures(&self, links: &Links) -> Table {
        let mut table = columns::DISCLOSURES.empty(0);
        for (o, item) in self.pack.items.iter().enumerate() {
            let record = self.edition.edition.record(o);
            let recorded: Vec<Option<&Link>> = match record {
                Some(record) if !record.links.is_empty() => record.links.iter().map(Some).collect(),
                _ => vec![None],
            };
            for link in recorded {
                let (url, kind, size) = link.map_or((Cell::Null, Cell::Null, Cell::Null), |link| self.link(link, links));
                let elements = link.map(|link| link.covers.clone()).filter(|covers| !covers.is_empty());
                let cells = vec![
                    Cell::Text(item.code.to_string()),
                    Cell::Text(item.id.clone()),
                    Cell::Name(item.name.clone()),
                    Cell::Text(self.edition.edition.status(o).word().to_owned()),
                    Cell::maybe(link.and_then(|link| link.title.clone())),
                    url,
                    kind,
                    size,
                    record.and_then(|record| record.covers.as_ref()).map_or(Cell::Null, |covers| Cell::number(covers.value)),
                    elements.map_or(Cell::Null, Cell::List),
                    record.and_then(|record| record.updated).map_or(Cell::Null, Cell::Day),
                    Cell::maybe(record.and_then(|record| record.owner.clone())),
                    record.and_then(|record| record.review_by.as_ref()).map_or(Cell::Null, |by| Cell::Day(by.value)),
                ];
                self.push(&mut table, cells);
            }
        }
        table
    }

    fn audit(&self, findings: &[Finding]) -> Table {
        let mut table = columns::AUDIT.empty(0);
        for (figure, entry) in &self.edition.ledger.entries {
            self.push(&mut table, audit::cells(self.edition, (*figure, entry), findings));
        }
        table
    }

    fn losses(&self) -> Table {
        let mut table = columns::LOSSES.empty(0);
        for cells in losses::cells(self.edition) {
            self.push(&mut table, cells);
        }
        table
    }

    /// The address, the type and the size of a link. Addresses inside the site are those from its root.
    fn link(&self, link: &Link, links: &Links) -> (Cell, Cell, Cell) {
        match links.at(&link.url.place) {
            Target::Page(address, fragment) => {
                let anchor = fragment.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
                (Cell::Text(format!("{address}{anchor}")), Cell::Text("page".to_owned()), Cell::Null)
            }
            Target::File(address, size) => (Cell::Text(address.to_string()), Cell::maybe(extension(address.as_str())), Cell::number(size)),
            Target::External(url) => (Cell::Text(url.clone()), Cell::maybe(extension(url)), Cell::Null),
            Target::Picture(..) | Target::Here(_) | Target::Nowhere => (Cell::Text(link.url.value.clone()), Cell::Null, Cell::Null),
        }
    }
}

/// The extension of a file's name, in lower case: `pdf`. `None` where the last part has none that looks like one.
pub fn extension(address: &str) -> Option<String> {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let name = path.rsplit('/').next()?;
    // `https://example.go.th` has a host where a file would have its name.
    if path.contains("://") && path.matches('/').count() < 3 {
        return None;
    }
    let (_, extension) = name.rsplit_once('.')?;
    let fits = (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| extension.to_ascii_lowercase())
}
