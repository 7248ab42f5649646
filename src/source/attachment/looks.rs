//! How an Excel workbook shows the cells of a style: its number format, and whether a line goes through its text. Owns which of the
//! workbook's styles are asked. What a format does to a number is in [`super::number_format`]. Refuses colours and conditional formats.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::archive::Archive;
use super::markup::{self, Element, Token};
use super::number_format::Format;
use super::rows::Look;

/// How many styles are kept; Excel allows as many.
const MOST: usize = 65_536;

/// The looks of cells, by the style that a cell names.
#[derive(Debug, Default)]
pub struct Looks(Vec<(Look, bool)>);

impl Looks {
    /// The looks of a workbook; none where it says nothing of them.
    pub fn of(archive: &mut Archive<'_>) -> Self {
        let mut formats: BTreeMap<u32, Look> = BTreeMap::new();
        let mut looks = Vec::new();
        // Which fonts are struck through.
        let mut fonts: Vec<bool> = Vec::new();
        let (mut in_styles, mut in_fonts) = (false, false);
        archive.part("xl/styles.xml", &mut |part| {
            markup::read(part, &mut |token| {
                match token {
                    Token::Open(element) => match element.name() {
                        "numFmt" if formats.len() < MOST => {
                            let id = element.attribute("numFmtId").and_then(|id| id.parse().ok());
                            let code = element.attribute("formatCode");
                            formats.extend(id.zip(code).map(|(id, code)| (id, of_code(&code))));
                        }
                        "fonts" => in_fonts = true,
                        "font" if in_fonts && fonts.len() < MOST => fonts.push(false),
                        "strike" if in_fonts && is_on(&element) => fonts.last_mut().into_iter().for_each(|font| *font = true),
                        "cellXfs" => in_styles = true,
                        "xf" if in_styles => {
                            let number = |name| element.attribute(name).and_then(|id| id.parse::<u32>().ok()).unwrap_or(0);
                            let id = number("numFmtId");
                            let look = formats.entry(id).or_insert_with(|| built_in(id)).clone();
                            looks.push((look, fonts.get(number("fontId") as usize).copied().unwrap_or(false)));
                        }
                        _ => {}
                    },
                    Token::Close("fonts") => in_fonts = false,
                    Token::Close("cellXfs") => return false,
                    _ => {}
                }
                looks.len() < MOST && formats.len() <= 2 * MOST
            });
        });
        Self(looks)
    }

    /// The look of a style's numbers.
    pub fn of_style(&self, style: usize) -> Look {
        self.0.get(style).map(|(look, _)| look.clone()).unwrap_or_default()
    }

    /// Does a line go through the text of a style?
    pub fn is_struck(&self, style: usize) -> bool {
        self.0.get(style).is_some_and(|(_, is_struck)| *is_struck)
    }
}

/// Does an element that turns something on do so?
pub(super) fn is_on(element: &Element<'_>) -> bool {
    element.attribute("val").is_none_or(|on| !matches!(&*on, "0" | "false"))
}

fn of_code(code: &str) -> Look {
    let format = Format::of_code(code);
    if format.is_general() { Look::Plain } else { Look::Format(Arc::new(format)) }
}

/// The formats that every workbook has without naming them.
fn built_in(id: u32) -> Look {
    let code = match id {
        // The Thai ones stand at 59 to 62 and 67 to 81.
        1 | 59 => "0",
        2 | 60 => "0.00",
        3 | 61 => "#,##0",
        4 | 62 => "#,##0.00",
        9 | 67 => "0%",
        10 | 68 => "0.00%",
        11 => "0.00E+00",
        12 | 69 => "# ?/?",
        13 | 70 => "# ??/??",
        37 | 38 => "#,##0_);(#,##0)",
        39 | 40 => "#,##0.00_);(#,##0.00)",
        41 | 42 => "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"_);_(@_)",
        43 | 44 => "_(* #,##0.00_);_(* \\(#,##0.00\\);_(* \"-\"??_);_(@_)",
        48 => "##0.0E+0",
        14..=22 | 27..=36 | 45..=47 | 50..=58 | 71..=81 => return Look::Date,
        _ => return Look::Plain,
    };
    of_code(code)
}
