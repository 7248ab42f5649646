//! The published files before the schemas of others: feeds, sitemaps, JSON Schemas, Data Packages, catalogues, release packages.

use std::fs;
use std::path::Path;

use crate::python;
use crate::sites::{self, Published};

/// Files that describe the sample's data. A site that lacks one is at fault.
const EXPECTED: &[&str] = &["feed.xml", "sitemap.xml", "catalog.jsonld", "2568/datapackage.json", "about-data/scores.schema.json"];

/// A fault of a file: where, what instead of what, and what is told of it.
type Spoiled = (&'static str, &'static str, &'static str, &'static str);

fn sites() -> [(&'static str, Published); 5] {
    [
        ("sample", sites::sample()),
        ("several", sites::several()),
        ("years", sites::years()),
        ("odd", sites::odd()),
        ("nothing", sites::nothing()),
    ]
}

/// What a script finds in a published folder.
fn found(script: &str, public: &Path, base: &str) -> String {
    let (is_well, told) = python(script, &[public.to_str().unwrap(), base], public);
    assert_eq!(is_well, told.is_empty(), "{told}");
    told
}

/// In copies of the odd site, one fault after the other is told by a script.
fn assert_told(script: &str, spoils: &[Spoiled]) {
    let published = sites::odd();
    for (path, from, to, fault) in spoils {
        let (_folder, public) = sites::copy(&published);
        let file = public.join(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}: {text}");
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let told = found(script, &public, published.base);
        assert!(told.contains(fault), "{path}: {fault} is not told: {told}");
    }
}

#[test]
#[ignore = "needs lxml and feedparser; scripts/test runs it"]
fn feeds_and_sitemaps_are_what_their_schemas_ask_for() {
    for (name, published) in sites() {
        assert_eq!(found("feeds.py", &published.public(), published.base), "", "{name}");
    }
}

#[test]
#[ignore = "needs lxml and feedparser; scripts/test runs it"]
fn a_fault_of_a_feed_or_a_sitemap_is_told() {
    let result = "<id>https://example.go.th/ita/2568/#result</id>";
    assert_told(
        "feeds.py",
        &[
            ("feed.xml", "<updated>", "<updated>2025-08-01</updated><updated>", "feed.xml: line 2"),
            ("feed.xml", "T00:00:00+07:00", "", "feed.xml: line 5: Error validating datatype dateTime"),
            ("feed.xml", "T00:00:00+07:00", "T00:00:00", "feed.xml: line 5"),
            ("feed.xml", "<author>", "<writer>", "feed.xml: no XML"),
            ("feed.xml", result, "", "feed.xml: "),
            ("feed.xml", result, "<id>2568/#result</id>", "feed.xml: "),
            ("feed.xml", result, "<id>https://example.go.th/ita/</id>", "2 times the id https://example.go.th/ita/"),
            ("feed.xml", "<updated>2025-08-01T", "<updated>2025-03-01T", "the days are"),
            ("feed.xml", "<updated>2025-08-30T", "<updated>2025-09-30T", "it is of 2025-09-30"),
            (
                "feed.xml",
                "rel=\"self\" type=\"application/atom+xml\" href=\"https://example.go.th/ita/feed.xml",
                "rel=\"self\" href=\"https://example.go.th/feed.xml",
                "it says of itself",
            ),
            ("feed.xml", "measures/#s-measure-", "measures/#s-measure ", "feed.xml: line"),
            ("feed.xml", "href=\"https://example.go.th/ita/2568/measures/", "href=\"https://example.go.th/ita/2568/none/", "leads nowhere"),
            ("sitemap.xml", "<lastmod>2025-03-14", "<lastmod>14 March", "sitemap.xml: line"),
            ("sitemap.xml", "<lastmod>2025-03-14", "<lastmod>2568-02-30", "sitemap.xml: line"),
            ("sitemap.xml", "<loc>https://example.go.th/ita/2568/scores/</loc>", "", "sitemap.xml: line"),
            ("sitemap.xml", "ita/2568/scores/</loc>", "ita/2568/none/</loc>", "ita/2568/none/ is not there"),
            ("sitemap.xml", "ita/2568/scores/</loc>", "ita/2568/audit/</loc>", "2568/audit/ is there twice"),
            ("sitemap.xml", "https://example.go.th/ita/2568/scores/", "https://example.com/ita/2568/scores/", "not below"),
            ("sitemap.xml", "<urlset ", "<urls ", "sitemap.xml: no XML"),
            ("robots.txt", "sitemap.xml", "sitemap-3.xml", "robots.txt: "),
        ],
    );
}

/// The scripts that look at what describes data, with what they have to tell of the odd site.
fn assert_described(script: &str, spoils: &[Spoiled]) {
    for (name, published) in sites() {
        // An agency with nothing has no data to describe, but its site has all else.
        if name != "nothing" || script != "packages.py" {
            assert_eq!(found(script, &published.public(), published.base), "", "{name}");
        }
    }
    assert_told(script, spoils);
}

#[test]
#[ignore = "needs jsonschema; scripts/test runs it"]
fn every_table_is_as_its_schema_says() {
    assert_described(
        "schemas.py",
        &[
            ("2568/data/items.json", "\"issue\":1", "\"issue\":\"1\"", "items.json: $[0].issue"),
            ("2568/data/items.json", "\"code\":\"o1\"", "\"code\":null", "items.json: $[0].code"),
            ("2568/data/items.json", "\"published\":null", "\"published\":100", "items.json: $[0].published"),
            ("2568/data/items.json", "\"group\":\"3.1\",", "", "items.json: $[0]: 'group' is a required property"),
            ("2568/data/questions.json", "\"reverse\":true", "\"reverse\":\"true\"", "questions.json: $["),
            ("2568/data/scores.json", "\"state\":\"", "\"state\":\"x", "scores.json: $[0].state"),
            ("2568/data/measures.json", "2025-09-30", "30 Sep 2568", "measures.json: $[1].to"),
            ("about-data/items.schema.json", "\"array\"", "\"list\"", "items.schema.json: $.type"),
            ("about-data/items.schema.json", "2020-12", "2019-09", "items.schema.json: of another draft"),
        ],
    );
}

#[test]
#[ignore = "needs Frictionless; scripts/test runs it"]
fn every_package_is_one_for_frictionless() {
    assert_described(
        "packages.py",
        &[
            ("2568/data/items.csv", "3.10", "3.11", "the hash of data/items.csv is another"),
            ("2568/data/items.csv", "3.10", "3.1", "data/items.csv has"),
            ("2568/data/items.csv", "indicator", "indicators", "2568/datapackage.json: items"),
            ("2568/data/questions.csv", "true", "maybe", "2568/datapackage.json: questions 4 reverse type-error"),
            ("2568/datapackage.json", "data/items.csv", "data/none.csv", "data/none.csv is not there"),
            ("2568/datapackage.json", "\"resources\"", "\"things\"", "2568/datapackage.json: "),
            ("2568/datapackage.json", "\"type\":\"integer\"", "\"type\":\"whole\"", "2568/datapackage.json: "),
        ],
    );
}

#[test]
#[ignore = "needs rdflib and pyshacl; scripts/test runs it"]
fn every_catalogue_has_what_dcat_asks_for() {
    assert_described(
        "catalogs.py",
        &[
            ("catalog.jsonld", "\"dct:title\"", "\"dct:name\"", "http://purl.org/dc/terms/title"),
            ("catalog.jsonld", "\"dct:description\"", "\"dct:about\"", "http://purl.org/dc/terms/description"),
            ("catalog.jsonld", "\"dct:publisher\"", "\"dct:owner\"", "http://purl.org/dc/terms/publisher"),
            ("catalog.jsonld", "\"foaf:name\"", "\"foaf:nick\"", "http://purl.org/dc/terms/publisher"),
            ("catalog.jsonld", "\"dcat:dataset\"", "\"dcat:datasets\"", "a dataset is in no catalogue"),
            ("catalog.jsonld", "\"dcat:distribution\"", "\"dcat:distributed\"", "http://www.w3.org/ns/dcat#distribution"),
            ("catalog.jsonld", "\"dcat:accessURL\"", "\"dcat:access\"", "http://www.w3.org/ns/dcat#accessURL"),
            ("catalog.jsonld", "\"dcat:downloadURL\"", "\"dcat:download\"", "http://www.w3.org/ns/dcat#downloadURL"),
            ("catalog.jsonld", "media-types/text/csv", "media-types/csv", "http://www.w3.org/ns/dcat#mediaType"),
            ("catalog.jsonld", "media-types/text/csv", "media-types/text/plain", "is no text/plain"),
            ("catalog.jsonld", "xsd:nonNegativeInteger", "xsd:string", "http://www.w3.org/ns/dcat#byteSize"),
            ("catalog.jsonld", "\"spdx:checksumValue\"", "\"spdx:value\"", "http://spdx.org/rdf/terms#checksum"),
            (
                "catalog.jsonld",
                "\"dcat:landingPage\":{\"@id\":\"https://example.go.th/ita/2568/",
                "\"dcat:landingPage\":{\"@id\":\"https://example.go.th/ita/2569/",
                "2569/ is not there",
            ),
            ("catalog.jsonld", "{", "", "catalog.jsonld: "),
            ("2568/data/items.csv", "3.10", "3.11", "the hash of https://example.go.th/ita/2568/data/items.csv is another"),
        ],
    );
    // Where the site has no address, addresses are counted from the file.
    let site = sites::unaddressed();
    assert_eq!(found("catalogs.py", &site.public(), "-"), "");
}

#[test]
#[ignore = "belongs to those of the published data; scripts/test runs it"]
fn every_agency_has_the_files_that_describe_its_data() {
    let published = sites::sample();
    for path in EXPECTED {
        assert!(published.public().join(path).is_file(), "{path} is not there");
    }
}
