//! How a figure follows from the ones below it, written as arithmetic: `(ep + es) / 2`. Owns that notation, which is the same in every
//! language.

use super::rollup::Rollup;
use crate::base::exact::Exact;
use crate::framework::Figure;

/// The formula of a figure; empty where nothing is below it.
pub fn of(rollup: &Rollup<'_>, figure: Figure) -> String {
    let below = rollup.below(figure);
    // Shares that are equal are a mean, or a plain sum; each run of them is written once.
    let mut runs: Vec<(Exact, Vec<String>)> = Vec::new();
    for (child, share) in below {
        let name = term(rollup, figure, child);
        match runs.last_mut().filter(|(last, _)| *last == share) {
            Some((_, names)) => names.push(name),
            None => runs.push((share, vec![name])),
        }
    }
    // A total is written by instrument, whatever two weights have in common.
    if figure == Figure::Overall {
        runs = runs.into_iter().flat_map(|(share, names)| names.into_iter().map(move |name| (share.clone(), vec![name]))).collect();
    }
    let one = |(share, names): &(Exact, Vec<String>)| written(share, names);
    runs.iter().map(one).collect::<Vec<_>>().join(" + ")
}

/// A sum of terms with one share: `(a + b) / 2`, `0.3 × a`, `a + b`.
fn written(share: &Exact, names: &[String]) -> String {
    let sum = names.join(" + ");
    let whole = Exact::whole(1);
    if *share == whole {
        return sum;
    }
    let sum = if names.len() > 1 { format!("({sum})") } else { sum };
    let count = &whole / share;
    let is_count = count == count.rounded(0);
    if is_count && names.len() > 1 { format!("{sum} / {}", count.short(0)) } else { format!("{} × {sum}", share.short(6)) }
}

/// The name of a figure in the formula of another: the key of a part in its own question, else the code.
fn term(rollup: &Rollup<'_>, figure: Figure, child: Figure) -> String {
    match (figure, child) {
        (Figure::Question(_), Figure::QuestionPart(q, p)) => rollup.pack.parts_of(q)[p].key.clone(),
        _ => name(rollup, child),
    }
}

/// The code of a figure; that of a question's part has the part's key behind it: `e6.ep`.
pub fn name(rollup: &Rollup<'_>, figure: Figure) -> String {
    let code = rollup.pack.code(figure);
    match figure {
        Figure::QuestionPart(q, p) => format!("{code}.{}", rollup.pack.parts_of(q)[p].key),
        _ => code,
    }
}
