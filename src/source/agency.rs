//! `agency.yaml`: who the agency is.

use serde::{Deserialize, Serialize};

use super::look;
use super::shape::agency::{ACCEPT, AGENCY, CONTACT};
use crate::base::address::Address;
use crate::base::language::Name;
use crate::base::place_name;
use crate::base::span::{Located, Place};
use crate::finding::{Code, Finding};
use crate::text::SourceText;
use crate::text::decode::Decoder;
use crate::text::shape::Shape;
use crate::text::yaml::{self, Node};

/// The agency.
#[derive(Clone, Debug, Default)]
pub struct Agency {
    /// Its slug: the folder's name, empty where the site has one agency.
    pub slug: String,
    /// Its full name.
    pub name: Name,
    /// What its name is ordered by.
    pub sort_name: Option<String>,
    /// Its short name.
    pub short_name: Option<Name>,
    /// What kind of body it is.
    pub kind: Option<AgencyKind>,
    /// Its district, without the word for it.
    pub district: Option<Name>,
    /// Its province, without the word for it.
    pub province: Option<Name>,
    /// Its own site.
    pub website: Option<String>,
    /// How to reach it.
    pub contact: Contact,
    /// The picture that stands for it where somebody shares a link, under its `files/`.
    pub image: Option<Located<Address>>,
    /// Hosts of evidence that are its own.
    pub evidence_hosts: Vec<String>,
    /// Findings that it stands by.
    pub accept: Vec<Accept>,
}

/// What kind of public body an agency is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AgencyKind {
    /// A local authority.
    Local,
    /// Central government.
    Central,
    /// A state enterprise.
    StateEnterprise,
    /// A university.
    University,
    /// A school.
    School,
    /// Anything else.
    Other,
}

impl AgencyKind {
    /// The kinds, each with the word that authors write.
    pub const WORDS: &'static [(&'static str, AgencyKind)] = &[
        ("local", AgencyKind::Local),
        ("central", AgencyKind::Central),
        ("state-enterprise", AgencyKind::StateEnterprise),
        ("university", AgencyKind::University),
        ("school", AgencyKind::School),
        ("other", AgencyKind::Other),
    ];

    /// The word that authors and data files use.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("other", |(word, _)| word)
    }
}

/// How to reach an agency.
#[derive(Clone, Debug, Default)]
pub struct Contact {
    /// Where it is.
    pub address: Option<Name>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Its page on Facebook: an address or a name.
    pub facebook: Option<String>,
}

/// A finding that the agency looked at and stands by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accept {
    /// The finding's code.
    pub code: Located<String>,
    /// Its subject.
    pub subject: Located<String>,
    /// Why.
    pub reason: String,
}

/// Prefixes that say what kind of body a name names; an ordered list leaves them out.
const KINDS: &[&str] = &[
    "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด",
    "เทศบาลตำบล",
    "เทศบาลเมือง",
    "เทศบาลนคร",
    "โรงเรียน",
    "มหาวิทยาลัย",
    "สำนักงาน",
    "กรม",
    "อบต.",
    "อบจ.",
    "ทต.",
    "ทม.",
    "ทน.",
];

impl Agency {
    /// The short name, or the full one.
    pub fn short(&self) -> &Name {
        self.short_name.as_ref().unwrap_or(&self.name)
    }

    /// What the name is ordered by: `sort_name`, or the Thai name without its kind.
    pub fn sort_text(&self) -> &str {
        if let Some(name) = &self.sort_name {
            return name;
        }
        let name = self.name.th.as_str();
        KINDS.iter().find_map(|kind| name.strip_prefix(kind)).map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(name)
    }
}

/// The agency where there is no file: its required key is missing at `path`.
pub fn absent(path: &str) -> Finding {
    Finding::new(Code::MissingField, Place::top(path)).case("file").with("file", path).with("key", "name")
}

/// Reads `agency.yaml`.
pub fn read(source: &SourceText, slug: &str) -> (Agency, Vec<Finding>) {
    let mut agency = Agency { slug: slug.to_owned(), ..Agency::default() };
    let mut d = Decoder::new(source, "");
    let root = match yaml::parse(source) {
        Ok(root) => root,
        Err(finding) => return (agency, vec![*finding]),
    };
    if root.is_null() {
        d.report(Finding::new(Code::MissingField, source.place(root.span)).with("key", "name"));
        return (agency, d.findings);
    }
    let Some(mut fields) = d.fields(&root, &AGENCY) else { return (agency, d.findings) };
    let text = |value: Located<String>| Some(value.value).filter(|text| !text.is_empty());
    if let Some(name) = fields.required_name("name", &mut d) {
        agency.name = name;
    }
    agency.sort_name = fields.take("sort_name").and_then(|node| d.text(node)).and_then(text);
    agency.short_name = fields.take("short_name").and_then(|node| d.name(node));
    agency.kind = fields.take("kind").and_then(|node| d.choice(node, AgencyKind::WORDS));
    let district = fields.take("district").and_then(|node| d.name(node));
    agency.province = fields.take("province").and_then(|node| province(&mut d, node));
    let is_of_capital = agency.province.as_ref().is_some_and(|province| place_name::is_capital(&province.th));
    let of = if is_of_capital { place_name::khet } else { place_name::district };
    agency.district = district.and_then(|name| place(name, of, "District"));
    agency.website = fields.take("website").and_then(|node| d.url(node)).and_then(text);
    agency.image = fields.take("image").and_then(|node| look::image(&mut d, node));
    if let Some(node) = fields.take("contact") {
        agency.contact = contact(&mut d, node);
    }
    agency.evidence_hosts = fields.take("evidence_hosts").map(|n| d.texts(n)).unwrap_or_default().into_iter().map(|t| t.value).collect();
    agency.accept = fields.take("accept").map(|node| accepts(&mut d, node, &ACCEPT)).unwrap_or_default();
    fields.finish(&mut d);
    (agency, d.findings)
}

/// A place's name without the word for what it is, in both languages.
fn place(name: Name, of: fn(&str) -> String, word: &str) -> Option<Name> {
    let name = Name { th: place_name::english(&of(&name.th), word), en: name.en.map(|en| place_name::english(&en, word)) };
    (!name.th.is_empty()).then_some(name)
}

/// The name of a province, which makes an address where the site has several agencies.
fn province(d: &mut Decoder<'_>, node: &Node) -> Option<Name> {
    let name = place(d.name(node)?, place_name::province, "Province")?;
    if place_name::slug(&name.th).is_none() {
        let finding = Finding::new(Code::WrongType, d.place(node.span)).case("place").with("found", name.th);
        d.report(finding);
        return None;
    }
    Some(name)
}

fn contact(d: &mut Decoder<'_>, node: &Node) -> Contact {
    let Some(mut fields) = d.fields(node, &CONTACT) else { return Contact::default() };
    let mut text = |key| fields.take(key).and_then(|node| d.text(node)).map(|text| text.value).filter(|text| !text.is_empty());
    let (phone, email, facebook) = (text("phone"), text("email"), text("facebook"));
    let address = fields.take("address").and_then(|node| d.name(node));
    fields.finish(d);
    Contact { address, phone, email, facebook }
}

/// Reads a list of what somebody stands by; each member is of `shape`.
pub(super) fn accepts(d: &mut Decoder<'_>, node: &Node, shape: &'static Shape) -> Vec<Accept> {
    d.strict_list(node).into_iter().filter_map(|node| accept(d, node, shape)).collect()
}

fn accept(d: &mut Decoder<'_>, node: &Node, shape: &'static Shape) -> Option<Accept> {
    let mut fields = d.fields(node, shape)?;
    let code = fields.required("code", d).and_then(|node| d.text(node));
    let subject = fields.required("where", d).and_then(|node| d.text(node));
    let reason = fields.required("reason", d).and_then(|node| d.text(node));
    fields.finish(d);
    Some(Accept { code: code?, subject: subject?, reason: reason?.value })
}
