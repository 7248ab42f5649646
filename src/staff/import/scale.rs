//! Figures that are all too small to be points of a hundred. Owns the signs of another scale: shares of one, points of ten, points of an
//! instrument's weight. Refuses to convert: the author says which it is.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::{Found, Told, Understood, Why};
use crate::base::exact::Exact;
use crate::framework::{Figure, Pack};
use crate::source::assessment::Scale;

/// How many instruments must be small together: one alone may be that bad.
const FEWEST_INSTRUMENTS: usize = 2;

/// Tells of figures that seem to be of another scale than the file's.
pub fn tell(understood: &mut Understood, pack: &Pack, scale: Scale) {
    // Each instrument's codes by themselves, and the indicators: one of them may be of another scale than the others.
    let instrument = |indicator: usize| Some(Some(pack.indicators[indicator].instrument));
    let group = |figure: &Figure| match figure {
        Figure::Question(question) | Figure::QuestionPart(question, _) => instrument(pack.questions[*question].indicator),
        Figure::Item(item) => pack.items[*item].indicator.and_then(instrument),
        Figure::Indicator(_) => Some(None),
        _ => None,
    };
    let mut groups: BTreeMap<Option<usize>, Vec<(&Figure, &Found)>> = BTreeMap::new();
    for (figure, found) in &understood.figures {
        if let Some(group) = group(figure) {
            groups.entry(group).or_default().push((figure, found));
        }
    }
    // One alone may be that low beside others.
    let is_alone = |figures: &[(&Figure, &Found)]| figures.len() == 1 && understood.figures.len() > 1;
    let largest = groups.into_values().filter(|figures| !is_alone(figures)).filter_map(|figures| figures.into_iter().max_by(by_value));
    let is_small = |(_, found): &(&Figure, &Found)| found.value <= Exact::whole(10) && found.value > Exact::whole(0);
    let told = |(figure, found): (&Figure, &Found)| (pack.code(*figure), found.clone(), Why::SmallFigures);
    let small: Vec<_> = largest.filter(is_small).map(told).collect();
    let small_of_weight = of_weights(understood, pack).filter(|_| scale != Scale::Weighted);
    for (code, found, why) in small.into_iter().chain(small_of_weight) {
        understood.tell(Told { at: found.at, text: found.text, code: Some(code), why });
    }
}

fn by_value((_, a): &(&Figure, &Found), (_, b): &(&Figure, &Found)) -> Ordering {
    a.value.cmp(&b.value)
}

/// The first instrument, where none of them has more than its weight.
fn of_weights(understood: &Understood, pack: &Pack) -> Option<(String, Found, Why)> {
    let weighted = |figure: &Figure| matches!(figure, Figure::Instrument(_) | Figure::Part(..));
    let figures: Vec<(&Figure, &Found)> = understood.figures.iter().filter(|(figure, _)| weighted(figure)).collect();
    let fits = |(figure, found): &(&Figure, &Found)| pack.weight(**figure).is_some_and(|weight| found.value <= weight);
    let has_points = figures.iter().any(|(_, found)| found.value > Exact::whole(0));
    let (figure, found) = figures.first().filter(|_| figures.len() >= FEWEST_INSTRUMENTS && has_points && figures.iter().all(fits))?;
    let weight = pack.weight(**figure)?;
    Some((pack.code(**figure), (*found).clone(), Why::Weighted(weight.to_string())))
}
