//! Themes: templates, style sheet and string catalogues, the built-in ones and the files of a site that override them one by one.
//! Owns the functions that templates may call and the fence around them: escaping everywhere, undefined names are faults, fuel, no
//! files, no network. The one module that names the template engine.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior};

use super::deep::{STACK, in_time, no_stack};
use super::linked;
use super::settled;
use super::table::status_icon;
use super::voice::{Voice, plain};
use crate::base::address::{self, Address, LinkStyle};
use crate::base::date::Date;
use crate::base::language::{Language, Name};
use crate::base::lookup::Lookup;
use crate::base::span::{Located, Place, Span};
use crate::base::thai::nearest;
use crate::finding::{Code, Finding};
use crate::site::glossary::Words;
use crate::site::page::Download;
use crate::site::view::{Members, Pairs, Show, View, is_name};
use crate::source::files::{Content, Files};
use crate::source::site::Site;
use crate::text::html::escape;
use crate::text::{SourceText, strings};

/// The name of the built-in theme.
const DEFAULT: &str = "default";

/// How much work one page may be; the largest real one takes a hundredth. It bounds memory too: one unit pays for 64 bytes.
const FUEL: u64 = 3_000_000;

/// The same where the site has templates of its own. They can put a list into a list without end, and the engine compares and drops such
/// a thing with a step of the stack for each level: up to 1.8 KB of [`STACK`] for one unit of work.
const FUEL_OF_OWN: u64 = 250_000;

/// How large a catalogue may be.
const LARGEST_CATALOGUE: usize = 128 * 1024;

/// How many brackets of a catalogue may be open at once: its sentences name values, `{name}`, and nothing is nested. Its reader takes the
/// square of their number.
const MOST_OPEN: i64 = 64;

/// How large a template may be. The engine reads an expression with one step of the stack for each operator, so a bound on the file,
/// and [`STACK`] for the reading, is a bound on the stack.
const LARGEST: usize = 256 * 1024;

/// The files of the built-in theme.
const BUILT_IN: &[(&str, &str)] = &[
    ("404.html", include_str!("../../themes/default/404.html")),
    ("about-data.html", include_str!("../../themes/default/about-data.html")),
    ("agencies.html", include_str!("../../themes/default/agencies.html")),
    ("agency.html", include_str!("../../themes/default/agency.html")),
    ("audit.html", include_str!("../../themes/default/audit.html")),
    ("base.html", include_str!("../../themes/default/base.html")),
    ("changes.html", include_str!("../../themes/default/changes.html")),
    ("charts.html", include_str!("../../themes/default/charts.html")),
    ("documents.html", include_str!("../../themes/default/documents.html")),
    ("edition.html", include_str!("../../themes/default/edition.html")),
    ("filter.html", include_str!("../../themes/default/filter.html")),
    ("glossary.html", include_str!("../../themes/default/glossary.html")),
    ("issue.html", include_str!("../../themes/default/issue.html")),
    ("issues.html", include_str!("../../themes/default/issues.html")),
    ("item-years.html", include_str!("../../themes/default/item-years.html")),
    ("item.html", include_str!("../../themes/default/item.html")),
    ("kind.html", include_str!("../../themes/default/kind.html")),
    ("level.html", include_str!("../../themes/default/level.html")),
    ("mast.html", include_str!("../../themes/default/mast.html")),
    ("measures.html", include_str!("../../themes/default/measures.html")),
    ("names.html", include_str!("../../themes/default/names.html")),
    ("oit.html", include_str!("../../themes/default/oit.html")),
    ("origin.html", include_str!("../../themes/default/origin.html")),
    ("page.html", include_str!("../../themes/default/page.html")),
    ("parts.html", include_str!("../../themes/default/parts.html")),
    ("province.html", include_str!("../../themes/default/province.html")),
    ("redirect.html", include_str!("../../themes/default/redirect.html")),
    ("report.html", include_str!("../../themes/default/report.html")),
    ("scores.html", include_str!("../../themes/default/scores.html")),
    ("search-agencies.html", include_str!("../../themes/default/search-agencies.html")),
    ("search.html", include_str!("../../themes/default/search.html")),
    ("verify.html", include_str!("../../themes/default/verify.html")),
    ("strings/en.yaml", include_str!("../../themes/default/strings/en.yaml")),
    ("strings/th.yaml", include_str!("../../themes/default/strings/th.yaml")),
    ("icon.svg", include_str!("../../themes/default/icon.svg")),
    ("lists.css", include_str!("../../themes/default/lists.css")),
    ("lists.js", include_str!("../../themes/default/lists.js")),
    ("search.js", include_str!("../../themes/default/search.js")),
    ("style.css", include_str!("../../themes/default/style.css")),
    ("symbols.html", include_str!("../../themes/default/symbols.html")),
];

/// The icon for screens that take no drawing: `icon.svg` at 180 pixels.
const ICON: &[u8] = include_bytes!("../../themes/default/icon.png");

/// A theme, ready to write pages.
pub struct Theme {
    environment: Arc<Environment<'static>>,
    /// The first page that took too long. Then no other is tried, and this is told once.
    stuck: OnceLock<Finding>,
    /// How the site speaks.
    pub voice: Arc<Voice>,
    /// What the glossary calls things.
    pub words: Arc<Words>,
    sources: Arc<Sources>,
}

/// The files of a theme by name, each with the path that an author would edit.
#[derive(Debug)]
struct Sources {
    name: String,
    /// Where the site names the theme.
    place: Place,
    own: BTreeMap<String, SourceText>,
    /// Its own `icon.png`.
    icon: Option<Vec<u8>>,
}

impl Sources {
    /// The text of a template. `default/NAME` is always the built-in one, so that an override can extend what it replaces.
    fn text(&self, name: &str) -> Option<&str> {
        if let Some(name) = name.strip_prefix("default/") {
            return built_in(name);
        }
        self.own.get(name).map(|source| source.text.as_str()).or_else(|| built_in(name))
    }

    /// The path of a file of the theme.
    fn path(&self, name: &str) -> Arc<str> {
        match self.own.get(name) {
            Some(source) => Arc::clone(&source.path),
            None => Arc::from(format!("themes/{DEFAULT}/{}", name.strip_prefix("default/").unwrap_or(name))),
        }
    }

    /// Are all templates the built-in ones, or copies of them? Only somebody's own may be hostile.
    fn has_built_in_templates(&self) -> bool {
        let mut templates = self.own.iter().filter(|(name, _)| name.ends_with(".html"));
        templates.all(|(name, source)| built_in(name) == Some(&source.text))
    }

    /// The path of a template that the site overrides.
    fn own_template(&self, template: &str) -> Option<Arc<str>> {
        self.own.get(&format!("{template}.html")).map(|source| Arc::clone(&source.path))
    }

    /// Where a fault of a page is told: at the site's own template where there is one, else where the theme is named.
    fn place_of(&self, template: &str) -> Place {
        self.own_template(template).or_else(|| self.own_template("base")).map_or_else(|| self.place.clone(), Place::top)
    }

    /// That a page takes more work than a page may.
    fn endless(&self, template: &str, subject: &str) -> Finding {
        Finding::new(Code::Template, self.place_of(template)).case("work").about(subject).with("page", subject)
    }

    fn finding(&self, error: &Error, subject: &str) -> Finding {
        // The innermost cause is where the fault is; the outer errors say which template included it.
        let mut inner = error;
        while let Some(cause) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
            if cause.name().is_none() {
                break;
            }
            inner = cause;
        }
        let name = inner.name().unwrap_or("base.html");
        if inner.kind() == ErrorKind::OutOfFuel {
            let mut finding = self.endless(name.trim_end_matches(".html"), subject);
            if let (Some(source), Some(line)) = (self.own.get(name), inner.line()) {
                finding.place.span = inner.range().map_or_else(|| line_span(&source.text, line), |range| Span::new(range.start, range.end));
                finding.look(&source.text);
            }
            return finding;
        }
        let text = self.text(name).unwrap_or_default();
        let span = match (inner.range(), inner.line()) {
            (Some(range), _) => Span::new(range.start, range.end),
            (None, Some(line)) => line_span(text, line),
            _ => Span::default(),
        };
        let detail = inner.detail().map_or_else(|| inner.kind().to_string(), |detail| format!("{}: {detail}", inner.kind()));
        let mut finding = Finding::new(Code::Template, Place::new(&self.path(name), span)).about(subject).with("detail", detail);
        finding.look(text);
        finding
    }
}

/// The text of a file of the built-in theme.
pub fn built_in(name: &str) -> Option<&'static str> {
    BUILT_IN.iter().find(|(file, _)| *file == name).map(|(_, text)| *text)
}

/// The finding that there is no theme of a name.
fn unknown(files: &Files, theme: &Located<String>) -> Finding {
    let names = files.keys().filter_map(|path| path.strip_prefix("themes/")?.split_once('/').map(|(name, _)| name));
    let names: Vec<&str> = names.chain([DEFAULT]).collect();
    let finding = Finding::new(Code::UnknownTheme, theme.place.clone()).with("name", theme.value.as_str());
    match nearest(&theme.value, &names) {
        Some(nearest) => finding.case("near").with("nearest", nearest),
        None => finding,
    }
}

/// The names of the files of the built-in theme that are texts.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(file, _)| *file)
}

impl Theme {
    /// Loads the theme that the site names, from the built-in files and those below `themes/NAME/`.
    pub fn load(site: &Site, files: &Files) -> (Option<Self>, Vec<Finding>) {
        let mut findings = Vec::new();
        let folder = format!("themes/{}/", site.theme.value);
        let mut own = BTreeMap::new();
        let mut icon = None;
        let mut there = site.theme.value == DEFAULT;
        if let Some((path, _)) = files.get_key_value(folder.trim_end_matches('/')) {
            findings.push(Finding::new(Code::UnknownFile, Place::top(Arc::clone(path))).case("folder"));
        }
        for (path, content) in files.iter().filter(|(path, _)| path.starts_with(&folder)) {
            there = true;
            match content {
                Content::Text(bytes) if path.ends_with("/icon.png") => icon = Some(bytes.to_vec()),
                Content::Text(bytes) => match SourceText::new(Arc::clone(path), bytes.clone()) {
                    Ok(mut source) => {
                        // A byte order mark would stand before the doctype.
                        source.text.drain(..source.mark());
                        let is_catalogue = path.ends_with(".yaml");
                        if source.text.len() > if is_catalogue { LARGEST_CATALOGUE } else { LARGEST } {
                            let why = if is_catalogue {
                                ("ไฟล์ใหญ่เกิน 128 KB", "the file is larger than 128 KB")
                            } else {
                                ("ไฟล์ใหญ่เกิน 256 KB", "the file is larger than 256 KB")
                            };
                            findings.push(Finding::new(Code::Template, Place::top(Arc::clone(path))).case("bounds").with("detail", why));
                            continue;
                        }
                        if is_catalogue && is_nested(&source.text) {
                            let why = ("วงเล็บซ้อนกันเกิน 64 ชั้น", "more than 64 brackets stand in one another");
                            findings.push(Finding::new(Code::Template, Place::top(Arc::clone(path))).case("bounds").with("detail", why));
                            continue;
                        }
                        own.insert(path[folder.len()..].to_owned(), source);
                    }
                    // Pictures and fonts of a theme's author are no concern of ours unless they take the name of a template.
                    Err(finding)
                        if path.ends_with(".html") || path.ends_with(".yaml") || path.ends_with(".css") || path.ends_with(".js") =>
                    {
                        findings.push(*finding);
                    }
                    Err(_) => {}
                },
                Content::Unreadable(detail) => {
                    findings.push(Finding::new(Code::UnreadableFile, Place::top(Arc::clone(path))).with("detail", detail.clone()));
                }
                Content::Escape => findings.push(Finding::new(Code::PathEscape, Place::top(Arc::clone(path))).case("symlink")),
                Content::Attachment { .. } | Content::Other => {}
            }
        }
        if !there {
            findings.push(unknown(files, &site.theme));
            return (None, findings);
        }
        let sources = Arc::new(Sources { name: site.theme.value.clone(), place: site.theme.place.clone(), own, icon });
        let strings = load_strings(&sources, site.language, &mut findings);
        let voice = Arc::new(Voice::new(site.language, site.digits, &strings));
        let words = Arc::new(Words::new(site.language, |key| strings.get(key).cloned()));
        let environment = Arc::new(environment(&sources, Speech { voice: &voice, words: &words, strings: &strings }, site.links));
        let theme = Self { environment, stuck: OnceLock::new(), voice, words, sources };
        findings.extend(theme.check());
        (findings.iter().all(|f| f.code != Code::Template).then_some(theme), findings)
    }

    /// Reads every template, where somebody wrote one, so that a fault is found even where no page uses it.
    fn check(&self) -> Vec<Finding> {
        if self.sources.has_built_in_templates() {
            return Vec::new();
        }
        let own = self.sources.own.keys().filter(|name| name.ends_with(".html")).map(String::as_str);
        let mut names: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).filter(|name| name.ends_with(".html")).chain(own).collect();
        names.sort_unstable();
        names.dedup();
        let read = || -> Vec<Finding> {
            names
                .iter()
                .filter_map(|name| self.environment.get_template(name).err())
                .map(|error| self.sources.finding(&error, ""))
                .collect()
        };
        // Somebody's own templates may be hostile: they are read on a stack that no template of the allowed size exhausts.
        std::thread::scope(|scope| match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read) {
            Ok(thread) => thread.join().unwrap_or_default(),
            Err(_) => vec![no_stack(self.sources.place_of(""))],
        })
    }

    /// Writes a page from a template and what it may know.
    ///
    /// # Errors
    /// `template`, at the place in the theme's file.
    pub fn render(&self, template: &str, context: &Context, subject: &str) -> Result<String, Box<Finding>> {
        let name = format!("{template}.html");
        let (environment, sources, context) = (Arc::clone(&self.environment), Arc::clone(&self.sources), context.0.clone());
        let about = subject.to_owned();
        // An error holds what the template had made, so it has to end on the stack that this was made on.
        let write = move || {
            let written = environment.get_template(&name).and_then(|template| template.render(context));
            written.map_err(|error| Box::new(sources.finding(&error, &about)))
        };
        if self.sources.has_built_in_templates() {
            return write();
        }
        if let Some(stuck) = self.stuck.get() {
            return Err(Box::new(stuck.clone()));
        }
        let stuck = match in_time(write) {
            Ok(Some(written)) => return written,
            Ok(None) => self.sources.endless(template, subject),
            Err(_) => no_stack(self.sources.place_of(template)),
        };
        Err(Box::new(self.stuck.get_or_init(|| stuck).clone()))
    }

    /// The path of a template that the site overrides.
    pub fn own(&self, template: &str) -> Option<Arc<str>> {
        self.sources.own_template(template)
    }

    /// The files that lie at the site's root, by name. Those of one agency have nothing of long lists: no script, and no style.
    pub fn root_files(&self, many: bool) -> impl Iterator<Item = (&'static str, Vec<u8>)> + '_ {
        let text = |name: &str| self.sources.text(name).unwrap_or_default().as_bytes();
        let names = ["style.css", "icon.svg", "search.js"].into_iter().chain(many.then_some("lists.js"));
        let with = move |name| if many && name == "style.css" { text("lists.css") } else { &[] };
        let texts = names.map(move |name| (name, [text(name), with(name)].concat()));
        texts.chain([("icon.png", self.sources.icon.clone().unwrap_or_else(|| ICON.to_vec()))])
    }

    /// The name of the theme.
    pub fn name(&self) -> &str {
        &self.sources.name
    }
}

/// Are too many brackets of a catalogue open at once?
fn is_nested(text: &str) -> bool {
    let mut open = 0;
    text.bytes().any(|byte| {
        open += i64::from(matches!(byte, b'[' | b'{')) - i64::from(matches!(byte, b']' | b'}'));
        open > MOST_OPEN
    })
}

/// The bytes of a line of a text, from 1.
fn line_span(text: &str, line: usize) -> Span {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| start + length);
    Span::new(start, end)
}

/// The catalogue of a language: the built-in sentences, and those of the site's own in their place.
fn load_strings(sources: &Sources, language: Language, findings: &mut Vec<Finding>) -> strings::Strings {
    let name = format!("strings/{}.yaml", language.code());
    let mut all = strings::read(built_in(&name).unwrap_or_default()).unwrap_or_default();
    if let Some(source) = sources.own.get(&name) {
        match strings::read(&source.text) {
            Ok(own) => all.extend(own),
            Err(error) => {
                let place = Place::new(&source.path, line_span(&source.text, error.line));
                let mut finding = Finding::new(Code::Template, place).with("detail", error.detail);
                finding.look(&source.text);
                findings.push(finding);
            }
        }
    }
    all
}

/// Something that a template may know, ready for it. What many pages show is made once and shared.
#[derive(Clone, Debug)]
pub struct Shown(Value);

impl Shown {
    /// Plain data.
    pub fn new(data: &(impl Show + ?Sized)) -> Self {
        Self(shown(&data.show()))
    }

    /// A text that is HTML already.
    pub fn fragment(html: String) -> Self {
        Self(Value::from_safe_string(html))
    }

    /// Sizes of files by their addresses.
    pub fn sizes(files: &[Download]) -> Self {
        let known = files.iter().filter_map(|file| Some((file.address.as_str().to_owned(), Value::from(file.size?))));
        Self(Value::from(known.collect::<BTreeMap<String, Value>>()))
    }

    /// Texts that are HTML already, by name.
    pub fn html(texts: impl IntoIterator<Item = (String, String)>) -> Self {
        let safe: BTreeMap<String, Value> = texts.into_iter().map(|(name, text)| (name, Value::from_safe_string(text))).collect();
        Self(Value::from(safe))
    }
}

/// All that a template may know, by name.
#[derive(Clone, Debug)]
pub struct Context(Value);

impl Context {
    /// What is shown, by name.
    pub fn new(names: impl IntoIterator<Item = (&'static str, Shown)>) -> Self {
        Self(Value::from_object(Names(names.into_iter().map(|(name, shown)| (name, shown.0)).collect())))
    }
}

/// The names of a context. There are some twenty, and templates ask for them all the time: to look at each is faster than a tree.
#[derive(Debug)]
struct Names(Vec<(&'static str, Value)>);

impl Object for Names {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| is_name(name, key)).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.0.iter().map(|(name, _)| Value::from(*name)).collect())
    }
}

/// Plain data as templates take it. Nothing is copied: what a template asks for is found when it asks.
fn shown(view: &View) -> Value {
    match view {
        View::Null => Value::from(()),
        View::Flag(flag) => Value::from(*flag),
        View::Number(number) => Value::from(*number),
        View::Text(text) => Value::from(text),
        View::Name(name) => Value::from_dyn_object(Arc::clone(name)),
        View::List(list) => Value::from_dyn_object(Arc::clone(list)),
        View::Map(pairs) => Value::from_dyn_object(Arc::clone(pairs)),
    }
}

/// A name: `{th, en}`.
impl Object for Name {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "th" => Some(Value::from(self.th.as_str())),
            "en" => Some(Value::from(self.en.as_deref())),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["th", "en"])
    }
}

impl Object for Members {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.0.get(key.as_usize()?).map(shown)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.0.len())
    }
}

impl Object for Pairs {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.get(key).map(shown)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.names().map(Value::from).collect())
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.names().len())
    }
}

/// How the site speaks, what its glossary calls things, and the catalogue that both were made from.
#[derive(Clone, Copy)]
struct Speech<'a> {
    voice: &'a Arc<Voice>,
    words: &'a Arc<Words>,
    strings: &'a strings::Strings,
}

fn environment(sources: &Arc<Sources>, speech: Speech<'_>, links: LinkStyle) -> Environment<'static> {
    let voice = speech.voice;
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    env.set_auto_escape_callback(|_| AutoEscape::Html);
    env.set_fuel(Some(if sources.has_built_in_templates() { FUEL } else { FUEL_OF_OWN }));
    env.set_debug(true);
    env.set_recursion_limit(60);
    let (loader, own) = (Arc::clone(sources), Arc::clone(voice));
    env.set_loader(move |name| {
        let is_own = loader.own.contains_key(name);
        Ok(loader.text(name).map(|text| if is_own { text.to_owned() } else { settled::template(text, &own) }))
    });
    env.set_formatter(|out, _, value| {
        if value.is_none() {
            return Ok(());
        }
        match value.as_str() {
            Some(text) if value.is_safe() => out.write_str(text)?,
            Some(text) => out.write_str(&escape(text))?,
            // Nobody wants to read a list in brackets, and one of a hundred million members takes minutes to write.
            None if matches!(value.kind(), ValueKind::Seq | ValueKind::Iterable | ValueKind::Map | ValueKind::Plain) => {
                return Err(Error::new(ErrorKind::InvalidOperation, "a list or a map can't be shown; take its members"));
            }
            None => out.write_str(&escape(&value.to_string()))?,
        }
        Ok(())
    });
    add_words(&mut env, speech);
    add_values(&mut env, voice);
    add_links(&mut env, (voice, speech.words), links);
    env
}

/// Sentences, names and texts.
fn add_words(env: &mut Environment<'static>, Speech { voice, strings, .. }: Speech<'_>) {
    let own = Arc::clone(voice);
    // Most sentences have no values; they are made once.
    let fixed = |key: &String| Some((key.clone(), Value::from_safe_string(voice.fixed_sentence(key)?.to_owned())));
    let fixed: Lookup<String, Value> = strings.keys().filter_map(fixed).collect();
    env.add_function("t", move |key: &str, values: Kwargs| -> Result<Value, Error> {
        if let Some(sentence) = fixed.get(key) {
            for name in values.args() {
                defined(values.peek(name)?)?;
            }
            return Ok(sentence.clone());
        }
        let mut given = Vec::new();
        for name in values.args() {
            let value: Value = values.peek(name)?;
            given.push((name, html_of(&own, &defined(value)?)));
        }
        let sentence = own.sentence(key, &given);
        sentence
            .map(Value::from_safe_string)
            .ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("the catalogue has no `{key}`")))
    });
    let own = Arc::clone(voice);
    env.add_filter("say", move |value: Value| {
        let value = defined(value)?;
        let is_html = value.is_safe() && value.as_str().is_some();
        Ok(if is_html { value } else { Value::from_safe_string(html_of(&own, &value)) })
    });
    let own = Arc::clone(voice);
    env.add_filter("ph", move |value: Value| {
        let value = defined(value)?;
        let html = match name_of(&value) {
            Some(name) => own.phrases(name.get(own.language)),
            None if value.is_safe() => own.phrases_of(&value.to_string()),
            None => own.phrases(value.as_str().unwrap_or_default()),
        };
        Ok(Value::from_safe_string(html))
    });
    let language = voice.language;
    env.add_filter("json", move |value: Value| {
        let value = defined(value)?;
        let html = match (name_of(&value), value.as_str()) {
            (Some(name), _) => escape(name.get(language)),
            (None, Some(text)) if value.is_safe() => text.to_owned(),
            (None, text) => escape(text.unwrap_or_default()),
        };
        Ok(Value::from_safe_string(linked::string(&html)))
    });
    env.add_filter("plain", move |value: Value| {
        let value = defined(value)?;
        let text = match (name_of(&value), value.as_str()) {
            (Some(name), _) => escape(name.get(language)),
            (None, Some(text)) if value.is_safe() => plain(text),
            (None, text) => escape(text.unwrap_or_default()),
        };
        Ok(Value::from_safe_string(settled::on_one_line(&text)))
    });
}

/// Numbers, days, sizes, marks.
fn add_values(env: &mut Environment<'static>, voice: &Arc<Voice>) {
    type Show = fn(&Voice, &str) -> String;
    let filters: [(&'static str, Show); 4] = [("n", Voice::number), ("fig", Voice::figure), ("count", Voice::count), ("year", Voice::year)];
    for (name, show) in filters {
        let own = Arc::clone(voice);
        env.add_filter(name, move |value: Value| Ok(Value::from_safe_string(show(&own, &defined(value)?.to_string()))));
    }
    let own = Arc::clone(voice);
    env.add_filter("day", move |value: Value| Ok(day(&own, &defined(value)?, false)));
    let own = Arc::clone(voice);
    env.add_filter("shortday", move |value: Value| Ok(day(&own, &defined(value)?, true)));
    let own = Arc::clone(voice);
    env.add_filter("size", move |bytes: u64| Value::from_safe_string(own.size(bytes)));
    env.add_function("status_icon", |status: String| Value::from_safe_string(status_icon(&status).to_owned()));
}

/// A value that exists: a name that is misspelt in a template is a fault also where a filter or a sentence takes it.
fn defined(value: Value) -> Result<Value, Error> {
    if value.is_undefined() { Err(Error::new(ErrorKind::UndefinedError, "this name has no value")) } else { Ok(value) }
}

fn day(voice: &Voice, value: &Value, short: bool) -> Value {
    let date = value.as_str().and_then(Date::parse);
    date.map_or(Value::from(""), |date| Value::from_safe_string(voice.day(date, short)))
}

/// Links to addresses of the site, and to terms of its glossary.
fn add_links(env: &mut Environment<'static>, (voice, words): (&Arc<Voice>, &Arc<Words>), links: LinkStyle) {
    env.add_function("href", move |state: &State, address: &str, fragment: Option<&str>| href(state, (address, fragment), links));
    let (own, words) = (Arc::clone(voice), Arc::clone(words));
    env.add_function("term", move |state: &State, id: &str| -> Result<Value, Error> {
        let (name, anchor) =
            words.term(id).ok_or_else(|| Error::new(ErrorKind::InvalidOperation, format!("the glossary has no `{id}`")))?;
        let agency = state.lookup("agency").and_then(|agency| agency.get_attr("address").ok());
        let address = format!("{}glossary/", agency.as_ref().and_then(Value::as_str).unwrap_or_default());
        let link = href(state, (&address, Some(&anchor)), links)?;
        Ok(Value::from_safe_string(format!("<a class=\"nb\" href=\"{}\">{}</a>", escape(&link), own.name(name))))
    });
}

/// The link from the page that is written to an address of the site.
fn href(state: &State, (address, fragment): (&str, Option<&str>), links: LinkStyle) -> Result<String, Error> {
    let wrong = || Error::new(ErrorKind::InvalidOperation, format!("`{address}` is no address inside the site"));
    let known = |name: &str| state.lookup(name).filter(|value| !value.is_none());
    let mut link = match known("root") {
        // Only the page for addresses that do not exist has a root: it is shown at any depth.
        Some(root) => {
            let target = Address::new(address).map_err(|_| wrong())?;
            format!("{}{}", root.as_str().unwrap_or_default(), target.encoded())
        }
        None => {
            let here = known("here");
            address::link(here.as_ref().and_then(Value::as_str).unwrap_or_default(), address, links).map_err(|_| wrong())?
        }
    };
    if let Some(fragment) = fragment {
        link.push('#');
        link.push_str(fragment);
    }
    Ok(link)
}

/// A value as HTML: what is HTML already stays, a name is said in the language of the page, a text is escaped.
fn html_of(voice: &Voice, value: &Value) -> String {
    if value.is_none() || value.is_undefined() {
        return String::new();
    }
    if let Some(name) = name_of(value) {
        return voice.name(name);
    }
    match value.as_str() {
        Some(text) if value.is_safe() => text.to_owned(),
        Some(text) => voice.text(text),
        None => voice.number(&value.to_string()),
    }
}

/// A name, where the value is one.
fn name_of(value: &Value) -> Option<&Name> {
    value.downcast_object_ref::<Name>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_template_can_be_read() {
        let (theme, findings) = Theme::load(&Site::default(), &Files::new());
        assert_eq!(findings, []);
        let theme = theme.unwrap();
        for name in built_in_names().filter(|name| name.ends_with(".html")) {
            assert!(theme.environment.get_template(name).is_ok(), "{name}");
        }
    }
}
