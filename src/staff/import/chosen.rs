//! Which of the figures beside a code is its score, and which that of a part. Owns what names and order tell of that. Refuses to choose
//! between two figures that nothing tells apart.

use std::collections::BTreeMap;

use super::grid::Piece;
use super::label::Which;
use crate::base::exact::Exact;
use crate::framework::Part;

/// A cell that may be the score.
pub struct Candidate<'l> {
    /// Which figure of a question it is, where something says so.
    pub which: Option<Which>,
    /// The cell.
    pub piece: &'l Piece,
    /// Its digits in ASCII.
    pub text: String,
    /// Its value.
    pub value: Exact,
    /// Is it written otherwise?
    pub is_other: bool,
}

/// Which figure of the code each candidate is; the cell to be told of where that can't be said.
pub fn chosen<'l>(mut candidates: Vec<Candidate<'l>>, parts: &[Part]) -> Result<Vec<(Which, Candidate<'l>)>, &'l Piece> {
    // The same figure twice is one.
    let mut chosen: BTreeMap<Which, Candidate<'l>> = BTreeMap::new();
    let (named, unnamed): (Vec<_>, Vec<_>) = candidates.drain(..).partition(|one| one.which.is_some());
    for candidate in named {
        let which = candidate.which.unwrap_or(Which::Mean);
        let is_part_of_none = matches!(which, Which::Part(part) if part >= parts.len());
        match chosen.get(&which) {
            _ if is_part_of_none => return Err(candidate.piece),
            Some(first) if first.value != candidate.value => return Err(candidate.piece),
            Some(_) => {}
            None => {
                chosen.insert(which, candidate);
            }
        }
    }
    let has_named = !chosen.is_empty();
    let all_alike = unnamed.windows(2).all(|pair| pair[0].value == pair[1].value);
    let count = unnamed.len();
    if has_named {
        let has_mean = chosen.contains_key(&Which::Mean);
        for candidate in unnamed {
            if chosen.values().any(|one| one.value == candidate.value) {
                continue;
            }
            // The parts are named, and one more figure stands beside them.
            if has_mean || count > 1 || parts.is_empty() {
                return Err(candidate.piece);
            }
            chosen.insert(Which::Mean, candidate);
        }
    } else if !parts.is_empty() && count == parts.len() + 1 {
        let mut values: Vec<&Exact> = unnamed.iter().map(|one| &one.value).collect();
        let mean = values.pop();
        // Nothing names them: that the last is the mean of the others is the only sign.
        let fits = mean.zip(Exact::mean(values)).is_some_and(|(mean, middle)| {
            let apart = if *mean > middle { mean - &middle } else { &middle - mean };
            apart <= Exact::decimal(5, 2)
        });
        if !fits {
            return Err(unnamed[count - 1].piece);
        }
        for (place, candidate) in unnamed.into_iter().enumerate() {
            let which = if place < parts.len() { Which::Part(place) } else { Which::Mean };
            chosen.insert(which, candidate);
        }
    } else if all_alike && (parts.is_empty() || count == 1) {
        chosen.extend(unnamed.into_iter().take(1).map(|candidate| (Which::Mean, candidate)));
    } else if let Some(candidate) = unnamed.get(1) {
        return Err(candidate.piece);
    }
    Ok(chosen.into_iter().collect())
}
