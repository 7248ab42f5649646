//! What is read of a site, for tools that need places in its files and no pages. Owns the walk over agencies and what they share.

use std::io;

use rayon::prelude::*;

use super::lost::{self, Divided};
use super::shared::{self, Texts};
use super::{Options, Source, agency};
use crate::finding::Summary;
use crate::site::model::Model;
use crate::source::site::Site;

/// The sources of an agency, or what all agencies share.
pub struct Sources<'a> {
    /// Its records; of what all agencies share, the site's own pages.
    pub model: &'a Model,
    /// The texts of its files.
    pub texts: &'a Texts,
    /// The site's settings.
    pub settings: &'a Site,
    /// The absolute address of the site's root.
    pub base_url: Option<&'a str>,
    /// Is this what all agencies share?
    pub is_shared: bool,
    /// How many errors the sources have: what stands behind an error may not have been read.
    pub errors: usize,
}

/// What `look` makes of what all agencies share and then of each, in the order of slugs. Sources with errors are looked at as far as they
/// could be read.
///
/// # Errors
/// When the machine fails.
pub fn look_at<T: Send>(source: &dyn Source, options: &Options, look: &(dyn Fn(&Sources<'_>) -> T + Sync)) -> io::Result<Vec<T>> {
    let listing = source.listing()?;
    let mut slugs = listing.agencies.clone().unwrap_or_else(|| vec![String::new()]);
    let Divided { files, agencies, lost } = lost::divide(source.site_files()?, listing);
    let (shared, mut findings) = shared::read(files, options.clone(), agencies.is_some());
    findings.extend(lost.into_values());
    slugs.sort();
    let see = |(model, texts): (&Model, &Texts), is_shared, errors| {
        look(&Sources { model, texts, settings: &shared.site, base_url: shared.base_url.as_deref(), is_shared, errors })
    };
    let own = see((&Model::new(shared.own.clone()), &shared.texts), true, Summary::of(&findings).errors);
    let one = |slug: &String| {
        let (model, texts, errors) = agency::read(&shared, source, (slug, source.agency_files(slug)?)).sources();
        io::Result::Ok(see((&model, &texts), false, errors))
    };
    let looked: io::Result<Vec<T>> = slugs.par_iter().map(one).collect();
    Ok(std::iter::once(own).chain(looked?).collect())
}
