//! HTML read back: a tree of what the program wrote. Strict on purpose: an element that is not closed, or a tag that is not its own,
//! is a fault of the page.

/// An element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    /// Its name, in lower case.
    pub name: String,
    /// Its attributes.
    pub attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Clone, Debug)]
enum Child {
    Element(Element),
    Text(String),
}

const VOID: [&str; 12] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Elements whose end tag HTML lets a writer leave out.
const OPEN: [&str; 8] = ["p", "li", "dt", "dd", "tr", "td", "th", "option"];

/// Reads a page.
pub fn parse(html: &str) -> Element {
    let mut stack = vec![Element { name: "#page".to_owned(), ..Element::default() }];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text(&mut stack, &rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").expect("a comment ends").1;
        } else if rest.starts_with("<!") {
            rest = rest.split_once('>').expect("a declaration ends").1;
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>').expect("a tag ends");
            close(&mut stack, name.trim());
            rest = after;
        } else {
            rest = open(&mut stack, &rest[1..]);
        }
    }
    text(&mut stack, rest);
    assert_eq!(stack.len(), 1, "<{}> is not closed", stack.last().unwrap().name);
    stack.pop().unwrap()
}

fn text(stack: &mut [Element], raw: &str) {
    if !raw.is_empty() {
        stack.last_mut().unwrap().children.push(Child::Text(decode(raw)));
    }
}

fn open<'a>(stack: &mut Vec<Element>, mut rest: &'a str) -> &'a str {
    let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').expect("a tag ends");
    let mut element = Element { name: rest[..end].to_lowercase(), ..Element::default() };
    assert!(element.name.starts_with(|c: char| c.is_ascii_alphabetic()), "no tag: <{}", &rest[..end]);
    rest = rest[end..].trim_start();
    let mut closed = false;
    while !rest.starts_with('>') {
        if let Some(after) = rest.strip_prefix('/') {
            (closed, rest) = (true, after.trim_start());
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).expect("an attribute ends");
        let name = rest[..end].to_owned();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.strip_prefix("=\"") {
            (value, rest) = after.split_once('"').expect("a value ends");
        } else if let Some(after) = rest.strip_prefix('=') {
            let end = after.find(|c: char| c.is_whitespace() || c == '>').expect("a value ends");
            (value, rest) = after.split_at(end);
        }
        assert!(!element.attributes.iter().any(|(known, _)| *known == name), "{name} twice in <{}>", element.name);
        element.attributes.push((name, decode(value)));
        rest = rest.trim_start();
    }
    rest = &rest[1..];
    let raw = matches!(element.name.as_str(), "script" | "style");
    if raw && !closed {
        let end = format!("</{}>", element.name);
        let (body, after) = rest.split_once(&end).expect("a raw text ends");
        element.children.push(Child::Text(body.to_owned()));
        (closed, rest) = (true, after);
    }
    if closed || VOID.contains(&element.name.as_str()) {
        stack.last_mut().unwrap().children.push(Child::Element(element));
    } else {
        let top = &stack.last().unwrap().name;
        if OPEN.contains(&top.as_str()) && *top == element.name {
            let name = top.clone();
            close(stack, &name);
        }
        stack.push(element);
    }
    rest
}

fn close(stack: &mut Vec<Element>, name: &str) {
    while stack.last().is_some_and(|top| top.name != name && OPEN.contains(&top.name.as_str())) {
        let element = stack.pop().unwrap();
        stack.last_mut().unwrap().children.push(Child::Element(element));
    }
    let element = stack.pop().unwrap();
    assert_eq!(element.name, name, "</{name}> closes <{}>", element.name);
    stack.last_mut().unwrap().children.push(Child::Element(element));
}

fn decode(raw: &str) -> String {
    let mut out = String::new();
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let entity = after.split_once(';').filter(|(name, _)| name.len() < 10 && !name.contains(char::is_whitespace));
        let Some((name, after)) = entity else {
            out.push('&');
            rest = after;
            continue;
        };
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let c = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "nbsp" => Some('\u{a0}'),
            _ if name.starts_with("#x") => number(&name[2..], 16),
            _ if name.starts_with('#') => number(&name[1..], 10),
            _ => None,
        };
        out.push(c.unwrap_or_else(|| panic!("unknown entity &{name};")));
        rest = after;
    }
    out.push_str(rest);
    out
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Its child elements.
    pub fn children(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| if let Child::Element(element) = child { Some(element) } else { None })
    }

    /// All elements below it, in order.
    pub fn below(&self) -> Vec<&Element> {
        let mut all = Vec::new();
        for child in self.children() {
            all.push(child);
            all.extend(child.below());
        }
        all
    }

    /// All elements of a name below it.
    pub fn all(&self, name: &str) -> Vec<&Element> {
        self.below().into_iter().filter(|element| element.name == name).collect()
    }

    /// The first element of a name below it.
    pub fn first(&self, name: &str) -> Option<&Element> {
        self.all(name).into_iter().next()
    }

    /// Is it code that a browser runs? JSON-LD is data.
    pub fn is_code(&self) -> bool {
        self.name == "script" && self.attribute("type") != Some("application/ld+json")
    }

    /// All its text, white space run together.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                // Data for machines is no text of the page.
                Child::Element(element) if element.name == "script" => {}
                Child::Element(element) => element.gather(out),
            }
        }
    }

    /// Its pieces of text that have a letter of Thai and are not marked as Thai, by `lang` of the element or of one around it.
    /// What a picture says of itself (`title`, `desc`) holds no elements, so that a name in it can't be marked.
    pub fn thai_unmarked(&self) -> Vec<&str> {
        let thai = |text: &&str| text.chars().any(|c| matches!(c, 'ก'..='ฮ'));
        let mut found = Vec::new();
        for child in &self.children {
            match child {
                Child::Text(text) => found.extend(Some(text.as_str()).filter(thai)),
                Child::Element(element)
                    if matches!(element.name.as_str(), "script" | "title" | "desc") || element.attribute("lang") == Some("th") => {}
                Child::Element(element) => found.extend(element.thai_unmarked()),
            }
        }
        found
    }

    /// Does it have a class?
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|known| known == class))
    }

    /// What a cell is worth for machines: the `value` of a `<data>` in it, else its text without labels; empty where nothing is known.
    pub fn machine(&self) -> String {
        if let Some(value) = self.first("data").and_then(|data| data.attribute("value")) {
            return value.to_owned();
        }
        let mut out = String::new();
        self.gather_unlabelled(&mut out);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather_unlabelled(&self, out: &mut String) {
        let label = |element: &Element| {
            ["k", "vh", "note"].iter().any(|class| element.has_class(class)) || element.attribute("aria-hidden") == Some("true")
        };
        for child in &self.children {
            match child {
                Child::Text(text) => out.push_str(text),
                Child::Element(element) if label(element) => {}
                Child::Element(element) => element.gather_unlabelled(out),
            }
        }
    }

    /// The rows of all tables below it.
    pub fn rows(&self) -> Vec<Row<'_>> {
        self.all("tr").into_iter().map(Row).collect()
    }
}

/// A row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a>(pub &'a Element);

impl<'a> Row<'a> {
    /// Its head: the first cell.
    pub fn head(self) -> &'a Element {
        self.0.children().next().expect("a row has cells")
    }

    /// The code in its head: what is marked as one, else the first word.
    pub fn code(self) -> String {
        let marked = self.head().all("span").into_iter().find(|span| span.has_class("code")).map(Element::text);
        marked.unwrap_or_else(|| self.head().text().split(' ').next().unwrap_or_default().to_owned())
    }

    /// What its cells but the head are worth.
    pub fn values(self) -> Vec<String> {
        self.0.children().skip(1).map(Element::machine).collect()
    }

    /// The figure that counts: the last cell.
    pub fn main(self) -> String {
        self.values().pop().unwrap_or_default()
    }
}
