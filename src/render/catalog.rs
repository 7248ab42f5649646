//! The catalogue of data as DCAT, version 3 (<https://www.w3.org/TR/vocab-dcat-3/>), in JSON-LD. Owns which property each fact becomes: each
//! table of each year is a dataset, and each form of it a distribution; so are the files of data in the form of a standard. The context
//! stands in the file, so that nobody has to fetch one. Addresses are absolute where the site has a `base_url`, else relative to the file,
//! which JSON-LD allows.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};

use super::data_package::{Describer, line};
use super::maps::{absolute, web_address};
use crate::base::address::Address;
use crate::base::date::{Date, fiscal_days};
use crate::base::hash::Hash;
use crate::base::language::Name;
use crate::base::thai;
use crate::site::dataset::{DataFile, DataSet, Form, OtherFile, catalog as address_of, schema};

/// The authority whose words for languages, themes and rhythms catalogues in use agree on.
const AUTHORITY: &str = "http://publications.europa.eu/resource/authority";

/// What a catalogue is about, and what lies below it.
pub struct Catalog<'a> {
    /// Its front page.
    pub front: &'a Address,
    /// Who publishes it.
    pub owner: &'a Name,
    /// Their own site.
    pub website: Option<&'a str>,
    /// Its data.
    pub sets: &'a [DataSet],
    /// The front pages of the agencies that have catalogues of their own.
    pub below: &'a [Address],
}

/// The file. The order of its members is that of the file.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@context")]
    context: Value,
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dct:title")]
    title: Said<'a>,
    #[serde(rename = "dct:description")]
    about: Said<'a>,
    #[serde(rename = "dct:publisher")]
    publisher: Publisher<'a>,
    #[serde(rename = "dct:language")]
    language: Link,
    #[serde(rename = "foaf:homepage")]
    homepage: Link,
    #[serde(rename = "dcat:dataset")]
    datasets: Vec<Dataset<'a>>,
    #[serde(rename = "dct:license", skip_serializing_if = "Option::is_none")]
    license: Option<Licensed<'a>>,
    #[serde(rename = "dcat:catalog", skip_serializing_if = "Vec::is_empty")]
    below: Vec<Link>,
}

/// Something else, by its address.
#[derive(Serialize)]
struct Link {
    #[serde(rename = "@id")]
    id: String,
}

impl Link {
    fn to(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}

/// A text in a language.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(rename = "@value")]
    value: Cow<'a, str>,
    #[serde(rename = "@language")]
    language: &'static str,
}

/// A value of a type.
#[derive(Serialize)]
struct Typed {
    #[serde(rename = "@value")]
    value: String,
    #[serde(rename = "@type")]
    kind: &'static str,
}

/// A name, in a language where that is known.
#[derive(Serialize)]
#[serde(untagged)]
enum Named<'a> {
    Said(Said<'a>),
    Plain(&'a str),
}

#[derive(Serialize)]
struct Publisher<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "foaf:name")]
    name: Named<'a>,
    #[serde(rename = "foaf:homepage", skip_serializing_if = "Option::is_none")]
    homepage: Option<Link>,
}

#[derive(Serialize)]
struct Licensed<'a> {
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dct:title")]
    title: &'a str,
}

#[derive(Serialize)]
struct Dataset<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dct:identifier")]
    identifier: String,
    #[serde(rename = "dct:title")]
    title: Said<'a>,
    #[serde(rename = "dct:description")]
    about: Said<'a>,
    #[serde(rename = "dct:publisher")]
    publisher: Link,
    #[serde(rename = "dct:language")]
    language: Link,
    #[serde(rename = "dct:accrualPeriodicity")]
    rhythm: Link,
    #[serde(rename = "dct:spatial")]
    country: Link,
    #[serde(rename = "dcat:theme")]
    theme: Link,
    #[serde(rename = "dct:temporal")]
    time: Time,
    #[serde(rename = "dct:issued", skip_serializing_if = "Option::is_none")]
    issued: Option<Typed>,
    #[serde(rename = "dcat:landingPage")]
    page: Link,
    #[serde(rename = "dct:isPartOf", skip_serializing_if = "Option::is_none")]
    part_of: Option<Link>,
    #[serde(rename = "dcat:distribution")]
    files: Vec<Distribution<'a>>,
}

#[derive(Serialize)]
struct Time {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dcat:startDate")]
    first: Typed,
    #[serde(rename = "dcat:endDate")]
    last: Typed,
}

#[derive(Serialize)]
struct Distribution<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "dct:title")]
    title: &'a str,
    #[serde(rename = "dcat:accessURL")]
    access: Link,
    #[serde(rename = "dcat:downloadURL")]
    download: Link,
    #[serde(rename = "dcat:mediaType")]
    media: Link,
    #[serde(rename = "dcat:byteSize")]
    size: Typed,
    #[serde(rename = "spdx:checksum")]
    checksum: Checksum,
    #[serde(rename = "dct:conformsTo")]
    standard: Link,
    #[serde(rename = "dct:license", skip_serializing_if = "Option::is_none")]
    license: Option<Licensed<'a>>,
}

#[derive(Serialize)]
struct Checksum {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "spdx:algorithm")]
    algorithm: Link,
    #[serde(rename = "spdx:checksumValue")]
    value: Typed,
}

impl Describer<'_> {
    /// The catalogue as a file.
    pub fn catalog(&self, catalog: &Catalog<'_>) -> Vec<u8> {
        let here = address_of(catalog.front);
        let writer = Writer { describer: self, here: &here };
        let name = self.said(catalog.owner);
        let words = |key| self.in_language(self.sentence(key, &[("name", catalog.owner)]));
        line(&Whole {
            context: context(),
            id: writer.url(&here),
            kind: "dcat:Catalog",
            title: words("catalog.title"),
            about: words("catalog.about"),
            publisher: writer.publisher(catalog),
            language: authority("language/THA"),
            homepage: Link::to(writer.url(catalog.front)),
            datasets: catalog.sets.iter().flat_map(|set| writer.datasets(set, &name)).collect(),
            license: writer.license(),
            below: catalog.below.iter().map(|front| Link::to(writer.url(&address_of(front)))).collect(),
        })
    }

    fn in_language<'t>(&self, text: impl Into<Cow<'t, str>>) -> Said<'t> {
        Said { value: text.into(), language: self.voice.language.code() }
    }
}

fn authority(word: &str) -> Link {
    Link::to(format!("{AUTHORITY}/{word}"))
}

/// What a dataset is called, what is in it, when it was issued, and its distributions.
struct Described<'a> {
    name: &'static str,
    about: Cow<'a, str>,
    issued: Option<Date>,
    files: Vec<Distribution<'a>>,
}

/// The short names of vocabularies.
fn context() -> Value {
    json!({
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "spdx": "http://spdx.org/rdf/terms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

struct Writer<'a> {
    describer: &'a Describer<'a>,
    /// The file.
    here: &'a Address,
}

impl<'a> Writer<'a> {
    fn url(&self, address: &Address) -> String {
        let Describer { site, base_url, .. } = self.describer;
        base_url.map_or_else(|| address.from(self.here, site.links), |base| absolute(base, address))
    }

    /// The id of who publishes, the same as on pages.
    fn publisher_id(&self, front: &Address) -> String {
        format!("{}#agency", self.url(front))
    }

    fn publisher<'c>(&self, catalog: &Catalog<'c>) -> Publisher<'c> {
        Publisher {
            id: self.publisher_id(catalog.front),
            kind: "foaf:Organization",
            name: named(catalog.owner),
            homepage: catalog.website.map(|website| Link::to(web_address(website))),
        }
    }

    fn license(&self) -> Option<Licensed<'a>> {
        let license = self.describer.site.license.as_ref()?;
        let id = license.url.as_ref().map(|url| web_address(url));
        Some(Licensed { id, kind: "dct:LicenseDocument", title: &license.name })
    }

    /// The datasets of a set: one for each table and each other form, with its files.
    fn datasets(&self, set: &'a DataSet, owner: &str) -> Vec<Dataset<'a>> {
        // The forms of a table lie side by side.
        let tables = set.files.chunk_by(|a, b| a.table.name == b.table.name).filter_map(|files| {
            let table = files.first()?.table;
            Some(Described {
                name: table.name,
                about: table.about.get(self.describer.voice.language).into(),
                issued: set.announced,
                files: files.iter().map(|file| self.distribution(file)).collect(),
            })
        });
        let others = set.others.chunk_by(|a, b| a.about == b.about).filter_map(|files| {
            let first = files.first()?;
            // Days of its own stand in the file; that of the result is none of them.
            Some(Described {
                name: first.name,
                about: self.describer.sentence(first.about, &[]).into(),
                issued: None,
                files: files.iter().map(|file| self.other_distribution(file)).collect(),
            })
        });
        tables.chain(others).map(|described| self.dataset(set, described, owner)).collect()
    }

    fn dataset(&self, set: &DataSet, Described { name, about, issued, files }: Described<'a>, owner: &str) -> Dataset<'a> {
        let page = self.url(&set.page);
        let day = |value: String| Typed { value, kind: "xsd:date" };
        let [first, last] = fiscal_days(set.year).map(day);
        Dataset {
            id: format!("{page}#data-{name}-{}", set.year),
            kind: "dcat:Dataset",
            identifier: format!("{name}-{}", set.year),
            // The same words as on pages: which table, of which year, of whom.
            title: self.describer.in_language(format!("{name} {} · {owner}", set.year)),
            about: self.describer.in_language(about),
            publisher: Link::to(self.publisher_id(&set.front)),
            language: authority("language/THA"),
            rhythm: authority("frequency/ANNUAL"),
            country: authority("country/THA"),
            theme: authority("data-theme/GOVE"),
            time: Time { kind: "dct:PeriodOfTime", first, last },
            issued: issued.map(|issued| day(issued.to_string())),
            part_of: set.scheme.is_some().then(|| Link::to(format!("{page}#data"))),
            page: Link::to(page),
            files,
        }
    }

    fn distribution(&self, file: &'a DataFile) -> Distribution<'a> {
        self.file(&file.address, (file.form.media(), file.content), self.url(&schema(file.table.name)))
    }

    fn other_distribution(&self, file: &'a OtherFile) -> Distribution<'a> {
        self.file(&file.address, (Form::Json.media(), file.content), file.form.to_owned())
    }

    /// A file, of what type and content, and what it conforms to.
    fn file(&self, address: &'a Address, (media, (size, hash)): (&str, (u64, Hash)), standard: String) -> Distribution<'a> {
        let url = self.url(address);
        Distribution {
            id: format!("{url}#file"),
            kind: "dcat:Distribution",
            title: address.as_str(),
            access: Link::to(url.as_str()),
            download: Link::to(url),
            media: Link::to(format!("https://www.iana.org/assignments/media-types/{media}")),
            size: Typed { value: size.to_string(), kind: "xsd:nonNegativeInteger" },
            checksum: Checksum {
                kind: "spdx:Checksum",
                algorithm: Link::to("spdx:checksumAlgorithm_sha256"),
                value: Typed { value: hash.to_string(), kind: "xsd:hexBinary" },
            },
            standard: Link::to(standard),
            license: self.license(),
        }
    }
}

/// A name as its owner writes it, which is Thai where it has Thai letters.
fn named(name: &Name) -> Named<'_> {
    let value = name.th.as_str();
    if value.contains(thai::is_letter) { Named::Said(Said { value: value.into(), language: "th" }) } else { Named::Plain(value) }
}
