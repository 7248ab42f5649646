//! How a site looks of its own: a colour and a logo in `site.yaml`, a picture in `agency.yaml`. Owns what is read of them, and that a
//! colour can be told from the ground it stands on. Refuses to know whether a file is there.

use crate::base::address::Address;
use crate::base::color::Color;
use crate::base::span::{Located, Span};
use crate::finding::{Code, Finding};
use crate::text::decode::{Decoder, Fields};
use crate::text::yaml::Node;

/// What links and marks must reach on every ground that they stand on, in hundredths to 1: the contrast that WCAG 2.2 asks of text at level
/// AAA (1.4.6).
const CONTRAST: u64 = 700;

/// How much of the accent a zone is tinted with at most, in hundredths.
const TINT: u32 = 15;

/// What the built-in style sheet writes on, and with, in one scheme of colours.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    /// The ground of a page.
    pub paper: Color,
    /// The ground of bands in tables.
    pub wash: Color,
    /// Text.
    pub ink: Color,
    /// Where a colour is moved to that can't be told from these: black on a light ground, white on a dark one.
    end: Color,
}

/// The light scheme.
pub const LIGHT: Ground =
    Ground { paper: Color([0xfc, 0xfb, 0xf7]), wash: Color([0xf3, 0xf1, 0xe9]), ink: Color([0x17, 0x19, 0x1f]), end: Color([0; 3]) };

/// The dark scheme.
pub const DARK: Ground =
    Ground { paper: Color([0x12, 0x14, 0x1b]), wash: Color([0x1b, 0x1e, 0x28]), ink: Color([0xee, 0xed, 0xe8]), end: Color([255; 3]) };

/// A colour in both schemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accent {
    /// On the light ground.
    pub light: Color,
    /// On the dark ground.
    pub dark: Color,
}

impl Ground {
    fn carries(&self, color: Color) -> bool {
        [self.paper, self.wash].into_iter().all(|ground| color.contrast(ground) >= CONTRAST)
    }

    /// The colour itself where it can be read here, else the nearest on the way to black or white that can.
    fn nearest(&self, color: Color) -> Color {
        (0..100).map(|parts| color.mix(self.end, parts)).find(|color| self.carries(*color)).unwrap_or(self.end)
    }

    /// The colour of zones: the ground with as much of the accent as leaves text and links on it readable.
    pub fn tint(&self, accent: Color) -> Color {
        let mut tints = (0..=TINT).rev().map(|parts| self.paper.mix(accent, parts));
        tints.find(|tint| [accent, self.ink].into_iter().all(|color| color.contrast(*tint) >= CONTRAST)).unwrap_or(self.paper)
    }
}

/// Reads `accent` and `accent_dark`. Where the dark one is not given, it is the same colour, as light as the dark ground asks.
pub fn accent(fields: &mut Fields<'_>, d: &mut Decoder<'_>) -> Option<Accent> {
    let light = color(fields, d, ("accent", &LIGHT));
    let dark = color(fields, d, ("accent_dark", &DARK));
    let light = light.or_else(|| dark.map(|dark| LIGHT.nearest(dark)))?;
    Some(Accent { light, dark: dark.unwrap_or_else(|| DARK.nearest(light)) })
}

/// A colour that can be read on a ground.
fn color(fields: &mut Fields<'_>, d: &mut Decoder<'_>, (key, ground): (&'static str, &Ground)) -> Option<Color> {
    let Some(node) = fields.take(key) else {
        comment(fields.key(key)?, d);
        return None;
    };
    let text = d.text(node)?;
    let Some(color) = Color::parse(&text.value) else {
        d.misfit(node, "color", &text.value);
        return None;
    };
    if ground.carries(color) {
        return Some(color);
    }
    let weakest = if color.contrast(ground.paper) < color.contrast(ground.wash) { ground.paper } else { ground.wash };
    let ratio = color.contrast(weakest);
    let finding = Finding::new(Code::ContrastLow, text.place)
        .with("found", color.to_string())
        .with("ground", weakest.to_string())
        .with("ratio", format!("{}.{:02}", ratio / 100, ratio % 100))
        .with("nearest", ground.nearest(color).to_string());
    d.report(finding);
    None
}

/// `accent: #29398f` without quotes is a key without a value and a comment, which nobody who writes it means.
fn comment(key: Span, d: &mut Decoder<'_>) {
    let rest = d.source.text.get(key.end as usize..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let Some(text) = line.split_once('#').map(|(_, text)| text.split_whitespace().next().unwrap_or_default()) else { return };
    if Color::parse(text).is_some() {
        let finding = Finding::new(Code::WrongType, d.place(key)).case("color-comment").with("found", format!("#{text}"));
        d.report(finding);
    }
}

/// Pictures that every browser shows.
const SHOWN: &[&str] = &["png", "jpg", "jpeg", "webp", "gif", "svg"];

/// Pictures that those who show a link to a page take.
const SHARED: &[&str] = &["png", "jpg", "jpeg", "webp", "gif"];

/// A logo: a picture under `files/`.
pub fn logo(d: &mut Decoder<'_>, node: &Node) -> Option<Located<Address>> {
    picture(d, node, SHOWN)
}

/// The picture that stands for an agency where somebody shares a link to it.
pub fn image(d: &mut Decoder<'_>, node: &Node) -> Option<Located<Address>> {
    picture(d, node, SHARED)
}

fn picture(d: &mut Decoder<'_>, node: &Node, kinds: &[&str]) -> Option<Located<Address>> {
    let text = d.text(node)?;
    let extension = text.value.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).unwrap_or_default();
    let address = Address::new(&text.value).ok().filter(|_| text.value.starts_with("files/") && kinds.contains(&extension.as_str()));
    if address.is_none() {
        d.report(
            Finding::new(Code::WrongType, text.place.clone()).case("picture").with("found", text.value).with("kinds", kinds.join(", ")),
        );
    }
    Some(Located::new(address?, text.place))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn every_colour_has_a_readable_neighbour_and_tint_in_both_schemes() {
        for text in ["#29398f", "#fff", "#000", "#ff0", "#f00", "#0f0", "#00f", "#808080", "#12141b", "#fcfbf7"] {
            for ground in [LIGHT, DARK] {
                let accent = ground.nearest(color(text));
                assert!(ground.carries(accent), "{text} {accent}");
                let tint = ground.tint(accent);
                assert!(accent.contrast(tint) >= CONTRAST && ground.ink.contrast(tint) >= CONTRAST, "{text} {accent} {tint}");
            }
        }
        assert_eq!(LIGHT.nearest(color("#29398f")), color("#29398f"));
    }
}
