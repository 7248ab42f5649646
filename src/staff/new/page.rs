//! `new page`: a free page as a draft. Owns how a title becomes the name of a file, which is the page's address.

use super::{Ground, Plan};
use crate::base::alike::alike;
use crate::base::of_windows::is_of_windows;
use crate::site::routes::may_be_page;
use crate::source::commentary;
use crate::source::layout::{Role, role};
use crate::source::unit::is_servable;
use crate::staff::init::refuse;
use crate::staff::said::Said;
use crate::staff::scalar::scalar;
use crate::staff::starter::{NewFile, PAGE, fill};
use crate::text::SourceText;

/// What no name of a file may hold somewhere.
const UNUSABLE: &[char] = &['/', '\\', ':', '*', '?', '"', '<', '>', '|', '#', '%'];

/// The longest name, in bytes: file systems take 255, and the address has an ending.
const LONGEST: usize = 200;

/// The page of a title.
///
/// # Errors
/// Where the title makes no name of a file, the address is the program's, or the page is there.
pub fn plan(ground: &Ground, title: &str) -> Result<Plan, Said> {
    let title = crate::staff::init::name(title.trim().trim_end_matches(".md"))?;
    let name = title.split_whitespace().collect::<Vec<_>>().join("-");
    if let Some(bad) = name.chars().find(|c| UNUSABLE.contains(c)) {
        return Err(Said::new(
            format!("ชื่อหน้ามี `{bad}` ไม่ได้ เพราะชื่อนี้เป็นชื่อไฟล์และที่อยู่ของหน้า โปรดใช้ชื่ออื่น"),
            format!("the name of a page can't hold `{bad}`: it names the file and the address. Use another one."),
        ));
    }
    let path = format!("{}{name}.md", ground.folder);
    let is_page = matches!(role(ground.below(&path)), Role::Page(_));
    if name.len() > LONGEST || name.ends_with('.') || is_of_windows(&name) || !is_page || !is_servable(&name) || !may_be_page(&name) {
        return Err(Said::new(
            format!("ใช้ `{name}` เป็นชื่อหน้าไม่ได้ เพราะเป็นชื่อที่โปรแกรมหรือระบบใช้อยู่ หรือยาวเกินไป โปรดใช้ชื่ออื่น"),
            format!("`{name}` can't be the name of a page: the program or a system uses it, or it is too long. Use another one."),
        ));
    }
    let there = ground.paths.iter().find(|there| matches!(role(ground.below(there)), Role::Page(_)) && alike(there) == alike(&path));
    if let Some(there) = there {
        return Err(Said::new(format!("มี `{there}` อยู่แล้ว จึงไม่เขียนทับ"), format!("`{there}` is there already and is not written over")));
    }
    let source = SourceText { path: path.as_str().into(), text: fill(PAGE, &[("title", &scalar(&title))]) };
    refuse(&commentary::read(&source, "").1)?;
    Ok(Plan::of(NewFile::new(path, source.text), draft()))
}

/// What the author of a draft has to know.
pub(super) fn draft() -> Said {
    Said::new(
        "เป็นฉบับร่าง ดูได้ด้วย `prongsai serve --drafts` เขียนเสร็จแล้วลบบรรทัด `draft: true`\n",
        "It is a draft: see it with `prongsai serve --drafts`, and delete the line `draft: true` when it is done.\n",
    )
}
