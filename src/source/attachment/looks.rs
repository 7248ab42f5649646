//! How an Excel workbook shows its numbers: with how many decimals, as a share of a hundred, as a day. Owns that reading of number formats.
//! Refuses all else that a format may say: colours, conditions, words beside the number.

use std::collections::BTreeMap;

use super::archive::Archive;
use super::markup::{self, Token};
use super::rows::Look;

/// How many styles are kept; Excel allows as many.
const MOST: usize = 65_536;

/// The looks of cells, by the style that a cell names.
#[derive(Debug, Default)]
pub struct Looks(Vec<Look>);

impl Looks {
    /// The looks of a workbook; none where it says nothing of them.
    pub fn of(archive: &mut Archive<'_>) -> Self {
        let mut formats: BTreeMap<u32, Look> = BTreeMap::new();
        let mut looks = Vec::new();
        let mut is_inside = false;
        archive.part("xl/styles.xml", &mut |part| {
            markup::read(part, &mut |token| {
                match token {
                    Token::Open(element) => match element.name() {
                        "numFmt" if formats.len() < MOST => {
                            let id = element.attribute("numFmtId").and_then(|id| id.parse().ok());
                            let code = element.attribute("formatCode");
                            formats.extend(id.zip(code).map(|(id, code)| (id, of_code(&code))));
                        }
                        "cellXfs" => is_inside = true,
                        "xf" if is_inside => {
                            let id = element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                            looks.push(formats.get(&id).copied().unwrap_or_else(|| built_in(id)));
                        }
                        _ => {}
                    },
                    Token::Close("cellXfs") => return false,
                    _ => {}
                }
                looks.len() < MOST
            });
        });
        Self(looks)
    }

    /// The look of a style.
    pub fn of_style(&self, style: usize) -> Look {
        self.0.get(style).copied().unwrap_or_default()
    }
}

/// The formats that every workbook has without naming them.
fn built_in(id: u32) -> Look {
    match id {
        1 | 3 | 37 | 38 => Look::Decimals(0),
        2 | 4 | 39 | 40 => Look::Decimals(2),
        9 => Look::Percent(0),
        10 => Look::Percent(2),
        // The Thai ones stand at 59 to 62 and 71 to 81.
        59 | 61 => Look::Decimals(0),
        60 | 62 => Look::Decimals(2),
        67 => Look::Percent(0),
        68 => Look::Percent(2),
        14..=22 | 27..=36 | 45..=47 | 50..=58 | 71..=81 => Look::Date,
        _ => Look::Plain,
    }
}

/// What a format's code says of numbers above zero.
fn of_code(code: &str) -> Look {
    let mut plain = String::new();
    let (mut is_quoted, mut is_bracketed) = (false, false);
    let mut letters = code.chars();
    while let Some(c) = letters.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            // What follows is a letter that is shown, or as wide as one.
            '\\' | '_' | '*' => {
                letters.next();
            }
            '[' => is_bracketed = true,
            ']' => is_bracketed = false,
            _ if is_bracketed => {}
            ';' => break,
            _ => plain.push(c.to_ascii_lowercase()),
        }
    }
    if plain.contains("general") || plain == "@" || plain.is_empty() {
        return Look::Plain;
    }
    // Thai formats begin with a t before the digits: `t0.00`.
    let bare = plain.strip_prefix('t').filter(|rest| rest.starts_with(['0', '#'])).unwrap_or(&plain);
    if bare.contains(['y', 'd', 'm', 'h', 's', 'b']) {
        return Look::Date;
    }
    let decimals = bare.split_once('.').map_or(0, |(_, part)| part.chars().take_while(|c| *c == '0').count());
    let is_open = bare.split_once('.').is_some_and(|(_, part)| part.contains(['#', '?', 'e', '/'])) || bare.contains(['e', '/']);
    let decimals = u8::try_from(decimals).unwrap_or(u8::MAX).min(12);
    match (bare.contains('%'), is_open) {
        (true, _) => Look::Percent(decimals),
        (false, true) => Look::Plain,
        (false, false) if bare.contains(['0', '#']) => Look::Decimals(decimals),
        _ => Look::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_tells_decimals_shares_and_days() {
        for (code, look) in [
            ("General", Look::Plain),
            ("@", Look::Plain),
            ("0.00", Look::Decimals(2)),
            ("t0.00", Look::Decimals(2)),
            ("#,##0.00_);(#,##0.00)", Look::Decimals(2)),
            ("0.0##", Look::Plain),
            ("0", Look::Decimals(0)),
            ("0.00%", Look::Percent(2)),
            ("0.00\" ดี\"", Look::Decimals(2)),
            ("[$-41E]d mmm yyyy", Look::Date),
            ("[h]:mm", Look::Date),
            ("0.00E+00", Look::Plain),
            ("# ?/?", Look::Plain),
            ("", Look::Plain),
        ] {
            assert_eq!(of_code(code), look, "{code}");
        }
    }
}
