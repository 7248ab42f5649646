//! What a level asks, as a sentence that follows from the pack. Owns which of the catalogue's sentences fits a level and its neighbour;
//! refuses words of its own, and any knowledge of a scheme.

use super::table::Label;
use super::view::{View, view};
use crate::base::exact::Exact;
use crate::framework::Level;

/// What a level asks: a sentence of the catalogue and its figures.
struct Asks {
    key: &'static str,
    total: Option<Exact>,
    each: Option<Exact>,
    /// What the next better level asks that this one need not reach.
    under: Option<Exact>,
}

/// The sentence of the level at `rank`; none where the pack does not tell.
fn asks(levels: &[Level], rank: usize) -> Option<Asks> {
    let level = levels.get(rank)?;
    let better = rank.checked_sub(1).and_then(|rank| levels.get(rank));
    let (total, each) = (level.total.clone(), level.each.clone());
    let zero = Exact::whole(0);
    let key = match (&total, &each) {
        (Some(total), Some(each)) if total == each => "level.asks.both",
        (Some(_), Some(_)) => "level.asks.two",
        (None, Some(_)) => "level.asks.each",
        (None, None) => return None,
        (Some(own), None) => {
            let above = better.and_then(|better| better.total.as_ref());
            let same_total = above == Some(own);
            // The better level asks the same total and more of the instruments: this is what remains.
            if let Some(each) = better.and_then(|better| better.each.clone()).filter(|_| same_total) {
                return Some(Asks { key: "level.asks.rest", total, each: None, under: Some(each) });
            }
            // A better level that asks something of the instruments leaves totals above its own to this one.
            match above.filter(|above| *above > own && better.is_some_and(|better| better.each.is_none())) {
                Some(above) if *own <= zero => return Some(Asks { key: "level.asks.under", total, each, under: Some(above.clone()) }),
                Some(above) => return Some(Asks { key: "level.asks.between", total, each, under: Some(above.clone()) }),
                None => "level.asks.total",
            }
        }
    };
    Some(Asks { key, total, each, under: None })
}

/// The sentence for tables.
pub fn label(levels: &[Level], rank: usize) -> Option<Label> {
    let asks = asks(levels, rank)?;
    let figures = [("total", asks.total), ("each", asks.each), ("under", asks.under)];
    let given = figures.into_iter().filter_map(|(name, figure)| Some((name, figure?)));
    Some(given.fold(Label::new(asks.key), |label, (name, figure)| label.number(name, figure.short(4))))
}

/// The sentence for templates.
pub fn view(levels: &[Level], rank: usize) -> Option<View> {
    let asks = asks(levels, rank)?;
    let figure = |figure: Option<Exact>| figure.map(|figure| figure.short(4));
    Some(view!({"key": asks.key, "total": figure(asks.total), "each": figure(asks.each), "under": figure(asks.under)}))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(total: Option<i64>, each: Option<i64>) -> Level {
        Level { total: total.map(Exact::whole), each: each.map(Exact::whole), ..Level::default() }
    }

    #[test]
    fn each_level_says_what_it_asks_beside_the_better_one() {
        let levels = [
            level(Some(95), Some(95)),
            level(Some(85), Some(80)),
            level(Some(85), None),
            level(Some(70), None),
            level(Some(0), None),
            level(None, None),
        ];
        let keys: Vec<Option<&str>> = (0..levels.len()).map(|rank| asks(&levels, rank).map(|asks| asks.key)).collect();
        let expected = ["both", "two", "rest", "between", "under"].map(|end| Some(format!("level.asks.{end}")));
        assert_eq!(keys[..5], expected.each_ref().map(|key| key.as_deref()));
        assert_eq!(keys[5], None);
        assert_eq!(asks(&levels, 2).unwrap().under, Some(Exact::whole(80)));
        assert_eq!(asks(&levels, 3).unwrap().under, Some(Exact::whole(85)));
        assert_eq!(asks(&[level(Some(95), Some(95)), level(Some(85), None)], 1).unwrap().key, "level.asks.total");
        assert_eq!(asks(&[level(Some(80), None)], 0).unwrap().key, "level.asks.total");
        assert_eq!(asks(&[level(None, Some(80))], 0).unwrap().key, "level.asks.each");
    }
}
