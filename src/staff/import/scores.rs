//! The rows of a table as figures. Owns which cell of a row is its score, and when that can't be told. Names, labels, headers and the
//! reading of one cell have modules of their own.

use std::collections::BTreeSet;

use super::chosen::{Candidate, chosen};
use super::figure::{self, Reading};
use super::grid::{self, Grid, Line, Piece, State};
use super::header::{Header, Role};
use super::headings::{Headings, MOST_OF_HEADING};
use super::hint::{self, Hint};
use super::label::{self, Which, labelled};
use super::measures;
use super::names::{self, Coded, Named, Names, code_at};
use super::whose::{Edition, Other};
use super::years;
use super::{At, Found, FoundLevel, Refusal, Told, Understood, Why, across, header, scale, sentence, short, sums};
use crate::base::date;
use crate::base::digits;
use crate::base::exact::Exact;
use crate::framework::{Figure, Pack, Part};
use crate::source::assessment::{Scale, highest};

/// Reads all tables of a file.
///
/// # Errors
/// Where it can't be opened.
pub fn read(bytes: &[u8], pack: &Pack, (edition, scale): (&Edition, Scale)) -> Result<Understood, Refusal> {
    let mut understood = Understood::default();
    let grids = grid::read(bytes, pack, &mut understood).map_err(Refusal::Shut)?;
    let parts = pack.instruments.iter().find(|instrument| !instrument.parts.is_empty()).map_or(&[][..], |instrument| &instrument.parts);
    let names = Names::of(pack);
    let mut turned = Vec::new();
    for grid in &grids {
        let (across, lines) = across::part(grid, (pack, &names, edition));
        turned.extend(across);
        let counts = header::counts(grid, pack);
        let mut reader = Reader {
            pack,
            parts,
            edition,
            scale,
            names: &names,
            grid,
            counts,
            header: Header::default(),
            table: None,
            was_header: false,
            has_codes: false,
            headings: Headings::default(),
            of_column: None,
            understood: &mut understood,
        };
        if let Some(sheet) = &grid.sheet {
            reader.headings.sheet(edition, sheet, &At { sheet: Some(sheet.clone()), row: 1, ..At::default() });
        }
        lines.into_iter().for_each(|line| reader.line(line));
    }
    measures::tidy(&mut understood);
    sums::total(&mut understood, pack);
    scale::tell(&mut understood, pack, scale);
    hint::tell(&mut understood);
    across::tell(turned, &mut understood);
    Ok(understood)
}

struct Reader<'r> {
    pack: &'r Pack,
    parts: &'r [Part],
    edition: &'r Edition,
    scale: Scale,
    names: &'r Names<'r>,
    grid: &'r Grid,
    counts: BTreeSet<u32>,
    header: Header,
    /// The table of a page that the header is of.
    table: Option<u32>,
    was_header: bool,
    /// Did rows with codes come since the header?
    has_codes: bool,
    headings: Headings,
    /// The column that said last that its row is of others.
    of_column: Option<(u32, Other)>,
    understood: &'r mut Understood,
}

/// What the cells of a row hold besides its name.
#[derive(Default)]
struct Cells<'l> {
    candidates: Vec<Candidate<'l>>,
    odd: Vec<(&'l Piece, Why)>,
}

impl<'r> Reader<'r> {
    fn line(&mut self, line: &'r Line) {
        // Of a page each table has its own columns.
        let table = line.table.map(|(table, _)| table);
        if table.is_some() && table != self.table {
            (self.table, self.header, self.was_header) = (table, Header::default(), false);
        }
        if self.is_of_others(line) {
            return;
        }
        let codes = self.codes(line);
        if codes.is_empty() {
            if self.header.has_measures && measures::has_issue(line, &self.header, self.names) {
                measures::take(self.grid, line, (&self.header, self.names), self.understood);
                return;
            }
            if let Some(header) = Header::of(line, (self.parts, self.edition)) {
                if self.was_header && !header.has_measures {
                    self.header.join(header);
                } else {
                    self.header = header;
                }
                self.was_header = true;
                self.has_codes = false;
                return;
            }
            self.was_header = false;
            if self.header.has_measures && measures::take(self.grid, line, (&self.header, self.names), self.understood) {
                return;
            }
            self.of_column = None;
            self.head(line);
            self.uncoded(line);
            return;
        }
        (self.was_header, self.has_codes) = (false, true);
        for (index, (place, coded)) in codes.iter().enumerate() {
            let from = if index == 0 { 0 } else { *place };
            let to = codes.get(index + 1).map_or(line.pieces.len(), |(next, _)| *next);
            self.coded(line, (from, *place, to), coded);
        }
    }

    /// Does a row stand under a heading that says that it is of others? That is told once for all of them.
    fn is_of_others(&mut self, line: &'r Line) -> bool {
        let is_year = |text: &str| !years::years(text).is_empty() && date::parse_year(text.trim()).is_some();
        let is_figure = |piece: &Piece| matches!(figure::read(&piece.text), Reading::Figure(..) | Reading::Odd) && !is_year(&piece.text);
        let has_figure = line.pieces.iter().any(is_figure);
        if !has_figure && line.pieces.len() <= MOST_OF_HEADING && Header::of(line, (self.parts, self.edition)).is_none() {
            // `หน่วยงาน` beside a name
            let sign = if line.pieces.len() == 2 { " : " } else { " " };
            let text = line.text(sign);
            let at = self.grid.at(line, line.pieces.first().map_or(0, |piece| piece.column));
            self.headings.note(self.edition, &text, &at);
            if years::is_of_year(&names::gist(&text)) {
                self.understood.passed_over += 1;
                return true;
            }
        }
        let is_measure = self.header.has_measures && line.pieces.len() > 2;
        let is_level = |piece: &Piece| sentence::LEVEL.contains(&names::gist(&piece.text).as_str());
        let is_of_result = |piece: &Piece| {
            code_at(&piece.text, self.pack).is_some() || (has_figure && self.names.named(&piece.text).is_some()) || is_level(piece)
        };
        if !self.headings.hold(is_measure) || !(is_measure || line.pieces.iter().any(is_of_result)) {
            return false;
        }
        if let Some(told) = self.headings.tell(is_measure) {
            self.understood.tell(told);
        }
        true
    }

    /// Notes the words that stand above a column without being known as a heading.
    fn head(&mut self, line: &Line) {
        let names_something = |piece: &Piece| self.names.named(&piece.text).is_some() || !matches!(self.names.issue(&piece.text), Ok(None));
        // A row around another table heads nothing.
        let is_heading = |piece: &Piece| piece.state != State::Doubt && !names_something(piece);
        if line.pieces.len() < 2 || !header::may_head(line) || !line.pieces.iter().all(is_heading) {
            return;
        }
        for piece in &line.pieces {
            self.header.roles.remove(&piece.column);
            self.header.strange.insert(piece.column, piece.text.clone());
        }
    }

    /// Whose a row with a code is, where it says that it is of others.
    fn row_of_others(&self, pieces: &[Piece], at: usize, behind: usize) -> Option<(usize, Other)> {
        pieces.iter().enumerate().find_map(|(place, piece)| {
            let text = if place == at { piece.text.get(behind..).unwrap_or_default() } else { &piece.text };
            let role = self.header.role(piece.column);
            let other = match role {
                Some(Role::Year) => self.edition.label(&format!("ปี {text}")),
                Some(Role::Score(_) | Role::Other | Role::Count | Role::Highest) => None,
                // A cell that is only a number is no year where nothing says so, and a remark may name any.
                None if place != at && date::parse_year(text.trim()).is_some() => None,
                None if self.header.strange.get(&piece.column).is_some_and(|heading| !header::tells_whose(heading)) => None,
                _ => self.edition.row(text),
            };
            Some((place, other?))
        })
    }

    /// The cells that begin with a code, each code once.
    fn codes(&self, line: &Line) -> Vec<(usize, Coded)> {
        let mut codes: Vec<(usize, Coded)> = Vec::new();
        for (place, piece) in line.pieces.iter().enumerate() {
            if matches!(self.header.role(piece.column), Some(Role::Other | Role::Count | Role::Highest | Role::Measure(_))) {
                continue;
            }
            if let Some(coded) = code_at(&piece.text, self.pack) {
                let is_same = |(_, other): &(usize, Coded)| match (other, &coded) {
                    (Coded::Known(a, _), Coded::Known(b, _)) => a == b,
                    (a, b) => a == b,
                };
                if !codes.iter().any(is_same) {
                    codes.push((place, coded));
                }
            }
        }
        // A running number with a zero in front, `01`, looks like an item. Where a letter says the code, that one is meant.
        let has_letter = |place: usize| line.pieces[place].text.trim_start().starts_with(|c: char| !digits::is_digit(c));
        if codes.iter().any(|(place, _)| has_letter(*place)) {
            codes.retain(|(place, _)| has_letter(*place));
        }
        codes
    }

    fn coded(&mut self, line: &'r Line, (from, at, to): (usize, usize, usize), coded: &Coded) {
        let piece = &line.pieces[at];
        let code = match coded {
            Coded::Known(figure, _) => self.pack.code(*figure),
            Coded::Unknown(code) | Coded::Several(code) => code.clone(),
        };
        let parts: &[Part] = match coded {
            Coded::Known(Figure::Question(question), _) => self.pack.parts_of(*question),
            _ => &[],
        };
        if let Some(piece) = line.pieces[from..to].iter().find(|piece| piece.state == State::Unreadable) {
            self.told(line, piece, (Some(&code), Why::Unreadable));
            return;
        }
        if let Some(why) = piece.doubted() {
            self.told(line, piece, (Some(&code), why));
            return;
        }
        let behind = if let Coded::Known(_, behind) = coded { *behind } else { piece.text.len() };
        if let Some((place, other)) = self.row_of_others(&line.pieces[from..to], at - from, behind) {
            let piece = &line.pieces[from + place];
            // A cell that is left empty below says the same.
            let is_headed = self.header.role(piece.column) == Some(Role::Year) || self.header.strange.contains_key(&piece.column);
            self.of_column = is_headed.then(|| (piece.column, other.clone()));
            self.told(line, piece, (Some(&code), Why::of(&other)));
            return;
        }
        if let Some((column, other)) = self.of_column.clone() {
            if !line.pieces.iter().any(|piece| piece.column == column) {
                self.told(line, &line.pieces[at], (Some(&code), Why::of(&other)));
                return;
            }
            self.of_column = None;
        }
        let mut cells = self.cells(line, (from, at, to), parts);
        if let Coded::Several(_) = coded {
            if !cells.candidates.is_empty() || !cells.odd.is_empty() || hint::at_end(&piece.text).is_some() {
                self.told(line, piece, (Some(&code), Why::SeveralCodes));
            }
            return;
        }
        if let Coded::Known(_, behind) = coded {
            // All in one cell: the code, the question and the figures with their names.
            for (which, written) in labelled(&piece.text[*behind..], parts, true) {
                self.put(&mut cells, Some(which), (piece, written), true);
            }
            if piece.state == State::Cut {
                cells.odd.push((piece, Why::Cut));
            }
        }
        if piece.state != State::FromAbove {
            let shared: Vec<&Piece> =
                cells.candidates.iter().map(|one| one.piece).filter(|piece| piece.state == State::FromAbove).collect();
            cells.odd.extend(shared.into_iter().map(|piece| (piece, Why::Merged)));
        }
        let Coded::Known(figure, behind) = coded else {
            if !cells.candidates.is_empty() || hint::at_end(&piece.text).is_some() {
                self.told(line, piece, (Some(&code), Why::UnknownCode(code.clone())));
            }
            return;
        };
        if cells.candidates.is_empty() && cells.odd.is_empty() {
            // A merged code whose rows hold something else, as the parts' names, is told once.
            if piece.state != State::FromAbove && !self.in_text(line, (from, at, to), (*figure, *behind)) {
                self.told(line, piece, (Some(&code), Why::NoFigure));
            }
            return;
        }
        if !cells.odd.is_empty() {
            for (piece, why) in cells.odd {
                self.told(line, piece, (Some(&code), why));
            }
            return;
        }
        match chosen(cells.candidates, parts) {
            Ok(chosen) => {
                for (which, candidate) in chosen {
                    let figure = match (which, figure) {
                        (Which::Part(part), Figure::Question(question)) => Figure::QuestionPart(*question, part),
                        _ => *figure,
                    };
                    self.found(line, &candidate, figure);
                }
            }
            Err(piece) => self.told(line, piece, (Some(&code), Why::Several)),
        }
    }

    /// Keeps a figure that stands behind words in a cell of a row whose score is nowhere else; false where there is none.
    fn in_text(&mut self, line: &'r Line, (from, at, to): (usize, usize, usize), (figure, behind): (Figure, usize)) -> bool {
        let pieces = &line.pieces[from..to];
        // A dash in the column of scores says that there is none.
        if pieces.iter().any(|piece| matches!(self.header.role(piece.column), Some(Role::Score(_)))) {
            return false;
        }
        let is_other =
            |piece: &Piece| matches!(self.header.role(piece.column), Some(Role::Other | Role::Count | Role::Highest | Role::Indicator));
        let found = (from..to).zip(pieces).filter(|(place, piece)| *place == at || !is_other(piece)).find_map(|(place, piece)| {
            let text = if place == at { &piece.text[behind..] } else { &piece.text };
            Some((piece, hint::inside(text, self.edition)?))
        });
        let Some((piece, value)) = found else { return false };
        self.hint(line, piece, (Some(figure), value));
        true
    }

    /// Keeps a figure that stands in the cell of its name.
    fn hint(&mut self, line: &Line, piece: &Piece, (figure, value): (Option<Figure>, Exact)) {
        let code = figure.map(|figure| self.pack.code(figure));
        let told = Told { at: self.grid.at(line, piece.column), text: short(&piece.text), code, why: Why::InText };
        self.understood.hints.push(Hint { figure, value, told });
    }

    /// Keeps the figure of a cell that names an indicator, an instrument or the total and ends in one; false where there is none.
    fn named_in_text(&mut self, line: &Line, piece: &Piece) -> bool {
        let Some((head, value)) = hint::at_end(&piece.text) else { return false };
        if self.edition.speaks_of_others(&piece.text) {
            return false;
        }
        match self.names.named(head) {
            Some(Named::Figure(figure)) => self.hint(line, piece, (Some(figure), value)),
            Some(Named::Sum) if !self.has_codes || names::is_total(head) => self.hint(line, piece, (None, value)),
            _ => return false,
        }
        true
    }

    /// The cells of a row that may be its score, and those that should be and can't.
    fn cells(&self, line: &'r Line, (from, at, to): (usize, usize, usize), parts: &[Part]) -> Cells<'r> {
        let mut cells = Cells::default();
        let mut label = None;
        for (place, piece) in line.pieces.iter().enumerate().take(to).skip(from).filter(|(place, _)| *place != at) {
            let role = self.header.role(piece.column);
            let is_count = place < at && role.is_none() && self.counts.contains(&piece.column);
            if is_count || matches!(role, Some(Role::Other | Role::Count | Role::Indicator | Role::Year | Role::Highest)) {
                continue;
            }
            let is_score = matches!(role, Some(Role::Score(_)));
            let of_role = if let Some(Role::Score(which)) = role { which } else { None };
            if let Some(why) = piece.doubted() {
                // Words that are struck out beside the score say nothing of it.
                let is_used = is_score || (place > at && role != Some(Role::Name));
                if is_used && (is_score || why != Why::Struck || figure::read(&piece.text) != Reading::Words) {
                    cells.odd.push((piece, why));
                }
                continue;
            }
            if let Some(which) = label::which(&piece.text, parts) {
                label = Some(which);
                continue;
            }
            let named = labelled(&piece.text, parts, !is_score);
            if !named.is_empty() && figure_is_words(&piece.text) {
                for (which, written) in named {
                    self.put(&mut cells, Some(which), (piece, written), true);
                }
                continue;
            }
            match piece.state {
                // A day beside the code may be that of something else.
                State::Day if is_score || (role.is_none() && place > at && !self.header.has_scores()) => cells.odd.push((piece, Why::Day)),
                State::NoValue if is_score || role.is_none() => cells.odd.push((piece, Why::NoValue)),
                State::Day | State::NoValue => {}
                State::Cut if is_score || place > at => cells.odd.push((piece, Why::Cut)),
                _ if role == Some(Role::Name) => {}
                _ => {
                    let which = of_role.or(label.take());
                    self.put(&mut cells, which, (piece, &piece.text), is_score || place > at);
                    if is_score && figure::read(&piece.text) == Reading::Words {
                        cells.odd.push((piece, Why::NotANumber));
                    }
                }
            }
        }
        // `ครบถ้วน` under ผลการประเมิน, beside the score.
        if cells.candidates.iter().any(|one| self.header.role(one.piece.column) == Some(Role::Score(None))) {
            let is_word = |piece: &Piece, why: &Why| *why == Why::NotANumber && figure::read(&piece.text) == Reading::Words;
            cells.odd.retain(|(piece, why)| !(is_word(piece, why) && self.header.role(piece.column) == Some(Role::Score(None))));
        }
        // Where the header names the column of scores, figures in other columns that it names are something else.
        let in_column = |piece: &Piece| matches!(self.header.role(piece.column), Some(Role::Score(_)));
        let is_named = |piece: &Piece| self.header.role(piece.column).is_some() || self.header.strange.contains_key(&piece.column);
        if cells.candidates.iter().any(|one| in_column(one.piece)) || cells.odd.iter().any(|(piece, _)| in_column(piece)) {
            // One in a column without a heading may be the end of the score, as in a list whose signs were doubled.
            let beyond = cells.candidates.iter().find(|one| one.which.is_none() && !is_named(one.piece)).map(|one| one.piece);
            // So may one under another heading that speaks of scores.
            let speaks = |piece: &Piece| self.header.strange.get(&piece.column).is_some_and(|text| header::speaks_of_scores(text));
            let is_new = |one: &Candidate<'_>| !cells.candidates.iter().any(|other| in_column(other.piece) && other.value == one.value);
            let rival = cells.candidates.iter().find(|one| speaks(one.piece) && is_new(one)).map(|one| one.piece);
            cells.candidates.retain(|one| in_column(one.piece) || one.which.is_some());
            cells.odd.retain(|(piece, _)| in_column(piece));
            cells.odd.extend(beyond.map(|piece| (piece, Why::NoHeading)));
            cells.odd.extend(rival.map(|piece| (piece, self.unknown_heading(piece))));
            cells.odd.extend(self.of_another_scale(line, &cells.candidates));
        } else if let Some(one) =
            cells.candidates.iter().find(|one| one.which.is_none() && self.header.strange.contains_key(&one.piece.column))
        {
            cells.odd.push((one.piece, self.unknown_heading(one.piece)));
        }
        cells
    }

    fn unknown_heading(&self, piece: &Piece) -> Why {
        Why::UnknownHeading(self.header.strange.get(&piece.column).map(|text| short(text)).unwrap_or_default())
    }

    /// The score of a row that says of how many points it is: of another number than a hundred, and not above that.
    fn of_another_scale(&self, line: &'r Line, scores: &[Candidate<'r>]) -> Option<(&'r Piece, Why)> {
        if self.scale == Scale::Weighted {
            return None;
        }
        let is_highest = |piece: &&Piece| self.header.role(piece.column) == Some(Role::Highest);
        let highest = line.pieces.iter().filter(is_highest).find_map(|piece| match figure::read(&piece.text) {
            Reading::Figure(_, value, _) if value != Exact::whole(100) => Some(value),
            _ => None,
        })?;
        let score = scores.iter().find(|one| one.value <= highest && one.value > Exact::whole(0))?;
        Some((score.piece, Why::OfAnotherScale(highest.to_string())))
    }

    fn put(&self, cells: &mut Cells<'r>, which: Option<Which>, (piece, written): (&'r Piece, &str), is_meant: bool) {
        match figure::read(written) {
            Reading::Figure(text, value, is_other) => cells.candidates.push(Candidate { which, piece, text, value, is_other }),
            Reading::Odd if is_meant => cells.odd.push((piece, Why::NotANumber)),
            Reading::Fault => cells.odd.push((piece, Why::Fault)),
            Reading::Odd | Reading::Nothing | Reading::Words => {}
        }
    }

    /// A row without a code: an indicator, an instrument, the total, a sentence, or nothing of ours.
    fn uncoded(&mut self, line: &'r Line) {
        if let [piece] = line.pieces.as_slice() {
            self.sentence(line, piece);
            return;
        }
        if self.level_row(line) {
            return;
        }
        let named = line.pieces.iter().enumerate().filter(|(_, piece)| piece.state != State::FromAbove || line.pieces.len() > 1);
        // No figure names anything.
        let named = named.filter(|(_, piece)| !matches!(figure::read(&piece.text), Reading::Figure(..)));
        let mut named: Vec<(usize, Named)> = named.filter_map(|(place, piece)| Some((place, self.names.named(&piece.text)?))).collect();
        // A row may say its number and its name, each in a cell.
        named.dedup_by(|a, b| a.1 == b.1);
        let has_figure = line.pieces.iter().any(|piece| matches!(figure::read(&piece.text), Reading::Figure(..) | Reading::Odd));
        if let Some(piece) = line.pieces.iter().find(|piece| piece.state == State::Unreadable && (has_figure || !named.is_empty())) {
            self.told(line, piece, (None, Why::Unreadable));
            return;
        }
        if let Some((piece, why)) = named.iter().find_map(|(place, _)| Some((&line.pieces[*place], line.pieces[*place].doubted()?)))
            && has_figure
        {
            self.told(line, piece, (None, why));
            return;
        }
        let by_number = line.pieces.iter().enumerate().find_map(|(place, piece)| {
            let is_number = self.header.role(piece.column) == Some(Role::Indicator);
            let number = names::numbered(&piece.text).0.filter(|_| is_number)?;
            Some((place, self.names.indicator(number)?))
        });
        let indicators: BTreeSet<Figure> = named
            .iter()
            .filter_map(|(_, named)| if let Named::Figure(figure @ Figure::Indicator(_)) = named { Some(*figure) } else { None })
            .collect();
        let (place, figure) = match (by_number, named.first()) {
            (Some((place, figure)), _) if indicators.iter().any(|other| *other != figure) => {
                let code = self.pack.code(figure);
                self.told(line, &line.pieces[place], (Some(&code), Why::TwoNames));
                return;
            }
            (Some((place, figure)), _) => (place, figure),
            (None, Some((place, Named::Figure(figure)))) => {
                let others = named.iter().filter_map(|(_, named)| if let Named::Figure(other) = named { Some(other) } else { None });
                if others.filter(|other| *other != figure).count() > 0 {
                    let code = self.pack.code(*figure);
                    self.told(line, &line.pieces[*place], (Some(&code), Why::TwoNames));
                    return;
                }
                (*place, *figure)
            }
            (None, Some((place, Named::Sum))) => {
                let is_mean = names::is_mean(&line.pieces[*place].text);
                if is_mean || self.has_codes || !self.header.is_of_wholes {
                    let has_figure = line.pieces.iter().any(|piece| matches!(figure::read(&piece.text), Reading::Figure(..)));
                    if has_figure && !is_mean && (!self.has_codes || names::is_total(&line.pieces[*place].text)) {
                        self.sum(line, *place, false);
                    } else if has_figure {
                        self.told(line, &line.pieces[*place], (None, Why::PartSum));
                    } else {
                        self.understood.passed_over += 1;
                    }
                    return;
                }
                self.sum(line, *place, true);
                return;
            }
            (None, None) => {
                match line.pieces.iter().find(|piece| has_figure && hint::is_like_code(&piece.text, self.pack)) {
                    Some(piece) => self.told(line, piece, (None, Why::LikeACode)),
                    None if !has_figure && line.pieces.iter().any(|piece| self.named_in_text(line, piece)) => {}
                    None => self.meaningless(line),
                }
                return;
            }
        };
        self.whole(line, place, figure);
    }

    /// Whose a row of an indicator, an instrument or a sum is, where it says that it is of others.
    fn whole_of_others(&self, line: &'r Line) -> Option<(&'r Piece, Other)> {
        line.pieces.iter().find_map(|piece| {
            let other = match self.header.role(piece.column) {
                Some(Role::Year) => self.edition.label(&format!("ปี {}", piece.text)),
                Some(Role::Score(_) | Role::Other | Role::Count | Role::Highest) => None,
                _ => self.edition.label(&piece.text),
            };
            Some((piece, other?))
        })
    }

    /// The figure of an indicator, an instrument or the total.
    fn whole(&mut self, line: &'r Line, place: usize, figure: Figure) {
        let code = self.pack.code(figure);
        if let Some((piece, other)) = self.whole_of_others(line) {
            self.told(line, piece, (Some(&code), Why::of(&other)));
            return;
        }
        let cells = self.cells(line, (0, place, line.pieces.len()), &[]);
        if figure == Figure::Overall {
            let level = line.pieces.iter().enumerate().filter(|(at, _)| *at != place);
            let level = level
                .filter(|(_, piece)| piece.text.chars().count() <= 60)
                .find_map(|(_, piece)| Some((sentence::level(&piece.text, self.pack)?, piece.column)));
            if let Some((name, column)) = level {
                self.level(name, self.grid.at(line, column));
            }
        }
        // The number of a list beside the name is no score.
        let is_number = |piece: &Piece| matches!(figure, Figure::Indicator(place) if piece.column < line.pieces[line.pieces.len() - 1].column && digits::to_ascii(piece.text.trim_end_matches(['.', ')'])) == self.pack.indicators[place].number.to_string());
        let candidates: Vec<Candidate<'_>> = cells.candidates.into_iter().filter(|one| !is_number(one.piece)).collect();
        let odd = cells.odd.into_iter().next();
        match (odd, candidates.is_empty()) {
            (Some((piece, why)), _) => self.told(line, piece, (Some(&code), why)),
            (None, true) if line.pieces.iter().any(|piece| self.named_in_text(line, piece)) => {}
            (None, true) => self.understood.passed_over += 1,
            (None, false) => match chosen(candidates, &[]) {
                Ok(chosen) => chosen.into_iter().for_each(|(_, candidate)| self.found(line, &candidate, figure)),
                Err(piece) => self.told(line, piece, (Some(&code), Why::Several)),
            },
        }
    }

    /// A sum or mean of indicators or instruments: the total, unless that stands elsewhere.
    fn sum(&mut self, line: &'r Line, place: usize, is_sure: bool) {
        if let Some((piece, other)) = self.whole_of_others(line) {
            self.told(line, piece, (None, Why::of(&other)));
            return;
        }
        let cells = self.cells(line, (0, place, line.pieces.len()), &[]);
        let chosen = chosen(cells.candidates, &[]).ok().filter(|_| cells.odd.is_empty());
        match chosen.and_then(|chosen| chosen.into_iter().next()) {
            Some((_, one)) if one.value <= Exact::whole(100) && !one.value.is_negative() => {
                let at = self.grid.at(line, one.piece.column);
                let sums = if is_sure { &mut self.understood.sums } else { &mut self.understood.unsure };
                sums.push(Found { text: one.text, value: one.value, at });
            }
            _ => self.meaningless(line),
        }
    }

    fn sentence(&mut self, line: &'r Line, piece: &'r Piece) {
        let total = sentence::total(&piece.text, self.edition).filter(|_| !self.headings.hold(false));
        let Some((text, value)) = total else {
            if hint::is_like_code(&piece.text, self.pack) && hint::at_end(&piece.text).is_some() {
                self.told(line, piece, (None, Why::LikeACode));
            } else if !self.named_in_text(line, piece) {
                self.understood.passed_over += 1;
            }
            return;
        };
        if let Some(why) = piece.doubted().or((piece.state == State::Unreadable).then_some(Why::Unreadable)) {
            self.told(line, piece, (Some("overall"), why));
            return;
        }
        let candidate = Candidate { which: None, piece, text, value, is_other: false };
        self.found(line, &candidate, Figure::Overall);
        if piece.text.contains("ระดับ")
            && let Some(name) = sentence::level(&piece.text, self.pack)
        {
            self.level(name, self.grid.at(line, piece.column));
        }
    }

    /// A row that states the level by name, as `ระดับ` and `ผ่านดี`; false where it is none.
    fn level_row(&mut self, line: &'r Line) -> bool {
        let is_label = |piece: &Piece| sentence::LEVEL.contains(&names::gist(&piece.text).as_str());
        let Some(at) = line.pieces.iter().position(is_label) else { return false };
        let is_other =
            |piece: &Piece| matches!(self.header.role(piece.column), Some(Role::Other | Role::Count | Role::Highest | Role::Measure(_)));
        let values: Vec<&Piece> = line.pieces[at + 1..].iter().filter(|piece| !is_other(piece)).collect();
        let is_words = |piece: &Piece| figure::read(&piece.text) == Reading::Words;
        if values.is_empty() || !values.iter().all(|piece| is_words(piece) || figure::read(&piece.text) == Reading::Nothing) {
            return false;
        }
        for piece in values.into_iter().filter(|piece| is_words(piece)) {
            match sentence::level(&piece.text, self.pack) {
                _ if piece.state == State::Unreadable => self.told(line, piece, (Some("level"), Why::Unreadable)),
                _ if piece.state == State::Doubt => self.told(line, piece, (Some("level"), piece.doubted().unwrap_or(Why::Struck))),
                Some(name) => self.level(name, self.grid.at(line, piece.column)),
                None => self.told(line, piece, (Some("level"), Why::UnknownLevel)),
            }
        }
        true
    }

    fn level(&mut self, name: String, at: At) {
        match &self.understood.level {
            Some(first) if first.name != name => {
                let why = Why::Contradiction(first.name.clone(), first.at.clone());
                self.understood.tell(Told { at, text: name, code: Some("level".to_owned()), why });
            }
            Some(_) => {}
            None => self.understood.level = Some(FoundLevel { name, at }),
        }
    }

    fn meaningless(&mut self, line: &Line) {
        let figure = line
            .pieces
            .iter()
            .find(|piece| piece.state == State::NoValue || matches!(figure::read(&piece.text), Reading::Figure(..) | Reading::Odd));
        match figure {
            Some(_) => {
                let text = line.text(" | ");
                let told = Told { at: self.grid.at(line, line.pieces[0].column), text: short(&text), code: None, why: Why::NoMeaning };
                self.understood.tell(told);
            }
            None => self.understood.passed_over += 1,
        }
    }

    fn told(&mut self, line: &Line, piece: &Piece, (code, why): (Option<&str>, Why)) {
        let told = Told { at: self.grid.at(line, piece.column), text: short(&piece.text), code: code.map(str::to_owned), why };
        self.understood.tell(told);
    }

    fn found(&mut self, line: &Line, candidate: &Candidate<'_>, figure: Figure) {
        let code = self.pack.code(figure);
        let highest = highest(self.pack, self.scale, figure);
        let highest = highest.rounded(2).max(highest);
        if candidate.value.is_negative() || candidate.value > highest {
            self.told(line, candidate.piece, (Some(&code), Why::OutOfRange(highest.to_string())));
            return;
        }
        let at = self.grid.at(line, candidate.piece.column);
        if candidate.is_other {
            self.told(line, candidate.piece, (Some(&code), Why::ReadAs(candidate.text.clone())));
        }
        match self.understood.figures.get(&figure) {
            Some(first) if first.value != candidate.value => {
                let why = Why::Contradiction(first.text.clone(), first.at.clone());
                self.understood.tell(Told { at, text: candidate.text.clone(), code: Some(code), why });
            }
            Some(_) => {}
            None => {
                let found = Found { text: candidate.text.clone(), value: candidate.value.clone(), at };
                self.understood.figures.insert(figure, found);
            }
        }
    }
}

/// Is a cell more than one figure?
fn figure_is_words(text: &str) -> bool {
    !matches!(figure::read(text), Reading::Figure(..) | Reading::Nothing)
}
