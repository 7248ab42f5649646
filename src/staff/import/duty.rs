//! What a table adds to an edition's `measures.yaml`. Owns which measures are there already, and how a new one is written. Refuses to change
//! one that is there.

use std::sync::Arc;

use super::names::gist;
use super::period;
use super::{Edition, Import, NewMeasure, NewText, Refusal, Told, Understood, Why, faulty, short};
use crate::base::span::Span;
use crate::finding::Severity;
use crate::framework::Pack;
use crate::source::measures::{self, Measure};
use crate::text::SourceText;
use crate::text::decode::Decoder;
use crate::text::yaml::{self, Kind, Node};
use crate::text::yaml_edit::{self, Editor, Unfit, Value};

/// Compares the measures of a table with those that are there, and works out the new text.
///
/// # Errors
/// Where the file has faults, or can't be edited in place.
pub fn compare(edition: &Edition, pack: &Pack, (understood, import): (&mut Understood, &mut Import)) -> Result<(), Refusal> {
    if understood.measures.is_empty() {
        return Ok(());
    }
    let path = import.measures_file.clone();
    let empty = SourceText { path: Arc::from(path.as_str()), text: String::new() };
    let source = edition.measures.as_ref().unwrap_or(&empty);
    let (root, present) = read(source, edition.year, pack)?;
    let mut values = Vec::new();
    for row in std::mem::take(&mut understood.measures) {
        let of_issue: Vec<&Measure> = present.iter().filter(|measure| measure.issue == row.issue).collect();
        let method = |measure: &Measure| measure.method.as_ref().map(|method| gist(&method.value)).unwrap_or_default();
        if of_issue.iter().any(|measure| method(measure) == gist(&row.method)) {
            import.same_measures += 1;
            continue;
        }
        if let Some(other) = of_issue.first() {
            let name = other.id.clone().unwrap_or_else(|| format!("issue {}", other.issue));
            let code = Some(format!("issue-{}", row.issue));
            understood.tell(Told { at: row.at.clone(), text: short(&row.method), code, why: Why::SecondMeasure(name) });
        }
        let taken = |id: &str| {
            present.iter().any(|measure| measure.id.as_deref() == Some(id)) || import.measures.iter().any(|measure| measure.id == id)
        };
        // Each number is taken by one of them at most, so there is a free one among these.
        let most = present.len() + import.measures.len() + 1;
        let id =
            (row.issue as usize..=row.issue as usize + most).map(|number| format!("m{number}")).find(|id| !taken(id)).unwrap_or_default();
        let new = NewMeasure {
            issue: row.issue,
            id,
            method: row.method,
            steps: row.steps,
            responsible: row.responsible,
            period: row.period,
            at: row.at,
        };
        values.push(value(&new));
        import.measures.push(new);
    }
    if values.is_empty() {
        return Ok(());
    }
    let unfit = |_| Refusal::Unfit(path.clone());
    let mut editor = Editor::new(source);
    editor.append(&root, &values).map_err(unfit)?;
    let after = editor.finish();
    hold(source, &after, (edition.year, pack), (&present, &import.measures)).map_err(unfit)?;
    let before = edition.measures.as_ref().map(|source| source.text.clone());
    import.texts.push(NewText { path: path.clone(), before, after });
    Ok(())
}

fn read(source: &SourceText, year: u16, pack: &Pack) -> Result<(Node, Vec<Measure>), Refusal> {
    if source.text.is_empty() {
        return Ok((Node { span: Span::default(), kind: Kind::Null }, Vec::new()));
    }
    let root = yaml::parse(source).map_err(|finding| faulty(source, vec![*finding]))?;
    let mut d = Decoder::new(source, "");
    let read = measures::read(&mut d, &root, year, pack);
    if d.findings.iter().any(|finding| finding.severity() == Severity::Error) {
        return Err(faulty(source, d.findings));
    }
    Ok((root, read))
}

/// A measure as it is written.
fn value(measure: &NewMeasure) -> Value {
    let text = |text: &str| Value::Text(text.to_owned());
    let mut entries = vec![
        ("issue".to_owned(), Value::Plain(measure.issue.to_string())),
        ("id".to_owned(), text(&measure.id)),
        ("method".to_owned(), text(&measure.method)),
    ];
    if !measure.steps.is_empty() {
        entries.push(("steps".to_owned(), Value::List(measure.steps.iter().map(|step| text(step)).collect())));
    }
    if !measure.responsible.is_empty() {
        entries.push(("responsible".to_owned(), Value::List(measure.responsible.iter().map(|name| text(name)).collect())));
    }
    if let Some(words) = &measure.period {
        let days = period::days(words);
        let days = days.into_iter().flat_map(|[from, to]| [("from".to_owned(), Value::Plain(from)), ("to".to_owned(), Value::Plain(to))]);
        entries.push(("period".to_owned(), Value::Flow(days.chain([("text".to_owned(), text(words))]).collect())));
    }
    entries.push(("status".to_owned(), text("planned")));
    Value::Block(entries)
}

/// Reads the new text again: all that was there, and behind it what is new.
fn hold(before: &SourceText, after: &str, (year, pack): (u16, &Pack), (present, new): (&[Measure], &[NewMeasure])) -> Result<(), Unfit> {
    let after = SourceText { path: Arc::clone(&before.path), text: after.to_owned() };
    yaml_edit::hold(before, &after, &|path| path.is_empty())?;
    let (_, read) = read(&after, year, pack).map_err(|_| Unfit::Other)?;
    let is_same = |(measure, new): (&Measure, &NewMeasure)| {
        let method = measure.method.as_ref().map(|method| method.value.as_str());
        measure.issue == new.issue
            && measure.id.as_deref() == Some(&new.id)
            && method.unwrap_or_default() == new.method
            && measure.steps == new.steps
            && measure.responsible == new.responsible
    };
    let fits = read.len() == present.len() + new.len() && read.iter().skip(present.len()).zip(new).all(is_same);
    if fits { Ok(()) } else { Err(Unfit::Other) }
}
