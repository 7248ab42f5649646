//! How a web page writes its text, as far as that changes what is read: raised, struck out, not shown. Owns which tags, styles and classes
//! say so. Refuses everything else of style sheets: an unknown rule changes nothing.

use std::collections::BTreeMap;

use super::runs::Mark;

/// How many classes are remembered.
const MOST: usize = 10_000;

/// The marks of a page's classes.
#[derive(Debug, Default)]
pub struct Classes(BTreeMap<String, Mark>);

impl Classes {
    /// Learns the rules of a style sheet that name one class, with or without an element.
    pub fn learn(&mut self, sheet: &str) {
        for rule in sheet.split('}') {
            let Some((selectors, body)) = rule.split_once('{') else { continue };
            let Some(mark) = of_declarations(body) else { continue };
            for selector in selectors.split(',').map(|selector| selector.trim().trim_start_matches("<!--").trim()) {
                let class = selector.split_once('.').map(|(_, class)| class);
                let is_plain = |class: &&str| !class.is_empty() && class.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
                if let Some(class) = class.filter(is_plain)
                    && self.0.len() < MOST
                {
                    self.0.insert(class.to_owned(), mark);
                }
            }
        }
    }

    /// How an element writes its text, by its name and the values of its attributes `style` and `class`.
    pub fn mark(&self, name: &str, (style, class): (Option<&str>, Option<&str>)) -> Option<Mark> {
        let by_name = match name {
            "sup" | "sub" => Some(Mark::Raised),
            "s" | "strike" | "del" => Some(Mark::Struck),
            _ => None,
        };
        let by_class = || class.into_iter().flat_map(str::split_whitespace).find_map(|class| self.0.get(class).copied());
        style.and_then(of_declarations).or(by_name).or_else(by_class)
    }
}

/// What declarations say of a text.
fn of_declarations(body: &str) -> Option<Mark> {
    let body: String = body.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    if body.contains("display:none") || body.contains("visibility:hidden") {
        return Some(Mark::Hidden);
    }
    if body.contains("line-through") {
        return Some(Mark::Struck);
    }
    let is_raised = ["vertical-align:super", "vertical-align:sub"].iter().any(|word| body.contains(word));
    is_raised.then_some(Mark::Raised)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_read_off_tags_styles_and_classes() {
        let mut classes = Classes::default();
        classes.learn("<!-- .font7 { color:red; text-decoration: line-through }\n td.x1, .x2{vertical-align:super;} .x3{color:red} .a .b{display:none}");
        let mark = |name, style, class| classes.mark(name, (style, class));
        assert_eq!(mark("font", None, Some("font7")), Some(Mark::Struck));
        assert_eq!((mark("td", None, Some("x1")), mark("span", None, Some("y x2"))), (Some(Mark::Raised), Some(Mark::Raised)));
        assert_eq!((mark("td", None, Some("x3")), mark("td", None, Some("b"))), (None, None));
        assert_eq!(mark("span", Some("Display: None"), None), Some(Mark::Hidden));
        assert_eq!(
            (mark("sup", None, None), mark("del", None, None), mark("b", None, None)),
            (Some(Mark::Raised), Some(Mark::Struck), None)
        );
    }
}
