//! Names of other public bodies where the agency's own would stand, as a template of another agency leaves them. Owns where that is:
//! whoever works together with others names them too, and that stays silent, as does all that is not sure.

use std::collections::BTreeMap;
use std::ops::Range;

use super::authored::Authored;
use super::score_words::first;
use crate::base::digits;
use crate::base::language::Name;
use crate::base::public_body::{Family, Mention, mentions, province};
use crate::base::span::{Place, Span};
use crate::base::thai;
use crate::finding::{Code, Finding, MOST_OF_A_FILE};
use crate::source::agency::Agency;
use crate::source::layout::EditionFile;
use crate::text::markdown::prose::{CELL, LineKind};

/// All findings about names of other bodies in the commentary, the measures and the records of an agency.
pub fn findings(authored: &Authored<'_>) -> Vec<Finding> {
    let Some(own) = Own::of(&authored.model.agency) else { return Vec::new() };
    let mut findings = Vec::new();
    for text in authored.commentaries().filter(|text| text.edition.is_some()) {
        let prose = &text.commentary.document.prose;
        let told = findings.len();
        for line in prose.lines() {
            let words = prose.line(line);
            // A table with a body in each row lists many.
            let others = own.others(words).into_iter();
            for (range, family) in others.filter(|(range, _)| line.kind != LineKind::Row || !is_first(&words[..range.start])) {
                let span = prose.span(line.range.start + range.start..line.range.start + range.end);
                let place = Place::new(&text.commentary.path, span);
                findings.push(own.finding(place, family, &words[range]).about(text.subject.as_str()));
            }
        }
        findings.truncate(told + MOST_OF_A_FILE);
    }
    for data in authored.data() {
        let fits: fn(&[String]) -> bool = match data.edition {
            Some((_, EditionFile::Measures)) => |_| true,
            Some((_, EditionFile::Disclosures)) => |keys| keys.last().is_some_and(|key| matches!(key.as_str(), "title" | "note")),
            _ => continue,
        };
        let text = &data.source.text;
        let others = own.others(text);
        let families: BTreeMap<usize, Family> = others.iter().map(|(range, family)| (range.start, *family)).collect();
        let found = data.in_values(others.into_iter().map(|(range, _)| range).collect());
        findings.extend(found.into_iter().filter(|(_, keys)| fits(keys)).take(MOST_OF_A_FILE).map(|(range, _)| {
            let place = data.source.place(Span::new(range.start, range.end));
            let subject = data.subject(range.start);
            let family = families.get(&range.start).copied().unwrap_or(Family::Local);
            own.finding(place, family, &text[range]).about(subject)
        }));
    }
    findings
}

/// The longest name of an agency that is compared, in bytes.
const LONGEST: usize = 1_000;

/// What the agency calls itself, and where it is.
pub(super) struct Own<'a> {
    agency: &'a Agency,
    /// What kind of body it is, where its name says so, and the word for that.
    kind: Option<(Family, String)>,
    /// Its names without the word for what it is.
    cores: Vec<String>,
}

impl<'a> Own<'a> {
    pub(super) fn of(agency: &'a Agency) -> Option<Self> {
        let names = [Some(&agency.name), agency.short_name.as_ref()].into_iter().flatten().map(|name| name.th.as_str());
        let mut own = Self { agency, kind: None, cores: agency.sort_name.iter().cloned().collect() };
        for name in names.filter(|name| !name.trim().is_empty()) {
            for mention in mentions(name) {
                own.kind = own.kind.or_else(|| Some((mention.family, kind(name, &mention))));
                own.cores.push(name[mention.name..].to_owned());
            }
            own.cores.push(name.to_owned());
        }
        // No name is that long; comparing it with every body of a text would take its time.
        own.cores.retain(|core| !core.trim().is_empty() && core.len() <= LONGEST);
        (!own.cores.is_empty()).then_some(own)
    }

    fn finding(&self, place: Place, family: Family, found: &str) -> Finding {
        let found: String = found.split_whitespace().collect::<Vec<_>>().join(" ");
        let own_place = |place: &Option<Name>| place.as_ref().map(|name| name.th.clone()).unwrap_or_default();
        let (case, own) = match family {
            Family::Province => ("place", format!("จังหวัด{}", own_place(&self.agency.province))),
            Family::District => ("place", format!("อำเภอ{}", own_place(&self.agency.district))),
            _ => ("", self.agency.short().th.clone()),
        };
        Finding::new(Code::ForeignAgency, place).case(case).with("found", found.as_str()).with("own", own).data("found", found)
    }

    /// The names of other bodies in a text.
    fn others(&self, text: &str) -> Vec<(Range<usize>, Family)> {
        let mentions = mentions(text);
        let listed = self.listed(text, &mentions);
        let alone = mentions.iter().zip(listed).filter(|(_, is_listed)| !is_listed);
        alone.filter_map(|(mention, _)| Some((self.other(text, mention)?, mention.family))).collect()
    }

    /// Which of the bodies stand right beside another one: a list of others names none of them for the agency.
    fn listed(&self, text: &str, mentions: &[Mention]) -> Vec<bool> {
        let mut listed = vec![false; mentions.len()];
        let mut last: Option<(usize, usize)> = None;
        for (i, mention) in mentions.iter().enumerate().filter(|(_, mention)| mention.is_body()) {
            let Some(end) = mention.end(text).filter(|_| !self.cores.iter().any(|core| mention.is_followed_by(text, core))) else {
                last = None;
                continue;
            };
            if let Some((before, its_end)) = last {
                let between = text.get(its_end..mention.word.start).unwrap_or("-").trim_matches([' ', ',']);
                if matches!(between, "" | "และ" | "หรือ" | "กับ") {
                    listed[before] = true;
                    listed[i] = true;
                }
            }
            last = Some((i, end));
        }
        listed
    }

    /// Do the words name a body that is not the agency, wherever it stands?
    pub(super) fn names_another(&self, words: &str) -> bool {
        let is_other = |mention: &Mention| !self.cores.iter().any(|core| mention.is_followed_by(words, core));
        mentions(words).iter().any(|mention| mention.is_body() && mention.end(words).is_some() && is_other(mention))
    }

    /// Do the words begin with the agency's own name?
    pub(super) fn begins(&self, words: &str) -> bool {
        let words = words.trim_start();
        self.cores.iter().any(|core| words.starts_with(core.trim()))
            || mentions(first(words, LONGEST))
                .first()
                .is_some_and(|mention| mention.word.start == 0 && self.cores.iter().any(|core| mention.is_followed_by(words, core)))
    }

    fn other(&self, text: &str, mention: &Mention) -> Option<Range<usize>> {
        if self.cores.iter().any(|core| mention.is_followed_by(text, core)) {
            return None;
        }
        let before = before(text, mention.word.start);
        match mention.family {
            Family::Province => self.province(text, mention, before),
            Family::District => self.district(text, mention, before),
            _ => self.body(text, mention, before),
        }
    }

    fn body(&self, text: &str, mention: &Mention, before: &str) -> Option<Range<usize>> {
        let end = mention.end(text)?;
        let after = after(text, end);
        let is_upper =
            mention.family == Family::Provincial && self.place_is(text, mention, self.agency.province.as_ref().map(|p| p.th.as_str()));
        if is_upper || is_together(before) || is_guest(after) || ["อื่น", "ใกล้เคียง", "ข้างเคียง"].iter().any(|word| after.starts_with(word))
        {
            return None;
        }
        let name = &text[mention.name..end];
        let is_local = matches!(mention.family, Family::Local | Family::Provincial);
        let acts_here = STANDS_BEFORE.iter().any(|word| after.starts_with(word));
        let stands_here = acts_here
            || STANDS_AFTER.iter().any(|word| before.ends_with(word))
            || (is_local && OFFICES.iter().any(|word| before.ends_with(word)));
        let is_place = PLACES.iter().any(|word| name.starts_with(word))
            || ["อำเภอ", "อ.", "จังหวัด", "จ.", "ตำบล"].iter().any(|word| after.starts_with(word));
        // Where the agency names itself right before a body, what follows it is a name: no sentence goes on so.
        let own_context = STANDS_AFTER.iter().any(|word| before.ends_with(word));
        let is_named = mention.name == mention.word.end && name.chars().count() <= 15;
        // A name that stands by itself; a verb that goes on with the sentence does not.
        let is_whole = mention.name == mention.word.end && !text[end..].starts_with(thai::is_letter) && name.chars().count() <= 15;
        let fits = match &self.kind {
            // A word that is the agency's own may mean it without its name: `อบต. ลงพื้นที่`.
            Some((family, word)) if *family == mention.family && *word == kind(text, mention) => {
                is_place || acts_here || (is_whole && stands_here) || (is_named && own_context)
            }
            Some((family, _)) if *family == mention.family => is_place || is_whole || stands_here,
            _ => stands_here,
        };
        fits.then_some(mention.word.start..end)
    }

    fn province(&self, text: &str, mention: &Mention, before: &str) -> Option<Range<usize>> {
        let own = self.agency.province.as_ref()?.th.as_str();
        let name = province(&text[mention.name..])?;
        let end = mention.name + name.len();
        // A short name may be the beginning of another word: เลย, ตาก, แพร่.
        let goes_on = name.chars().count() < 6 && text[end..].starts_with(thai::is_letter);
        let is_own_place =
            self.ends_with_own(before) || self.agency.district.as_ref().is_some_and(|district| before.ends_with(district.th.as_str()));
        let stands_here = is_own_place || (PLACE_OF.iter().any(|word| before.ends_with(word)) && !is_together(before));
        (!own.starts_with(name) && !name.starts_with(own) && !goes_on && stands_here).then_some(mention.word.start..end)
    }

    fn district(&self, text: &str, mention: &Mention, before: &str) -> Option<Range<usize>> {
        let own = self.agency.district.as_ref()?.th.as_str();
        let end = mention.end(text)?;
        let name = &text[mention.name..end];
        let is_own = self.place_is(text, mention, Some(own)) || own.starts_with(name);
        (!is_own && self.ends_with_own(before)).then_some(mention.word.start..end)
    }

    fn place_is(&self, text: &str, mention: &Mention, place: Option<&str>) -> bool {
        place.is_some_and(|place| mention.is_followed_by(text, place))
    }

    /// Do the words end with a name of the agency, so that what follows says where it is?
    fn ends_with_own(&self, before: &str) -> bool {
        self.cores.iter().any(|core| before.ends_with(core.trim()))
    }
}

/// The word for a body in one form for its abbreviation and its full name.
fn kind(text: &str, mention: &Mention) -> String {
    let word = text[mention.word.clone()].trim_end_matches('.');
    let full = match word {
        "อบต" => "องค์การบริหารส่วนตำบล",
        "อบจ" => "องค์การบริหารส่วนจังหวัด",
        "ทต" => "เทศบาลตำบล",
        "ทม" => "เทศบาลเมือง",
        "ทน" => "เทศบาลนคร",
        "สภ" => "สถานีตำรวจภูธร",
        "รร" => "โรงเรียน",
        other => other,
    };
    full.to_owned()
}

/// Is there nothing before a cell of a row but its number?
fn is_first(before: &str) -> bool {
    before.chars().all(|c| c == CELL || c == '.' || c.is_whitespace() || digits::is_digit(c))
}

/// Do the words after a body, on its line, say what others do here?
fn is_guest(after: &str) -> bool {
    let near = first(after, 150).split(['\n', '\r']).next().unwrap_or_default();
    GUEST.iter().any(|word| near.contains(word))
}

/// What others do here, or are to the agency.
#[rustfmt::skip]
const GUEST: &[&str] = &[
    "ดูงาน", "เยี่ยม", "เป็นประธาน", "เป็นวิทยากร", "ให้ความรู้", "ต้นแบบ", "เป็นกรรมการ", "คะแนนสูงสุด", "สูงที่สุด",
    "เป็นสถานที่", "เป็นเจ้าภาพ", "ทราบแล้ว",
];

/// The words of the line before a place: some forty letters, without the space at the end.
fn before(text: &str, at: usize) -> &str {
    let mut from = at.saturating_sub(130);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let line = text[from..at].rsplit(['\n', '\r']).next().unwrap_or_default();
    line.trim_end_matches([' ', '\u{a0}', '\u{200b}', '"', '\'', '“', '‘', '('])
}

/// The words after a place.
fn after(text: &str, at: usize) -> &str {
    text[at..].trim_start_matches([' ', '\u{a0}', '\u{200b}'])
}

/// Do the words before a body say that it is another one that the agency has to do with?
fn is_together(before: &str) -> bool {
    TOGETHER.iter().any(|word| before.contains(word))
        || ["และ", "หรือ", "กับ", ",", "แก่", "จาก"].iter().any(|word| before.ends_with(word))
        || (["หน้า", "ติด", "แจ้ง", "ใกล้", "ณ", "ถึง", "ถึงเขต", "–"].iter().any(|word| before.ends_with(word)) && !before.ends_with("หัวหน้า"))
}

/// Words for what an agency does with another.
#[rustfmt::skip]
const TOGETHER: &[&str] = &[
    "ร่วมกับ", "ร่วมกัน", "ดูงาน", "ประสาน", "สนับสนุน", "อุดหนุน", "เครือข่าย", "ข้อตกลง", "เยี่ยม", "เช่น", "อาทิ",
    "เทียบ", "ต่างจาก", "ไปยัง", "ส่งต่อ", "ระหว่าง", "ขอความ", "โอน", "ยืม", "เชิญ", "วิทยากร", "ต้นแบบ", "แบบอย่าง",
    "ตามหนังสือ", "รางวัล", "ชนะ", "อันดับ", "ถอดบทเรียน", "เดิม", "ยกฐานะ", "เปลี่ยนแปลงฐานะ", "อบรมที่", "สถานที่",
    "มอบให้", "มอบแก่", "ถวาย", "บริจาค", "นักเรียน", "ผู้ปกครอง", "พิกัด", "ติดกับ", "จรด", "ทิศ", "อาณาเขต",
    "ตัวอย่าง", "แนวปฏิบัติ", "สูงสุด", "ต่ำสุด", "เส้นทาง", "ถนน", "ก่อสร้าง", "ความร่วมมือ", "MOU",
    "เคยเป็น", "ดำรงตำแหน่ง", "ส่งเรื่อง", "ผู้ถูกร้องเรียน", "สนาม", "ลาน", "ค่าย",
];

/// Words right before the place where an agency names itself.
#[rustfmt::skip]
const STANDS_AFTER: &[&str] = &[
    "เว็บไซต์", "เว็บไซต์ของ", "เว็บไซด์", "เว็บไซด์ของ", "เพจ", "เพจของ", "เฟซบุ๊ก", "เฟซบุ๊กของ", "Facebook",
    "Facebook ของ", "ผู้บริหารของ", "บุคลากรของ", "พนักงานของ", "เจ้าหน้าที่ของ", "ข้าราชการของ", "ประกาศของ", "รายงานของ",
    "ชื่อหน่วยงาน", "มาตรการของ", "นโยบายของ", "ผลการประเมินของ", "การประเมินของ", "การดำเนินงานของ", "การปฏิบัติงานของ",
    "ความโปร่งใสของ", "แผนพัฒนาของ", "งบประมาณของ", "ภารกิจของ", "ช่องทางของ", "ITA ของ", "ITAของ",
];

/// The same for bodies of local government alone: who else works with such a body names the people of a school or a station too.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "ผู้บริหาร", "บุคลากร", "พนักงาน", "เจ้าหน้าที่", "ข้าราชการ", "ประกาศ", "ผลการประเมิน", "แผนพัฒนา", "ข้อบัญญัติ",
    "เทศบัญญัติ", "นายก", "ปลัด", "ที่ทำการ",
];

/// Words right after the place where an agency names itself.
#[rustfmt::skip]
const STANDS_BEFORE: &[&str] = &[
    "ได้เข้าร่วมการประเมิน", "เข้าร่วมการประเมิน", "เข้าร่วมประเมิน", "ได้เข้าร่วมประเมิน", "ได้รับผลการประเมิน",
    "ได้นำผลการประเมิน", "นำผลการประเมิน", "ได้วิเคราะห์ผล", "วิเคราะห์ผลการประเมิน", "ขอรายงานผลการประเมิน",
    "มีผลการประเมิน", "มีผลคะแนน", "มีคะแนน", "ได้คะแนน", "ได้รับคะแนน", "ได้ดำเนินการนำผล", "ได้กำหนดมาตรการ",
    "กำหนดมาตรการ",
];

/// Words right before the place where an agency names the province that it serves.
const PLACE_OF: &[&str] = &["ประชาชนใน", "ประชาชนในพื้นที่", "ประชาชนในเขต", "เว็บไซต์", "เว็บไซต์ของ", "ชื่อหน่วยงาน"];

/// What names of places in Thailand begin with most.
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "บ้าน", "หนอง", "ห้วย", "โนน", "ดอน", "นา", "โคก", "ท่า", "วัง", "คลอง", "บาง", "บึง", "บ่อ", "ป่า", "เมือง", "แม่",
    "สัน", "ดง", "ทุ่ง", "สระ", "หัว", "ปาก", "เกาะ", "เขา", "ภู", "ไผ่", "กุด", "เชียง", "เวียง", "ลำ", "น้ำ", "ปาง", "ศรี",
    "โพธิ์", "โพน", "ไทร", "เหล่า", "ขาม", "ชุม", "หิน", "ทราย", "หาด", "แหลม", "ตลาด", "ดอย", "ควน", "นิคม", "สวน", "แก่ง",
    "คำ",
];
