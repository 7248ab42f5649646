//! Finding bytes in long texts, with the processor's wide registers. The one module that names the crate for it.

/// Where a byte stands first.
pub fn byte(wanted: u8, text: &[u8]) -> Option<usize> {
    memchr::memchr(wanted, text)
}

/// Where a text stands first.
pub fn text(wanted: &str, text: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, wanted.as_bytes())
}

/// Each place where a text stands, in order; places do not overlap.
pub fn each<'a>(wanted: &'a str, text: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    memchr::memmem::find_iter(text, wanted.as_bytes())
}
