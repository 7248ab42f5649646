//! `new theme`: a file of the built-in theme in the site's own, to be changed. Owns where it goes, and which files there are.

use super::Plan;
use crate::base::address::Address;
use crate::base::thai;
use crate::engine::originals;
use crate::staff::said::Said;
use crate::staff::scalar::comment;
use crate::staff::starter::NewFile;

/// A copy of a file of the built-in theme. A catalogue has its sentences in comments: those alone that are written out are replaced.
///
/// # Errors
/// Where there is no such file, or the theme's name is no name of a folder.
pub fn plan(theme: &str, file: &str) -> Result<Plan, Said> {
    let name = file.trim().trim_start_matches("./").replace('\\', "/");
    let Some(text) = originals::theme_file(&name) else {
        let known: Vec<&str> = originals::theme_files().collect();
        let (name, list) = (comment(&name), known.join(", "));
        let near = thai::nearest(&name, &known);
        let (th, en) = near.map_or_else(Default::default, |near| (format!(" ใกล้เคียง: `{near}`"), format!(" Did you mean `{near}`?")));
        return Err(Said::new(
            format!("ธีมของโปรแกรมไม่มีไฟล์ `{name}`{th}\n  ที่มี: {list}"),
            format!("the built-in theme has no file `{name}`.{en}\n  There are: {list}"),
        ));
    };
    if theme.contains('/') || Address::new(theme).is_err() || theme.is_empty() {
        return Err(Said::new(
            "ชื่อธีมใน content/site.yaml ใช้เป็นชื่อโฟลเดอร์ไม่ได้ โปรดแก้ก่อน",
            "the name of the theme in content/site.yaml can't be the name of a folder. Mend it first.",
        ));
    }
    let path = format!("themes/{theme}/{name}");
    let (text, told) = if name.starts_with("strings/") {
        let lines = text.lines().map(|line| if line.is_empty() { "\n".to_owned() } else { format!("# {line}\n") });
        let told = Said::new(
            "ลบ # หน้าบรรทัดของข้อความที่จะเปลี่ยน แล้วแก้ บรรทัดอื่นใช้ของโปรแกรมต่อไป\n",
            "Delete the # before a sentence that you change; all others stay the program's.\n",
        );
        (lines.collect(), told)
    } else {
        let told = Said::new(
            format!("แก้ `{path}` แล้วดูด้วย `prongsai serve` ลบไฟล์นี้เมื่อต้องการกลับไปใช้ของเดิม\n"),
            format!("Change `{path}`, and see it with `prongsai serve`. Delete it to have the built-in one back.\n"),
        );
        (text.to_owned(), told)
    };
    Ok(Plan::of(NewFile::new(path, text), told))
}
