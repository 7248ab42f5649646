//! Facts of a page as JSON-LD, in the words of schema.org. Owns which property each fact becomes, and how JSON stands inside HTML.
//! Addresses are absolute where the site has a `base_url`, else relative to the page, which JSON-LD allows.

use serde_json::{Map, Value, json};

use super::maps::absolute;
use super::voice::Voice;
use crate::base::address::Address;
use crate::base::date::fiscal_days;
use crate::base::language::Name;
use crate::base::thai;
use crate::site::linked::{Dataset, Linked, Organisation};
use crate::source::site::Site;
use crate::text::html::seen;

/// Who writes, and where.
pub struct Writer<'a> {
    /// How the site speaks.
    pub voice: &'a Voice,
    /// The site's settings.
    pub site: &'a Site,
    /// The absolute address of its root.
    pub base_url: Option<&'a str>,
    /// The page.
    pub here: &'a Address,
}

impl Writer<'_> {
    /// The objects of a page, with a comma between them; empty where there are none.
    pub fn objects(&self, linked: &[Linked]) -> String {
        linked.iter().map(|one| in_html(&self.object(one).to_string())).collect::<Vec<_>>().join(",")
    }

    /// The pages above a page with their names as HTML, each followed by a comma: the page itself is the last of the list, and only its template knows its title.
    pub fn trail(&self, above: &[(&Address, String)]) -> String {
        let mut out = String::with_capacity(above.len() * 160);
        for (number, (address, label)) in above.iter().enumerate() {
            let (name, url) = (string(label), in_html(&Value::from(self.url(address)).to_string()));
            out.push_str(&format!("{{\"@type\":\"ListItem\",\"position\":{},\"name\":{name},\"item\":{url}}},", number + 1));
        }
        out
    }

    /// The address of a page or file.
    fn url(&self, address: &Address) -> String {
        self.base_url.map_or_else(|| address.from(self.here, self.site.links), |base| absolute(base, address))
    }

    fn object(&self, linked: &Linked) -> Value {
        match linked {
            Linked::Agency(agency) => self.agency(agency),
            Linked::Edition(data) => self.dataset(data),
        }
    }

    fn agency(&self, agency: &Organisation) -> Value {
        let place = object([
            ("@type", Some("PostalAddress".into())),
            ("streetAddress", agency.street.as_ref().map(|street| self.name(street))),
            ("addressLocality", agency.district.as_ref().map(|name| self.name(name))),
            ("addressRegion", agency.province.as_ref().map(|name| self.name(name))),
            ("addressCountry", Some("TH".into())),
        ]);
        let logo = self.site.logo.as_ref().map(|logo| self.url(&logo.value).into());
        object([
            ("@type", Some("GovernmentOrganization".into())),
            ("@id", Some(format!("{}#agency", self.url(&agency.front)).into())),
            ("name", Some(self.name(&agency.name))),
            ("alternateName", agency.short.as_ref().map(|name| self.name(name))),
            ("url", Some(agency.website.clone().unwrap_or_else(|| self.url(&agency.front)).into())),
            ("telephone", agency.phone.clone().map(Value::from)),
            ("email", agency.email.clone().map(Value::from)),
            ("logo", logo),
            ("address", Some(place)),
        ])
    }

    fn dataset(&self, data: &Dataset) -> Value {
        let words = |key: &str| {
            let (name, scheme) = (self.voice.name(&data.name), self.voice.name(&data.scheme));
            seen(&self.voice.sentence(key, &[("name", name), ("scheme", scheme)]).unwrap_or_default())
        };
        let file = |(table, media, address): &(&str, &str, Address)| json!({"@type": "DataDownload", "name": table, "encodingFormat": media, "contentUrl": self.url(address)});
        let license = self.site.license.as_ref().map(|license| license.url.clone().unwrap_or_else(|| license.name.clone()).into());
        let agency = json!({
            "@type": "GovernmentOrganization", "@id": format!("{}#agency", self.url(&data.agency)), "name": self.name(&data.name),
        });
        object([
            ("@type", Some("Dataset".into())),
            ("@id", Some(format!("{}#data", self.url(&data.page)).into())),
            ("name", Some(words("linked.dataset").into())),
            ("description", Some(words("linked.dataset.about").into())),
            ("url", Some(self.url(&data.page).into())),
            ("inLanguage", Some("th".into())),
            ("isAccessibleForFree", Some(true.into())),
            ("license", license),
            ("datePublished", data.announced.map(|day| day.to_string().into())),
            ("temporalCoverage", Some(fiscal_days(data.year).join("/").into())),
            ("creator", Some(agency)),
            ("distribution", Some(data.files.iter().map(file).collect())),
        ])
    }

    fn name(&self, name: &Name) -> Value {
        name.get(self.voice.language).into()
    }
}

/// An object without what is absent.
fn object<const N: usize>(pairs: [(&str, Option<Value>); N]) -> Value {
    let present = pairs.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}

/// A text that is HTML, as a JSON string that may stand in HTML: what templates put into JSON-LD.
pub fn string(html: &str) -> String {
    in_html(&Value::from(seen(html)).to_string())
}

/// JSON in which nothing can end the element that it stands in, and nothing turns the direction of a text.
fn in_html(json: &str) -> String {
    thai::still(json).replace('&', "\\u0026").replace('<', "\\u003c").replace('>', "\\u003e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element() {
        assert_eq!(string("a &lt;/script&gt; &amp; \"b\" <b>c</b>"), "\"a \\u003c/script\\u003e \\u0026 \\\"b\\\" c\"");
        assert_eq!(serde_json::from_str::<String>(&string("ก &amp;lt;")).unwrap(), "ก &lt;");
    }
}
