//! The tables of the staff page: units, agencies, items and editions, and how an item is recorded. Owns their HTML; the frame around them,
//! and what is told besides, is the page's.

use super::status_page::Board;
use super::target::address;
use crate::base::date::Date;
use crate::base::language::Language;
use crate::source::disclosures::Status as ItemStatus;
use crate::staff::status::{Agency, Edition, Item, Progress, word};
use crate::text::html::escape;

impl Board<'_> {
    pub(super) fn units(&self, edition: &Edition) -> String {
        let mut rows = String::new();
        for unit in &edition.units {
            let owner = unit.owner.as_deref().map_or_else(|| self.say("ไม่ได้ระบุ", "None named").to_owned(), |owner| self.text(owner));
            let open: Vec<&str> =
                edition.items.iter().filter(|item| item.owner == unit.owner && is_open(item)).map(|item| item.code.as_str()).collect();
            let note = match (open.is_empty(), self.language) {
                (true, _) => self.say("ไม่มีงานค้าง", "nothing left to do").to_owned(),
                (_, Language::Th) => format!("ค้าง {}", open.join(" ")),
                (_, Language::En) => format!("to do: {}", open.join(" ")),
            };
            rows.push_str(&self.progress_row(&format!("{owner} <span class=\"note\">{note}</span>"), &unit.progress));
        }
        if rows.is_empty() {
            return String::new();
        }
        let (title, year) = (self.say("แต่ละหน่วยงาน<span class=\"nb\">ผู้รับผิดชอบ</span>", "By responsible unit,"), self.year(edition));
        let count = edition.units.len();
        let caption = match (self.language, count) {
            (Language::Th, _) => format!("{count} หน่วยงาน"),
            (Language::En, 1) => "1 unit".to_owned(),
            (Language::En, _) => format!("{count} units"),
        };
        self.table_section(
            &format!("units-{}", edition.year),
            &format!("{title} {year}"),
            &self.progress_table(self.say("หน่วยงานผู้รับผิดชอบ", "Unit"), &caption, &rows),
        )
    }

    pub(super) fn agencies(&self, agencies: &[Agency]) -> String {
        let mut rows = String::new();
        for agency in agencies {
            let label = self.text(agency.label(self.language));
            let to = escape(&address(&format!("_status/{}", agency.slug)));
            let edition = agency.latest();
            let note = edition.map_or_else(|| self.say("ยังไม่มีปีใด", "no edition yet").to_owned(), |edition| self.year(edition));
            let errors = match (agency.errors, self.language) {
                (0, _) => String::new(),
                (errors, Language::Th) => format!(" · ข้อผิดพลาด {errors}"),
                (1, Language::En) => " · 1 error".to_owned(),
                (errors, Language::En) => format!(" · {errors} errors"),
            };
            let progress = edition.map(|edition| edition.progress).unwrap_or_default();
            rows.push_str(
                &self.progress_row(&format!("<a href=\"{to}\">{label}</a> <span class=\"note\">{note}{errors}</span>"), &progress),
            );
        }
        let title = if self.language == Language::Th {
            format!("{} หน่วยงาน", agencies.len())
        } else {
            format!("{} agencies", agencies.len())
        };
        self.table_section("agencies", &title, &self.progress_table(self.say("หน่วยงาน", "Agency"), &title, &rows))
    }

    fn progress_table(&self, head: &str, caption: &str, rows: &str) -> String {
        let (whole, chart, evidence) = (
            self.say("รายการครบ", "Items complete"),
            self.say("แผนภาพ แกน 0 ถึงครบ", "Chart, from 0 to all"),
            self.say("หลักฐาน", "Evidence"),
        );
        format!(
            "<table class=\"rows\">\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">{head}</th><th class=\"r\" scope=\"col\">{whole}</th>\
             <th class=\"g\" scope=\"col\">{chart}</th><th class=\"n\" scope=\"col\">{evidence}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        )
    }

    fn progress_row(&self, head: &str, progress: &Progress) -> String {
        let (whole, total) = (progress.counts.published, progress.counts.total());
        let label = self.say("ครบ ", "complete ");
        // In thousandths, so that no float is needed.
        let part = (progress.met * 1000).checked_div(progress.elements);
        let bar = part.map_or(String::new(), |part| {
            format!("<svg class=\"m\" aria-hidden=\"true\"><rect class=\"z\" x=\"0\" width=\"100%\" y=\"25%\" height=\"50%\"/><rect class=\"bar\" x=\"0\" width=\"{}.{}%\" y=\"25%\" height=\"50%\"/></svg>", part / 10, part % 10)
        });
        let evidence = if progress.elements > 0 { format!("{}/{}", progress.met, progress.elements) } else { "–".to_owned() };
        format!(
            "<tr><th scope=\"row\">{head}</th><td class=\"p\"><span class=\"k\">{label}</span>{whole}/{total}</td>\
             <td class=\"g\">{bar}</td><td class=\"n\"><span class=\"k\">{} </span>{evidence}</td></tr>\n",
            self.say("หลักฐาน", "evidence")
        )
    }

    pub(super) fn table_section(&self, id: &str, title: &str, table: &str) -> String {
        format!(
            "<section class=\"sec\" id=\"{id}\" aria-labelledby=\"h-{id}\">\n<header><h2 id=\"h-{id}\">{title}</h2></header>\n<div class=\"t\">{table}</div>\n</section>\n"
        )
    }

    pub(super) fn items(&self, edition: &Edition) -> String {
        if edition.items.is_empty() {
            return String::new();
        }
        let mut rows = String::new();
        for item in &edition.items {
            rows.push_str(&self.item(item));
        }
        let count = edition.items.len();
        let title = if self.language == Language::Th {
            format!("{count} รายการ {}", self.year(edition))
        } else {
            format!("{count} items, {}", self.year(edition))
        };
        let columns: String = [
            ("", self.say("รายการ", "Item")),
            ("", self.say("สถานะ", "Status")),
            (" class=\"r\"", self.say("หลักฐาน", "Evidence")),
            ("", self.say("ผู้รับผิดชอบ", "Owner")),
        ]
        .iter()
        .map(|(class, text)| format!("<th{class} scope=\"col\">{text}</th>"))
        .collect();
        let ends = [edition.items.first(), edition.items.last()].map(|item| item.map_or("", |item| item.code.as_str()));
        let caption = escape(&ends.join("–"));
        let table = format!(
            "<table class=\"rows hang five\">\n<caption>{caption}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        );
        self.table_section(&format!("items-{}", edition.year), &title, &table)
    }

    fn item(&self, item: &Item) -> String {
        let to = escape(&address(item.address.as_str()));
        let mut notes: Vec<String> = Vec::new();
        let open = |is_sure: bool| {
            let texts: Vec<String> = item
                .open
                .iter()
                .filter(|open| open.is_sure == is_sure)
                .map(|open| format!("{} <code>{}</code>", self.name(&open.text), escape(&open.id)))
                .collect();
            texts.join(", ")
        };
        for (is_sure, label) in [(true, self.say("ขาด", "missing")), (false, self.say("แนะนำให้เพิ่ม", "suggested"))]
        {
            let texts = open(is_sure);
            if !texts.is_empty() {
                notes.push(format!("{label}: {texts}"));
            }
        }
        if let Some((review, by)) = item.review.zip(item.review_by) {
            notes.push(self.review(review, by));
        }
        let updated = item.updated.map(|day| format!("{} {}", self.say("ปรับปรุง", "updated"), self.day(day)));
        let links = (item.links > 0).then(|| match (self.language, item.links) {
            (Language::Th, links) => format!("ลิงก์ {links}"),
            (Language::En, 1) => "1 link".to_owned(),
            (Language::En, links) => format!("{links} links"),
        });
        let facts: Vec<String> = updated.into_iter().chain(links).collect();
        notes.push(facts.join(" · "));
        if item.is_draft {
            notes.push(self.say("คำอธิบายเป็นฉบับร่าง", "its commentary is a draft").to_owned());
        }
        let notes: String =
            notes.iter().filter(|note| !note.is_empty()).map(|note| format!(" <span class=\"note\">{note}</span>")).collect();
        let evidence = if item.elements > 0 { format!("{}/{}", item.met(), item.elements) } else { "–".to_owned() };
        let owner = item.owner.as_deref().map_or(String::new(), |owner| self.text(owner));
        format!(
            "<tr><th scope=\"row\"><span class=\"code\">{}</span><a href=\"{to}\">{}</a>{notes}</th>\
             <td class=\"p w\"><span class=\"st\"><svg class=\"i\" aria-hidden=\"true\"><use href=\"#{}\"/></svg>{}</span></td>\
             <td class=\"q\"><span class=\"k\">{} </span>{evidence}</td><td class=\"r2 full\">{owner}</td></tr>\n",
            escape(&item.code),
            self.name(&item.name),
            sign(item.status),
            word(item.status, self.language),
            self.say("หลักฐาน", "evidence"),
        )
    }

    /// Editions before the current one, a line each.
    pub(super) fn editions(&self, agency: &Agency) -> String {
        let rows: String = agency
            .editions
            .iter()
            .skip(agency.current().count())
            .map(|edition| self.progress_row(&self.year(edition), &edition.progress))
            .collect();
        if rows.is_empty() {
            return String::new();
        }
        let title = self.say("ปีก่อน ๆ", "Earlier years");
        self.table_section("editions", title, &self.progress_table(self.say("ปี", "Year"), title, &rows))
    }

    /// A day as authors of the language write it into a file.
    fn written(&self, day: Date) -> String {
        let text = day.to_string();
        match (self.language, text.split_once('-')) {
            (Language::Th, Some((_, rest))) => format!("{}-{rest}", day.buddhist_year()),
            _ => text,
        }
    }

    /// How an item is recorded, by the example of the first that is not.
    pub(super) fn begin(&self, agency: &Agency) -> String {
        let unrecorded =
            agency.current().find_map(|edition| Some((edition, edition.items.iter().find(|item| item.status == ItemStatus::Unrecorded)?)));
        let (Some((edition, item)), Some(status)) = (unrecorded, &self.status) else { return String::new() };
        let covers = if item.known.is_empty() { String::new() } else { format!(", covers: [{}]", item.known.join(", ")) };
        let (owner, name) = (self.say("ชื่อหน่วยงานที่ดูแล", "the unit that keeps it"), self.say("ชื่อเอกสาร", "name of the document"));
        let (code, today) = (&item.code, status.today);
        let lines = [
            format!("{code}:"),
            "  status: published".to_owned(),
            format!("  updated: {}", self.written(today)),
            format!("  owner: {owner}"),
            "  links:".to_owned(),
            format!("    - {{title: {name}, url: files/{code}/….pdf{covers}}}"),
        ];
        let lines: String =
            lines.iter().enumerate().map(|(i, line)| format!("<span data-n=\"{}\">{}</span>", i + 1, self.text(line))).collect();
        let file = self.text(&format!("{}disclosures.yaml", edition.folder));
        let files = self
            .text(&format!("content/{}files/{code}/", if agency.slug.is_empty() { String::new() } else { format!("{}/", agency.slug) }));
        let title = self.say("เริ่มบันทึกอย่างไร", "How to begin recording");
        let about = match (self.language, edition.has_register) {
            (Language::Th, true) => format!(
                "วางเอกสารไว้ใน <code>{files}</code> แล้วเขียนใน <code>{file}</code> แทนบรรทัด <code>status: unrecorded</code> ของรายการนั้น"
            ),
            (Language::Th, false) => format!(
                "วางเอกสารไว้ใน <code>{files}</code> แล้วสร้างไฟล์ <code>{file}</code> เมื่อมีไฟล์นี้ รายการที่ไม่ได้เขียนไว้จะนับว่ายังไม่มี รายการที่ยังไม่ได้บันทึกให้เขียน <code>status: unrecorded</code>"
            ),
            (Language::En, true) => format!(
                "Put the document into <code>{files}</code>, then write this into <code>{file}</code> in place of the item's <code>status: unrecorded</code>."
            ),
            (Language::En, false) => format!(
                "Put the document into <code>{files}</code>, then make <code>{file}</code>. Once it is there, an item that it does not name counts as missing; write <code>status: unrecorded</code> for those that are not recorded yet."
            ),
        };
        format!(
            "<section class=\"sec\" id=\"begin\" aria-labelledby=\"h-begin\">\n<header><h2 id=\"h-begin\">{title}</h2></header>\n\
             <div><p>{about}</p>\n<pre class=\"ex\"><code>{lines}</code></pre></div>\n</section>\n"
        )
    }
}

/// Is there something left to do for an item?
fn is_open(item: &Item) -> bool {
    let is_whole = matches!(item.status, ItemStatus::Published | ItemStatus::NotApplicable);
    !is_whole || item.review.is_some() || item.open.iter().any(|open| open.is_sure)
}

fn sign(status: ItemStatus) -> &'static str {
    match status {
        ItemStatus::Published => "s-m-full",
        ItemStatus::Partial => "s-m-part",
        ItemStatus::Missing => "s-m-none",
        ItemStatus::NotApplicable => "s-m-off",
        ItemStatus::Unrecorded => "s-m-unrec",
    }
}
