//! What the ledger says of the figures, as findings: a figure that its parts can't give, and a level that the conditions don't. Owns what
//! is told; refuses arithmetic, and to say whose slip it is.

use serde_json::{Map, Value, json};

use crate::assessment::edition::Edition;
use crate::assessment::explain::{Explanation, Misprint, Pattern, Slip};
use crate::assessment::formula;
use crate::assessment::ledger::{Entry, Ledger, State};
use crate::assessment::level::{self, Fitting};
use crate::assessment::rollup::{Reading, Rollup};
use crate::finding::{Code, Finding};
use crate::framework::Figure;

/// How many decimals numbers of the ledger have in data. Source: `data.derived` in the format's description.
pub const DECIMALS: u32 = 4;

/// The findings about an edition's figures and its level.
pub fn findings(edition: &Edition, ledger: &Ledger) -> Vec<Finding> {
    let figures = ledger.entries.iter().filter_map(|(figure, entry)| about(edition, *figure, entry));
    figures.chain(level(edition)).collect()
}

fn about(edition: &Edition, figure: Figure, entry: &Entry) -> Option<Finding> {
    let code = match entry.state {
        State::Contradicts => Code::ScoreMismatch,
        State::Rounding => Code::ScoreRounding,
        State::Follows | State::Unchecked => return None,
    };
    let (rollup, published, derived) = (edition.rollup(), edition.published(figure)?, entry.derived.as_ref()?);
    let name = edition.pack.code(figure);
    let point = derived.point.short(DECIMALS);
    let mut finding = Finding::new(code, published.place.clone())
        .about(format!("{}/{name}", edition.year))
        .with("kind", figure.title())
        .with("code", if figure == Figure::Overall { String::new() } else { name })
        .with("published", published.text.as_str())
        .with("derived", closest(entry).unwrap_or_default())
        .with("formula", formula::of(&rollup, figure))
        .data("published", published.text.as_str())
        .data("derived", point.as_str())
        .data("low", derived.low.short(DECIMALS))
        .data("high", derived.high.short(DECIMALS))
        .data("formula", formula::of(&rollup, figure))
        .data("parts", parts(edition, &rollup, figure));
    if entry.state == State::Contradicts {
        finding = finding.data("explained_by", explained_by(&rollup, &entry.explanation));
    }
    Some(finding)
}

/// What a message says that the parts give: for rounding what comes nearest, else what the nearest figures give.
fn closest(entry: &Entry) -> Option<String> {
    let closer = entry.closer.as_ref().filter(|_| entry.state == State::Rounding);
    closer.or(entry.derived.as_ref().map(|band| &band.point)).map(|point| point.short(DECIMALS))
}

/// The nearest published figures below, with the digits that were printed.
fn parts(edition: &Edition, rollup: &Rollup<'_>, figure: Figure) -> Value {
    let part = |figure: Figure| {
        let text = edition.published(figure).map(|published| published.text.as_str());
        json!({"code": formula::name(rollup, figure), "published": text})
    };
    rollup.leaves(figure, Reading::Nearest).unwrap_or_default().into_iter().map(|(leaf, _)| part(leaf)).collect()
}

fn explained_by(rollup: &Rollup<'_>, explanation: &Explanation) -> Value {
    let patterns: Vec<Value> = explanation.patterns.iter().map(|pattern| pattern_of(rollup, pattern)).collect();
    let misprints: Vec<Value> = explanation.misprints.iter().map(|misprint| misprint_of(rollup, misprint)).collect();
    json!({"patterns": patterns, "misprints": misprints})
}

/// Counts per group, and the items that it may be of each.
fn pattern_of(rollup: &Rollup<'_>, pattern: &Pattern) -> Value {
    let (mut counts, mut candidates) = (Map::new(), Map::new());
    for zeros in &pattern.zeros {
        let group = rollup.pack.code(zeros.group);
        let before = counts.get(&group).and_then(Value::as_u64).unwrap_or(0);
        counts.insert(group.clone(), json!(before + zeros.count as u64));
        let codes = zeros.candidates.iter().map(|item| Value::from(rollup.pack.code(*item)));
        if let Value::Array(list) = candidates.entry(group).or_insert_with(|| Value::Array(Vec::new())) {
            list.extend(codes);
        }
    }
    json!({"zeros": counts, "candidates": candidates})
}

fn misprint_of(rollup: &Rollup<'_>, misprint: &Misprint) -> Value {
    let code = formula::name(rollup, misprint.figure);
    match &misprint.slip {
        Slip::Swapped(figure) => json!({"code": code, "slip": "swapped", "figure": figure}),
        Slip::Dropped(figure) => json!({"code": code, "slip": "dropped", "figure": figure}),
        Slip::Copied(from) => json!({"code": code, "slip": "copied", "from": formula::name(rollup, *from)}),
    }
}

/// The announced level against what the conditions give; nothing where a figure that matters is not known.
fn level(edition: &Edition) -> Option<Finding> {
    let announced = edition.assessment.level.as_ref()?;
    let own = level::announced(edition).map(|own| own.rank);
    let (case, given) = match level::fitting(edition) {
        Fitting::Level(rank) if Some(rank) != own => ("", Some(&edition.pack.levels[rank].name)),
        Fitting::None => ("none", None),
        Fitting::Level(_) | Fitting::Unknown => return None,
    };
    let (mut unmet, mut in_words) = (Vec::new(), (Vec::new(), Vec::new()));
    for (figure, value, threshold) in level::unmet(edition) {
        let (code, value, threshold) = (edition.pack.code(figure), value.short(DECIMALS), threshold.short(DECIMALS));
        unmet.push(format!("{code} {value} < {threshold}"));
        let (th, en) = figure.title();
        let code = if figure == Figure::Overall { "" } else { &code };
        in_words.0.push(format!("{th}{code} ได้ {value} ซึ่งต่ำกว่าเกณฑ์ {threshold}"));
        in_words.1.push(format!("{en}{code} has {value}, below the {threshold} that is asked for"));
    }
    let case = if case.is_empty() && !unmet.is_empty() { "unmet" } else { case };
    let mut finding = Finding::new(Code::LevelMismatch, announced.place.clone())
        .case(case)
        .about(format!("{}/overall", edition.year))
        .with("announced", announced.value.as_str())
        .data("announced", announced.value.as_str())
        .data("derived", given.map(|name| name.th.clone()))
        .data("unmet", unmet);
    if let Some(name) = given {
        finding = finding.with("derived", name.th.as_str());
    }
    Some(finding.with("unmet", in_words))
}
