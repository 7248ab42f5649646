//! The formats by which a workbook shows its numbers. Owns which part of a format holds for a number, and what a person then sees of it.
//! Refuses to see colours, widths and the script of digits, which change no figure, and to put days and fractions into words.

use crate::base::digits;
use crate::base::exact::Exact;

/// A format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format(Vec<Section>);

/// What a person sees of a stored number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// This.
    As(String),
    /// This, which is another figure than the stored one.
    Otherwise(String),
    /// A day or a time.
    Day,
    /// Nothing.
    Nothing,
}

/// The part of a format that holds for some numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Section {
    /// For which.
    condition: Option<(Comparison, Exact)>,
    pieces: Vec<Piece>,
    /// Is it for days or times?
    is_day: bool,
    /// Is it a fraction, or a power of ten?
    is_odd: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    Unequal,
    MoreOrEqual,
    More,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Letters that are shown.
    Word(String),
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    /// The number as it is.
    General,
}

/// How long a format is that is read; Excel writes none of more than 255 letters.
const LONGEST: usize = 1_000;

/// How many decimals are shown at most, as spreadsheets bound it.
const MOST_DECIMALS: usize = 30;

impl Format {
    /// Reads the code of a format.
    pub fn of_code(code: &str) -> Self {
        let mut sections = vec![Section::default()];
        let mut letters = code.chars().take(LONGEST).peekable();
        while let Some(c) = letters.next() {
            let Some(section) = sections.last_mut() else { break };
            match c {
                ';' => sections.push(Section::default()),
                '"' => section.word(&letters.by_ref().take_while(|c| *c != '"').collect::<String>()),
                '\\' | '!' => section.word(&letters.next().map(String::from).unwrap_or_default()),
                // As wide as the next letter, or filled with it.
                '_' => {
                    letters.next();
                    section.word(" ");
                }
                '*' => {
                    letters.next();
                }
                '[' => {
                    let inside: String = letters.by_ref().take_while(|c| *c != ']').collect();
                    section.bracket(&inside);
                }
                '0' | '#' | '?' => section.pieces.push(Piece::Digit(c)),
                '.' => section.pieces.push(Piece::Point),
                ',' => section.pieces.push(Piece::Comma),
                '%' => section.pieces.push(Piece::Percent),
                '@' => section.pieces.push(Piece::General),
                '/' => section.is_odd = true,
                'E' | 'e' if matches!(letters.peek(), Some('+' | '-')) => {
                    letters.next();
                    section.is_odd = true;
                }
                'G' | 'g' => {
                    let rest: String = letters.clone().take(6).collect();
                    if rest.eq_ignore_ascii_case("eneral") {
                        letters.by_ref().take(6).for_each(drop);
                        section.pieces.push(Piece::General);
                    } else {
                        section.is_day = true;
                    }
                }
                // Thai formats begin so: `t0.00` has Thai digits.
                't' | 'T' if section.pieces.is_empty() && letters.peek().is_some_and(|next| "0#?".contains(*next)) => {}
                c if "ymdhsbeaYMDHSBEA".contains(c) => section.is_day = true,
                c => section.word(&c.to_string()),
            }
        }
        Self(sections)
    }

    /// Does it show a number as it is stored?
    pub fn is_general(&self) -> bool {
        self.0.iter().all(|section| section.condition.is_none() && !section.is_day && section.pieces == [Piece::General])
    }

    /// What a person sees of a number that is stored so.
    pub fn show(&self, stored: &str) -> Shown {
        let Some(value) = Exact::parse(stored) else { return Shown::As(stored.to_owned()) };
        match self.section(&value) {
            None => Shown::Otherwise(stored.to_owned()),
            Some(_) if self.is_general() => Shown::As(stored.to_owned()),
            Some((section, _)) if section.is_day => Shown::Day,
            Some((section, is_unsigned)) => section.show((stored, &value), is_unsigned),
        }
    }

    /// The part for a number, and whether its sign is left out there.
    fn section(&self, value: &Exact) -> Option<(&Section, bool)> {
        // The fourth is for texts.
        let own = &self.0[..self.0.len().min(3)];
        if own.iter().any(|section| section.condition.is_some()) {
            let holds = |section: &&Section| section.condition.as_ref().is_none_or(|(how, than)| how.holds(value, than));
            return own.iter().find(holds).map(|section| (section, false));
        }
        let zero = Exact::whole(0);
        let place = match own.len() {
            1 => return own.first().map(|section| (section, false)),
            _ if value.is_negative() => 1,
            3 if *value == zero => 2,
            _ => 0,
        };
        own.get(place).map(|section| (section, place == 1))
    }
}

impl Comparison {
    fn holds(self, value: &Exact, than: &Exact) -> bool {
        match self {
            Self::Less => value < than,
            Self::LessOrEqual => value <= than,
            Self::Equal => value == than,
            Self::Unequal => value != than,
            Self::MoreOrEqual => value >= than,
            Self::More => value > than,
        }
    }
}

impl Section {
    fn word(&mut self, word: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Word(before)) => before.push_str(word),
            _ => self.pieces.push(Piece::Word(word.to_owned())),
        }
    }

    /// What stands in brackets: a colour, a condition, hours beyond a day, a sign of money with its language.
    fn bracket(&mut self, inside: &str) {
        if let Some(money) = inside.strip_prefix('$') {
            let sign = money.split('-').next().unwrap_or_default();
            if !sign.is_empty() {
                self.word(sign);
            }
            return;
        }
        let signs = [
            ("<>", Comparison::Unequal),
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::MoreOrEqual),
            ("<", Comparison::Less),
            (">", Comparison::More),
            ("=", Comparison::Equal),
        ];
        let condition = signs.iter().find_map(|(sign, how)| Some((*how, Exact::parse(inside.strip_prefix(sign)?.trim())?)));
        let is_time = !inside.is_empty() && inside.chars().all(|c| "hmsHMS".contains(c));
        self.is_day |= is_time;
        self.condition = condition.or(self.condition.take());
    }

    fn show(&self, (stored, value): (&str, &Exact), is_unsigned: bool) -> Shown {
        if self.is_odd {
            return Shown::Otherwise(stored.to_owned());
        }
        let first = self.pieces.iter().position(|piece| matches!(piece, Piece::Digit(_) | Piece::Point));
        let last = self.pieces.iter().rposition(|piece| matches!(piece, Piece::Digit(_) | Piece::Point));
        let (Some(first), Some(last)) = (first, last) else { return self.without_digits(stored) };
        let body = &self.pieces[first..=last];
        let scaled = self.pieces[last + 1..].iter().take_while(|piece| **piece == Piece::Comma).count();
        let percents = self.pieces.iter().filter(|piece| **piece == Piece::Percent).count();
        let hundred = Exact::whole(100);
        let of_percents = (0..percents.min(2)).fold(value.clone(), |value, _| &value * &hundred);
        let number = if value.is_negative() { &of_percents * &Exact::whole(-1) } else { of_percents.clone() };
        // Whoever shows thousands as ones shows another figure; which one does not matter.
        let number = if scaled > 0 { &number * &Exact::decimal(1, 3) } else { number };
        let drawn = draw(body, &number);
        let is_minus = value.is_negative() && !is_unsigned;
        let words = |pieces: &[Piece]| pieces.iter().filter_map(Piece::letters).collect::<String>();
        let (before, after) = (words(&self.pieces[..first]), words(&self.pieces[last + 1..]));
        let text = format!("{}{before}{}{after}", if is_minus { "-" } else { "" }, drawn.text);
        let text = text.trim();
        // Two decimals are what is published; a format of fewer must not hide any.
        let is_whole = drawn.decimals >= 2 || drawn.value.as_ref() == Some(&number);
        let tells_sign = !value.is_negative() || is_minus || before.contains(['-', '\u{2212}']);
        let has_digits = before.contains(digits::is_digit) || after.contains(digits::is_digit);
        if text.is_empty() {
            Shown::Nothing
        } else if is_whole && tells_sign && !has_digits && scaled == 0 && !drawn.has_words {
            Shown::As(text.to_owned())
        } else {
            Shown::Otherwise(text.to_owned())
        }
    }

    /// A part without places for digits: the number among words, or words alone.
    fn without_digits(&self, stored: &str) -> Shown {
        let is_there = self.pieces.contains(&Piece::General);
        let letters = |piece: &Piece| if *piece == Piece::General { Some(stored.to_owned()) } else { piece.letters() };
        let text: String = self.pieces.iter().filter_map(letters).collect();
        let words: String = self.pieces.iter().filter_map(Piece::letters).collect();
        match text.trim() {
            "" => Shown::Nothing,
            text if words.contains(digits::is_digit) || !is_there && !is_dash(text) => Shown::Otherwise(text.to_owned()),
            text => Shown::As(text.to_owned()),
        }
    }
}

/// Is it a sign for nothing, as in books of account?
fn is_dash(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '-' | '\u{2010}'..='\u{2015}' | ' '))
}

impl Piece {
    fn letters(&self) -> Option<String> {
        match self {
            Self::Word(word) => Some(word.clone()),
            Self::Percent => Some("%".to_owned()),
            _ => None,
        }
    }
}

/// Digits in the places for them.
struct Drawn {
    text: String,
    /// How many places there are behind the point.
    decimals: usize,
    /// The number that stands there.
    value: Option<Exact>,
    /// Do words stand between the digits?
    has_words: bool,
}

fn draw(body: &[Piece], number: &Exact) -> Drawn {
    let point = body.iter().position(|piece| *piece == Piece::Point).unwrap_or(body.len());
    let (whole, part) = (&body[..point], body.get(point + 1..).unwrap_or_default());
    let places: Vec<char> = part.iter().filter_map(|piece| if let Piece::Digit(place) = piece { Some(*place) } else { None }).collect();
    let decimals = places.len().min(MOST_DECIMALS);
    let fixed = number.fixed(u32::try_from(decimals).unwrap_or(0));
    let value = Exact::parse(&fixed);
    let (digits, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let mut left: Vec<char> = digits.trim_start_matches('0').chars().collect();
    let is_word = |piece: &Piece| matches!(piece, Piece::Word(_) | Piece::Percent | Piece::General);
    let has_words = body.iter().any(is_word);
    // From the right: each place takes a digit, and the first of them all that are left.
    let mut out: Vec<String> = Vec::new();
    let first = whole.iter().position(|piece| matches!(piece, Piece::Digit(_)));
    for (at, piece) in whole.iter().enumerate().rev() {
        match piece {
            Piece::Digit(place) if Some(at) == first => {
                let rest: String = left.drain(..).collect();
                out.push(if rest.is_empty() && *place == '0' { "0".to_owned() } else { rest });
            }
            Piece::Digit(place) => {
                let empty = || if *place == '0' { "0".to_owned() } else { String::new() };
                out.push(left.pop().map_or_else(empty, String::from));
            }
            piece => out.extend(piece.letters()),
        }
    }
    let mut text: String = out.into_iter().rev().collect();
    if whole.contains(&Piece::Comma) && !has_words {
        text = grouped(&text);
    }
    if first.is_none() {
        text.extend(left);
    }
    if point < body.len() {
        let mut kept: Vec<char> = fraction.chars().collect();
        while kept.last() == Some(&'0') && places.get(kept.len() - 1).is_some_and(|place| *place != '0') {
            kept.pop();
        }
        // `0.##` leaves a point behind a whole number, which says nothing.
        if !kept.is_empty() {
            text.push('.');
        }
        text.extend(kept);
    }
    Drawn { text, decimals, value, has_words }
}

/// Digits in groups of three.
fn grouped(digits: &str) -> String {
    let count = digits.chars().count();
    let mut out = String::with_capacity(count + count / 3);
    for (at, c) in digits.chars().enumerate() {
        if at > 0 && (count - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_shown_by_its_format() {
        let seen = |text: &str| Shown::As(text.to_owned());
        let other = |text: &str| Shown::Otherwise(text.to_owned());
        for (stored, code, shown) in [
            ("97.25", "General", seen("97.25")),
            ("97.25", "@", seen("97.25")),
            ("97.25", "0", other("97")),
            ("97", "0", seen("97")),
            ("97.25", "0.0", other("97.3")),
            ("97.2", "0.0", seen("97.2")),
            ("97.25", "0.00", seen("97.25")),
            ("97.256", "0.00", seen("97.26")),
            ("97", "0.00", seen("97.00")),
            ("97.5", "0.0##", seen("97.5")),
            ("97", "0.##", seen("97")),
            ("97.25", "t0.00", seen("97.25")),
            ("0.9725", "0%", other("97%")),
            ("0.97", "0%", seen("97%")),
            ("0.9725", "0.00%", seen("97.25%")),
            ("0.9725", "0.00\" %\"", seen("0.97 %")),
            ("97.25", ";;;", Shown::Nothing),
            ("97.25", "\"\";\"\";\"\"", Shown::Nothing),
            ("0", "0.00;-0.00;", Shown::Nothing),
            ("0", "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", seen("-")),
            ("97.25", "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", seen("97.25")),
            ("97.25", "\"text\"0.00", seen("text97.25")),
            ("97.25", "\"text\"0", other("text97")),
            ("97.25", "\"1\"0.00", other("197.25")),
            ("97.25", "\"ดี\"", other("ดี")),
            ("97.25", "0.00\" คะแนน\"", seen("97.25 คะแนน")),
            ("97.25", "General\" คะแนน\"", seen("97.25 คะแนน")),
            ("1", "\"o\"0", seen("o1")),
            ("1", "00", seen("01")),
            ("97.25", "#,##0.00_);(#,##0.00)", seen("97.25")),
            ("-97.25", "#,##0.00_);(#,##0.00)", other("(97.25)")),
            ("-97.25", "0.00;0.00", other("97.25")),
            ("-97.25", "0.00;[Red]-0.00", seen("-97.25")),
            ("-97.25", "0.00", seen("-97.25")),
            ("97.25", "[Red]0.00;[Blue]-0.00", seen("97.25")),
            ("97.25", "[>=90]0.00\" ดี\";0.0", seen("97.25 ดี")),
            ("87.25", "[>=90]0.00\" ดี\";0.0", other("87.3")),
            ("97250", "0.00,", other("97.25")),
            ("9725", "0\\.00", other("97.25")),
            ("97.25", "0.00E+00", other("97.25")),
            ("97.25", "# ?/?", other("97.25")),
            ("1101700230708", "#,##0", seen("1,101,700,230,708")),
            ("1101700230708", "0-0000-00000-00-0", other("1-1017-00230-70-8")),
            ("0.5", "#.00", seen(".50")),
            ("45658", "[$-41E]d mmm yyyy;@", Shown::Day),
            ("45658", "[h]:mm", Shown::Day),
            ("45658", "[h]", Shown::Day),
            ("97.25", "[$฿-41E]#,##0.00", seen("฿97.25")),
            ("97.25", "[$-D00041E]0.00", seen("97.25")),
            ("abc", "0.00", seen("abc")),
        ] {
            assert_eq!(Format::of_code(code).show(stored), shown, "{stored} {code}");
        }
    }

    proptest! {
        #[test]
        fn any_format_shows_any_number_without_a_panic(code in "\\PC{0,20}|[0#?.,;%@E+\\-\\[\\]\"<>= _*/ymGeneral]{0,24}", stored in "-?[0-9]{1,18}\\.?[0-9]{0,6}") {
            let _ = Format::of_code(&code).show(&stored);
        }
    }
}
