//! The analysis report as one document: its page with the style, the pictures and whole addresses in it, so that it can be sent, kept and
//! printed without the site; and the numbers of its sheets, put into its contents. Owns what is taken into the document and what is left
//! out. Refuses to write a PDF: a browser prints one, and [`sheets`] reads from that on which sheet each heading lies.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use crate::base::address::{self, Address};
use crate::base::base64;
use crate::base::output::{Entry, Output};
use crate::check::tags::{self, Attribute};
use crate::engine::{Listing, Sink, Source, Unit};
use crate::source::attachment::Bytes;
use crate::source::files::Files;

/// One agency of a site, as if it were the only one that is built: its report needs no other.
pub struct One<'a> {
    source: &'a dyn Source,
    slug: &'a str,
}

impl<'a> One<'a> {
    /// The agency of a slug; an empty one is the only agency of a site.
    pub fn new(source: &'a dyn Source, slug: &'a str) -> Self {
        Self { source, slug }
    }
}

impl Source for One<'_> {
    fn site_files(&self) -> io::Result<Files> {
        self.source.site_files()
    }

    fn agency_files(&self, slug: &str) -> io::Result<Files> {
        self.source.agency_files(slug)
    }

    fn listing(&self) -> io::Result<Listing> {
        let agencies = (!self.slug.is_empty()).then(|| vec![self.slug.to_owned()]);
        Ok(Listing { agencies })
    }

    fn open_attachment(&self, path: &str, size: u64) -> io::Result<Box<dyn Bytes>> {
        self.source.open_attachment(path, size)
    }
}

/// Keeps the files of the units of one agency.
#[derive(Default)]
pub struct Keep(Mutex<Output>);

impl Sink for Keep {
    fn take(&self, unit: Unit) -> io::Result<()> {
        if let Ok(mut kept) = self.0.lock() {
            for (path, entry) in unit.output.iter() {
                let _ = kept.put(path, entry.clone());
            }
        }
        Ok(())
    }
}

impl Keep {
    /// What was kept.
    pub fn into_output(self) -> Output {
        self.0.into_inner().unwrap_or_default()
    }
}

/// Where the report of a year lies.
pub fn address(slug: &str, year: u16) -> Address {
    let agency = if slug.is_empty() { Address::root() } else { Address::root().below(&format!("{slug}/")) };
    agency.below(&format!("{year}/report/"))
}

/// The page at an address as one document, in HTML. `None` where there is no such page.
///
/// # Errors
/// When a picture on it can't be read.
pub fn document(output: &Output, at: &Address, source: &dyn Source) -> io::Result<Option<String>> {
    let Some(Entry::Bytes(page)) = output.get(&at.file()) else { return Ok(None) };
    let Ok(html) = std::str::from_utf8(page) else { return Ok(None) };
    let mut links: Vec<Range<usize>> = Vec::new();
    tags::read(page, |attribute| {
        if let Attribute::Link(value) = attribute {
            // The value is a piece of the page.
            let start = value.as_ptr() as usize - page.as_ptr() as usize;
            links.push(start..start + value.len());
        }
    });
    let own = links.iter().find(|range| tag(html, range).contains("rel=\"canonical\"")).and_then(|range| html.get(range.clone()));
    let taken = Taken { output, at, source, own };
    let (mut out, mut done) = (String::with_capacity(html.len() * 2), 0);
    for link in &links {
        let Some((range, text)) = taken.edit(html, link)? else { continue };
        if range.start < done {
            continue;
        }
        out.push_str(html.get(done..range.start).unwrap_or_default());
        out.push_str(&text);
        done = range.end;
    }
    out.push_str(html.get(done..).unwrap_or_default());
    Ok(Some(out))
}

/// The start tag that a value of an attribute stands in, as far as the value.
fn tag<'h>(html: &'h str, value: &Range<usize>) -> &'h str {
    let before = html.get(..value.start).unwrap_or_default();
    before.rfind('<').and_then(|start| before.get(start..)).unwrap_or_default()
}

struct Taken<'a> {
    output: &'a Output,
    at: &'a Address,
    source: &'a dyn Source,
    /// The absolute address of the page, where the site has one.
    own: Option<&'a str>,
}

impl Taken<'_> {
    /// What stands in the document in place of a link, and of which bytes; nothing where it stays.
    fn edit(&self, html: &str, value: &Range<usize>) -> io::Result<Option<(Range<usize>, String)>> {
        let tag = tag(html, value);
        let name = tag.get(1..).unwrap_or_default().split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        let link = html.get(value.clone()).unwrap_or_default();
        let start = value.start - tag.len();
        if name == "link" {
            let end = html.get(value.end..).and_then(|rest| rest.find('>')).map_or(html.len(), |end| value.end + end + 1);
            let style = if tag.contains("rel=\"stylesheet\"") { self.style(link)? } else { String::new() };
            return Ok((!tag.contains("rel=\"canonical\"")).then_some((start..end, style)));
        }
        if link.starts_with('#') || is_absolute(link) {
            return Ok(None);
        }
        let target = self.target(link);
        if matches!(name, "img" | "source" | "image") {
            let picture = target.and_then(|(path, _)| self.output.get(&path).map(|entry| (path, entry)));
            let Some((path, entry)) = picture else { return Ok(None) };
            let data = format!("data:{};base64,{}", kind(&path), base64::encode(&self.bytes(entry)?));
            return Ok(Some((value.clone(), data)));
        }
        if let (Some(own), Some((path, anchor))) = (self.own, target) {
            let root = own.strip_suffix(&*self.at.encoded()).unwrap_or(own);
            let there = path.strip_suffix("index.html").unwrap_or(&path);
            let encoded = Address::new(there).map(|address| address.encoded()).unwrap_or_default();
            return Ok(Some((value.clone(), format!("{root}{encoded}{anchor}"))));
        }
        // Without an address of the site a link leads nowhere: what it says stays, and the attribute goes.
        let attribute = tag.rfind([' ', '\n']).map_or(value.start, |space| start + space);
        Ok(Some((attribute..value.end + 1, String::new())))
    }

    /// The path from the site's root that a relative link names, and its fragment.
    fn target(&self, link: &str) -> Option<(String, String)> {
        let (path, anchor) = link.split_once('#').map_or((link, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
        let mut parts: Vec<String> = self.at.as_str().split_terminator('/').map(str::to_owned).collect();
        for part in address::decode(path)?.split('/') {
            match part {
                ".." => {
                    parts.pop()?;
                }
                "." => {}
                part => parts.push(part.to_owned()),
            }
        }
        Some((parts.join("/"), anchor))
    }

    /// The style sheet, as an element.
    fn style(&self, link: &str) -> io::Result<String> {
        let sheet = self.target(link).and_then(|(path, _)| self.output.get(&path));
        let Some(sheet) = sheet else { return Ok(String::new()) };
        let text = String::from_utf8_lossy(&self.bytes(sheet)?).replace("</", "<\\/");
        Ok(format!("<style>{text}</style>"))
    }

    fn bytes(&self, entry: &Entry) -> io::Result<Arc<Vec<u8>>> {
        match entry {
            Entry::Bytes(bytes) => Ok(Arc::clone(bytes)),
            Entry::Copy(attachment) => {
                let mut bytes = Vec::new();
                self.source.open_attachment(&attachment.from, attachment.size)?.take(LARGEST).read_to_end(&mut bytes)?;
                Ok(Arc::new(bytes))
            }
        }
    }
}

/// The most of a picture that is taken in, in bytes.
const LARGEST: u64 = 32 * 1024 * 1024;

fn is_absolute(link: &str) -> bool {
    let scheme = link.split_once(':').map_or("", |(scheme, _)| scheme);
    !scheme.is_empty() && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// The type of a picture by its name.
fn kind(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

/// How the number of a sheet stands in the contents.
const CONTENTS: &str = "<style>.toc a { display: flex; align-items: baseline; } \
    .toc .sheet { flex: 1; display: flex; align-items: baseline; } \
    .toc .sheet::before { content: \"\"; flex: 1; border-bottom: .5pt dotted; margin: 0 .6em; }</style>";

/// The document with the number of the sheet of each heading in its contents; `00` where it is not known yet, so that there is room for it.
pub fn numbered(document: &str, sheets: Option<&BTreeMap<String, usize>>) -> String {
    let Some(begin) = document.find("<nav class=\"sec toc\"") else { return document.to_owned() };
    let end = document.get(begin..).and_then(|rest| rest.find("</nav>")).map_or(document.len(), |end| begin + end);
    let contents = document.get(begin..end).unwrap_or_default();
    let mut out = document.get(..begin).unwrap_or_default().replacen("</head>", &format!("{CONTENTS}</head>"), 1);
    for (i, piece) in contents.split("href=\"#").enumerate() {
        if i == 0 {
            out.push_str(piece);
            continue;
        }
        out.push_str("href=\"#");
        let id = piece.split('"').next().unwrap_or_default();
        let known = address::decode(id).and_then(|id| sheets.map(|sheets| sheets.get(&id).copied()));
        let number = match known {
            None => "00".to_owned(),
            Some(Some(number)) => number.to_string(),
            Some(None) => String::new(),
        };
        // What the link says is one box beside its number.
        let piece = piece.replacen('>', "><span>", 1);
        out.push_str(&piece.replacen("</a>", &format!("</span> <span class=\"sheet\">{number}</span></a>"), 1));
    }
    out.push_str(document.get(end..).unwrap_or_default());
    out
}

/// On which sheet of a PDF, counted from 1, each named place lies, as browsers of the Chromium family write them: objects that are not
/// packed, found by the table at the end. Empty for any other PDF.
pub fn sheets(pdf: &[u8]) -> BTreeMap<String, usize> {
    let objects = Objects::of(pdf);
    let catalog = objects.at.keys().find_map(|number| Some(objects.text(*number)?).filter(|text| text.contains("/Type /Catalog")));
    let Some(catalog) = catalog else { return BTreeMap::new() };
    let mut pages = Vec::new();
    if let Some(root) = reference(&catalog, "/Pages ") {
        objects.pages(root, &mut pages, &mut BTreeSet::new());
    }
    let places = reference(&catalog, "/Dests ").and_then(|number| objects.text(number)).unwrap_or_default();
    let mut found = BTreeMap::new();
    for (name, page) in places.split('/').filter_map(|entry| entry.split_once(" [")) {
        let page = page.split(' ').next().and_then(|number| number.parse().ok());
        let sheet = page.and_then(|page: usize| pages.iter().position(|known| *known == page));
        if let (Some(name), Some(sheet)) = (address::decode(&name.replace('#', "%")), sheet) {
            found.insert(name, sheet + 1);
        }
    }
    found
}

/// How many sheets a document may have.
const MOST_SHEETS: usize = 10_000;

/// The objects of a PDF by number, as the table at its end tells where they begin.
struct Objects<'a> {
    pdf: &'a [u8],
    at: BTreeMap<usize, usize>,
}

impl<'a> Objects<'a> {
    fn of(pdf: &'a [u8]) -> Self {
        let tail = String::from_utf8_lossy(pdf.get(pdf.len().saturating_sub(64)..).unwrap_or_default()).into_owned();
        let table = tail.split("startxref").nth(1).and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
        let table = table.and_then(|table| pdf.get(table..)).map(String::from_utf8_lossy).unwrap_or_default();
        // After the words `xref` and the range from 0 on, each line has an offset, a generation and a letter.
        let words: Vec<&str> = table.split_whitespace().take_while(|word| *word != "trailer").collect();
        let rows = words.get(3..).unwrap_or_default().chunks_exact(3).enumerate();
        let used = rows.filter(|(_, row)| row[2] == "n");
        Self { pdf, at: used.filter_map(|(number, row)| Some((number, row[0].parse().ok()?))).collect() }
    }

    /// What stands between the beginning and the end of an object, where that is text.
    fn text(&self, number: usize) -> Option<String> {
        let rest = self.pdf.get(*self.at.get(&number)?..)?;
        let end = rest.windows(b"endobj".len()).position(|window| window == b"endobj")?;
        std::str::from_utf8(&rest[..end]).ok().map(|text| text.replace('\n', " "))
    }

    /// The pages below a node of their tree, in order.
    fn pages(&self, node: usize, pages: &mut Vec<usize>, met: &mut BTreeSet<usize>) {
        let Some(text) = self.text(node).filter(|_| pages.len() < MOST_SHEETS && met.insert(node)) else { return };
        match text.split_once("/Kids [").and_then(|(_, rest)| rest.split(']').next()) {
            Some(kids) => {
                let words: Vec<&str> = kids.split_whitespace().collect();
                words.chunks(3).filter_map(|kid| kid[0].parse().ok()).for_each(|kid| self.pages(kid, pages, met));
            }
            None => pages.push(node),
        }
    }
}

/// The number of the object that a key of a dictionary refers to.
fn reference(dictionary: &str, key: &str) -> Option<usize> {
    dictionary.split_once(key)?.1.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PDF: &str = "%PDF-1.4\n1 0 obj\n<</Type /Catalog\n/Pages 2 0 R\n/Dests 3 0 R>>\nendobj\n2 0 obj\n<</Type /Pages\n/Kids [4 0 R 5 0 R]>>\n\
        endobj\n3 0 obj\n<</s-1 [5 0 R /XYZ 0 1 0]\n/#E0#B8#81 [4 0 R /XYZ 0 1 0]>>\nendobj\n4 0 obj\n<</Type /Page>>\nendobj\n5 0 obj\n\
        <</Type /Page>>\nendobj\n";

    fn pdf() -> Vec<u8> {
        let mut pdf = PDF.as_bytes().to_vec();
        let table = pdf.len();
        pdf.extend(b"xref\n0 6\n0000000000 65535 f \n");
        for number in 1..6 {
            let at = PDF.find(&format!("\n{number} 0 obj")).unwrap() + 1;
            pdf.extend(format!("{at:010} 00000 n \n").bytes());
        }
        pdf.extend(format!("trailer\n<</Root 1 0 R>>\nstartxref\n{table}\n%%EOF").bytes());
        pdf
    }

    #[test]
    fn places_are_found_on_their_sheets() {
        assert_eq!(sheets(&pdf()), BTreeMap::from([("s-1".to_owned(), 2), ("ก".to_owned(), 1)]));
    }

    #[test]
    fn contents_get_the_numbers_of_sheets() {
        let page = "<head></head><nav class=\"sec toc\"><a href=\"#s-1\">1 ก</a><a href=\"#x\">2</a></nav><a href=\"#s-1\">x</a>";
        let made = numbered(page, Some(&BTreeMap::from([("s-1".to_owned(), 7)])));
        assert!(made.contains("<span>1 ก</span> <span class=\"sheet\">7</span></a>"), "{made}");
        assert!(made.contains("<span>2</span> <span class=\"sheet\"></span></a>"), "{made}");
        assert!(made.ends_with("</nav><a href=\"#s-1\">x</a>") && made.contains(CONTENTS));
        assert!(numbered(page, None).contains("<span class=\"sheet\">00</span>"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_a_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..300), at in 0_usize..500, byte in any::<u8>()) {
            let _ = sheets(&bytes);
            let mut whole = pdf();
            let place = at % whole.len();
            whole[place] = byte;
            let _ = sheets(&whole);
            bytes.extend(b"startxref\n0\n%%EOF");
            let _ = sheets(&bytes);
        }
    }
}
