//! The site's own unit: the judgement on redirects, and with several agencies the lists of them, the site's free pages, files and maps.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::index;
use super::memo::Memo;
use super::redirects::{self, Answers};
use super::shared::{Shared, figures, look, press, root_files, theme_place};
use super::{Made, Remains, Sizes, Unit, has_errors, put, size, write};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::output::{Entry, Output};
use crate::check;
use crate::check::authored::Authored;
use crate::finding::Finding;
use crate::render::catalog::Catalog;
use crate::render::feed::atom;
use crate::render::page::{Press, Unit as Printed};
use crate::render::search::{Index, Said};
use crate::render::theme::Theme;
use crate::render::{agency_list, data, maps};
use crate::site::about_data;
use crate::site::agencies::{self, AgencySummary};
use crate::site::columns::{self, DataTable};
use crate::site::dataset::{self, DataFile, DataSet, Form};
use crate::site::feed;
use crate::site::glossary;
use crate::site::groups::Register;
use crate::site::joined;
use crate::site::links::{self, Links, SitePages};
use crate::site::lowest;
use crate::site::model::Model;
use crate::site::overview;
use crate::site::page::{self, Crumb, Page};
use crate::site::provinces;
use crate::site::routes::Routes;
use crate::site::search;
use crate::site::summaries;
use crate::site::table::Label;
use crate::site::verify;

/// Builds the site's own unit. With one agency it has no files: they are all the agency's. Of the agencies `apart` it is not known what
/// they will have, so links to them, and to lists that they belong on, are not judged.
pub fn build(
    shared: &Shared,
    (slugs, apart): (&[String], &[&str]),
    (agencies, summaries, sizes): (&[&Remains], Summaries<'_>, &Sizes),
    memo: &Memo,
) -> Unit {
    let mut unit = Unit { slug: Arc::from(""), output: Output::default(), findings: Vec::new() };
    let slugs: Vec<&str> = if shared.many { slugs.iter().map(String::as_str).collect() } else { Vec::new() };
    let lists = summaries.addresses();
    let model = Model::new(shared.own.clone());
    let (mut routes, found) = if shared.many { Routes::of_site(&model, (&slugs, apart), &lists) } else { Default::default() };
    unit.findings.extend(found);
    if !apart.is_empty() {
        routes.leave_open(apart);
        routes.leave_open(&agencies::LISTS);
    }
    let own_answers = Answers::of(&routes, &shared.site.redirects);
    let answers: Vec<&Answers> = agencies.iter().map(|remains| &remains.answers).chain([&own_answers]).collect();
    unit.findings.extend(redirects::judge(&shared.site.redirects, &answers));
    unit.findings.extend(redirects::unfit(shared));
    if let Some(theme) = shared.theme().filter(|_| shared.many) {
        for page in agencies.iter().flat_map(|remains| &remains.pages) {
            routes.add(page);
        }
        let (links, found) = links::resolve(&model, &routes, &SitePages::new());
        unit.findings.extend(found);
        let (figures, found) = figures(&model);
        unit.findings.extend(found);
        unit.findings.extend(check::prose::findings(&Authored { model: &model, texts: &shared.texts }));
        unit.findings.extend(provinces::spellings(summaries.register));
        if !has_errors(&unit.findings) {
            let press = press(shared, theme, Printed { model: None, links: &links, figures: &figures });
            let maps = agencies.iter().flat_map(|remains| &remains.maps).collect();
            let made = write_all(shared, &press, (&model, summaries, &slugs, Below { sizes, maps }), memo);
            if made.findings.is_empty() {
                unit.findings.extend(test(shared, theme, (&made, &links, &routes)));
            }
            unit.findings.extend(made.findings);
            unit.output = made.output;
        }
    }
    look(&mut unit.findings, &[&shared.texts]);
    unit
}

/// What remains of all agencies, in the order of slugs and put together.
#[derive(Clone, Copy)]
pub struct Summaries<'a> {
    /// Each of them.
    pub all: &'a [AgencySummary],
    /// Who belongs together.
    pub register: &'a Register<'a>,
}

impl Summaries<'_> {
    /// The addresses of all lists and data files.
    fn addresses(self) -> BTreeSet<Address> {
        let data = joined::years(self.all).into_iter().flat_map(joined::addresses);
        self.register.addresses().into_iter().chain(data).collect()
    }
}

/// The data files of all agencies: a unit for each, made when it is asked for.
pub fn data(summaries: Summaries<'_>) -> impl Iterator<Item = Unit> + '_ {
    let Summaries { all, register } = summaries;
    let unit = |address: Address, bytes: Vec<u8>| {
        let mut output = Output::default();
        put(&mut output, &address, bytes);
        Unit { slug: Arc::from(""), output, findings: Vec::new() }
    };
    joined::years(all).into_iter().flat_map(move |year| {
        let [summary, distribution] = summaries::tables(register, year);
        let groups = [summary, distribution, lowest::table(register, year)];
        joined::files().map(move |(table, form)| {
            let bytes = match (groups.iter().find(|made| made.name == table.name), form) {
                (Some(made), _) => data::file(form, made),
                (None, _) if table.name == columns::AGENCIES.name => data::file(form, &joined::agencies(all, year)),
                (None, Form::Csv) => data::csv_of(&joined::score_header(), joined::scores(all, year)),
                (None, Form::Json) => data::json_of(joined::scores(all, year)),
            };
            unit(joined::address(table.name, year, form.extension()), bytes)
        })
    })
}

/// What was made before the site's own pages, and is named by them.
struct Below<'a> {
    sizes: &'a Sizes,
    /// The sitemaps of the agencies.
    maps: Vec<&'a Address>,
}

fn write_all(
    shared: &Shared,
    press: &Press<'_>,
    (model, summaries, slugs, below): (&Model, Summaries<'_>, &[&str], Below<'_>),
    memo: &Memo,
) -> Made {
    let mut made = Made::default();
    let Summaries { all: summaries, register } = summaries;
    let mut pages: Vec<Page<'_>> = overview::pages(register, model);
    for mut own in page::pages(model) {
        own.crumbs = vec![Crumb { address: Address::root(), label: Label::new("crumb.agencies") }];
        pages.push(own);
    }
    pages.push(about_data::of_site(&joined::years(summaries), shared.base_url.as_deref()));
    pages.push(glossary::of_site(agencies::common_pack(summaries).map(|pack| &**pack), &press.theme.words));
    pages.push(verify::page(None, shared.site.public_key.as_ref(), shared.base_url.as_deref()));
    pages.push(search::page::of_site(register, model));
    size(&mut pages, |path| below.sizes.get(path).map(|(size, _)| *size));
    write(press, &pages, memo, &mut made);
    let voice = &press.theme.voice;
    let entries = search::site::entries(&register.sorted, model, &index::spoken(press.unit.figures, voice));
    let found =
        Index { base: &model.base, entries: &entries, names: &search::abbreviations(), most: index::SOME, voice, texts: Said::default() };
    index::put(&found, &search::address(model), memo, &mut made);
    put(&mut made.output, &search::address(model).below("list.js"), agency_list::script(register, found.names, voice));
    describe(shared, press, (summaries, below.sizes), &mut made);
    for attachment in model.attachments.values() {
        let _ = made.output.put(model.attachment(attachment).file(), Entry::Copy(attachment.clone()));
    }
    if let Some(base_url) = &shared.base_url {
        let root = Address::root();
        let files = maps::sitemaps(base_url, pages.iter().map(|page| (&page.address, page.updated)));
        let own: Vec<Address> = maps::addresses(&root, "sitemap-site").take(files.len()).collect();
        let indexes = maps::indexes(base_url, below.maps.into_iter().chain(&own));
        let all = own.iter().cloned().zip(files).chain(maps::addresses(&root, "sitemap").zip(indexes));
        all.for_each(|(address, map)| put(&mut made.output, &address, map));
        let news = feed::index(summaries);
        put(&mut made.output, &news.address, atom(&news, base_url, (&press.theme.voice, &shared.site)));
    }
    // They name the maps, so they come after them.
    root_files(shared, press, &mut made);
    let own = shared.site.redirects.iter().filter(|redirect| !slugs.contains(&redirects::first_part(&redirect.from)));
    let own = own.filter(|redirect| !shared.answered.contains(&redirect.from.value));
    redirects::put_all(press, own, &mut made);
    made
}

/// Describes the joined data, and says which agencies have catalogues of their own.
fn describe(shared: &Shared, press: &Press<'_>, (summaries, sizes): (&[AgencySummary], &Sizes), made: &mut Made) {
    let root = Address::root();
    let describer = shared.describer(press);
    let set = |year: u16| {
        let file = |table: &'static DataTable, form: Form| {
            let address = joined::address(table.name, year, form.extension());
            let content = *sizes.get(address.as_str())?;
            Some(DataFile { table, columns: table.columns().map(|column| column.name).collect(), form, address, content })
        };
        let files = columns::JOINED.into_iter().flat_map(|table| Form::ALL.map(|form| file(table, form))).flatten().collect();
        DataSet { files, ..DataSet::joined(&shared.site.title, year) }
    };
    let sets: Vec<DataSet> = joined::years(summaries).into_iter().map(set).collect();
    if !sets.is_empty() {
        put(&mut made.output, &dataset::package(&root), describer.package(&root, &sets));
    }
    let below: Vec<Address> = summaries.iter().map(AgencySummary::address).collect();
    let owner = Name { th: shared.site.title.clone(), en: None };
    let catalog = Catalog { front: &root, owner: &owner, website: None, sets: &sets, below: &below };
    put(&mut made.output, &dataset::catalog(&root), describer.catalog(&catalog));
}

/// The self-test of the finished pages.
fn test(shared: &Shared, theme: &Theme, (made, links, routes): (&Made, &Links, &Routes)) -> Vec<Finding> {
    let mut others = routes.clone();
    for redirect in &shared.site.redirects {
        others.add(&redirect.to.value);
    }
    let finished = check::output::Finished { output: &made.output, others: &others, fragments: &links.fragments };
    check::output::test(&finished, |path| theme_place(shared, theme, made.templates.get(path).copied()))
}
