//! The form of our CSV files: UTF-8 with a byte order mark, CRLF, quoted where needed. Owns how a line is written; what stands in it is
//! for others.

/// What a file begins with, so that spreadsheets read it as UTF-8.
pub const BEGIN: &str = "\u{feff}";

/// Writes a line.
pub fn line(fields: impl Iterator<Item = String>, out: &mut String) {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(',');
        }
        if field.contains(['"', ',', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}
