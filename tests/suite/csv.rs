//! CSV read back as RFC 4180 has it.

/// The records of a CSV file with its byte order mark; every line has to end with CRLF.
pub fn parse(text: &str) -> Vec<Vec<String>> {
    let mut rest = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut records = Vec::new();
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let (field, after) = field(rest);
            record.push(field);
            match after.strip_prefix(',') {
                Some(after) => rest = after,
                None => {
                    rest = after.strip_prefix("\r\n").expect("a line ends with CRLF");
                    break;
                }
            }
        }
        records.push(record);
    }
    records
}

fn field(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', '\r', '\n', '"']).expect("a field ends");
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut field = String::new();
    let mut rest = quoted;
    loop {
        let (part, after) = rest.split_once('"').expect("a quotation ends");
        field.push_str(part);
        match after.strip_prefix('"') {
            Some(after) => {
                field.push('"');
                rest = after;
            }
            None => return (field, after),
        }
    }
}
