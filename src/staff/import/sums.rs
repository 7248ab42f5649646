//! Sums and means without a name of their own. Owns when one of them is the total of the agency. Refuses one of a table that holds only a
//! part of the result.

use std::collections::BTreeSet;

use super::{Told, Understood, Why};
use crate::framework::{Figure, Pack};

/// Takes the sum of a table for the total where nothing else states it, and all such sums are one. A sum beside codes is the total only in
/// a file that is about the whole result.
pub fn total(understood: &mut Understood, pack: &Pack) {
    let mut sums = std::mem::take(&mut understood.sums);
    let unsure = std::mem::take(&mut understood.unsure);
    if sums.is_empty() && is_of_all(understood, pack) {
        sums = unsure;
    } else {
        unsure.into_iter().for_each(|sum| understood.tell(Told { at: sum.at, text: sum.text, code: None, why: Why::PartSum }));
    }
    let stated = understood.figures.get(&Figure::Overall).or_else(|| sums.first()).map(|found| found.value.clone());
    let is_one = sums.iter().all(|sum| Some(&sum.value) == stated.as_ref());
    for sum in sums {
        if !is_one {
            understood.tell(Told { at: sum.at, text: sum.text, code: None, why: Why::PartSum });
        } else {
            understood.figures.entry(Figure::Overall).or_insert(sum);
        }
    }
}

/// Are there figures of indicators or instruments, or codes of every instrument?
fn is_of_all(understood: &Understood, pack: &Pack) -> bool {
    let mut of = BTreeSet::new();
    for figure in understood.figures.keys() {
        let indicator = match figure {
            Figure::Indicator(_) | Figure::Instrument(_) | Figure::Part(..) => return true,
            Figure::Question(question) | Figure::QuestionPart(question, _) => Some(pack.questions[*question].indicator),
            Figure::Item(item) => pack.items[*item].indicator,
            _ => None,
        };
        of.extend(indicator.map(|indicator| pack.indicators[indicator].instrument));
    }
    !of.is_empty() && of.len() == pack.instruments.len()
}
