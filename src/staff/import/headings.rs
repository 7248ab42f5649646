//! Headings over what is not the edition's, while they hold. Owns when the next heading ends one: a year ends that of a year, and the name of
//! a body that of a body. Refuses to read the rows below.

use super::whose::{Claim, Edition};
use super::years::is_near;
use super::{At, Told, Why, short};
use crate::base::digits;

/// How many cells a row may have that is a heading, as `ปีงบประมาณ` beside `2567`.
pub const MOST_OF_HEADING: usize = 3;

/// The headings that hold at a row.
#[derive(Default)]
pub struct Headings {
    /// That the figures are of another year.
    year: Option<Others>,
    /// That the measures are of an earlier one.
    measures: Option<Others>,
    /// That all is of another body.
    body: Option<Others>,
}

struct Others {
    why: Why,
    at: At,
    text: String,
    is_told: bool,
}

impl Headings {
    /// Notes what a text says of whose that is what stands below it.
    pub fn note(&mut self, edition: &Edition, text: &str, at: &At) {
        let heading = edition.heading(text);
        let others = |why: Why| Some(Others { why, at: at.clone(), text: short(text), is_told: false });
        match heading.year {
            Claim::Silent => {}
            Claim::Own if heading.is_of_measures => self.measures = None,
            Claim::Own => (self.year, self.measures) = (None, None),
            Claim::Of(year) => {
                // Measures on a result are those of the next year.
                self.measures = if year < edition.year() { others(Why::OtherYear(year)) } else { None };
                if !heading.is_of_measures {
                    self.year = others(Why::OtherYear(year));
                }
            }
        }
        match heading.body {
            Claim::Silent => {}
            Claim::Own => self.body = None,
            Claim::Of(()) => self.body = others(Why::OthersTable),
        }
    }

    /// Notes what the name of a sheet says of all that is in it. A sheet of others beside the own one is in no doubt.
    pub fn sheet(&mut self, edition: &Edition, name: &str, at: &At) {
        // `สรุป67`
        let ascii = digits::to_ascii(name.trim());
        let short_year = &ascii[ascii.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
        let year = short_year.parse::<u16>().ok().filter(|year| short_year.len() == 2 && is_near(2500 + year, edition.year()));
        let text = year.map_or_else(|| format!("ผลคะแนน {name}"), |year| format!("ผลคะแนน ปี {}", 2500 + year));
        self.note(edition, &text, at);
        if let Some(others) = &mut self.body {
            others.why = Why::OtherBody;
        }
        for others in [&mut self.body, &mut self.year, &mut self.measures].into_iter().flatten() {
            others.text = short(name);
        }
    }

    /// Does one hold for scores, or for measures?
    pub fn hold(&self, is_of_measures: bool) -> bool {
        let of_year = if is_of_measures { &self.measures } else { &self.year };
        self.body.is_some() || of_year.is_some()
    }

    /// What is told of the heading that holds; each is told once.
    pub fn tell(&mut self, is_of_measures: bool) -> Option<Told> {
        let of_year = if is_of_measures { &mut self.measures } else { &mut self.year };
        let others = self.body.as_mut().or(of_year.as_mut()).filter(|others| !others.is_told)?;
        others.is_told = true;
        Some(Told { at: others.at.clone(), text: others.text.clone(), code: None, why: others.why.clone() })
    }
}
