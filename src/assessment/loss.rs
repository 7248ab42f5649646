//! Where the points went: what took them from 100, layer by layer, down to questions, their parts and items. Owns an account that adds up
//! exactly; what the parts of a figure do not tell is a row of its own, and never spread over them.

use super::edition::Edition;
use super::rollup::Rollup;
use crate::base::exact::Exact;
use crate::framework::{Figure, Pack};

/// What one instrument or part took from the total.
pub struct Loss {
    /// The instrument or part.
    pub figure: Figure,
    /// The points of the total, after weighting.
    pub points: Exact,
}

/// The losses, largest first, parts in place of an instrument that has them and publishes them. Empty where a weight or a figure is not
/// known: a partial account would mislead.
pub fn losses(edition: &Edition) -> Vec<Loss> {
    all(edition).unwrap_or_default()
}

fn all(edition: &Edition) -> Option<Vec<Loss>> {
    let rollup = edition.rollup();
    let mut losses = Vec::new();
    for (i, instrument) in edition.pack.instruments.iter().enumerate() {
        let parts: Vec<Figure> = (0..instrument.parts.len()).map(|p| Figure::Part(i, p)).collect();
        let by_parts = !parts.is_empty() && parts.iter().all(|part| rollup.known(*part).is_some());
        for figure in if by_parts { parts } else { vec![Figure::Instrument(i)] } {
            let lost = &Exact::whole(100) - &rollup.known(figure)?;
            let points = &(&lost * &rollup.weight(figure)?) / &Exact::whole(100);
            losses.push(Loss { figure, points });
        }
    }
    losses.sort_by(|a, b| b.points.cmp(&a.points));
    Some(losses)
}

/// One row of the account.
#[derive(Clone, Debug)]
pub struct Row {
    /// The figure above, whose loss this is a piece of.
    pub of: Figure,
    /// The figure; `None` of what the parts of `of` do not tell: figures that are not known, a contradiction, or rounding.
    pub figure: Option<Figure>,
    /// The points of the total that it took, after weighting. Below zero where parts lost more than the figure above them shows.
    pub points: Exact,
    /// Is it split further by rows below?
    pub split: bool,
}

/// How many points of the total a figure is worth: one percent of it is so many points. Source: "Roll-up" in the format's description,
/// by indicators, groups and questions; `None` where the pack has no weights.
pub fn worth(pack: &Pack, figure: Figure) -> Option<Exact> {
    match figure {
        Figure::Overall => Some(Exact::whole(1)),
        Figure::Instrument(_) | Figure::Part(..) => pack.weight(figure).map(|weight| &weight / &Exact::whole(100)),
        _ => {
            let above = above(pack, figure)?;
            Some(&worth(pack, above)? / &Exact::whole(pieces(pack, above).len() as i64))
        }
    }
}

/// The figure that one is a piece of.
pub fn above(pack: &Pack, figure: Figure) -> Option<Figure> {
    Some(match figure {
        Figure::Overall => return None,
        Figure::Instrument(_) => Figure::Overall,
        Figure::Part(i, _) => Figure::Instrument(i),
        Figure::Indicator(i) => Figure::Instrument(pack.indicators[i].instrument),
        Figure::Group(i, _) => Figure::Indicator(i),
        Figure::Question(q) => Figure::Indicator(pack.questions[q].indicator),
        Figure::QuestionPart(q, _) => Figure::Question(q),
        Figure::Item(o) => {
            let indicator = pack.items[o].indicator?;
            pack.items[o].group.map_or(Figure::Indicator(indicator), |group| Figure::Group(indicator, group))
        }
    })
}

/// The account of an edition: each figure's rows stand after it, and the pieces of every figure add up to it exactly. `None` where the
/// total or a weight is not known.
pub fn account(edition: &Edition) -> Option<(Exact, Vec<Row>)> {
    let rollup = edition.rollup();
    let total = &Exact::whole(100) - &rollup.known(Figure::Overall)?;
    if edition.pack.instruments.iter().any(|instrument| instrument.weight.is_none()) || edition.pack.instruments.is_empty() {
        return None;
    }
    let mut rows = Vec::new();
    split(&rollup, (Figure::Overall, &total), &mut rows);
    Some((total, rows))
}

/// Adds the pieces of a figure; false where none of them is known.
fn split(rollup: &Rollup<'_>, (figure, points): (Figure, &Exact), rows: &mut Vec<Row>) -> bool {
    let mut rest = points.clone();
    let mut any = false;
    for part in below(rollup, figure) {
        let (Some(known), Some(worth)) = (rollup.known(part), worth(rollup.pack, part)) else { continue };
        let lost = &(&Exact::whole(100) - &known) * &worth;
        rest = &rest - &lost;
        any = true;
        let at = rows.len();
        rows.push(Row { of: figure, figure: Some(part), points: lost.clone(), split: false });
        let has_pieces = split(rollup, (part, &lost), rows);
        rows[at].split = has_pieces;
    }
    if any && rest != Exact::whole(0) {
        rows.push(Row { of: figure, figure: None, points: rest, split: false });
    }
    any
}

/// The figures that one is split into; the parts of an instrument in place of its indicators where none of those is known.
fn below(rollup: &Rollup<'_>, figure: Figure) -> Vec<Figure> {
    let pieces = pieces(rollup.pack, figure);
    match figure {
        Figure::Instrument(i) if !pieces.iter().any(|indicator| rollup.known(*indicator).is_some()) => {
            (0..rollup.pack.instruments[i].parts.len()).map(|p| Figure::Part(i, p)).collect()
        }
        _ => pieces,
    }
}

/// The pieces of a figure by the pack: instruments, indicators, groups, questions and items, parts of questions.
fn pieces(pack: &Pack, figure: Figure) -> Vec<Figure> {
    match figure {
        Figure::Overall => (0..pack.instruments.len()).map(Figure::Instrument).collect(),
        Figure::Instrument(i) => pack.indicators_of(i).map(Figure::Indicator).collect(),
        Figure::Indicator(i) if !pack.indicators[i].groups.is_empty() => {
            (0..pack.indicators[i].groups.len()).map(|g| Figure::Group(i, g)).collect()
        }
        Figure::Indicator(i) => pack.questions_of(i).map(Figure::Question).chain(pack.items_of(i).map(Figure::Item)).collect(),
        Figure::Group(i, g) => pack.items_in(i, g).map(Figure::Item).collect(),
        Figure::Question(q) => (0..pack.parts_of(q).len()).map(|p| Figure::QuestionPart(q, p)).collect(),
        Figure::Part(..) | Figure::QuestionPart(..) | Figure::Item(_) => Vec::new(),
    }
}
