//! The catalogue of data as DCAT, version 3 (<https://www.w3.org/TR/vocab-dcat-3/>), in JSON-LD. Owns which property each fact becomes: each
//! table of each year is a dataset, and each form of it a distribution; so are the files of data in the form of a standard. The context
//! stands in the file, so that nobody has to fetch one. Addresses are absolute where the site has a `base_url`, else relative to the file,
//! which JSON-LD allows.

use serde_json::{Map, Value, json};

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

impl Describer<'_> {
    /// The catalogue as a file.
    pub fn catalog(&self, catalog: &Catalog<'_>) -> Vec<u8> {
        let here = address_of(catalog.front);
        let writer = Writer { describer: self, here: &here };
        let publisher = writer.publisher(catalog);
        let name = self.said(catalog.owner);
        let words = |key| self.text(&self.sentence(key, &[("name", catalog.owner)]));
        let mut out = json!({
            "@context": context(),
            "@id": writer.url(&here),
            "@type": "dcat:Catalog",
            "dct:title": words("catalog.title"),
            "dct:description": words("catalog.about"),
            "dct:publisher": publisher,
            "dct:language": {"@id": format!("{AUTHORITY}/language/THA")},
            "foaf:homepage": {"@id": writer.url(catalog.front)},
            "dcat:dataset": catalog.sets.iter().flat_map(|set| writer.datasets(set, &name)).collect::<Vec<_>>(),
        });
        if let Some(license) = writer.license() {
            out["dct:license"] = license;
        }
        if !catalog.below.is_empty() {
            out["dcat:catalog"] = catalog.below.iter().map(|front| json!({"@id": writer.url(&address_of(front))})).collect();
        }
        line(&out)
    }

    fn text(&self, text: &str) -> Value {
        json!({"@value": text, "@language": self.voice.language.code()})
    }
}

/// What a dataset is called, what is in it, when it was issued, and its distributions.
struct Described {
    name: &'static str,
    about: String,
    issued: Option<Date>,
    files: Vec<Value>,
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

impl Writer<'_> {
    fn url(&self, address: &Address) -> String {
        let Describer { site, base_url, .. } = self.describer;
        base_url.map_or_else(|| address.from(self.here, site.links), |base| absolute(base, address))
    }

    /// The id of who publishes, the same as on pages.
    fn publisher_id(&self, front: &Address) -> String {
        format!("{}#agency", self.url(front))
    }

    fn publisher(&self, catalog: &Catalog<'_>) -> Value {
        let mut publisher = json!({
            "@id": self.publisher_id(catalog.front),
            "@type": "foaf:Organization",
            "foaf:name": self.name(catalog.owner),
        });
        if let Some(website) = catalog.website {
            publisher["foaf:homepage"] = json!({"@id": web_address(website)});
        }
        publisher
    }

    /// A name as its owner writes it, which is Thai where it has Thai letters.
    fn name(&self, name: &Name) -> Value {
        if name.th.contains(thai::is_letter) { json!({"@value": name.th, "@language": "th"}) } else { name.th.as_str().into() }
    }

    fn license(&self) -> Option<Value> {
        let license = self.describer.site.license.as_ref()?;
        Some(match &license.url {
            Some(url) => json!({"@id": web_address(url), "@type": "dct:LicenseDocument", "dct:title": license.name}),
            None => json!({"@type": "dct:LicenseDocument", "dct:title": license.name}),
        })
    }

    /// The datasets of a set: one for each table and each other form, with its files.
    fn datasets(&self, set: &DataSet, owner: &str) -> Vec<Value> {
        // The forms of a table lie side by side.
        let tables = set.files.chunk_by(|a, b| a.table.name == b.table.name).filter_map(|files| {
            let table = files.first()?.table;
            let about = self.describer.said(&table.about.name());
            Some(Described {
                name: table.name,
                about,
                issued: set.announced,
                files: files.iter().map(|file| self.distribution(file)).collect(),
            })
        });
        let others = set.others.chunk_by(|a, b| a.about == b.about).filter_map(|files| {
            let first = files.first()?;
            let about = self.describer.sentence(first.about, &[]);
            // Days of its own stand in the file; that of the result is none of them.
            Some(Described {
                name: first.name,
                about,
                issued: None,
                files: files.iter().map(|file| self.other_distribution(file)).collect(),
            })
        });
        tables.chain(others).map(|described| self.dataset(set, described, owner)).collect()
    }

    fn dataset(&self, set: &DataSet, Described { name, about, issued, files }: Described, owner: &str) -> Value {
        let describer = self.describer;
        let page = self.url(&set.page);
        // The same words as on pages: which table, of which year, of whom.
        let title = format!("{name} {} · {owner}", set.year);
        let [first, last] = fiscal_days(set.year);
        let day = |day: String| json!({"@value": day, "@type": "xsd:date"});
        let mut dataset = Map::new();
        let mut put = |key: &str, value: Value| drop(dataset.insert(key.to_owned(), value));
        put("@id", format!("{page}#data-{name}-{}", set.year).into());
        put("@type", "dcat:Dataset".into());
        put("dct:identifier", format!("{name}-{}", set.year).into());
        put("dct:title", describer.text(&title));
        put("dct:description", describer.text(&about));
        put("dct:publisher", json!({"@id": self.publisher_id(&set.front)}));
        put("dct:language", json!({"@id": format!("{AUTHORITY}/language/THA")}));
        put("dct:accrualPeriodicity", json!({"@id": format!("{AUTHORITY}/frequency/ANNUAL")}));
        put("dct:spatial", json!({"@id": format!("{AUTHORITY}/country/THA")}));
        put("dcat:theme", json!({"@id": format!("{AUTHORITY}/data-theme/GOVE")}));
        put(
            "dct:temporal",
            json!({
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": day(first), "dcat:endDate": day(last),
            }),
        );
        if let Some(issued) = issued {
            put("dct:issued", day(issued.to_string()));
        }
        put("dcat:landingPage", json!({"@id": page}));
        if set.scheme.is_some() {
            put("dct:isPartOf", json!({"@id": format!("{page}#data")}));
        }
        put("dcat:distribution", files.into());
        Value::Object(dataset)
    }

    fn distribution(&self, file: &DataFile) -> Value {
        self.file(&file.address, (file.form.media(), file.content), &self.url(&schema(file.table.name)))
    }

    fn other_distribution(&self, file: &OtherFile) -> Value {
        self.file(&file.address, (Form::Json.media(), file.content), file.form)
    }

    /// A file, of what type and content, and what it conforms to.
    fn file(&self, address: &Address, (media, (size, hash)): (&str, (u64, Hash)), standard: &str) -> Value {
        let url = self.url(address);
        let media = format!("https://www.iana.org/assignments/media-types/{media}");
        let mut distribution = json!({
            "@id": format!("{url}#file"),
            "@type": "dcat:Distribution",
            "dct:title": address.as_str(),
            "dcat:accessURL": {"@id": url},
            "dcat:downloadURL": {"@id": url},
            "dcat:mediaType": {"@id": media},
            "dcat:byteSize": {"@value": size.to_string(), "@type": "xsd:nonNegativeInteger"},
            "spdx:checksum": {
                "@type": "spdx:Checksum", "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                "spdx:checksumValue": {"@value": hash.to_string(), "@type": "xsd:hexBinary"},
            },
            "dct:conformsTo": {"@id": standard},
        });
        if let Some(license) = self.license() {
            distribution["dct:license"] = license;
        }
        distribution
    }
}
