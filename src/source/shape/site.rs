//! The keys of `site.yaml`.

use crate::source::hosting;
use crate::source::site::{ACCEPTED, DIGITS, LANGUAGES, LINKS};
use crate::text::shape::{Key, Map, Says, Shape, Value, Words, words};

use super::agency::REASON;

/// The form of a colour, with its sign or without.
const COLOR: &str = "#?(?:[0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})";

/// The form of an address of a site: no part of it is empty, and none has a letter that addresses of ours never have.
const BASE_URL: &str = "[Hh][Tt][Tt][Pp][Ss]?://[^/?#%@{}|^`\\s<>\"\\\\]+(?:/[^/?#%@{}|^`\\s<>\"\\\\]+)*/*";

/// The whole file.
pub const SITE: Shape = Shape {
    keys: &[
        Key::filled(
            "title",
            Value::Text,
            Says("ชื่อเว็บไซต์ แสดงที่หัวทุกหน้า (จำเป็น)", "The title of the site, shown at the head of each page (required)."),
            "การเปิดเผยข้อมูลสาธารณะ",
        ),
        Key::free(
            "base_url",
            Value::Fit(BASE_URL),
            Says(
                "ที่อยู่เต็มของเว็บไซต์เมื่อเผยแพร่แล้ว ใช้ทำ sitemap feed และรายการที่อยู่สำหรับส่ง",
                "The absolute address of the published site, for sitemaps, feeds and addresses to submit.",
            ),
            "https://www.example.go.th/ita/",
        ),
        Key::free(
            "language",
            Value::Word(Words { words: || words(LANGUAGES), says: &[Says("ไทย", "Thai"), Says("อังกฤษ", "English")] }),
            Says("ภาษาของหน้าเว็บ ถ้าไม่ระบุคือ th", "The language of the pages; th if left out."),
            "th",
        ),
        Key::free(
            "digits",
            Value::Word(Words {
                words: || words(DIGITS),
                says: &[Says("เลขไทย ๑๒๓", "Thai digits"), Says("เลขอารบิก 123", "Arabic digits")],
            }),
            Says("เลขที่แสดงให้คนอ่าน ถ้าไม่ระบุคือ arabic", "The digits that people are shown; arabic if left out."),
            "thai",
        ),
        Key::free(
            "theme",
            Value::Text,
            Says("ชื่อชุดรูปแบบใน themes/ ถ้าไม่ระบุคือ default", "The theme's name, a folder of themes/; default if left out."),
            "default",
        ),
        Key::free(
            "links",
            Value::Word(Words {
                words: || words(LINKS),
                says: &[
                    Says("ลิงก์ลงท้าย index.html เปิดอ่านจากเครื่องได้", "links name index.html, so that the folder reads from disk"),
                    Says("ลิงก์ลงท้ายด้วย /", "links name the folder"),
                ],
            }),
            Says("ลิงก์ระหว่างหน้าเขียนแบบใด ถ้าไม่ระบุคือ file", "How links name a page; file if left out."),
            "file",
        ),
        Key::free(
            "accent",
            Value::FitScalar(COLOR),
            Says(
                "สีประจำเว็บไซต์บนพื้นสว่าง ใส่เครื่องหมายคำพูด เพราะ # เริ่มหมายเหตุ",
                "The site's own colour on light ground; in quotation marks, as # begins a comment.",
            ),
            "\"#29398f\"",
        ),
        Key::free(
            "accent_dark",
            Value::FitScalar(COLOR),
            Says("สีประจำเว็บไซต์บนพื้นมืด ใส่เครื่องหมายคำพูด", "The same colour on dark ground, in quotation marks."),
            "\"#aab4f0\"",
        ),
        Key::free(
            "logo",
            Value::Fit("files/(?:[^\\s]|[^\\s].*[^\\s])?\\.(?:[Pp][Nn][Gg]|[Jj][Pp][Ee]?[Gg]|[Ww][Ee][Bb][Pp]|[Gg][Ii][Ff]|[Ss][Vv][Gg])"),
            Says("ตราของเว็บไซต์ เป็นภาพใน files/", "The site's logo, a picture under files/."),
            "files/logo.svg",
        ),
        Key::free(
            "license",
            Value::Either(&Value::Text, &Value::Shape(&LICENSE)),
            Says("สัญญาอนุญาตของข้อมูล", "The licence of the data."),
            "",
        ),
        Key::free(
            "ocds_prefix",
            Value::Fit("ocds-[a-z0-9]{6}"),
            Says(
                "คำขึ้นต้นรหัสการจัดซื้อจัดจ้างที่ลงทะเบียนกับ OCDS",
                "The prefix that is registered with OCDS, for identifiers of contracting processes.",
            ),
            "ocds-ab12cd",
        ),
        Key::free(
            "public_key",
            Value::Text,
            Says(
                "กุญแจสาธารณะของ minisign สำหรับตรวจลายเซ็นของเว็บไซต์ ห้ามใส่กุญแจลับ",
                "The public key of minisign with which the signature of the site is checked; never the secret one.",
            ),
            "RWTaXnjwCJFy1+qfQfpa+6UbJOK/YkKINlf2yVHyHlaYtC5AmN+Em1m8",
        ),
        Key::free(
            "redirects",
            Value::Map(&REDIRECTS),
            Says("ที่อยู่เดิม และที่อยู่ใหม่ที่พาไป", "Old addresses, and where each leads now."),
            "{old/address/: 2568/oit/o1/}",
        ),
        Key::free(
            "accept",
            Value::List(&Value::Shape(&ACCEPT)),
            Says("ที่อยู่ที่เลิกใช้โดยตั้งใจ ของทั้งเว็บไซต์", "Addresses of the whole site that went on purpose."),
            "",
        ),
        Key::free(
            "host",
            Value::OneOrMore(&Value::Word(Words {
                words: || words(hosting::HOSTS),
                says: &[
                    Says("GitHub Pages", "GitHub Pages"),
                    Says("GitLab Pages", "GitLab Pages"),
                    Says("Netlify", "Netlify"),
                    Says("Cloudflare Pages", "Cloudflare Pages"),
                    Says("เครื่องแม่ข่าย Apache 2.4", "Apache 2.4"),
                    Says("เครื่องแม่ข่าย nginx", "nginx"),
                    Says("เครื่องแม่ข่าย IIS 7.5 ขึ้นไป", "IIS from 7.5 on"),
                ],
            })),
            Says("ที่ที่จะนำเว็บไซต์ไปวาง โปรแกรมจะเขียนไฟล์ตั้งค่าให้", "Where the site will lie; settings for each are written."),
            "nginx",
        ),
        Key::free(
            "compress",
            Value::OneOrMore(&Value::Word(Words {
                words: || words(hosting::PACKINGS),
                says: &[Says("ไฟล์ .gz", "files .gz"), Says("ไฟล์ .br", "files .br")],
            })),
            Says("ไฟล์บีบอัดที่จะเขียนไว้ข้างไฟล์เดิม", "Packed twins that are written beside the files."),
            "[gzip, br]",
        ),
    ],
};

/// `license` as a map.
pub const LICENSE: Shape = Shape {
    keys: &[
        Key::filled("name", Value::Text, Says("ชื่อสัญญาอนุญาต", "The name of the licence."), "CC BY 4.0"),
        Key::free(
            "url",
            Value::WebAddress,
            Says("ที่อยู่ของข้อความสัญญาอนุญาต", "The address of its text."),
            "https://creativecommons.org/licenses/by/4.0/",
        ),
    ],
};

/// `redirects`.
const REDIRECTS: Map = Map { of: "addresses", key: "[^\\s](?:.*[^\\s])?", value: Value::Text, may_be_empty: false };

/// A member of `accept`.
pub const ACCEPT: Shape = Shape {
    keys: &[
        Key::required(
            "code",
            Value::Word(Words {
                words: || vec![ACCEPTED],
                says: &[Says("ที่อยู่ที่เคยเผยแพร่และไม่มีแล้ว", "an address that was published and is gone")],
            }),
            Says("รหัสของสิ่งที่พบ", "The finding's code."),
            "address-gone",
        ),
        Key::required("where", Value::Text, Says("ที่อยู่ตามที่โปรแกรมแสดง", "The address as the program prints it."), "old/"),
        REASON,
    ],
};
