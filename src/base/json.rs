//! Texts as JSON strings. Owns the short way for those that nothing has to be escaped in, which are nearly all; the others are serde's.

/// Writes a text as a string of JSON.
///
/// ```
/// let mut out = Vec::new();
/// prongsai::base::json::text("ก \"ข\"", &mut out);
/// assert_eq!(out, "\"ก \\\"ข\\\"\"".as_bytes());
/// ```
pub fn text(text: &str, out: &mut Vec<u8>) {
    if text.bytes().fold(false, |any, byte| any | (byte < b' ') | (byte == b'"') | (byte == b'\\')) {
        // Writing into memory does not fail.
        let _ = serde_json::to_writer(out, text);
        return;
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_text_is_written_as_serde_writes_it(written in "[a-zก-ฮ\"\\\\\0-\u{ff}]{0,80}") {
            let mut out = Vec::new();
            text(&written, &mut out);
            prop_assert_eq!(out, serde_json::to_vec(&written).unwrap());
        }
    }
}
