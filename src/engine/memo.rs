//! Pages and data files that were written before, by the hash of all that goes into each. Owns what is remembered of one unit, and for how
//! long. Refuses to know what goes into a page: that is the press's to say. Forgetting everything changes no byte of what is built.
//!
//! What all units share goes into no hash, so where that changes, everything is to be forgotten.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::hash::Hash;
use crate::finding::Finding;

/// The pages of a build.
pub type Pages = BTreeMap<Hash, Arc<Vec<u8>>>;

/// What a build of a unit knows of the one before it.
#[derive(Debug, Default)]
pub struct Memo {
    before: Pages,
    /// The pages of this build; none where nothing is to be remembered.
    now: Option<Mutex<Pages>>,
}

impl Memo {
    /// A memo that remembers nothing, and asks for no hash.
    pub fn none() -> Self {
        Self::default()
    }

    /// A memo for the build after the one that had these pages.
    pub fn after(before: Pages) -> Self {
        Self { before, now: Some(Mutex::default()) }
    }

    /// What is to be remembered. A build that came to no pages, since there was an error, leaves what was there before.
    pub fn into_pages(self) -> Pages {
        let now = self.now.map(|now| now.into_inner().unwrap_or_else(PoisonError::into_inner)).unwrap_or_default();
        if now.is_empty() { self.before } else { now }
    }

    /// The page of this hash, written now where it is not remembered.
    ///
    /// # Errors
    /// Those of `write`; nothing of them is remembered.
    pub fn page(
        &self,
        key: impl FnOnce() -> Hash,
        write: impl FnOnce() -> Result<Vec<u8>, Box<Finding>>,
    ) -> Result<Arc<Vec<u8>>, Box<Finding>> {
        let Some(now) = &self.now else { return Ok(Arc::new(write()?)) };
        let key = key();
        let page = match self.before.get(&key) {
            Some(page) => Arc::clone(page),
            None => Arc::new(write()?),
        };
        now.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&page));
        Ok(page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::span::Place;
    use crate::finding::Code;

    fn page(memo: &Memo, key: &str, text: &str) -> String {
        let page = memo.page(|| Hash::of(key.as_bytes()), || Ok(text.into())).unwrap();
        String::from_utf8(page.to_vec()).unwrap()
    }

    #[test]
    fn what_is_remembered_is_not_written_again_and_what_is_not_asked_for_is_forgotten() {
        let memo = Memo::after(Pages::new());
        assert_eq!((page(&memo, "a", "1"), page(&memo, "b", "2")), ("1".into(), "2".into()));
        let memo = Memo::after(memo.into_pages());
        assert_eq!((page(&memo, "a", "other"), page(&memo, "c", "3")), ("1".into(), "3".into()));
        let memo = Memo::after(memo.into_pages());
        assert_eq!((page(&memo, "a", "other"), page(&memo, "b", "4")), ("1".into(), "4".into()));
    }

    #[test]
    fn a_build_without_pages_leaves_what_was_there_and_a_fault_is_not_remembered() {
        let memo = Memo::after(Pages::new());
        page(&memo, "a", "1");
        let memo = Memo::after(Memo::after(memo.into_pages()).into_pages());
        assert_eq!(page(&memo, "a", "other"), "1");
        let fault = || Err(Box::new(Finding::new(Code::Template, Place::top("themes/default/base.html"))));
        assert!(memo.page(|| Hash::of(b"b"), fault).is_err());
        assert_eq!(page(&Memo::after(memo.into_pages()), "b", "2"), "2");
        let none = Memo::none();
        assert_eq!(page(&none, "a", "1"), "1");
        assert!(none.into_pages().is_empty());
    }
}
