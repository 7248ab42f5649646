//! The guide in `docs/guide/`: each command in it is run and says what the guide says, each file in it is read, both languages tell the
//! same, and each is a site without findings.
//!
//! What a block asks for stands behind the first word of its fence, where no reader sees it:
//! `in=FOLDER` begins anew in one of the folders of [`Desk::new`], `status=N` is how a command ends; `put=FILE` puts the keys of an example in
//! the place of those that are there, `append=FILE` and `write=FILE` add to a file or make it; `wrong` is an example that has to be refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use regex::Regex;

use crate::support::{self, EPOCH, Site};

const LANGUAGES: [(&str, &str); 2] = [("th", "th_TH.UTF-8"), ("en", "en_US.UTF-8")];

fn guide() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide")
}

fn text(language: &str, page: &str) -> String {
    fs::read_to_string(guide().join(format!("{language}/content/{page}.md"))).unwrap()
}

/// Targets of links to other pages, in their order.
fn links(text: &str) -> Vec<String> {
    Regex::new(r"\]\(([a-z-]+)\.md[#)]").unwrap().captures_iter(text).map(|c| c[1].to_owned()).collect()
}

/// The pages, in the order of the contents on `about`.
fn pages(language: &str) -> Vec<String> {
    links(&text(language, "about"))
}

/// The contents, and the pages.
fn whole(language: &str) -> Vec<String> {
    [vec!["about".to_owned()], pages(language)].concat()
}

/// What stands between two fences.
struct Block {
    /// The line of the opening fence.
    at: usize,
    kind: String,
    /// `key=value`, or a word alone with nothing behind it.
    asks: Vec<(String, String)>,
    lines: Vec<String>,
}

impl Block {
    fn ask(&self, key: &str) -> Option<&str> {
        self.asks.iter().find(|(asked, _)| asked == key).map(|(_, value)| value.as_str())
    }

    fn commands(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter(|_| self.kind == "console").filter_map(|line| line.strip_prefix("$ "))
    }
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut is_open = false;
    for (at, line) in text.lines().enumerate() {
        assert!(line.starts_with("```") || !line.trim_start().starts_with("```"), "line {}: a fence begins its line", at + 1);
        match line.strip_prefix("```") {
            Some(_) if is_open => is_open = false,
            Some(info) => {
                let mut words = info.split_whitespace().map(|word| word.split_once('=').unwrap_or((word, "")));
                let kind = words.next().unwrap_or_else(|| panic!("line {}: a fence says what it holds", at + 1)).0.to_owned();
                let asks = words.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
                blocks.push(Block { at: at + 1, kind, asks, lines: Vec::new() });
                is_open = true;
            }
            None if is_open => blocks.last_mut().unwrap().lines.push(line.to_owned()),
            None => {}
        }
    }
    assert!(!is_open, "the last fence is open");
    blocks
}

/// A folder in which a page's commands are typed.
struct Desk {
    holder: tempfile::TempDir,
    folder: PathBuf,
    locale: &'static str,
}

/// How a line ended, and what it wrote.
struct Said {
    status: i32,
    out: String,
    err: String,
}

/// What `init` makes, and the tables.
static NEW: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let desk = Desk::new("empty", "th_TH.UTF-8");
    desk.fine("prongsai init ita --agency องค์การบริหารส่วนตำบลบ้านตัวอย่าง --year 2568 --yes");
    hand_out(&desk.folder.join("ita"));
    support::tree(&desk.folder.join("ita"))
});

/// The same with the scores.
static SCORED: LazyLock<BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let desk = Desk::new("new", "th_TH.UTF-8");
    desk.fine("prongsai import scores.csv --year 2568 --write");
    support::tree(&desk.folder)
});

fn hand_out(folder: &Path) {
    for table in fs::read_dir(guide().join("files")).unwrap() {
        let table = table.unwrap();
        fs::copy(table.path(), folder.join(table.file_name())).unwrap();
    }
}

impl Desk {
    /// `empty` has the tables of the guide and nothing else. `new` is a site as `init` makes it, with them beside; `scored` has the scores too.
    /// `sample` is the site of the repository.
    fn new(name: &str, locale: &'static str) -> Self {
        let holder = tempfile::tempdir().unwrap();
        let folder = holder.path().to_owned();
        match name {
            "empty" => hand_out(&folder),
            "new" => NEW.iter().for_each(|(path, bytes)| support::write(&folder.join(path), bytes)),
            "scored" => SCORED.iter().for_each(|(path, bytes)| support::write(&folder.join(path), bytes)),
            "sample" => Site::sample().write_to(&folder),
            _ => panic!("there is no folder {name}"),
        }
        Self { holder, folder, locale }
    }

    fn program(&self) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("prongsai"));
        let home = self.holder.path().join("home");
        command.current_dir(&self.folder).env_clear().env("HOME", home).env("SOURCE_DATE_EPOCH", EPOCH).env("LANG", self.locale);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn fine(&self, line: &str) {
        let said = self.run(line);
        assert_eq!(said.status, 0, "{line}: {}", said.err);
    }

    /// Runs a line as a shell does. `serve` takes a free port and ends once it answers; a PDF, which needs a browser, is asked for as HTML.
    fn run(&self, line: &str) -> Said {
        let mut words: Vec<String> = words(line);
        assert_eq!(words.remove(0), "prongsai", "{line}: other programs stand in blocks of another kind");
        let redirect = words.iter().position(|word| word == ">").map(|at| words.split_off(at)[1].clone());
        if words[0] == "serve" {
            words.retain(|word| word != "--open");
            return served(self.program().args(&words).args(["--port", "0"]).spawn().unwrap());
        }
        if let Some(at) = words.iter().position(|word| word == "--pdf") {
            words.drain(at..at + 2);
        }
        let output = self.program().args(&words).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let mut said = Said { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) };
        if let Some(name) = redirect {
            fs::write(self.folder.join(name), std::mem::take(&mut said.out)).unwrap();
        }
        said
    }

    /// Does what a block shows; what is wrong with it.
    fn follow(&mut self, block: &Block, is_followed: bool) -> Result<(), String> {
        match block.kind.as_str() {
            "console" => self.type_in(block),
            "yaml" | "markdown" => self.write(block, is_followed),
            "text" if block.ask("write").is_some() => {
                let text = block.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
                fs::write(self.folder.join(block.ask("write").unwrap()), text).map_err(|error| error.to_string())
            }
            "text" | "sh" | "powershell" => {
                match block.lines.iter().find(|line| line.starts_with("prongsai ") || line.starts_with("$ prongsai ")) {
                    Some(line) => Err(format!("`{line}` would not be run")),
                    None => Ok(()),
                }
            }
            kind => Err(format!("{kind} is no kind of block")),
        }
    }

    fn type_in(&mut self, block: &Block) -> Result<(), String> {
        let status: i32 = block.ask("status").map_or(0, |status| status.parse().unwrap());
        let mut lines = block.lines.iter().map(String::as_str).peekable();
        while let Some(line) = lines.next() {
            let command = line.strip_prefix("$ ").ok_or(format!("`{line}` follows no command"))?;
            let mut shown = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                shown.push(line);
            }
            if let Some(folder) = command.strip_prefix("cd ") {
                self.folder.push(folder);
                continue;
            }
            let said = self.run(command);
            let is_last = lines.peek().is_none();
            if said.status != if is_last { status } else { 0 } {
                return Err(format!("`{command}` ends with {}\n{}{}", said.status, said.out, said.err));
            }
            let seen = [format!("{}{}", said.out, said.err), format!("{}{}", said.err, said.out)];
            if !seen.iter().any(|seen| says(seen, &shown)) {
                let seen = seen[1].lines().filter(|line| !line.contains(".yaml: o")).collect::<Vec<_>>().join("\n");
                return Err(format!("`{command}` says\n{seen}\nnot\n{}", shown.join("\n")));
            }
        }
        Ok(())
    }

    /// Puts an example where it belongs, and checks the site unless the next example belongs to it.
    fn write(&self, block: &Block, is_followed: bool) -> Result<(), String> {
        let how = block.asks.iter().find(|(key, _)| ["put", "append", "write"].contains(&key.as_str()));
        let (how, path) = how.ok_or("an example says which file it belongs to")?;
        let new = block.lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        for document in Regex::new(r"files/[\w/.-]+\.pdf").unwrap().find_iter(&new) {
            let path = self.folder.join("content").join(document.as_str());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, PDF).unwrap();
        }
        let path = self.folder.join(path);
        let old = fs::read_to_string(&path).unwrap_or_default();
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let whole = match how.as_str() {
            "put" => without_keys_of(&old, &new) + &new,
            "append" => old.clone() + &new,
            _ => new,
        };
        fs::write(&path, whole).unwrap();
        if is_followed {
            return Ok(());
        }
        let said = self.run("prongsai check --drafts --format json");
        let report: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let errors = report["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error");
        let errors: Vec<String> = errors.map(|finding| format!("{}: {}", finding["path"], finding["message"])).collect();
        if block.ask("wrong").is_some() {
            fs::write(&path, old).unwrap();
            return if errors.is_empty() { Err("is accepted".to_owned()) } else { Ok(()) };
        }
        if errors.is_empty() { Ok(()) } else { Err(errors.join("\n")) }
    }
}

/// A document of one page with a line of text.
const PDF: &str = "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n2 0 obj <</Type /Pages /Kids [3 0 R] /Count 1>> endobj\n3 0 obj <</Type \
    /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R>> endobj\n4 0 obj <</Length 8>> stream\nBT (a) Tj ET\nendstream endobj\ntrailer \
    <</Root 1 0 R>>\n%%EOF\n";

/// Words of a line; quotation marks hold one together.
fn words(line: &str) -> Vec<String> {
    let word = Regex::new(r#""[^"]*"|[^\s"]+"#).unwrap();
    word.find_iter(line).map(|word| word.as_str().trim_matches('"').to_owned()).collect()
}

/// What the preview says once it answers, with the port that the guide names.
fn served(mut child: Child) -> Said {
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(first.starts_with("http://127.0.0.1:"), "{}", String::from_utf8_lossy(&output.stderr));
    Said { status: 0, out: Regex::new(r":\d+/").unwrap().replace(&first, ":4000/").into_owned(), err: String::new() }
}

/// Do the lines stand in a text from its beginning, without a gap? `…` is any number of lines, in a line any letters.
fn says(seen: &str, shown: &[&str]) -> bool {
    let mut pattern = String::from("(?s)^");
    for line in shown {
        match line.trim() {
            "…" => pattern.push_str("(?:[^\n]*\n)*?"),
            _ => {
                let parts: Vec<String> = line.trim_end().split('…').map(regex::escape).collect();
                pattern.push_str(&parts.join("[^\n]*"));
                pattern.push_str(" *\n");
            }
        }
    }
    let seen = if seen.ends_with('\n') || seen.is_empty() { seen.to_owned() } else { format!("{seen}\n") };
    Regex::new(&pattern).unwrap().is_match(seen.trim_start_matches('\u{feff}'))
}

/// A text without the blocks of those keys at its margin that another one has.
fn without_keys_of(old: &str, new: &str) -> String {
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.to_owned()).filter(|key| !key.starts_with([' ', '#', '-']));
    let replaced: BTreeSet<String> = new.lines().filter_map(key).collect();
    let mut is_left_out = false;
    let mut left = String::new();
    for line in old.lines() {
        if !line.starts_with(' ') {
            is_left_out = key(line).is_some_and(|key| replaced.contains(&key));
        }
        if !is_left_out {
            left.push_str(line);
            left.push('\n');
        }
    }
    left
}

/// Follows all pages of a language; each begins at a folder that it names.
fn follow(language: &str, locale: &'static str) {
    let mut faults = Vec::new();
    for page in whole(language) {
        let mut desk = None;
        let blocks = blocks(&text(language, &page));
        for (at, block) in blocks.iter().enumerate() {
            let is_example = |block: &Block| matches!(block.kind.as_str(), "yaml" | "markdown");
            let is_alone = |next: &Block| next.ask("in").is_some() || next.ask("wrong").is_some() || !is_example(next);
            let is_followed = block.ask("wrong").is_none() && blocks.get(at + 1).is_some_and(|next| !is_alone(next));
            if let Some(name) = block.ask("in") {
                desk = Some(Desk::new(name, locale));
            }
            let desk = desk.get_or_insert_with(|| Desk::new("scored", locale));
            if let Err(fault) = desk.follow(block, is_followed) {
                faults.push(format!("{language}/content/{page}.md, line {}: {fault}", block.at));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn each_line_of_the_thai_guide_does_what_it_says() {
    follow("th", "th_TH.UTF-8");
}

#[test]
fn each_line_of_the_english_guide_does_what_it_says() {
    follow("en", "en_US.UTF-8");
}

#[test]
fn both_languages_have_the_same_pages_and_the_same_lines() {
    assert_eq!(pages("th"), pages("en"));
    for page in whole("th") {
        let shape = |language| -> Vec<String> {
            let blocks = blocks(&text(language, &page));
            let shape = |block: &Block| {
                let asks: Vec<String> = block.asks.iter().map(|(key, value)| format!("{key}={value}")).collect();
                format!("{} {} {}", block.kind, asks.join(" "), block.commands().collect::<Vec<_>>().join("; "))
            };
            blocks.iter().map(shape).collect()
        };
        assert_eq!(shape("th"), shape("en"), "{page}");
    }
}

#[test]
fn each_page_leads_to_the_one_before_and_the_one_after() {
    for (language, _) in LANGUAGES {
        let pages = pages(language);
        let files =
            fs::read_dir(guide().join(language).join("content")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<String> = files.filter_map(|name| name.strip_suffix(".md").map(str::to_owned)).collect();
        assert_eq!(files, pages.iter().cloned().chain(["about".to_owned()]).collect(), "{language}: the contents on `about`");
        for (at, page) in pages.iter().enumerate() {
            let text = text(language, page);
            let last = links(text.trim_end().lines().last().unwrap());
            let around = [at.checked_sub(1).map_or("about", |at| &pages[at]), "about", pages.get(at + 1).map_or("", |next| next)];
            let around: Vec<&str> = around.into_iter().filter(|page| !page.is_empty()).collect();
            let around = if at == 0 { &around[1..] } else { &around[..] };
            assert_eq!(last, around, "{language}/{page}");
        }
    }
}

/// Commands that a help lists.
fn listed(line: &str) -> Vec<String> {
    let said = Desk::new("empty", "en_US.UTF-8").run(line);
    let commands = said.out.lines().skip_while(|line| !line.starts_with("Commands")).skip(1).take_while(|line| !line.is_empty());
    commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("    "))
        .map(|line| line.split_whitespace().next().unwrap().to_owned())
        .collect()
}

#[test]
fn the_guide_has_every_command() {
    let mut commands = listed("prongsai --help");
    assert!(commands.len() > 12, "{commands:?}");
    commands.retain(|command| command != "new" && command != "export");
    for group in ["new", "export"] {
        let listed = listed(&format!("prongsai {group} --help"));
        assert!(listed.len() > 2, "{listed:?}");
        commands.extend(listed.iter().map(|command| format!("{group} {command}")));
    }
    for (language, _) in LANGUAGES {
        let typed: Vec<String> = whole(language)
            .iter()
            .flat_map(|page| blocks(&text(language, page)))
            .flat_map(|block| block.commands().map(|line| format!("{line} ")).collect::<Vec<_>>())
            .collect();
        for command in &commands {
            assert!(typed.iter().any(|line| line.starts_with(&format!("prongsai {command} "))), "{language}: no `prongsai {command}`");
        }
    }
}

#[test]
fn the_guide_is_a_site_of_its_own_in_each_language() {
    for (language, locale) in LANGUAGES {
        let desk = Desk::new("empty", locale);
        let site = guide().join(language);
        let output = desk.program().args(["build", "--strict", "--out", "guide", "--site"]).arg(&site).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{language}");
        assert!(output.status.success());
        for page in pages(language) {
            assert!(desk.folder.join("guide").join(&page).join("index.html").is_file(), "{language}/{page}");
        }
    }
}
