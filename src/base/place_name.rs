//! Names of provinces and districts: without the word for what they are, which pages put before them, and the part of an address that a
//! name makes. Owns the names of the capital, which is no province. Refuses to know which provinces there are.

use super::thai;

/// Words that say what a place is.
const PROVINCE: &[&str] = &["จังหวัด", "จ."];
const DISTRICT: &[&str] = &["อำเภอ", "อ."];
const KHET: &[&str] = &["เขต"];

/// The name of the capital: it is no province, and its districts have a word of their own.
const CAPITAL: &str = "กรุงเทพมหานคร";

/// What it is called for short, without spaces.
const CAPITAL_FOR_SHORT: &[&str] = &[CAPITAL, "กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม"];

/// What no part of an address may hold, on any system that serves it.
const UNUSABLE: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%'];

/// The longest part of an address, in bytes: file systems take 255, and percent-encoding is not counted there.
const LONGEST: usize = 200;

/// The name of a province without the word for it.
///
/// ```
/// use prongsai::base::place_name::province;
/// assert_eq!(province(" จ. ขอนแก่น"), "ขอนแก่น");
/// assert_eq!(province("จังหวัด"), "จังหวัด");
/// assert_eq!(province("กทม."), "กรุงเทพมหานคร");
/// ```
pub fn province(name: &str) -> String {
    let name = without(name, PROVINCE);
    if CAPITAL_FOR_SHORT.contains(&name.replace(' ', "").as_str()) { CAPITAL.to_owned() } else { name }
}

/// Is this the name of the capital, as [`province`] gives it?
pub fn is_capital(province: &str) -> bool {
    province == CAPITAL || province.eq_ignore_ascii_case("Bangkok")
}

/// The name of a district without the word for it.
pub fn district(name: &str) -> String {
    without(name, DISTRICT)
}

/// The name of a district of the capital without the word for it.
pub fn khet(name: &str) -> String {
    without(&district(name), KHET)
}

/// An English name without the word for what the place is, which stands behind it.
///
/// ```
/// use prongsai::base::place_name::english;
/// assert_eq!(english("Khon Kaen Province", "Province"), "Khon Kaen");
/// ```
pub fn english(name: &str, word: &str) -> String {
    let name = tidy(name);
    let rest = name.len().checked_sub(word.len()).and_then(|at| name.split_at_checked(at));
    let rest = rest.filter(|(_, last)| last.eq_ignore_ascii_case(word)).and_then(|(rest, _)| rest.strip_suffix(' '));
    rest.map_or_else(|| name.clone(), str::to_owned)
}

/// A name with single spaces, and without what turns its direction: that would lead to another page of the same look.
fn tidy(name: &str) -> String {
    thai::normal(&thai::still(name)).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without(name: &str, words: &[&str]) -> String {
    let name = tidy(name);
    let rest = words.iter().find_map(|word| name.strip_prefix(word)).map(str::trim_start).filter(|rest| !rest.is_empty());
    rest.map_or_else(|| name.clone(), str::to_owned)
}

/// A name in the form in which it equals all that differ from it in spaces and capital letters alone.
///
/// ```
/// use prongsai::base::place_name::without_case;
/// assert_eq!(without_case("Khon  KAEN"), "khon kaen");
/// assert_ne!(without_case("Khon/Kaen"), without_case("Khon Kaen"));
/// ```
pub fn without_case(name: &str) -> String {
    thai::normal(&thai::normal(name).to_lowercase()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The part of an address that a name makes; `None` where it has nothing that an address could hold. Two spellings that differ in
/// spaces, signs or capital letters make the same one.
///
/// ```
/// use prongsai::base::place_name::slug;
/// assert_eq!(slug("ขอนแก่น").as_deref(), Some("ขอนแก่น"));
/// assert_eq!(slug("Khon  Kaen / Isan").as_deref(), Some("khon-kaen-isan"));
/// assert_eq!(slug(" … "), None);
/// ```
pub fn slug(name: &str) -> Option<String> {
    let lower = thai::normal(&thai::normal(name).to_lowercase());
    let parts = lower.split(|c: char| c.is_whitespace() || c.is_control() || c == '-' || UNUSABLE.contains(&c));
    let joined = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let slug = joined.trim_matches(|c: char| matches!(c, '.' | '_' | '-' | '~'));
    let named = slug.chars().any(|c| c.is_alphanumeric());
    (named && slug.len() <= LONGEST).then(|| slug.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::address::Address;
    use proptest::prelude::*;

    #[test]
    fn the_word_for_what_a_place_is_stands_apart() {
        for text in ["ขอนแก่น", "จังหวัดขอนแก่น", "จ.ขอนแก่น", "จังหวัด  ขอนแก่น ", "ขอนแก\u{200b}่น"]
        {
            assert_eq!(province(text), "ขอนแก่น", "{text}");
        }
        assert_eq!(district("อ.เมืองขอนแก่น"), "เมืองขอนแก่น");
        assert_eq!(district("เขตบางรัก"), "เขตบางรัก");
        assert_eq!(english("Si Chomphu  district", "District"), "Si Chomphu");
        for text in ["District", "MyDistrict", "ก", "ขอนแก่น", ""] {
            assert_eq!(english(text, "District"), text);
        }
    }

    #[test]
    fn the_capital_has_one_name() {
        for text in ["กรุงเทพมหานคร", "กรุงเทพฯ", "กรุงเทพ", "กทม.", "กทม", "จังหวัดกรุงเทพมหานคร", "กรุงเทพ มหานคร", " กรุงเทพ ฯ"]
        {
            assert_eq!(province(text), "กรุงเทพมหานคร", "{text}");
        }
        for text in ["บางรัก", "เขตบางรัก", "เขต บางรัก", "อำเภอบางรัก"]
        {
            assert_eq!(khet(text), "บางรัก", "{text}");
        }
        assert!(is_capital("กรุงเทพมหานคร") && is_capital("Bangkok") && !is_capital("พระนครศรีอยุธยา"));
    }

    #[test]
    fn two_names_that_look_alike_are_one() {
        assert_eq!(province("ขอน\u{202e}แก่น\u{200f}"), "ขอนแก่น");
    }

    #[test]
    fn a_name_of_signs_makes_no_address() {
        for text in ["", "-", "..", "///", "_", "\u{200b}"] {
            assert_eq!(slug(text), None, "{text}");
        }
        assert_eq!(slug(&"ก".repeat(67)), None);
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_one_part_of_an_address(text in "\\PC{0,80}") {
            if let Some(slug) = slug(&text) {
                let address = Address::new(&format!("provinces/{slug}/"));
                prop_assert!(address.is_ok());
                prop_assert!(!slug.contains('/') && !slug.starts_with(['.', '_']));
                prop_assert_eq!(super::slug(&slug), Some(slug.clone()), "a slug is its own slug");
            }
        }
    }
}
