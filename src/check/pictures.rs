//! The pictures that settings name: the site's logo, and the one that stands for an agency where somebody shares a link to it.

use std::collections::BTreeMap;

use crate::base::address::Address;
use crate::base::output::Attachment;
use crate::base::span::Located;
use crate::base::thai;
use crate::finding::{Code, Finding};

/// That a picture is not among the attachments of `folder`, with the nearest that is.
pub fn missing(picture: &Located<Address>, folder: &str, attachments: &BTreeMap<String, Attachment>) -> Option<Finding> {
    let name = picture.value.as_str().strip_prefix("files/").unwrap_or_default();
    if attachments.contains_key(name) {
        return None;
    }
    let finding = Finding::new(Code::FileMissing, picture.place.clone()).with("target", format!("{folder}files/{name}"));
    let known: Vec<&str> = attachments.keys().map(String::as_str).collect();
    Some(match thai::nearest(name, &known) {
        Some(nearest) => finding.case("near").with("nearest", nearest),
        None => finding,
    })
}
