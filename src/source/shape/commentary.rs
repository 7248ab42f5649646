//! The keys of the front matter of a Markdown file.

use crate::text::shape::{Key, Says, Shape, Value};

/// The front matter.
pub const FRONT_MATTER: Shape = Shape {
    keys: &[
        Key::free("title", Value::Text, Says("ชื่อหน้า", "The title of the page."), "เกี่ยวกับเรา"),
        Key::free("updated", Value::Day, Says("วันที่แก้ไขล่าสุด", "When it was last changed."), "2568-03-14"),
        Key::free("draft", Value::Truth, Says("เป็นฉบับร่างหรือไม่", "Is it a draft?"), "true"),
    ],
};
