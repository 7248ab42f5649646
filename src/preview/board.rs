//! Which findings stand on which page, and that as HTML. Owns sorting them to pages once for each time that they change, so that a page costs
//! next to nothing however many there are. Refuses to know of pages' bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use super::homes::homes;
use super::overlay::Pen;
use super::stock::Findings;
use crate::finding::{Finding, Severity};

/// The warnings of an agency by the page they stand on, as indexes.
type Pages = BTreeMap<String, Vec<usize>>;

/// What was found, sorted to pages.
pub struct Board {
    findings: Findings,
    pen: Arc<Pen>,
    /// The errors, in the order of files.
    errors: Vec<usize>,
    /// The agencies with an error.
    faulty: BTreeSet<Arc<str>>,
    /// The warnings of each agency.
    warnings: BTreeMap<Arc<str>, Vec<usize>>,
    /// What was asked for already, by agency.
    sheets: Mutex<BTreeMap<Arc<str>, Arc<str>>>,
    pages: Mutex<BTreeMap<Arc<str>, Arc<Pages>>>,
}

impl Board {
    /// Sorts what was found, to be told with this pen.
    pub fn new(findings: Findings, pen: &Arc<Pen>) -> Self {
        let (mut errors, mut faulty) = (Vec::new(), BTreeSet::new());
        let mut warnings: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for (at, finding) in findings.all.iter().enumerate().filter(|(_, finding)| finding.accepted.is_none()) {
            match finding.severity() {
                Severity::Error => {
                    errors.push(at);
                    if !faulty.contains(&finding.agency) {
                        faulty.insert(Arc::clone(&finding.agency));
                    }
                }
                Severity::Warning => match warnings.get_mut(&finding.agency) {
                    Some(list) => list.push(at),
                    None => _ = warnings.insert(Arc::clone(&finding.agency), vec![at]),
                },
                Severity::Hint => {}
            }
        }
        Self { findings, pen: Arc::clone(pen), errors, faulty, warnings, sheets: Mutex::default(), pages: Mutex::default() }
    }

    /// Is it of these findings?
    pub fn is_of(&self, findings: &Findings) -> bool {
        let own = &self.findings;
        Arc::ptr_eq(&own.all, &findings.all) && (own.has_errors, &own.trouble) == (findings.has_errors, &findings.trouble)
    }

    /// Are pages as they last were?
    pub fn has_errors(&self) -> bool {
        self.findings.has_errors
    }

    /// Has this agency an error of its own?
    pub fn is_faulty(&self, slug: &str) -> bool {
        self.faulty.contains(slug)
    }

    /// The panel of the page at a path, as the build names it. Empty where there is nothing to say.
    pub fn panel(&self, path: &str) -> String {
        let first = path.split_once('/').map_or("", |(first, _)| first);
        let slug = if self.faulty.contains(first) || self.warnings.contains_key(first) { first } else { "" };
        let page = path.strip_suffix("index.html").unwrap_or(path);
        let warnings = self.pages(slug);
        let warnings: Vec<&Finding> = warnings.get(page).into_iter().flatten().filter_map(|at| self.findings.all.get(*at)).collect();
        self.pen.panel(&self.sheet(slug), &self.pen.corner(&warnings))
    }

    /// The errors as HTML, those of this agency before others'.
    fn sheet(&self, slug: &str) -> Arc<str> {
        if !self.findings.has_errors {
            return Arc::from("");
        }
        let mut sheets = self.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = sheets.get(slug) {
            return Arc::clone(sheet);
        }
        let all = &self.findings.all;
        let (own, others): (Vec<&Finding>, Vec<&Finding>) =
            self.errors.iter().filter_map(|at| all.get(*at)).partition(|finding| *finding.agency == *slug);
        let errors: Vec<&Finding> = own.into_iter().chain(others).collect();
        let trouble = self.findings.trouble.as_ref().map(|(thai, english)| self.pen.choose(thai, english));
        let is_own = errors.iter().any(|finding| finding.agency.is_empty() || *finding.agency == *slug);
        let sheet: Arc<str> = Arc::from(self.pen.sheet(&errors, is_own, trouble));
        sheets.insert(Arc::from(slug), Arc::clone(&sheet));
        sheet
    }

    /// The warnings of an agency, by page.
    fn pages(&self, slug: &str) -> Arc<Pages> {
        let Some((slug, list)) = self.warnings.get_key_value(slug) else { return Arc::default() };
        let mut known = self.pages.lock().unwrap_or_else(PoisonError::into_inner);
        let pages = known.entry(Arc::clone(slug)).or_insert_with(|| {
            let mut pages = Pages::new();
            for at in list {
                for home in self.findings.all.get(*at).map(homes).unwrap_or_default() {
                    pages.entry(home).or_default().push(*at);
                }
            }
            Arc::new(pages)
        });
        Arc::clone(pages)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::*;
    use crate::base::language::Language;
    use crate::base::span::{Place, Span};
    use crate::finding::Code;
    use crate::preview::overlay::MOST;

    fn pen(language: Language) -> Arc<Pen> {
        Arc::new(Pen { language, folder: None })
    }

    fn finding(code: Code, agency: &str, subject: &str) -> Finding {
        let file = format!("content/{agency}{}2568/assessment.yaml", if agency.is_empty() { "" } else { "/" });
        let mut finding = Finding::new(code, Place::new(&Arc::from(file), Span::new(4, 7))).about(subject);
        finding.agency = Arc::from(agency);
        finding.look("a: <b>\n");
        finding
    }

    fn board(all: Vec<Finding>) -> Board {
        let has_errors = all.iter().any(|finding| finding.severity() == Severity::Error);
        Board::new(Findings { all: Arc::new(all), has_errors, trouble: None }, &pen(Language::En))
    }

    #[test]
    fn without_errors_only_pages_with_warnings_have_a_panel() {
        let mut accepted = finding(Code::ScoreMismatch, "", "2568/o2");
        accepted.accepted = Some("x".to_owned());
        let board = board(vec![finding(Code::ScoreMismatch, "", "2568/e6"), finding(Code::CodeSpelling, "", "2568/o1"), accepted]);
        let scores = board.panel("2568/scores/index.html");
        assert!(scores.contains("score-mismatch") && scores.contains("1 warning on this page") && !scores.contains("pv-sheet"), "{scores}");
        for path in ["index.html", "2568/oit/o1/index.html", "2568/oit/o2/index.html", "404.html"] {
            assert_eq!(board.panel(path), "", "{path}");
        }
    }

    #[test]
    fn errors_stand_on_every_page_those_of_the_agency_first() {
        let board = board(vec![
            finding(Code::UnknownField, "alpha", "2568/"),
            finding(Code::ScoreNotANumber, "beta", "2568/e6"),
            finding(Code::ScoreMismatch, "beta", "2568/e6"),
        ]);
        let order = |path: &str| {
            let panel = board.panel(path);
            (panel.find("unknown-field").unwrap() < panel.find("score-not-a-number").unwrap(), panel.contains("score-mismatch"))
        };
        assert_eq!(order("alpha/index.html"), (true, false));
        assert_eq!(order("beta/2568/scores/index.html"), (false, true));
        assert_eq!(order("index.html"), (true, false));
        assert_eq!((board.is_faulty("beta"), board.is_faulty("")), (true, false));
        // An agency without an error is kept up to date; what waits is the site.
        let says = |path: &str| (board.panel(path).contains("keep this page from"), board.panel(path).contains("keep the site from"));
        assert_eq!(says("beta/index.html"), (true, false));
        assert_eq!(says("gamma/index.html"), (false, true));
    }

    #[test]
    fn trouble_is_told_in_the_language_of_the_run() {
        let trouble = Some(("ไม่มี <content>".to_owned(), "no <content>".to_owned()));
        let findings = Findings { all: Arc::default(), has_errors: true, trouble };
        for (language, expected) in [(Language::En, "no &lt;content&gt;"), (Language::Th, "ไม่มี &lt;content&gt;")] {
            assert!(Board::new(findings.clone(), &pen(language)).panel("index.html").contains(expected), "{expected}");
        }
    }

    #[test]
    fn many_findings_are_counted_and_cost_little() {
        let mut all = Vec::new();
        for agency in 0..225 {
            for number in 0..40 {
                all.push(finding(Code::ScoreMismatch, &format!("a{agency}"), &format!("2568/e{number}")));
            }
        }
        let begun = Instant::now();
        let board = board(all);
        let panel = board.panel("a7/2568/scores/index.html");
        assert_eq!(panel.matches("<article").count(), MOST);
        assert!(panel.contains("40 warnings on this page") && panel.contains("and 10 more"), "{panel}");
        // A bound for a busy machine without optimisation, and no measure of speed.
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
}
