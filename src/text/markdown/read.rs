//! From the parser's events to pieces. Owns every tag that a commentary can have; iterative throughout, so that no depth of nesting
//! can end it.

use std::mem;
use std::ops::Range;

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::buffer::{Buffer, join, shown};
use super::labels::{self, Labels};
use super::notes::Notes;
use super::prose::{LineKind, Prose};
use super::run::{Part, Run};
use super::slug::Ids;
use super::{Alt, Document, Heading, LinkUse, Piece, ReferenceUse, reference};
use crate::base::span::Span;
use crate::base::thai;
use crate::finding::{Code, Finding};
use crate::text::SourceText;
use crate::text::html::{escape_into, running_into};

/// Reads the bytes `range` of a file.
pub(super) fn document(source: &SourceText, range: Range<usize>) -> (Document, Vec<Finding>) {
    let body = &source.text[range.clone()];
    // Ids of headings are read here: the parser takes the braces of a reference at the end of a heading for an id.
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let events: Vec<Spanned<'_>> = Parser::new_ext(body, options).into_offset_iter().collect();
    let joins = joined_breaks(&events);
    let mut reader = Reader::new(source, body, range.start);
    reader.document.prose = Prose::new(range.start);
    for ((event, range), joined) in events.into_iter().zip(joins) {
        match event {
            Event::SoftBreak if joined => {}
            event => reader.event(event, range),
        }
    }
    reader.finish()
}

type Spanned<'a> = (Event<'a>, Range<usize>);

/// For each event, whether it is a line end between two Thai letters: Thai has no spaces between words, so it is nothing.
fn joined_breaks(events: &[Spanned<'_>]) -> Vec<bool> {
    let mut joined = vec![false; events.len()];
    let mut before = None;
    let mut pending = None;
    for (i, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Text(text) => {
                let thai = |c: Option<char>| c.is_some_and(thai::is_letter);
                if let Some(at) = pending.take().filter(|_| thai(before) && thai(text.chars().next())) {
                    joined[at] = true;
                }
                before = text.chars().next_back();
            }
            Event::SoftBreak => pending = Some(i),
            // Words go on through marks of emphasis and the edges of links.
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            _ => (before, pending) = (None, None),
        }
    }
    joined
}

struct OpenHeading {
    level: u8,
    span: Span,
    text: String,
}

struct OpenImage {
    index: usize,
    /// How many images and links are open inside it.
    depth: usize,
    alt: Vec<Alt>,
}

struct Reader<'a> {
    source: &'a SourceText,
    body: &'a str,
    /// Where the body begins in the file.
    base: usize,
    document: Document,
    findings: Vec<Finding>,
    ids: Ids,
    current: Buffer,
    /// What waits while a heading, a cell or a note is read.
    outer: Vec<Buffer>,
    run: Run,
    /// Where this block has a `{{` whose end did not come in its own run.
    open_braces: Option<usize>,
    heading: Option<OpenHeading>,
    link: Option<usize>,
    /// How many links are open inside the link: the parser lets an autolink stand in one, HTML does not.
    inner_links: usize,
    image: Option<OpenImage>,
    in_code: bool,
    raw: Option<String>,
    columns: Vec<Alignment>,
    /// What the heading of each column says.
    labels: Labels,
    column: usize,
    in_head: bool,
    in_row: bool,
    /// Has anything been shown under the last heading?
    is_filled: bool,
    notes: Notes,
    /// The labels of the notes that are being read.
    defining: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a SourceText, body: &'a str, base: usize) -> Self {
        Self {
            source,
            body,
            base,
            document: Document::default(),
            findings: Vec::new(),
            ids: Ids::default(),
            current: Buffer::default(),
            outer: Vec::new(),
            run: Run::default(),
            open_braces: None,
            heading: None,
            link: None,
            inner_links: 0,
            image: None,
            in_code: false,
            raw: None,
            columns: Vec::new(),
            labels: Labels::default(),
            column: 0,
            in_head: false,
            in_row: false,
            is_filled: false,
            notes: Notes::default(),
            defining: Vec::new(),
        }
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Text(text) | Event::Html(text) if self.raw.is_some() => {
                self.raw.get_or_insert_default().push_str(&text);
                self.document.prose.push_html(&text, range);
            }
            Event::Text(text) if self.in_code => self.code(&text),
            Event::Text(text) => self.run.push(&text, range, self.body),
            Event::SoftBreak => self.run.push("\n", range, self.body),
            Event::End(TagEnd::Heading(_)) => {
                let id = self.run.take_id(self.body);
                self.flush();
                self.close_heading(id.as_deref());
            }
            other => {
                self.flush();
                self.mark(other, range);
            }
        }
    }

    /// An event that ends the run before it.
    fn mark(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Code(text) => {
                self.hole(range);
                self.html("<code>");
                self.code(&text);
                self.html("</code>");
            }
            Event::InlineHtml(text) | Event::Html(text) => {
                if self.image.is_none() {
                    self.document.prose.push_html(&text, range.clone());
                }
                self.raw_html(&text, range);
                self.words(&text);
            }
            Event::FootnoteReference(label) => self.note_mark(&label),
            Event::HardBreak => {
                self.document.prose.push(" ", range, false);
                self.html("<br>\n");
                self.unseen(" ");
            }
            Event::Rule => {
                self.html("<hr>\n");
                self.current.end_line();
            }
            // Text and line ends come before; the rest belongs to options that are off.
            Event::Text(_) | Event::SoftBreak | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        if !matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }) {
            self.end_braces();
            // A list may follow the text of its item.
            if !matches!(tag, Tag::TableCell) {
                self.end_prose_line();
            }
        }
        match tag {
            Tag::Paragraph => self.html("<p>"),
            Tag::Heading { level, .. } => {
                self.open_buffer();
                self.heading = Some(OpenHeading { level: level as u8, span: self.trimmed(range), text: String::new() });
            }
            Tag::BlockQuote(_) => self.html("<blockquote>\n"),
            Tag::CodeBlock(_) => {
                self.in_code = true;
                self.html("<pre class=\"ex\"><code>");
            }
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(None) => self.list("<ul>\n"),
            Tag::List(Some(1)) => self.list("<ol>\n"),
            Tag::List(Some(first)) => self.list(&format!("<ol start=\"{first}\">\n")),
            Tag::Item => self.html("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.defining.push(label.into_string());
                self.open_buffer();
            }
            Tag::Table(columns) => {
                let many = match columns.len() {
                    count if count <= labels::FEW => "",
                    count if count <= labels::MOST => " many",
                    _ => " many stacked",
                };
                self.html(&format!("<div class=\"t md{many}\"><table>\n"));
                (self.columns, self.labels) = (columns, Labels::default());
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                self.html("<thead>\n<tr>");
            }
            Tag::TableRow => {
                (self.in_row, self.column) = (true, 0);
                self.html("<tr>");
            }
            Tag::TableCell => self.open_buffer(),
            Tag::Emphasis => self.html("<em>"),
            Tag::Strong => self.html("<strong>"),
            Tag::Strikethrough => self.html("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let mailto = if link_type == LinkType::Email { "mailto:" } else { "" };
                self.open_link(format!("{mailto}{dest_url}"), &title, range);
            }
            Tag::Image { dest_url, title, .. } => self.open_image(&dest_url, &title, range),
            // Their options are off.
            Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) {
            self.end_braces();
            if tag == TagEnd::TableCell { self.document.prose.end_cell() } else { self.end_prose_line() }
        }
        match tag {
            TagEnd::Paragraph => self.end_block("</p>\n"),
            TagEnd::BlockQuote(_) => self.end_block("</blockquote>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.end_block("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.close_raw(range),
            TagEnd::List(true) => self.end_block("</ol>\n"),
            TagEnd::List(false) => self.end_block("</ul>\n"),
            TagEnd::Item => self.end_block("</li>\n"),
            TagEnd::FootnoteDefinition => {
                let content = self.close_buffer();
                self.notes.define(&self.defining.pop().unwrap_or_default(), content);
            }
            TagEnd::Table => self.end_block("</tbody>\n</table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.end_block("</tr>\n</thead>\n<tbody>\n");
            }
            TagEnd::TableRow => {
                self.in_row = false;
                self.end_block("</tr>\n");
            }
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.html("</em>"),
            TagEnd::Strong => self.html("</strong>"),
            TagEnd::Strikethrough => self.html("</del>"),
            TagEnd::Link => self.close_link(),
            TagEnd::Image => self.close_image(),
            // The first is met before, the others' options are off.
            TagEnd::Heading(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// Writes the run of text that is over.
    fn flush(&mut self) {
        if self.run.text.is_empty() {
            // A heading may have been nothing but its id.
            self.run = Run::default();
            return;
        }
        let run = mem::take(&mut self.run);
        let mut open = self.open_braces;
        let (parts, torn) = run.parts(self.body, &mut open);
        self.open_braces = open;
        for range in torn {
            self.misfit(range);
        }
        for part in parts {
            match part {
                Part::Text(range) => {
                    self.prose(&run, range.clone());
                    self.words(&run.text[range]);
                }
                Part::Bold => self.html("<strong>"),
                Part::BoldEnd => self.html("</strong>"),
                Part::Misfit(range) => {
                    self.misfit(run.source(range.clone()));
                    self.hole(run.source(range.clone()));
                    self.words(&run.text[range]);
                }
                Part::Reference(range, reference) => {
                    self.hole(run.source(range.clone()));
                    let span = self.span(run.source(range.clone()));
                    self.document.references.push(ReferenceUse { reference, in_link: self.link.is_some(), span });
                    self.figure(&run.text[range]);
                }
            }
        }
    }

    /// Puts the reference just read, `written` so, where it stands.
    fn figure(&mut self, written: &str) {
        let index = self.document.references.len() - 1;
        self.see();
        for link in self.link.into_iter().chain(self.image.as_ref().map(|image| image.index)) {
            self.document.links[link].text.push_str(written);
        }
        match &mut self.image {
            Some(image) => image.alt.push(Alt::Figure(index)),
            None => self.current.pieces.push(Piece::Figure(index)),
        }
    }

    /// Writes a tag; in the text of an image there are none.
    fn html(&mut self, html: &str) {
        if self.image.is_none() {
            self.current.html(html);
        }
    }

    fn end_block(&mut self, html: &str) {
        self.html(html);
        self.current.end_line();
    }

    fn list(&mut self, html: &str) {
        // A list may follow the text of its item on the same line.
        self.current.end_line();
        self.html(html);
    }

    /// Writes running text.
    fn words(&mut self, text: &str) {
        let text = shown(text);
        if self.image.is_none() {
            running_into(&text, self.current.last_html());
        }
        self.unseen(&text);
    }

    /// Writes code, in which nothing is changed but what would turn the words around it.
    fn code(&mut self, text: &str) {
        let text = thai::still(text);
        let text = shown(&text);
        if self.image.is_none() {
            escape_into(&text, self.current.last_html());
        }
        self.unseen(&text);
    }

    /// Adds text to all that collects text beside the pieces.
    fn unseen(&mut self, text: &str) {
        let has_width = |c: char| !c.is_whitespace() && !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
        if text.contains(has_width) {
            self.see();
        }
        if let Some(heading) = &mut self.heading {
            join(&mut heading.text, text);
        }
        if let Some(link) = self.link {
            join(&mut self.document.links[link].text, text);
        }
        match &mut self.image {
            Some(image) => {
                join(&mut self.document.links[image.index].text, text);
                image.alt.push(Alt::Text(text.to_owned()));
            }
            None if self.in_code => self.current.plain.push_str(text),
            None => join(&mut self.current.plain, text),
        }
    }

    /// Something is shown. What a note says stands at the end of the page, and not where it is written.
    fn see(&mut self) {
        self.document.visible = true;
        self.is_filled |= self.heading.is_none() && self.defining.is_empty();
    }

    /// Adds a part of a run to the running text.
    fn prose(&mut self, run: &Run, range: Range<usize>) {
        if self.image.is_none() {
            for (part, source, is_literal) in run.sources(range) {
                self.document.prose.push(&run.text[part], source, is_literal);
            }
        }
    }

    fn hole(&mut self, range: Range<usize>) {
        if self.image.is_none() {
            self.document.prose.hole(range);
        }
    }

    fn end_prose_line(&mut self) {
        let kind = match (self.in_head, self.in_row) {
            (true, _) => LineKind::Head,
            (_, true) => LineKind::Row,
            _ => LineKind::Text,
        };
        self.document.prose.end_line(kind);
    }

    fn open_buffer(&mut self) {
        self.outer.push(mem::take(&mut self.current));
    }

    /// What was written since the buffer was opened.
    fn close_buffer(&mut self) -> Buffer {
        let outer = self.outer.pop().unwrap_or_default();
        mem::replace(&mut self.current, outer)
    }

    fn close_heading(&mut self, id: Option<&str>) {
        let mut content = self.close_buffer();
        self.end_braces();
        self.document.prose.end_line(LineKind::Heading);
        let Some(heading) = self.heading.take().filter(|_| !content.pieces.is_empty()) else { return };
        let index = self.document.headings.len();
        let text = heading.text.trim().to_owned();
        let id = self.ids.give(id.filter(|id| !id.is_empty()).unwrap_or(&text));
        self.end_section(heading.level);
        self.document.headings.push(Heading { level: heading.level, id, text, span: heading.span, is_empty: false });
        content.end_line();
        self.current.end_line();
        self.current.pieces.push(Piece::HeadingOpen(index));
        self.current.append(content);
        self.current.pieces.push(Piece::HeadingClose(index));
    }

    /// A heading of this level begins, and what stood under the last one is over.
    fn end_section(&mut self, level: u8) {
        let is_filled = mem::take(&mut self.is_filled);
        if let Some(last) = self.document.headings.last_mut().filter(|last| level <= last.level) {
            last.is_empty = !is_filled;
        }
    }

    fn open_link(&mut self, target: String, title: &str, range: Range<usize>) {
        if let Some(image) = &mut self.image {
            image.depth += 1;
        } else if self.link.is_some() {
            self.inner_links += 1;
        } else {
            let index = self.add_link(target, title, false, range);
            self.link = Some(index);
            self.current.pieces.push(Piece::LinkOpen(index));
        }
    }

    fn close_link(&mut self) {
        if let Some(image) = &mut self.image {
            image.depth -= 1;
        } else if self.inner_links > 0 {
            self.inner_links -= 1;
        } else {
            self.link = None;
            self.current.pieces.push(Piece::LinkClose);
        }
    }

    fn open_image(&mut self, target: &str, title: &str, range: Range<usize>) {
        match &mut self.image {
            Some(image) => image.depth += 1,
            None => {
                let index = self.add_link(target.to_owned(), title, true, range);
                self.image = Some(OpenImage { index, depth: 0, alt: Vec::new() });
            }
        }
    }

    fn close_image(&mut self) {
        match self.image.take() {
            Some(mut image) if image.depth > 0 => {
                image.depth -= 1;
                self.image = Some(image);
            }
            Some(image) => {
                self.see();
                self.current.pieces.push(Piece::Image(image.index, image.alt));
            }
            None => {}
        }
    }

    fn add_link(&mut self, target: String, title: &str, image: bool, range: Range<usize>) -> usize {
        if title.contains("{{") {
            // A title is shown as it is written.
            self.misfit(range.clone());
        }
        let span = self.span(range);
        let title = shown(title).into_owned();
        self.document.links.push(LinkUse { target, image, text: String::new(), title, span });
        self.document.links.len() - 1
    }

    fn close_cell(&mut self) {
        let content = self.close_buffer();
        let class = match self.columns.get(self.column) {
            Some(Alignment::Center) => " class=\"ac\"",
            Some(Alignment::Right) => " class=\"ar\"",
            _ => "",
        };
        let label = match self.in_head {
            true => self.labels.add(&content),
            false => self.labels.of(self.column, &content),
        };
        self.column += 1;
        // A heading cell must say something.
        let name = if self.in_head && !content.pieces.is_empty() { "th" } else { "td" };
        let scope = if name == "th" { " scope=\"col\"" } else { "" };
        ["<", name, scope, class, &label, ">"].iter().for_each(|part| self.html(part));
        self.current.append(content);
        ["</", name, ">"].iter().for_each(|part| self.html(part));
        self.unseen(" ");
    }

    fn raw_html(&mut self, text: &str, range: Range<usize>) {
        let place = self.source.place(self.trimmed(range));
        self.findings.push(Finding::new(Code::RawHtml, place).with("found", text.trim()));
    }

    /// A block of HTML, shown as a paragraph of text.
    fn close_raw(&mut self, range: Range<usize>) {
        let Some(text) = self.raw.take() else { return };
        self.raw_html(&text, range);
        self.html("<p>");
        self.words(text.trim());
        self.end_block("</p>\n");
    }

    /// The block is over: a reference that it opened and did not close would stand on the page as it is written.
    fn end_braces(&mut self) {
        let Some(start) = self.open_braces.take() else { return };
        let line = self.body[start..].lines().next().unwrap_or_default().trim_end();
        if reference::begins(line.trim_start_matches('{')) {
            self.misfit(start..start + line.len());
        }
    }

    fn misfit(&mut self, range: Range<usize>) {
        let found = self.body[range.clone()].to_owned();
        let place = self.source.place(self.span(range));
        self.findings.push(Finding::new(Code::WrongType, place).case("reference").with("found", found));
    }

    /// The mark of a note in the text. The text of an image can hold none; in a link the parser finds none.
    fn note_mark(&mut self, label: &str) {
        if self.image.is_none() {
            self.notes.mark(label, &mut self.current);
        }
    }

    fn finish(mut self) -> (Document, Vec<Finding>) {
        self.flush();
        self.end_braces();
        self.end_prose_line();
        self.end_section(0);
        self.notes.write(&mut self.current);
        self.document.by_id = self.document.headings.iter().enumerate().map(|(index, heading)| (heading.id.clone(), index)).collect();
        self.document.pieces = self.current.pieces;
        self.document.plain = self.current.plain;
        for link in &mut self.document.links {
            link.text.truncate(link.text.trim_end().len());
        }
        (self.document, self.findings)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(range.start, range.end).moved(self.base)
    }

    /// The span without the white space at its end, which blocks have.
    fn trimmed(&self, range: Range<usize>) -> Span {
        let length = self.body[range.clone()].trim_end().len();
        self.span(range.start..range.start + length)
    }
}
