//! Themes: what `docs/theming.md` says is what there is, and a second theme that overrides three files.

use std::collections::BTreeSet;
use std::fs;

use crate::html;
use crate::support::{Site, root};

fn guide() -> String {
    fs::read_to_string(root().join("docs/theming.md")).unwrap()
}

/// The templates of the built-in theme, with their texts.
fn templates() -> Vec<(String, String)> {
    let folder = fs::read_dir(root().join("themes/default")).unwrap();
    let mut names: Vec<String> = folder.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let html = names.into_iter().filter(|name| name.ends_with(".html"));
    html.map(|name| (name.clone(), fs::read_to_string(root().join("themes/default").join(name)).unwrap())).collect()
}

/// What stands between `before` and the first character that is no part of a name.
fn names_after<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    let name = |rest: &'a str| rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.')).next().unwrap_or_default();
    text.split(before).skip(1).map(name).filter(|name| !name.is_empty()).collect()
}

/// The section of the guide whose heading names a file.
fn section<'a>(guide: &'a str, file: &str) -> &'a str {
    let sections = guide.split("\n### ").skip(1);
    let mut found = sections.filter(|section| section.lines().next().unwrap().split(", ").any(|name| name == file));
    found.next().unwrap_or_else(|| panic!("no section of {file}")).split("\n## ").next().unwrap()
}

#[test]
fn the_guide_names_every_file_of_the_theme_and_no_other() {
    let guide = guide();
    let listed = guide.split("\n## แม่แบบทุกไฟล์").nth(1).unwrap().split("\n## ").next().unwrap();
    let there: BTreeSet<String> = templates().into_iter().map(|(name, _)| name).collect();
    let named: BTreeSet<String> = names_after(listed, "\n| `").into_iter().map(str::to_owned).collect();
    assert_eq!(named, there);
    for entry in fs::read_dir(root().join("themes/default")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(guide.contains(&format!("`{name}`")) || guide.contains(&format!("`{name}/")), "{name}");
    }
}

#[test]
fn the_guide_names_every_variable_that_a_page_shows() {
    let guide = guide();
    let mut wrong = Vec::new();
    for (name, text) in templates() {
        // Keys of sentences may begin with the same word.
        let text: String =
            text.split("t(\"").enumerate().map(|(i, part)| if i == 0 { part } else { part.split_once('"').unwrap().1 }).collect();
        let mut used: BTreeSet<&str> = names_after(&text, "page.").into_iter().map(|name| name.split('.').next().unwrap()).collect();
        used.extend(names_after(&text, "page[\""));
        for variable in used {
            if !section(&guide, &name).contains(&format!("`{variable}`")) {
                wrong.push(format!("{name}: page.{variable}"));
            }
        }
    }
    assert!(wrong.is_empty(), "docs/theming.md does not name {wrong:?}");
}

/// What stands inside `{{ … }}` and `{% … %}`, without what is quoted there.
fn expressions(template: &str) -> Vec<String> {
    let pieces = ["{{", "{%"].into_iter().flat_map(|begin| template.split(begin).skip(1));
    let code = pieces.map(|piece| piece.split("}}").next().unwrap().split("%}").next().unwrap());
    code.map(|code| code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")).collect()
}

#[test]
fn the_guide_names_every_member_that_a_template_shows() {
    let guide = guide();
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let named: BTreeSet<&str> = guide.split('`').skip(1).step_by(2).flat_map(|code| code.split(|c| !is_part(c))).collect();
    let mut wrong = BTreeSet::new();
    for (name, text) in templates() {
        for code in expressions(&text) {
            for rest in code.split('.').skip(1) {
                let member = rest.split(|c| !is_part(c)).next().unwrap();
                // `loop.index` is the language's own.
                let is_member =
                    member != "index" && member.starts_with(|c: char| c.is_ascii_lowercase()) && !rest[member.len()..].starts_with('(');
                if is_member && !named.contains(member) {
                    wrong.insert(format!("{name}: {member}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "docs/theming.md does not name {wrong:?}");
}

#[test]
fn the_guide_names_what_every_page_knows_every_function_and_every_filter() {
    let guide = guide();
    let page = fs::read_to_string(root().join("src/render/page.rs")).unwrap();
    let known = names_after(&page, "            (\"");
    assert!(known.contains("crumbs") && known.contains("menu"), "{known:?}");
    for name in known {
        assert!(guide.contains(&format!("`{name}`")), "the variable {name}");
    }
    let theme = fs::read_to_string(root().join("src/render/theme.rs")).unwrap();
    for name in names_after(&theme, "add_function(\"") {
        assert!(guide.contains(&format!("| `{name}(")), "the function {name}");
    }
    let filters = theme.split("let filters: ").nth(1).unwrap().split(';').nth(1).unwrap();
    for name in names_after(&theme, "add_filter(\"").into_iter().chain(names_after(filters, "(\"")) {
        assert!(guide.contains(&format!("`\\|{name}`")), "the filter {name}");
    }
}

/// A theme of a council: its own foot, its own words, its own style.
fn council() -> Site {
    let foot = "{% extends \"default/base.html\" %}\n{% block foot %}{{ super() }}<p>{{ t(\"foot.council\", year=2568|year) }}</p>{% endblock %}\n";
    Site::small()
        .replace("content/site.yaml", "title: ", "theme: council\ntitle: ")
        .with("themes/council/base.html", foot)
        .with("themes/council/strings/th.yaml", "foot.council: สภาตำบลรับทราบแล้ว ปี {year}\nskip: ไปที่เนื้อหาเลย\n")
        .with("themes/council/style.css", ":root { --paper: #fff; }\n")
}

#[test]
fn a_second_theme_overrides_three_files_and_keeps_the_rest() {
    let (plain, own) = (Site::small().built(), council().built());
    assert_eq!(plain.paths(), own.paths());
    assert_eq!(own.file("style.css"), ":root { --paper: #fff; }\n");
    for path in plain.pages() {
        let (before, after) = (html::parse(plain.file(path)), html::parse(own.file(path)));
        assert!(after.text().contains("สภาตำบลรับทราบแล้ว ปี 2568"), "{path}");
        assert!(after.text().contains("ไปที่เนื้อหาเลย") && !after.text().contains("ข้ามไปที่เนื้อหา"), "{path}");
        assert_eq!(before.first("main").unwrap().text(), after.first("main").unwrap().text(), "{path}");
    }
}

#[test]
fn a_theme_that_is_not_named_changes_nothing() {
    let site = council().replace("content/site.yaml", "theme: council\n", "");
    assert_eq!(site.built().files, Site::small().built().files);
}
