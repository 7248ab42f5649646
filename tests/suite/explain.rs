//! `explain`: what a code means, for whoever met it in a report.

use assert_cmd::Command;
use prongsai::base::language::Language;
use prongsai::finding::Code;

fn run(line: &str) -> (i32, String, String) {
    let output = Command::cargo_bin("prongsai").unwrap().args(line.split_whitespace()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_code_is_explained_in_the_language_of_the_run() {
    for (language, word) in [(Language::Th, "th"), (Language::En, "en")] {
        let (status, out, err) = run(&format!("explain score-mismatch --lang {word}"));
        assert_eq!((status, err.as_str()), (0, ""));
        assert!(out.contains(Code::ScoreMismatch.lesson(language)) && out.contains("code: score-mismatch"), "{out}");
    }
}

#[test]
fn what_is_no_code_steers_no_terminal_and_is_not_repeated_at_length() {
    let output = Command::cargo_bin("prongsai").unwrap().args(["explain", "\u{1b}[2J", "--lang", "th"]).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err.contains(r"`\u{1b}[2J`") && !err.contains('\u{1b}'), "{err}");
    let (status, _, err) = run(&format!("explain {} --lang th", "ก".repeat(30_000)));
    assert!(status == 2 && err.contains("ก…`") && err.len() < 1_000, "{err}");
}

#[test]
fn without_a_code_all_are_listed() {
    let (status, out, _) = run("explain --lang th");
    assert_eq!(status, 0);
    assert!(Code::ALL.iter().all(|code| out.contains(code.name()) && out.contains(code.meaning(Language::Th))), "{out}");
}

#[test]
fn a_misspelt_code_gets_the_nearest_and_status_2() {
    let (status, out, err) = run("explain score-mismach --lang en");
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(err.contains("`score-mismatch`"), "{err}");
}
