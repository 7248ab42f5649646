//! The page that tells strangers how to check the site: with its manifest, and with its signature where the site names a public key. There
//! is one for the whole site, because what is signed is the root's manifest.

use super::agencies;
use super::model::Model;
use super::page::{Page, front};
use super::view::view;
use crate::base::address::Address;
use crate::base::public_key::PublicKey;

/// The address of the page.
pub fn address() -> Address {
    Address::root().below("verify/")
}

/// The file that the page links to. It is made when the site is published.
pub fn manifest() -> Address {
    Address::root().below("manifest.json")
}

/// The page: under the one agency, or under the list of all.
pub fn page<'a>(model: Option<&'a Model>, key: Option<&PublicKey>, base_url: Option<&str>) -> Page<'a> {
    let mut page = Page::new(address(), "verify");
    page.edition = model.and_then(Model::current_year);
    page.crumbs.push(model.map_or_else(agencies::crumb, front));
    page.view = view!({"manifest": manifest().as_str(), "key": key.map(PublicKey::to_string), "base": base_url});
    page
}
