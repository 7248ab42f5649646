//! What the surroundings tell: locale, clock, home folder. Owns every look at the environment and the one look at the clock; hands
//! values on. The functions that decide take what was read as arguments, so that a test needs no environment.

#![expect(clippy::disallowed_methods, reason = "the edge: the one file that reads the environment and the clock")]

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::Stop;
use super::terminal::Terminal;
use crate::base::date::Date;
use crate::base::language::Language;

/// The language of the run: `--lang` wherever it stands, else the locale. Known before the arguments are read, because the answer to
/// wrong ones is in that language too.
pub fn language(arguments: &[OsString]) -> Language {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(env::var_os).find(|value| !value.is_empty());
    let chosen = || match locale {
        Some(locale) => language_of_locale(Some(&locale)),
        None => language_of_list(sys_locale::get_locales()),
    };
    asked_language(arguments).unwrap_or_else(chosen)
}

/// Thai where the languages that a person reads have it, in whatever place: offices run Windows in English and write Thai.
fn language_of_list(mut locales: impl Iterator<Item = String>) -> Language {
    if locales.any(|locale| language_of_locale(Some(OsStr::new(&locale))) == Language::Th) { Language::Th } else { Language::En }
}

fn asked_language(arguments: &[OsString]) -> Option<Language> {
    let mut arguments = arguments.iter().skip(1).take_while(|argument| *argument != "--");
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        let value = match argument.to_str() {
            Some("--lang") => arguments.next().and_then(|value| value.to_str()),
            Some(text) => text.strip_prefix("--lang="),
            None => None,
        };
        asked = match value {
            Some("th") => Some(Language::Th),
            Some("en") => Some(Language::En),
            _ => asked,
        };
    }
    asked
}

/// Thai for `th`, `th_TH.UTF-8` and the like.
fn language_of_locale(locale: Option<&OsStr>) -> Language {
    let is_thai = locale
        .and_then(OsStr::to_str)
        .and_then(|locale| locale.strip_prefix("th"))
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()));
    if is_thai { Language::Th } else { Language::En }
}

/// The day that is today in Thailand, by the clock or, for builds that are to be repeated, by `SOURCE_DATE_EPOCH`.
///
/// # Errors
/// For a value that is no count of seconds.
pub fn today(terminal: &Terminal) -> Result<Date, Stop> {
    match env::var_os("SOURCE_DATE_EPOCH") {
        Some(value) => value.to_str().and_then(day_of).ok_or_else(|| {
            let shown = value.to_string_lossy();
            Stop::Said(
                terminal
                    .choose(
                        &format!("SOURCE_DATE_EPOCH ต้องเป็นจำนวนวินาทีนับจาก 1 มกราคม ค.ศ. 1970 และไม่เลย ค.ศ. 9999 ไม่ใช่ `{shown}` โปรดแก้ไข หรือลบตัวแปรนี้"),
                        &format!(
                            "SOURCE_DATE_EPOCH has to be a count of seconds since 1 January 1970, up to the year 9999, not `{shown}`. Mend it, or unset it."
                        ),
                    )
                    .to_owned(),
            )
        }),
        None => {
            let seconds = match SystemTime::now().duration_since(UNIX_EPOCH) {
                Ok(since) => i64::try_from(since.as_secs()).ok(),
                Err(before) => i64::try_from(before.duration().as_secs()).ok().map(|seconds| -seconds),
            };
            let text = terminal.choose("นาฬิกาของเครื่องไม่ถูกต้อง โปรดตั้งใหม่", "the clock of this machine is wrong. Set it.");
            seconds.and_then(Date::in_thailand).ok_or_else(|| Stop::Said(text.to_owned()))
        }
    }
}

fn day_of(seconds: &str) -> Option<Date> {
    let is_plain = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit());
    if is_plain { Date::in_thailand(seconds.parse().ok()?) } else { None }
}

/// How long something takes. It tells nobody what time it is.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins to count.
    pub fn begin() -> Self {
        Self(Instant::now())
    }

    /// How many microseconds have gone by.
    pub fn micros(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_micros()).unwrap_or(u64::MAX)
    }
}

/// The home folder of whoever runs the program.
pub fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// The secret key in the environment. An empty one is none: so hosts of builds hand over a secret that was not set.
pub fn sign_key() -> Option<Vec<u8>> {
    env::var_os("PRONGSAI_SIGN_KEY").filter(|value| !value.is_empty()).map(OsString::into_encoded_bytes)
}

/// The password of the secret key.
pub fn sign_password() -> Option<Vec<u8>> {
    env::var_os("PRONGSAI_SIGN_PASSWORD").map(OsString::into_encoded_bytes)
}

/// Opens an address in the browser of whoever runs the program. Gives back false where there is none that the system knows.
pub fn open_browser(url: &str) -> bool {
    use std::process::{Command, Stdio};
    let (program, arguments): (&str, &[&str]) = match env::consts::OS {
        "windows" => ("rundll32", &["url.dll,FileProtocolHandler"]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().is_ok()
}

/// Where a program of this name lies, as a shell looks for it.
pub fn on_path(name: &Path) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let end = if cfg!(windows) && name.extension().is_none() { "exe" } else { "" };
    let places =
        env::split_paths(&path).map(|folder| if end.is_empty() { folder.join(name) } else { folder.join(name).with_extension(end) });
    places.into_iter().find(|place| place.is_file())
}

/// Where browsers that print may lie: on the path, then where each system puts them. They need not be there.
pub fn browsers() -> Vec<PathBuf> {
    let names = [
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "microsoft-edge-stable",
        "msedge",
        "chrome",
    ];
    let mut found: Vec<PathBuf> = names.iter().filter_map(|name| on_path(Path::new(name))).collect();
    for folder in ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].iter().filter_map(env::var_os) {
        for below in ["Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe", "Chromium/Application/chrome.exe"] {
            found.push(PathBuf::from(&folder).join(below));
        }
    }
    for name in ["Google Chrome", "Chromium", "Microsoft Edge"] {
        found.push(PathBuf::from(format!("/Applications/{name}.app/Contents/MacOS/{name}")));
    }
    found.push(PathBuf::from("/snap/bin/chromium"));
    found
}

/// Was colour declined? Any value but an empty one says so.
pub fn no_colour() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_asked_for_or_that_of_the_locale() {
        let asked = |line: &str| asked_language(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("prongsai build --lang th"), Some(Language::Th));
        assert_eq!(asked("prongsai --lang=en build --lang"), Some(Language::En));
        assert_eq!(asked("prongsai build --lang xx"), None);
        assert_eq!(asked("prongsai build -- --lang th"), None);
        for (locale, language) in [("th_TH.UTF-8", Language::Th), ("th", Language::Th), ("the", Language::En), ("C", Language::En)] {
            assert_eq!(language_of_locale(Some(OsStr::new(locale))), language, "{locale}");
        }
        assert_eq!(language_of_locale(None), Language::En);
        let list = |text: &str| language_of_list(text.split(' ').map(str::to_owned));
        assert_eq!((list("en-US th-TH"), list("en-US"), list("")), (Language::Th, Language::En, Language::En));
    }

    #[test]
    fn now_can_be_given() {
        assert_eq!(day_of("1754006400").unwrap().to_string(), "2025-08-01");
        for bad in ["", "-1", "+1", "1.5", "today", "99999999999999999999", "9223372036854775807", "253402275600", " 1"] {
            assert_eq!(day_of(bad), None, "{bad}");
        }
    }
}
