//! Plain data for templates: what a page shows, by name. Owns the value and the way that it is written down in code. Refuses any
//! form of its own: how a text, a name or a number looks is the theme's.
//!
//! A value is shared, not copied, and its keys are the program's own words, so that the data of a page cost little beside the page.

use std::sync::Arc;

use crate::base::language::Name;

/// A value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum View {
    /// What is absent.
    #[default]
    Null,
    /// A truth value.
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// A text.
    Text(Arc<str>),
    /// A name; in templates `{th, en}`.
    Name(Arc<Name>),
    /// A list.
    List(Arc<Members>),
    /// Values by name.
    Map(Arc<Pairs>),
}

/// What a list holds. It has a name, so that templates can take it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Members(pub Vec<View>);

/// What a map holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pairs(Vec<(&'static str, View)>);

/// Are two names one? There are few where this is asked, and most differ in their length or their first letter.
pub fn is_name(key: &str, name: &str) -> bool {
    key.len() == name.len() && key.as_bytes().first() == name.as_bytes().first() && key == name
}

impl Pairs {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&View> {
        self.0.iter().find(|(key, _)| is_name(key, name)).map(|(_, value)| value)
    }

    /// The names in their order.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }
}

impl View {
    /// Values by name, none of which stands twice.
    pub fn map(pairs: Vec<(&'static str, View)>) -> Self {
        Self::Map(Arc::new(Pairs(pairs)))
    }

    /// The value of a name; nothing where this is no map, or has no such name.
    pub fn get(&self, name: &str) -> Option<&View> {
        match self {
            Self::Map(pairs) => pairs.get(name),
            _ => None,
        }
    }

    /// Gives a name a value; what is no map becomes one.
    pub fn set(&mut self, name: &'static str, value: &(impl Show + ?Sized)) {
        if !matches!(self, Self::Map(_)) {
            *self = Self::map(Vec::new());
        }
        if let Self::Map(pairs) = self {
            let pairs = &mut Arc::make_mut(pairs).0;
            pairs.retain(|(key, _)| *key != name);
            pairs.push((name, value.show()));
        }
    }

    /// The letters, where this is a text.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl FromIterator<View> for View {
    fn from_iter<I: IntoIterator<Item = View>>(values: I) -> Self {
        Self::List(Arc::new(Members(values.into_iter().collect())))
    }
}

/// What can be shown as plain data.
pub trait Show {
    /// The value.
    fn show(&self) -> View;
}

impl Show for View {
    fn show(&self) -> View {
        self.clone()
    }
}

impl Show for bool {
    fn show(&self) -> View {
        View::Flag(*self)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Show for $number {
            fn show(&self) -> View {
                View::Number(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        })*
    };
}
numbers!(u8, u16, u32, u64, usize, i32, i64);

impl Show for str {
    fn show(&self) -> View {
        View::Text(Arc::from(self))
    }
}

impl Show for String {
    fn show(&self) -> View {
        self.as_str().show()
    }
}

impl Show for Name {
    fn show(&self) -> View {
        View::Name(Arc::new(self.clone()))
    }
}

impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> View {
        (**self).show()
    }
}

impl<T: Show> Show for Option<T> {
    fn show(&self) -> View {
        self.as_ref().map_or(View::Null, Show::show)
    }
}

impl<T: Show> Show for [T] {
    fn show(&self) -> View {
        View::List(Arc::new(Members(self.iter().map(Show::show).collect())))
    }
}

impl<T: Show> Show for Vec<T> {
    fn show(&self) -> View {
        self.as_slice().show()
    }
}

/// Writes a value down: `view!({"code": code, "name": item.name})`, or `view!(value)`.
macro_rules! view {
    ({ $($key:literal : $value:expr),* $(,)? }) => {
        $crate::site::view::View::map(vec![$(($key, $crate::site::view::Show::show(&$value))),*])
    };
    ($value:expr) => {
        $crate::site::view::Show::show(&$value)
    };
}
pub(crate) use view;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_written_down_as_it_is() {
        let mut view = view!({"code": "o1", "count": 2_usize, "none": None::<String>, "list": vec![true]});
        assert_eq!(view.get("code").and_then(View::as_str), Some("o1"));
        assert_eq!(view.get("count"), Some(&View::Number(2)));
        assert_eq!(view.get("none"), Some(&View::Null));
        assert_eq!(view.get("list"), Some(&View::List(Arc::new(Members(vec![View::Flag(true)])))));
        view.set("code", "o2");
        assert_eq!(view.get("code").and_then(View::as_str), Some("o2"));
        assert_eq!(view.get("absent"), None);
    }
}
