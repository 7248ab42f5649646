//! A table that is asked and never walked. Owns the one hash map of the program. Its order changes from run to run, so there is no way to
//! see it.

use std::borrow::Borrow;
#[expect(clippy::disallowed_types, reason = "nobody can walk this one, so its order reaches nothing")]
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;

/// What is found by its key, faster than in an ordered map where keys are long and alike.
#[expect(clippy::disallowed_types, reason = "nobody can walk it, so its order reaches nothing")]
pub struct Lookup<K, V>(HashMap<K, V>);

impl<K: Eq + Hash, V> Lookup<K, V> {
    /// The value of a key.
    pub fn get<Q: Eq + Hash + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.0.get(key)
    }

    /// Gives a key a value.
    pub fn put(&mut self, key: K, value: V) {
        self.0.insert(key, value);
    }
}

impl<K, V> Default for Lookup<K, V> {
    fn default() -> Self {
        Self(Default::default())
    }
}

impl<K: Eq + Hash, V> FromIterator<(K, V)> for Lookup<K, V> {
    /// Of several values of a key the last counts.
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl<K, V> fmt::Debug for Lookup<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lookup({})", self.0.len())
    }
}
