//! Release packages of the Open Contracting Data Standard 1.1 as JSON. Owns the form: one release a line, nothing that is empty, amounts as
//! the digits that they are. What is published is the plan's to say.

use super::maps::web_address;
use crate::base::date::Date;
use crate::site::ocds::{Award, Buyer, Package, Release};
use crate::source::procurement::Satang;

/// A package as a file.
pub fn package(package: &Package<'_>) -> Vec<u8> {
    let mut out = Json::default();
    out.open('{');
    out.text("uri", &package.uri);
    out.text("version", "1.1");
    out.text("publishedDate", &moment(package.day));
    out.key("publisher");
    out.open('{');
    out.text("name", package.publisher);
    out.maybe("uri", package.website.map(web_address).as_deref());
    out.close('}');
    out.maybe("license", package.license.map(web_address).as_deref());
    out.key("releases");
    out.open('[');
    for one in &package.releases {
        out.line();
        release(one, package, &mut out);
    }
    out.text.push('\n');
    out.close(']');
    out.close('}');
    out.text.push('\n');
    out.text.into_bytes()
}

fn release(release: &Release<'_>, package: &Package<'_>, out: &mut Json) {
    out.open('{');
    out.text("ocid", &release.ocid);
    out.text("id", &release.id);
    out.text("date", &moment(package.day));
    out.key("tag");
    out.open('[');
    release.tags.iter().for_each(|tag| out.item(tag));
    out.close(']');
    out.text("initiationType", "tender");
    out.text("language", "th");
    out.key("parties");
    out.open('[');
    buyer(&package.buyer, out);
    let mut parties: Vec<&(String, String)> = release.awards.iter().flat_map(|award| &award.suppliers).collect();
    parties.sort();
    parties.dedup();
    for (id, name) in parties {
        party((id, name), Some("supplier"), out);
    }
    out.close(']');
    out.key("buyer");
    party((&package.buyer.id, package.buyer.name), None, out);
    if release.budget.is_some() || release.budget_source.is_some() {
        out.key("planning");
        out.open('{');
        out.key("budget");
        out.open('{');
        out.maybe("description", release.budget_source.as_deref());
        value("amount", release.budget, out);
        out.close('}');
        out.close('}');
    }
    out.key("tender");
    out.open('{');
    out.text("id", release.tender);
    out.text("title", &release.title);
    out.maybe("status", release.status);
    value("value", release.value, out);
    out.maybe("procurementMethod", release.method);
    out.maybe("procurementMethodDetails", release.method_details.as_deref());
    out.close('}');
    if !release.awards.is_empty() {
        out.key("awards");
        out.open('[');
        release.awards.iter().for_each(|one| award(one, out));
        out.close(']');
    }
    if release.awards.iter().any(|award| award.contract.is_some()) {
        out.key("contracts");
        out.open('[');
        release.awards.iter().for_each(|one| contract(one, out));
        out.close(']');
    }
    out.close('}');
}

fn buyer(buyer: &Buyer<'_>, out: &mut Json) {
    out.open('{');
    out.text("id", &buyer.id);
    out.text("name", buyer.name);
    out.key("address");
    out.open('{');
    out.maybe("locality", buyer.district);
    out.maybe("region", buyer.province);
    out.text("countryName", "ประเทศไทย");
    out.close('}');
    out.key("roles");
    out.open('[');
    out.item("buyer");
    out.close(']');
    out.close('}');
}

/// A party with its role, or a reference to one.
fn party((id, name): (&str, &str), role: Option<&str>, out: &mut Json) {
    out.open('{');
    out.text("id", id);
    out.text("name", name);
    if let Some(role) = role {
        out.key("roles");
        out.open('[');
        out.item(role);
        out.close(']');
    }
    out.close('}');
}

fn award(award: &Award, out: &mut Json) {
    out.open('{');
    out.text("id", &format!("award-{}", award.number));
    out.maybe("status", award.status);
    value("value", award.value, out);
    out.key("suppliers");
    out.open('[');
    award.suppliers.iter().for_each(|(id, name)| party((id, name), None, out));
    out.close(']');
    out.close('}');
}

fn contract(award: &Award, out: &mut Json) {
    let Some(status) = award.contract else { return };
    out.open('{');
    out.text("id", &format!("contract-{}", award.number));
    out.text("awardID", &format!("award-{}", award.number));
    out.text("status", status);
    value("value", award.value, out);
    out.close('}');
}

fn value(key: &str, amount: Option<Satang>, out: &mut Json) {
    if let Some(amount) = amount {
        out.key(key);
        out.open('{');
        out.key("amount");
        out.text.push_str(&amount.plain());
        out.is_first = false;
        out.text("currency", "THB");
        out.close('}');
    }
}

/// The beginning of a day in Thailand.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00+07:00")
}

/// JSON as it is written.
#[derive(Default)]
struct Json {
    text: String,
    /// Is the next value the first one in its object or list?
    is_first: bool,
}

impl Json {
    fn comma(&mut self) {
        if !self.is_first && !self.text.is_empty() && !self.text.ends_with(':') {
            self.text.push(',');
        }
    }

    fn open(&mut self, sign: char) {
        if !self.text.ends_with('\n') {
            self.comma();
        }
        self.text.push(sign);
        self.is_first = true;
    }

    fn close(&mut self, sign: char) {
        self.text.push(sign);
        self.is_first = false;
    }

    /// Begins a value of a list on a line of its own.
    fn line(&mut self) {
        self.comma();
        self.text.push('\n');
    }

    fn key(&mut self, key: &str) {
        self.comma();
        self.string(key);
        self.text.push(':');
        self.is_first = false;
    }

    fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    fn maybe(&mut self, key: &str, value: Option<&str>) {
        value.into_iter().for_each(|value| self.text(key, value));
    }

    fn item(&mut self, value: &str) {
        self.comma();
        self.string(value);
        self.is_first = false;
    }

    fn string(&mut self, value: &str) {
        // A text is always written.
        self.text.push_str(&serde_json::to_string(value).unwrap_or_default());
    }
}
