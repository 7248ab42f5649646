//! Templates with a fault, without an end, or made to take all memory: each is one `template` finding, and nothing is published.

use crate::odd::meet;
use crate::support::{Site, run};

fn template(text: &str) -> Site {
    Site::small().with("themes/default/page.html", text)
}

fn told(text: &str, place: &str) {
    meet(&template(text), &[&format!("template themes/default/page.html:{place}")], &[]);
}

odd_sites! {
    a_template_that_is_cut_off_is_told: template("{{ page.title") => ["template themes/default/page.html:1:9"] [];
    an_empty_template_is_an_empty_page: template("") => [] ["about/"];
    a_range_without_end_is_refused: template("{% for i in range(1000000000) %}x{% endfor %}") => ["template themes/default/page.html:1:13"] [];
    a_template_that_includes_itself_is_refused: template("{% include \"page.html\" %}") => ["template themes/default/page.html:1:4"] [];
    a_template_that_extends_itself_is_refused: template("{% extends \"page.html\" %}") => ["template themes/default/page.html:1:4"] [];
    a_macro_that_calls_itself_is_refused: template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}")
        => ["template themes/default/page.html:1:19"] [];
    a_template_of_twenty_thousand_parentheses_is_refused: template(&format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000)))
        => ["template themes/default/page.html:1:78"] [];
    a_template_larger_than_256_kb_is_refused: template(&"x".repeat(256 * 1024 + 1)) => ["template themes/default/page.html:1:1"] [];
    a_catalogue_larger_than_64_kb_is_refused: Site::small().with("themes/default/strings/th.yaml", &"#".repeat(64 * 1024 + 1))
        => ["template themes/default/strings/th.yaml:1:1"] [];
    a_template_in_utf16_is_called_so: Site::small().with_bytes("themes/default/page.html", b"\xff\xfea\0")
        => ["unreadable-file themes/default/page.html:1:1"] [];
    a_theme_that_is_not_there_is_told: Site::small().replace("content/site.yaml", "base_url", "theme: own\nbase_url")
        => ["unknown-theme content/site.yaml:2:8"] [];
}

#[test]
fn work_without_end_runs_out_of_fuel() {
    told("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "1:1");
    told("{{ \"x\" * 900000000 }}", "1:4");
}

#[test]
fn a_list_is_not_shown_as_text() {
    told("{{ [1] * 90000000 }}", "1:4");
    told("{{ page }}", "1:4");
}

/// Joining a list with itself costs the engine nothing that it counts; a clock ends it. The real binary: a thread is left behind.
#[test]
fn a_list_that_is_joined_with_itself_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let joined = "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = n.s + n.s %}{% endfor %}{{ n.s|length }}";
    template(joined).write_to(folder.path());
    let (status, out, err) = run(folder.path(), "check");
    assert_eq!(status, 1, "{err}");
    assert!(out.contains("takes more work than one page may") && out.contains("themes/default/page.html"), "{out}");
    assert!(out.ends_with("1 error, 0 warnings, 0 hints, 0 accepted in 1 file\n"), "{out}");
}
