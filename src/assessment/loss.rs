//! Where the points went: what each instrument, or each part of one, took from the total of 100.

use super::edition::Edition;
use crate::base::exact::Exact;
use crate::framework::Figure;

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
