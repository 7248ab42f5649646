//! What a build is at, for whoever measures it. Owns the phases and the guard that marks their begin and end. Refuses to read a clock:
//! a [`Tracer`] at the edge of the program does, and without one nothing happens.

use std::fmt::Debug;

/// What work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Reading files from the disk.
    Scan,
    /// Understanding records and judging them.
    Rules,
    /// Making tables and data files.
    Data,
    /// Writing pages.
    Pages,
    /// Making the index of the search.
    Search,
    /// Looking at finished pages.
    SelfTest,
    /// Handing a unit on: comparing it with what is published, and writing what is new.
    Store,
    /// The site's own pages, lists and joined data.
    Site,
    /// Putting the new output in the old one's place.
    Publish,
}

/// Hears when work begins and ends. Both come from the same thread, and what begins within other work ends within it.
pub trait Tracer: Debug + Send + Sync {
    /// Work for an agency begins; the slug is empty for what is the site's.
    fn enter(&self, phase: Phase, slug: &str);

    /// The work that began last on this thread ends.
    fn leave(&self);
}

/// Work under way; it ends when this is dropped.
pub struct Span<'a>(Option<&'a dyn Tracer>);

impl<'a> Span<'a> {
    /// Work begins.
    pub fn begin(tracer: Option<&'a dyn Tracer>, phase: Phase, slug: &str) -> Self {
        if let Some(tracer) = tracer {
            tracer.enter(phase, slug);
        }
        Self(tracer)
    }
}

impl Drop for Span<'_> {
    fn drop(&mut self) {
        if let Some(tracer) = self.0 {
            tracer.leave();
        }
    }
}
