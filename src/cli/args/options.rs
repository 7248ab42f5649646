//! Which commands and flags there are. Owns their names, their short texts in English and what values they take; refuses to run any.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use crate::base::digits;
use crate::engine::part::{MOST, Share};
use crate::source::site::normal_base_url;

/// A line that can be run.
#[derive(Debug, Parser)]
#[command(name = "prongsai", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
// Windows would have it be called prongsai.exe in help.
#[command(bin_name = "prongsai")]
#[command(subcommand_required = true, arg_required_else_help = true, args_override_self = true, max_term_width = 100)]
pub struct Invocation {
    /// The site folder, which holds `content/` (default: the current folder)
    #[arg(long, global = true, display_order = 100, value_name = "DIR", default_value = ".", hide_default_value = true)]
    pub site: PathBuf,

    /// Language of messages: th or en (default: the locale's)
    // Read by `edge::language` before anything else; here it is checked and explained.
    #[arg(long, global = true, display_order = 101, value_name = "LANG", hide_possible_values = true)]
    pub lang: Option<Lang>,

    /// Show help
    #[arg(short = 'h', long, global = true, display_order = 102, action = ArgAction::Help)]
    help: Option<bool>,

    /// Show the version
    #[arg(short = 'V', long, display_order = 103, action = ArgAction::Version)]
    version: Option<bool>,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands, in the order of a year's work.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new site that builds at once
    Init(InitOptions),
    /// Add to the site: a year, a page, a measure, files for hosts of builds
    #[command(subcommand_required = true, arg_required_else_help = true)]
    New(NewOptions),
    /// Read scores and measures from a spreadsheet or a text
    Import(ImportOptions),
    /// Report what is wrong with the site, and write nothing
    Check(CheckOptions),
    /// Explain a code that a report names
    Explain(ExplainOptions),
    /// Tell how complete the records are, by item and responsible unit
    Status(StatusOptions),
    /// Preview the site on this machine, anew at each change
    Serve(ServeOptions),
    /// Publish the site into a folder, all or nothing
    Build(BuildOptions),
    /// Join the parts that `build --shard` made into one site
    Merge(MergeOptions),
    /// Compare a published folder with its manifest
    Verify(VerifyOptions),
    /// Hand out addresses of items, outgoing links, or the report
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Export(ExportOptions),
    /// Print the JSON Schema of an authored file, for editors
    Schema(SchemaOptions),
    /// Print what a shell needs to complete commands and flags
    Completions(CompletionsOptions),
    /// Print the manual page
    Man,
    /// Show help, as `--help` does
    Help(HelpOptions),
}

/// What `build` takes.
#[derive(Debug, Args)]
pub struct BuildOptions {
    /// The output folder (default: public in the site folder)
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// Address that the site will have, in place of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Publish drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// Publish nothing while there are warnings
    #[arg(long)]
    pub strict: bool,

    /// Publish the agencies without errors; the others keep their last pages
    #[arg(long)]
    pub keep_going: bool,

    /// Tell how long it took for what, and write a trace into `.prongsai/`
    #[arg(long)]
    pub timings: bool,

    /// Build one of N parts of a site with several agencies, for `merge` to join
    #[arg(long, value_name = "I/N", value_parser = share, conflicts_with = "sign_key")]
    pub shard: Option<Share>,

    /// File of minisign's secret key to sign with (default: PRONGSAI_SIGN_KEY, else unsigned)
    #[arg(long, value_name = "FILE")]
    pub sign_key: Option<PathBuf>,
}

/// What `merge` takes.
#[derive(Debug, Args)]
pub struct MergeOptions {
    /// The folders that `build --shard` made, all of one site
    #[arg(value_name = "DIR", id = "shards", required = true)]
    pub shards: Vec<PathBuf>,

    /// The output folder
    #[arg(long, id = "merged", value_name = "DIR", required = true)]
    pub out: PathBuf,

    /// Publish nothing while there are warnings
    #[arg(long)]
    pub strict: bool,

    /// File of minisign's secret key to sign with (default: PRONGSAI_SIGN_KEY, else unsigned)
    #[arg(long, value_name = "FILE")]
    pub sign_key: Option<PathBuf>,
}

/// What `serve` takes.
#[derive(Debug, Args)]
pub struct ServeOptions {
    /// The port; 0 takes one that is free (default: 4000)
    #[arg(long, value_name = "PORT", default_value_t = 4000, hide_default_value = true)]
    pub port: u16,

    /// The address to listen at (default: 127.0.0.1, which this machine alone can reach)
    #[arg(long = "host", value_name = "HOST", default_value = "127.0.0.1", hide_default_value = true)]
    pub address: String,

    /// Show drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// Open the preview in the browser
    #[arg(long)]
    pub open: bool,

    /// Look at the files twice a second, where the file system tells of no changes
    #[arg(long)]
    pub poll: bool,
}

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckOptions {
    /// Form of the report: human, json or github (default: human)
    #[arg(long, value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,

    /// End with status 1 while there are warnings
    #[arg(long)]
    pub strict: bool,
}

/// What `status` takes.
#[derive(Debug, Args)]
pub struct StatusOptions {
    /// Form of the result: human, json or csv (default: human)
    #[arg(
        id = "status_form",
        long = "format",
        value_name = "FORM",
        default_value = "human",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub form: StatusForm,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,
}

/// What `verify` takes.
#[derive(Debug, Args)]
pub struct VerifyOptions {
    /// The published folder, or an agency's folder in it
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// Form of the result: human or json (default: human)
    #[arg(long = "format", value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub form: Form,

    /// Check the signature as well, with this public key: the line of letters, or a .pub file
    #[arg(long, value_name = "KEY|FILE")]
    pub public_key: Option<String>,
}

/// What `init` takes. What is not given is asked for on a terminal.
#[derive(Debug, Args)]
pub struct InitOptions {
    /// The folder to make the site in
    #[arg(value_name = "DIR", id = "new_folder")]
    pub folder: PathBuf,

    /// Name of the agency
    #[arg(long = "agency", id = "agency_name", value_name = "NAME")]
    pub agency: Option<String>,

    /// Its short name
    #[arg(long, value_name = "NAME")]
    pub short_name: Option<String>,

    /// Kind of agency: local, central, state-enterprise, university, school or other
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,

    /// Its district
    #[arg(long, value_name = "NAME")]
    pub district: Option<String>,

    /// Its province
    #[arg(long, value_name = "NAME")]
    pub province: Option<String>,

    /// First fiscal year of the site (default: the latest that has begun and whose rules have questions)
    #[arg(long = "year", id = "first_year", value_name = "YEAR")]
    pub year: Option<String>,

    /// Title of the site
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,

    /// Address that the site will have
    #[arg(long, value_name = "URL", id = "site_url", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Ask nothing
    #[arg(long)]
    pub yes: bool,
}

/// What `new` takes.
#[derive(Debug, Args)]
pub struct NewOptions {
    /// The agency's folder in `content/`, where the site has several
    #[arg(long, global = true, value_name = "SLUG", id = "of_agency", display_order = 90)]
    pub agency: Option<String>,

    /// What to add.
    #[command(subcommand)]
    pub what: NewWhat,
}

/// What `new` can add.
#[derive(Debug, Subcommand)]
pub enum NewWhat {
    /// Add a fiscal year as a draft that carries on what is open
    Year(NewYear),
    /// Add a page, as `about`
    Page(NewPage),
    /// Add the commentary of an item, as `o12`
    Item(NewMember),
    /// Add the commentary of an issue, as `3`
    Issue(NewMember),
    /// Add a measure
    Measure(NewMeasure),
    /// Add rules of an assessment of your own
    Pack(NewPack),
    /// Copy a file of the built-in theme, to change it
    Theme(NewTheme),
    /// Add files for continuous integration: github or gitlab
    Ci(NewCi),
}

/// What `new year` takes.
#[derive(Debug, Args)]
pub struct NewYear {
    /// The fiscal year
    #[arg(value_name = "YEAR", id = "new_year")]
    pub year: String,
}

/// What `new page` takes.
#[derive(Debug, Args)]
pub struct NewPage {
    /// Name of the page, which becomes its address
    #[arg(value_name = "NAME", id = "page_name")]
    pub name: String,
}

/// What `new item` and `new issue` take.
#[derive(Debug, Args)]
pub struct NewMember {
    /// Code of the item, or number of the issue
    #[arg(value_name = "CODE", id = "member")]
    pub code: String,

    /// Fiscal year (default: the newest of the site)
    #[arg(long, value_name = "YEAR", id = "edition")]
    pub year: Option<String>,
}

/// What `new measure` takes.
#[derive(Debug, Args)]
pub struct NewMeasure {
    /// Number of its issue (default: the first without a measure)
    #[arg(long, value_name = "N", id = "issue_number")]
    pub issue: Option<String>,

    /// What is going to be done, in one line (without it the measure stands in the file as a comment, to be filled in)
    #[arg(long, value_name = "TEXT", id = "method")]
    pub method: Option<String>,

    /// Fiscal year (default: the newest of the site)
    #[arg(long, value_name = "YEAR", id = "edition")]
    pub year: Option<String>,
}

/// What `new pack` takes.
#[derive(Debug, Args)]
pub struct NewPack {
    /// Id of the new rules
    #[arg(value_name = "ID", id = "pack_id")]
    pub id: String,

    /// Id of the rules to begin with (default: the latest with questions)
    #[arg(long, value_name = "ID")]
    pub from: Option<String>,
}

/// What `new theme` takes.
#[derive(Debug, Args)]
pub struct NewTheme {
    /// The file, as `style.css` (a wrong name lists all)
    #[arg(value_name = "FILE", id = "theme_file")]
    pub file: String,
}

/// What `new ci` takes.
#[derive(Debug, Args)]
pub struct NewCi {
    /// The host that it is for: github or gitlab
    #[arg(value_name = "HOST", hide_possible_values = true)]
    pub host: CiHost,
}

/// A host that builds sites.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CiHost {
    /// GitHub.
    Github,
    /// GitLab.
    Gitlab,
}

/// What `import` takes.
#[derive(Debug, Args)]
pub struct ImportOptions {
    /// The table: .xlsx, .ods, .csv, .txt or .html; `-` reads standard input
    #[arg(value_name = "FILE", id = "table")]
    pub file: PathBuf,

    /// Fiscal year that the table is about
    #[arg(long, value_name = "YEAR", id = "of_year")]
    pub year: String,

    /// Change the YAML files; else the change is only shown
    #[arg(long)]
    pub write: bool,

    /// The agency's folder in `content/`, where the site has several
    #[arg(long, value_name = "SLUG", id = "of_agency")]
    pub agency: Option<String>,

    /// Form of the result: human or json (default: human)
    #[arg(long = "format", value_name = "FORM", default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub form: Form,
}

/// What `explain` takes.
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// The code, as `score-mismatch`; without one all codes are listed
    #[arg(value_name = "CODE", id = "finding_code")]
    pub code: Option<String>,
}

/// What `export` takes.
#[derive(Debug, Args)]
pub struct ExportOptions {
    /// What to hand out.
    #[command(subcommand)]
    pub what: ExportWhat,
}

/// What `export` can hand out.
#[derive(Debug, Subcommand)]
pub enum ExportWhat {
    /// The address of every item, ready to submit
    Urls(ExportUrls),
    /// Every link that leads out of the site, with its place
    Links(ExportLinks),
    /// The analysis report as one document
    Report(ExportReport),
}

/// What `export urls` takes.
#[derive(Debug, Args)]
pub struct ExportUrls {
    /// Fiscal year, as --year 2569 (default: the latest with a result)
    #[arg(long = "year", value_name = "YEAR", id = "result_year")]
    pub year: Option<String>,

    /// Form of the result: csv or json (default: csv)
    #[arg(
        long = "format",
        id = "table_form",
        value_name = "FORM",
        default_value = "csv",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub form: TableForm,

    /// The folder of the last build (default: public in the site folder)
    #[arg(long, value_name = "DIR", id = "built")]
    pub out: Option<PathBuf>,

    /// Address that the site has, in place of `base_url` in site.yaml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    pub base_url: Option<String>,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,
}

/// What `export links` takes.
#[derive(Debug, Args)]
pub struct ExportLinks {
    /// Form of the result: csv or json (default: csv)
    #[arg(
        long = "format",
        id = "table_form",
        value_name = "FORM",
        default_value = "csv",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub form: TableForm,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,
}

/// What `export report` takes.
#[derive(Debug, Args)]
pub struct ExportReport {
    /// Write a PDF, printed by a browser on this machine (default: HTML on standard output)
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,

    /// The browser to print with: Chromium, Chrome or Edge (default: the first that is found)
    #[arg(long, value_name = "PROGRAM", requires = "pdf")]
    pub browser: Option<PathBuf>,

    /// Fiscal year, as --year 2569 (default: the latest with a result)
    #[arg(long = "year", value_name = "YEAR", id = "result_year")]
    pub year: Option<String>,

    /// The agency's folder in `content/`, where the site has several
    #[arg(long, value_name = "SLUG", id = "of_agency")]
    pub agency: Option<String>,

    /// Look at drafts as well
    #[arg(long)]
    pub drafts: bool,
}

/// What `schema` takes.
#[derive(Debug, Args)]
pub struct SchemaOptions {
    /// The file: site, agency, assessment, disclosures, measures or framework; without one all of them
    #[arg(value_name = "NAME", id = "schema_name")]
    pub name: Option<String>,

    /// Write all of them into the folder schemas/ of the site
    #[arg(long, id = "write_schemas")]
    pub write: bool,
}

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsOptions {
    /// The shell: bash, zsh, fish, powershell or elvish
    #[arg(value_name = "SHELL", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

/// What `help` takes. A command of ours, so that `--lang` and `--site` stand anywhere in it too.
#[derive(Debug, Args)]
pub struct HelpOptions {
    /// The command to explain, as `build` or `new year`
    #[arg(value_name = "COMMAND", num_args = 0..=2)]
    pub topic: Vec<String>,
}

/// The form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with excerpts.
    Human,
    /// One JSON object.
    Json,
    /// Annotations for a CI run on GitHub.
    Github,
}

/// The form of a result that is no report about sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

/// The form of a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatusForm {
    /// For people.
    Human,
    /// One JSON object.
    Json,
    /// A table for spreadsheets.
    Csv,
}

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Thai.
    Th,
    /// English.
    En,
}

/// The form of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableForm {
    /// A table for spreadsheets.
    Csv,
    /// A list of JSON objects.
    Json,
}

fn share(text: &str) -> Result<Share, String> {
    let number = |text: &str| digits::to_ascii(text.trim()).parse().ok();
    let share = text.split_once('/').and_then(|(a, b)| Share::new(number(a)?, number(b)?));
    share.ok_or_else(|| format!("it has to be the number of the part and how many there are, as in 3/7, with at most {MOST} parts"))
}

fn base_url(text: &str) -> Result<String, String> {
    normal_base_url(text).ok_or_else(|| "it has to be absolute, as in https://www.example.go.th/ita/, without `?` and `#`".to_owned())
}
