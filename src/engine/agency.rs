//! The unit of an agency: from its files to its pages, data files and findings.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::index;
use super::memo::Memo;
use super::procurement::{self, Procurement};
use super::redirects::{self, Answers};
use super::shared::{Figures, Shared, Texts, figures, look, press, root_files, theme_place};
use super::trace::Phase;
use super::{Made, Remains, Source, Told, Unit, blocking, has_errors, put, size, write};
use crate::assessment::completeness::Today;
use crate::base::address::Address;
use crate::base::date::Date;
use crate::base::hash::Hash;
use crate::base::output::{Entry, Output};
use crate::base::span::Place;
use crate::check;
use crate::check::authored::Authored;
use crate::check::records::Records;
use crate::finding::{Code, Finding, Summary};
use crate::framework::Pack;
use crate::render::catalog::Catalog;
use crate::render::feed::atom;
use crate::render::page::{Press, Unit as Printed};
use crate::render::search::{Index, Said};
use crate::render::theme::Theme;
use crate::render::{data, maps};
use crate::site::agencies::AgencySummary;
use crate::site::dataset::{DataSet, Form};
use crate::site::links::{self, Links};
use crate::site::model::{EditionModel, Model};
use crate::site::page::Page;
use crate::site::routes::{self, Routes};
use crate::site::tables::Tables;
use crate::site::{
    about_data, agency, audit, changes, columns, dataset, edition, feed, glossary, issue, item, item_years, measures, oit, page, provinces,
    report, scores, search, verify,
};
use crate::source::files::Files;
use crate::source::layout::{Role, role};
use crate::source::unit::{self, Context};

/// An agency as it was read: what is known before any page is written.
pub struct Read {
    slug: Arc<str>,
    model: Model,
    routes: Routes,
    links: Links,
    figures: Figures,
    texts: Texts,
    /// The tables of its procurement items.
    procurement: Procurement,
    /// What was found in its sources, without lines yet.
    findings: Vec<Finding>,
}

/// Reads an agency, and judges its sources.
pub fn read(shared: &Shared, source: &dyn Source, (slug, files): (&str, Files)) -> Read {
    let context = Context { slug, packs: &shared.packs, drafts: shared.options.drafts };
    let (records, mut findings, texts) = unit::read(files, context);
    if let Some(reason) = routes::bad_slug(slug).filter(|_| shared.many) {
        let place = Place::top(format!("content/{slug}/agency.yaml"));
        findings.push(Finding::new(Code::WrongType, place).case("slug").with("found", slug).with("reason", reason));
    }
    findings.extend(check::attachments::findings(&records));
    let model = Model::new(records);
    let (routes, found) = Routes::of(&model);
    findings.extend(found);
    let (links, found) = links::resolve(&model, &routes, &shared.own.pages);
    findings.extend(found);
    let (procurement, found) = procurement::read(source, &model, &links);
    findings.extend(found);
    let (figures, found) = figures(&model);
    findings.extend(found);
    // With several agencies the logo is the site's own, and lies among its files.
    let logo = shared.site.logo.as_ref().filter(|_| !shared.many);
    let pictures = logo.into_iter().chain(&model.agency.image);
    findings.extend(pictures.filter_map(|picture| check::pictures::missing(picture, &model.folder, &model.attachments)));
    findings.extend(model.editions.iter().flat_map(|edition| check::scores::findings(&edition.edition, &edition.ledger)));
    findings.extend(check::records::judge(&Records::new(&model, &texts, (&findings, Today::is(shared.options.today)))));
    let authored = Authored { model: &model, texts: &texts };
    let (personal, prose) = rayon::join(|| check::personal::findings(&authored), || check::prose::findings(&authored));
    findings.extend(personal);
    findings.extend(prose);
    check::accept::apply(&model, &mut findings);
    Read { slug: Arc::from(slug), model, routes, links, figures, texts, procurement, findings }
}

impl Read {
    /// What the sources tell, for tools that need no pages.
    pub fn told(self, today: Date) -> Told {
        let mut found = blocking(&self.findings);
        look(&mut found, &[&self.texts]);
        Told { summary: Summary::of(&self.findings), slug: self.slug, today, model: self.model, blocking: found }
    }

    /// Its records, the texts that they were read from, and how many errors these have.
    pub fn sources(self) -> (Model, Texts, usize) {
        (self.model, self.texts, Summary::of(&self.findings).errors)
    }
}

/// Builds the unit of an agency, without writing the pages that `memo` remembers. What its sources tell comes with it.
pub fn build(shared: &Shared, source: &dyn Source, (slug, files): (&str, Files), memo: &Memo) -> (Unit, Remains, Told) {
    // Where another core is free, it reads the theme meanwhile, which the first pages need.
    let (mut read, _) = rayon::join(
        || {
            let _rules = shared.trace(Phase::Rules, slug);
            read(shared, source, (slug, files))
        },
        || shared.theme(),
    );
    let summary = Summary::of(&read.findings);
    let mut findings = std::mem::take(&mut read.findings);
    let Read { slug, model, routes, links, figures, texts, procurement, .. } = read;
    let mut output = Output::default();
    if let Some(theme) = shared.theme().filter(|_| !has_errors(&findings)) {
        let press = press(shared, theme, Printed { model: Some(&model), links: &links, figures: &figures });
        let made = Maker { shared, press: &press, memo, procurement: &procurement }.all((&model, &links, &routes), &findings);
        if made.findings.is_empty() {
            let _test = shared.trace(Phase::SelfTest, &slug);
            findings.extend(test(shared, theme, (&made, &model, &links)));
        }
        findings.extend(made.findings);
        output = made.output;
    }
    for finding in &mut findings {
        finding.agency = Arc::clone(&slug);
    }
    look(&mut findings, &[&texts, &shared.texts]);
    let sound = !has_errors(&findings);
    let remains = Remains {
        accepts: (Arc::clone(&slug), model.agency.accept.clone()),
        findings: findings.clone(),
        summary: shared.many.then(|| AgencySummary::of(&model)),
        maps: maps::addresses(&model.base, "sitemap").take_while(|map| output.get(&map.file()).is_some()).collect(),
        answers: Answers::of(&routes, &shared.site.redirects),
        frameworks: frameworks(shared, &model, &texts),
        pages: if shared.own.pages.is_empty() { BTreeSet::new() } else { routes.pages_below(&model.base).collect() },
    };
    let told = Told { slug: Arc::clone(&slug), today: shared.options.today, model, summary, blocking: blocking(&findings) };
    (Unit { slug, output: if sound { output } else { Output::default() }, findings }, remains, told)
}

/// The files of packs that are the agency's own, where one of its editions goes by such a pack.
fn frameworks(shared: &Shared, model: &Model, texts: &Texts) -> Vec<(Arc<str>, String)> {
    let is_shared = |pack: &Arc<Pack>| shared.packs.get(&pack.id).is_some_and(|known| Arc::ptr_eq(known, pack));
    if model.editions.iter().all(|edition| is_shared(&edition.edition.pack)) {
        return Vec::new();
    }
    let below = |path: &str| path.strip_prefix(&model.folder).map(role);
    let own = texts.iter().filter(|(path, _)| below(path) == Some(Role::Framework));
    own.map(|(path, text)| (Arc::clone(path), text.text.to_string())).collect()
}

/// What an agency's files are made with.
struct Maker<'a> {
    shared: &'a Shared,
    press: &'a Press<'a>,
    memo: &'a Memo,
    procurement: &'a Procurement,
}

impl Maker<'_> {
    /// All files of an agency; with one agency those of the root as well.
    fn all(&self, (model, links, routes): (&Model, &Links, &Routes), findings: &[Finding]) -> Made {
        let Self { shared, press, .. } = self;
        let mut made = self.agency_files((model, links), findings);
        let own = redirects::of_unit(shared, &model.agency.slug);
        redirects::put_all(press, own.filter(|redirect| routes.taken(&redirect.from.value).is_none()), &mut made);
        if !shared.many {
            root_files(shared, press, &mut made);
        }
        made
    }

    /// All files of an agency but those of the root.
    fn agency_files(&self, (model, links): (&Model, &Links), findings: &[Finding]) -> Made {
        let Self { shared, press, memo, procurement } = self;
        let today = Today::is(shared.options.today);
        let mut made = Made::default();
        let mut pages = vec![agency::page(model, today)];
        let describer = self.shared.describer(press);
        let slug = &model.agency.slug;
        let tables_of = shared.trace(Phase::Data, slug);
        let mut sets = Vec::new();
        for edition in &model.editions {
            let tables = Tables::of(model, edition, links, findings);
            pages.extend(edition_pages(model, edition, (&tables, links, today)));
            pages.push(audit::page(model, edition, &tables, findings));
            let mut set = DataSet::of_edition(model, edition);
            set.others = procurement.publish(shared, (model, edition), (memo, &mut pages, &mut made));
            for (table, form) in tables.all().into_iter().flat_map(|table| Form::ALL.map(|form| (table, form))) {
                let bytes = memo.page(|| Hash::of_value(&(form, table)), || Ok(data::file(form, table)));
                made.shared_page(&edition.data(table.name, form.extension()), bytes);
            }
            // The lists of data name the hashes of the files: all of them at once.
            made.output.hashed();
            for (table, known) in tables.all().into_iter().zip(columns::TABLES) {
                let file = |form: Form| made.data_file(known, (form, edition.data(table.name, form.extension())), &table.columns);
                set.files.extend(Form::ALL.into_iter().filter_map(file));
            }
            put(&mut made.output, &dataset::package(&edition.base), describer.package(&edition.base, std::slice::from_ref(&set)));
            sets.push(set);
        }
        let agency = &model.agency;
        let catalog = Catalog { front: &model.base, owner: &agency.name, website: agency.website.as_deref(), sets: &sets, below: &[] };
        put(&mut made.output, &dataset::catalog(&model.base), describer.catalog(&catalog));
        pages.push(changes::page(model));
        pages.push(glossary::page(model, &press.theme.words));
        pages.push(about_data::page(model, &sets, shared.base_url.as_deref()));
        pages.extend(item_years::pages(model, links));
        pages.extend(page::pages(model));
        if !shared.many {
            pages.push(verify::page(Some(model), shared.site.public_key.as_ref(), shared.base_url.as_deref()));
        }
        pages.push(search::page::of_agency(model));
        size(&mut pages, |path| made.output.get(path).map(Entry::size));
        drop(tables_of);
        let mut indexed = Made::default();
        rayon::join(
            || {
                let _pages = shared.trace(Phase::Pages, slug);
                write(press, &pages, memo, &mut made);
            },
            || self.index(model, &mut indexed),
        );
        made.add(indexed);
        for attachment in model.attachments.values() {
            let _ = made.output.put(model.attachment(attachment).file(), Entry::Copy(attachment.clone()));
        }
        if let Some(base_url) = &shared.base_url {
            let files = maps::sitemaps(base_url, pages.iter().map(|page| (&page.address, page.updated)));
            for (address, map) in maps::addresses(&model.base, "sitemap").zip(files) {
                put(&mut made.output, &address, map);
            }
            let news = feed::agency(model);
            put(&mut made.output, &news.address, atom(&news, base_url, (&press.theme.voice, &shared.site)));
        }
        made
    }
}

impl Maker<'_> {
    /// The index of the search.
    fn index(&self, model: &Model, made: &mut Made) {
        let Self { shared, press, memo, .. } = self;
        let _search = shared.trace(Phase::Search, &model.agency.slug);
        let voice = &press.theme.voice;
        let entries = search::agency::entries(model, &index::spoken(press.unit.figures, voice), &press.theme.words);
        let found = Index {
            base: &model.base,
            entries: &entries,
            names: &search::agency::names(model),
            most: index::ALL,
            voice,
            texts: Said::default(),
        };
        index::put(&found, &search::address(model), memo, made);
    }
}

/// The self-test of the finished pages.
fn test(shared: &Shared, theme: &Theme, (made, model, links): (&Made, &Model, &Links)) -> Vec<Finding> {
    let mut others = Routes::default();
    others.add(&verify::address());
    others.add(&verify::manifest());
    if shared.many {
        others.add(&Address::root());
        others.add(&Address::root().below("search/"));
        // Whether it is there is told where it is named.
        if let Some(logo) = &shared.site.logo {
            others.add(&logo.value);
        }
        for (name, _) in theme.root_files(true) {
            others.add(&Address::root().below(name));
        }
        for table in columns::TABLES {
            others.add(&dataset::schema(table.name));
        }
        for name in shared.own.pages.keys() {
            others.add(&Address::root().below(&format!("{name}/")));
        }
        // This agency is one that the page of its province lists, so that page is there.
        if let Some(province) = provinces::address_of(&model.agency) {
            others.add(&province);
        }
    }
    for redirect in &shared.site.redirects {
        // Whether these are there is known when all agencies are.
        others.add(&redirect.to.value);
    }
    let finished = check::output::Finished { output: &made.output, others: &others, fragments: &links.fragments };
    check::output::test(&finished, |path| theme_place(shared, theme, made.templates.get(path).copied()))
}

fn edition_pages<'a>(model: &'a Model, edition: &'a EditionModel, (tables, links, today): (&Tables, &Links, Today)) -> Vec<Page<'a>> {
    let mut pages = vec![
        edition::page(model, edition, tables),
        scores::page(model, edition, tables),
        measures::page(model, edition, tables, links),
        report::page(model, edition, tables),
    ];
    if !edition.edition.pack.issues.is_empty() {
        pages.push(issue::index(model, edition));
        pages.extend(issue::pages(model, edition, tables, links));
    }
    if !edition.edition.pack.items.is_empty() {
        pages.push(oit::page(model, edition, today));
        pages.extend(item::pages(model, edition, links, today));
    }
    pages
}
