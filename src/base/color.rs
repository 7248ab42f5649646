//! Colours as style sheets write them, and the contrast between two of them (WCAG 2.2, "contrast ratio"). Whole numbers only, so that the
//! same colours are judged alike on every machine.

use std::fmt;

/// A colour of the web: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color(pub [u8; 3]);

/// The light of a channel in millionths, by its value (sRGB, IEC 61966-2-1).
#[rustfmt::skip]
const LIGHT: [u32; 256] = [
    0, 304, 607, 911, 1214, 1518, 1821, 2125, 2428, 2732, 3035, 3347, 3677, 4025, 4391, 4777, 5182, 5605, 6049, 6512, 6995, 7499, 8023,
    8568, 9134, 9721, 10330, 10960, 11612, 12286, 12983, 13702, 14444, 15209, 15996, 16807, 17642, 18500, 19382, 20289, 21219, 22174,
    23153, 24158, 25187, 26241, 27321, 28426, 29557, 30713, 31896, 33105, 34340, 35601, 36889, 38204, 39546, 40915, 42311, 43735, 45186,
    46665, 48172, 49707, 51269, 52861, 54480, 56128, 57805, 59511, 61246, 63010, 64803, 66626, 68478, 70360, 72272, 74214, 76185, 78187,
    80220, 82283, 84376, 86500, 88656, 90842, 93059, 95307, 97587, 99899, 102242, 104616, 107023, 109462, 111932, 114435, 116971, 119538,
    122139, 124772, 127438, 130136, 132868, 135633, 138432, 141263, 144128, 147027, 149960, 152926, 155926, 158961, 162029, 165132,
    168269, 171441, 174647, 177888, 181164, 184475, 187821, 191202, 194618, 198069, 201556, 205079, 208637, 212231, 215861, 219526,
    223228, 226966, 230740, 234551, 238398, 242281, 246201, 250158, 254152, 258183, 262251, 266356, 270498, 274677, 278894, 283149,
    287441, 291771, 296138, 300544, 304987, 309469, 313989, 318547, 323143, 327778, 332452, 337164, 341914, 346704, 351533, 356400,
    361307, 366253, 371238, 376262, 381326, 386429, 391572, 396755, 401978, 407240, 412543, 417885, 423268, 428690, 434154, 439657,
    445201, 450786, 456411, 462077, 467784, 473531, 479320, 485150, 491021, 496933, 502886, 508881, 514918, 520996, 527115, 533276,
    539479, 545724, 552011, 558340, 564712, 571125, 577580, 584078, 590619, 597202, 603827, 610496, 617207, 623960, 630757, 637597,
    644480, 651406, 658375, 665387, 672443, 679542, 686685, 693872, 701102, 708376, 715694, 723055, 730461, 737910, 745404, 752942,
    760525, 768151, 775822, 783538, 791298, 799103, 806952, 814847, 822786, 830770, 838799, 846873, 854993, 863157, 871367, 879622,
    887923, 896269, 904661, 913099, 921582, 930111, 938686, 947307, 955973, 964686, 973445, 982251, 991102, 1000000,
];

impl Color {
    /// Reads `#29398f` or `#23f`, with or without the sign.
    ///
    /// ```
    /// use prongsai::base::color::Color;
    /// assert_eq!(Color::parse("#23F"), Some(Color([0x22, 0x33, 0xff])));
    /// assert_eq!(Color::parse("indigo"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#').unwrap_or(text.trim());
        let values: Option<Vec<u8>> = digits.chars().map(|c| u8::try_from(c.to_digit(16)?).ok()).collect();
        match values?.as_slice() {
            [r, g, b] => Some(Self([r * 17, g * 17, b * 17])),
            [r, rr, g, gg, b, bb] => Some(Self([r * 16 + rr, g * 16 + gg, b * 16 + bb])),
            _ => None,
        }
    }

    /// Its luminance, in ten thousands of millionths: the weights of WCAG, 0.2126, 0.7152 and 0.0722.
    fn luminance(self) -> u64 {
        let [r, g, b] = self.0.map(|channel| u64::from(LIGHT[usize::from(channel)]));
        2126 * r + 7152 * g + 722 * b
    }

    /// The contrast with another colour in hundredths, cut and not rounded: 7.199 is 719.
    pub fn contrast(self, other: Self) -> u64 {
        let (lighter, darker) = (self.luminance().max(other.luminance()), self.luminance().min(other.luminance()));
        (lighter + GLARE) * 100 / (darker + GLARE)
    }

    /// The colour that is `parts` of 100 of the other and the rest of this one.
    #[must_use]
    pub fn mix(self, other: Self, parts: u32) -> Self {
        let channel = |at: usize| {
            let mixed = (u32::from(self.0[at]) * (100 - parts.min(100)) + u32::from(other.0[at]) * parts.min(100) + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self([channel(0), channel(1), channel(2)])
    }
}

/// What WCAG adds to either luminance: 0.05.
const GLARE: u64 = 500_000_000;

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_follows_the_formula_of_the_standard() {
        for (value, light) in LIGHT.iter().enumerate() {
            let channel = value as f64 / 255.0;
            let expected = if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) };
            assert!((expected * 1e6 - f64::from(*light)).abs() <= 0.5 + 1e-6, "{value}");
        }
    }

    #[test]
    fn contrast_is_what_others_compute() {
        let color = |text: &str| Color::parse(text).unwrap();
        assert_eq!(color("#000").contrast(color("#fff")), 2100);
        assert_eq!(color("#777").contrast(color("#ffffff")), 447);
        assert!(color("#767676").contrast(color("#fff")) >= 450 && color("#777777").contrast(color("#fff")) < 450);
        assert_eq!(color("#fff").contrast(color("#fff")), 100);
    }

    #[test]
    fn colours_are_read_and_mixed() {
        assert_eq!(Color::parse(" 29398F "), Color::parse("#29398f"));
        for text in ["", "#", "#12", "#12345", "#1234567", "#gg0000", "red", "๑๒๓"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
        let (black, white) = (Color([0; 3]), Color([255; 3]));
        assert_eq!(white.mix(black, 0), white);
        assert_eq!(white.mix(black, 100), black);
        assert_eq!(white.mix(black, 50).to_string(), "#808080");
    }
}
