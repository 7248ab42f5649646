//! A run of text: what the parser gives in many pieces (it cuts at every `_`, quote and line end), joined, with the way back to the
//! source. Owns finding what the parser leaves as text: references, bold that the flanking rule refuses, ids of headings.

use std::ops::Range;

use super::{Reference, reference};
use crate::base::thai;

/// Text of one kind, without markup in it.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The text as shown; a line end that counts is `\n`.
    pub(super) text: String,
    chunks: Vec<Chunk>,
}

#[derive(Debug)]
struct Chunk {
    /// Where it begins in the text.
    at: usize,
    /// Its bytes in the source.
    source: Range<usize>,
    /// Is it in the source as it is in the text? An entity is not.
    literal: bool,
}

/// A part of a run.
#[derive(Debug, PartialEq)]
pub(super) enum Part {
    /// Text to show.
    Text(Range<usize>),
    /// A reference.
    Reference(Range<usize>, Reference),
    /// What stands between braces and is no reference; shown as text.
    Misfit(Range<usize>),
    /// Bold begins.
    Bold,
    /// Bold ends.
    BoldEnd,
}

impl Run {
    /// Adds text that the source has at `source`.
    pub(super) fn push(&mut self, text: &str, source: Range<usize>, body: &str) {
        let literal = body.get(source.clone()) == Some(text);
        self.chunks.push(Chunk { at: self.text.len(), source, literal });
        self.text.push_str(text);
    }

    /// The bytes of the source that gave a range of the text.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.chunk(range.start).map_or(0, |chunk| chunk.start(range.start));
        let last = self.chunk(range.end.saturating_sub(1)).map_or(0, |chunk| chunk.end(range.end));
        first..last.max(first)
    }

    /// A range of the text by what the source has as it is: the bytes of the text, those of the source, and whether they are the same.
    pub(super) fn sources(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Range<usize>, bool)> + '_ {
        let first = self.chunks.partition_point(|chunk| chunk.at <= range.start).saturating_sub(1);
        let end = |i: usize| self.chunks.get(i + 1).map_or(self.text.len(), |next| next.at);
        let parts = (first..self.chunks.len()).map(move |i| (i, self.chunks[i].at.max(range.start)..end(i).min(range.end)));
        let parts = parts.take_while(|(_, part)| !part.is_empty());
        parts.map(|(i, part)| {
            let chunk = &self.chunks[i];
            (part.clone(), chunk.start(part.start)..chunk.end(part.end), chunk.literal)
        })
    }

    fn chunk(&self, at: usize) -> Option<&Chunk> {
        self.chunks[..self.chunks.partition_point(|chunk| chunk.at <= at)].last()
    }

    /// Did the author write `mark` at this place of the text as it is, and not escaped?
    fn is_written(&self, at: usize, mark: &str, body: &str) -> bool {
        let Some(chunk) = self.chunk(at) else { return false };
        let start = chunk.start(at);
        let escapes = body[..start].bytes().rev().take_while(|b| *b == b'\\').count();
        chunk.literal && escapes % 2 == 0 && body[start..].starts_with(mark)
    }

    /// Takes `{#id}` from the end of a heading; other words in the braces (`.class`, `key=value`) are dropped with it.
    pub(super) fn take_id(&mut self, body: &str) -> Option<String> {
        let text = self.text.trim_end();
        let open = text.strip_suffix('}')?.rfind('{')?;
        let inside = &text[open + 1..text.len() - 1];
        let fits = inside.starts_with(['#', '.']) && !inside.contains('}') && !text[..open].ends_with('{');
        if !fits || !self.is_written(open, "{", body) || !self.is_written(text.len() - 1, "}", body) {
            return None;
        }
        let id = inside.split_whitespace().find_map(|word| word.strip_prefix('#')).unwrap_or("").to_owned();
        self.text.truncate(self.text[..open].trim_end().len());
        Some(id)
    }

    /// The run in parts. `open` is where the block has braces that markup has cut from their end: where that end comes, the second
    /// value is the whole of it, which can be no reference.
    pub(super) fn parts(&self, body: &str, open: &mut Option<usize>) -> (Vec<Part>, Vec<Range<usize>>) {
        let (braces, torn) = self.braces(body, open);
        let bold = self.bold(body, &braces);
        let mut marks: Vec<(Range<usize>, Part)> = bold;
        marks.extend(braces.into_iter().map(|range| {
            let part = match reference::read(&self.text[range.start + 2..range.end - 2]) {
                Some(reference) => Part::Reference(range.clone(), reference),
                None => Part::Misfit(range.clone()),
            };
            (range, part)
        }));
        marks.sort_by_key(|(range, _)| range.start);
        let mut parts = Vec::with_capacity(marks.len() * 2 + 1);
        let mut at = 0;
        for (range, part) in marks {
            if at < range.start {
                parts.push(Part::Text(at..range.start));
            }
            parts.push(part);
            at = range.end;
        }
        if at < self.text.len() {
            parts.push(Part::Text(at..self.text.len()));
        }
        (parts, torn)
    }

    /// Every `{{ … }}` of the text, from the innermost `{{` on; and, in the source, those that begin in an earlier run.
    fn braces(&self, body: &str, open: &mut Option<usize>) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let (mut found, mut torn, mut at) = (Vec::new(), Vec::new(), 0);
        // Few runs have any brace.
        if !self.text.as_bytes().contains(&b'{') && !self.text.as_bytes().contains(&b'}') {
            return (found, torn);
        }
        while let Some(close) = self.text[at..].find("}}").map(|i| at + i) {
            let end = close + 2;
            match self.text[at..close].rfind("{{").map(|i| at + i) {
                Some(start) => {
                    *open = None;
                    // One that begins before it has no end of its own.
                    let before = &self.text[at..start];
                    if let Some(lost) = before.rfind("{{").filter(|lost| reference::begins(&before[lost + 2..])).map(|lost| at + lost)
                        && self.is_written(lost, "{{", body)
                    {
                        let line = self.text[lost..start].lines().next().map_or(0, |line| line.trim_end().len());
                        torn.push(self.source(lost..lost + line));
                    }
                    if self.is_written(start, "{{", body) {
                        found.push(start..end);
                    }
                }
                None if self.is_written(close, "}}", body) => {
                    torn.extend(open.take().map(|start| start..self.source(close..end).end));
                }
                None => {}
            }
            at = end;
        }
        if let Some(start) = self.text[at..].rfind("{{").map(|i| at + i).filter(|start| self.is_written(*start, "{{", body)) {
            *open = Some(self.source(start..start + 2).start);
        }
        (found, torn)
    }

    /// Pairs of `**` that CommonMark leaves as text because a bracket or quote stands inside and a Thai letter outside, with no
    /// space, as Thai has none: `**(IIT)**คือ`. The author sees bold in every editor, so it is bold here.
    /// A pair with other markup inside it stays text, as does one whose marks the parser has paired with others.
    fn bold(&self, body: &str, braces: &[Range<usize>]) -> Vec<(Range<usize>, Part)> {
        let text = &self.text;
        if !text.as_bytes().contains(&b'*') {
            return Vec::new();
        }
        let before = |at: usize| text[..at].chars().next_back();
        let after = |at: usize| text[at + 2..].chars().next();
        let inside_braces = |at: usize| {
            let next = braces.partition_point(|range| range.end <= at);
            braces.get(next).is_some_and(|range| range.start <= at)
        };
        let marks: Vec<usize> = text
            .match_indices("**")
            .map(|(at, _)| at)
            .filter(|at| before(*at) != Some('*') && after(*at) != Some('*') && !inside_braces(*at) && self.is_written(*at, "**", body))
            .collect();
        let is_space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let is_thai = |c: Option<char>| c.is_some_and(thai::is_letter);
        let mut found = Vec::new();
        let mut rest = marks.as_slice();
        while let [start, end, tail @ ..] = rest {
            let (start, end) = (*start, *end);
            let tight = !is_space(after(start)) && !is_space(before(end)) && !text[start + 2..end].contains('*');
            if tight && (is_thai(before(start)) || is_thai(after(end))) {
                found.push((start..start + 2, Part::Bold));
                found.push((end..end + 2, Part::BoldEnd));
                rest = tail;
            } else {
                rest = &rest[1..];
            }
        }
        found
    }
}

impl Chunk {
    /// Where in the source a place of the text begins.
    fn start(&self, at: usize) -> usize {
        if self.literal { (self.source.start + at.saturating_sub(self.at)).min(self.source.end) } else { self.source.start }
    }

    /// Where in the source the text up to a place ends.
    fn end(&self, at: usize) -> usize {
        if self.literal { self.start(at) } else { self.source.end }
    }
}
