//! The files of the built-in theme, for whoever alters one. Owns nothing but the way to them: they are `render`'s.

use crate::render::theme;

/// The text of a file of the built-in theme.
pub fn theme_file(name: &str) -> Option<&'static str> {
    theme::built_in(name)
}

/// The names of the files that are texts, in order.
pub fn theme_files() -> impl Iterator<Item = &'static str> {
    theme::built_in_names()
}
