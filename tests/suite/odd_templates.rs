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
    a_catalogue_larger_than_128_kb_is_refused: Site::small().with("themes/default/strings/th.yaml", &"#".repeat(128 * 1024 + 1))
        => ["template themes/default/strings/th.yaml:1:1"] [];
    a_catalogue_of_brackets_in_one_another_is_refused: Site::small().with("themes/default/strings/th.yaml", &"{a: ".repeat(30_000))
        => ["template themes/default/strings/th.yaml:1:1"] [];
    a_template_in_utf16_is_called_so: Site::small().with_bytes("themes/default/page.html", b"\xff\xfea\0")
        => ["unreadable-file themes/default/page.html:1:1"] [];
    a_theme_that_is_not_there_is_told: Site::small().replace("content/site.yaml", "base_url", "theme: own\nbase_url")
        => ["unknown-theme content/site.yaml:2:8"] [];
}

#[test]
fn work_without_end_runs_out_of_fuel() {
    told("{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}", "1:39");
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
    assert!(out.contains("\n1 error, 0 warnings, 0 hints, 0 accepted in 1 file\n"), "{out}");
}

/// What was put into itself so often is compared, dropped and told of with a step of the stack for each level. The real binary: a stack
/// that overflows ends the program.
#[test]
fn a_list_in_a_list_without_end_is_refused() {
    let nest = |with: &str, levels: usize, end: &str| {
        format!(
            "{{% set n = namespace(s=1) %}}{{% for i in range({}) %}}{{% for j in range(100) %}}{{% set n.s = {with} %}}{{% endfor %}}{{% endfor %}}{end}",
            levels / 100
        )
    };
    let told = [
        (nest("{'a': n.s}", 500_000, ""), "takes more work than one page may"),
        (nest("[n.s]", 500_000, "{{ n.s == [n.s] }}"), "takes more work than one page may"),
        // Within the limit, an error holds what the template made.
        (nest("[n.s]", 20_000, "{{ n.s + 1 }}"), "tried to use + operator"),
        (nest("{'a': n.s}", 20_000, "{{ href(n.s) }}"), "is not a string"),
    ];
    for (text, expected) in told {
        let folder = tempfile::tempdir().unwrap();
        template(&text).write_to(folder.path());
        let (status, out, err) = run(folder.path(), "--lang en check");
        assert_eq!(status, 1, "{text}: {err}");
        assert!(out.contains(expected), "{text}: {out}");
    }
}

/// Fonts, styles and words need no more than the built-in templates do.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_memory_for_templates_is_told_so() {
    let check = |site: Site| {
        let folder = tempfile::tempdir().unwrap();
        site.write_to(folder.path());
        let program = assert_cmd::cargo::cargo_bin("prongsai");
        let line = format!("ulimit -v 400000; exec '{}' --lang en check", program.display());
        let output = std::process::Command::new("sh").args(["-c", &line]).current_dir(folder.path()).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(check(Site::small().with("themes/default/style.css", "body {}")).0, Some(0));
    let (status, out) = check(template("ก"));
    assert_eq!(status, Some(1), "{out}");
    assert!(out.contains("does not give the memory") && out.contains("1 error"), "{out}");
}
