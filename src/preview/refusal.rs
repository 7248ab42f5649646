//! Why a request gets no file. Owns the status and the sentence of each reason, in Thai and in English: nobody knows yet which of the two
//! the reader wants.

/// A reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It can't be read as a request.
    Malformed,
    /// Nothing is at the address.
    NotFound,
    /// It is neither GET nor HEAD.
    Method,
    /// It did not come to its end in time.
    Slow,
    /// It carries something.
    Carries,
    /// Its address is too long.
    LongTarget,
    /// The part that it asks for is not in the file.
    Beyond,
    /// It is for another host.
    Foreign,
    /// Its lines are too long or too many.
    LongHead,
    /// The file has changed since the site was built, or can't be opened now.
    Changed,
    /// It is of another version of HTTP.
    Version,
}

impl Refusal {
    /// The status of the answer.
    pub fn status(self) -> u16 {
        match self {
            Self::Malformed => 400,
            Self::NotFound => 404,
            Self::Method => 405,
            Self::Slow => 408,
            Self::Carries => 413,
            Self::LongTarget => 414,
            Self::Beyond => 416,
            Self::Foreign => 421,
            Self::LongHead => 431,
            Self::Changed => 503,
            Self::Version => 505,
        }
    }

    /// What the reader is told.
    pub fn text(self) -> String {
        let (thai, english) = match self {
            Self::Malformed => ("คำขอนี้อ่านไม่ได้", "This request can't be read."),
            Self::NotFound => ("ไม่มีอะไรอยู่ที่ที่อยู่นี้", "There is nothing at this address."),
            Self::Method => ("หน้าตัวอย่างเปิดอ่านได้อย่างเดียว", "The preview can only be read."),
            Self::Slow => ("คำขอมาไม่ครบในเวลาที่รอได้", "The request did not come to its end in time."),
            Self::Carries => ("หน้าตัวอย่างไม่รับข้อมูลที่ส่งมากับคำขอ", "The preview takes nothing that is sent with a request."),
            Self::LongTarget => ("ที่อยู่ยาวเกินไป", "The address is too long."),
            Self::Beyond => ("ไฟล์นี้ไม่มีส่วนที่ขอ", "The file does not have the part that was asked for."),
            Self::Foreign => (
                "คำขอนี้เรียกชื่อเครื่องอื่น หน้าตัวอย่างตอบเฉพาะ localhost, 127.0.0.1, [::1] และชื่อหรือเลขที่ระบุด้วย --host",
                "This request is for another host. The preview answers for localhost, 127.0.0.1, [::1] and what is given with --host.",
            ),
            Self::LongHead => ("ส่วนหัวของคำขอยาวเกินไป", "The head of the request is too long."),
            Self::Changed => {
                ("ไฟล์นี้เพิ่งเปลี่ยนไปหรือเปิดไม่ได้ในขณะนี้ โปรดลองอีกครั้ง", "The file has just changed or can't be opened at the moment. Try again.")
            }
            Self::Version => ("หน้าตัวอย่างใช้ HTTP รุ่น 1.0 และ 1.1 เท่านั้น", "The preview speaks HTTP 1.0 and 1.1 only."),
        };
        format!("{thai}\n{english}\n")
    }
}
