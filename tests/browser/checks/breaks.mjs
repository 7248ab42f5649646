// Thai has no spaces between words, and a browser guesses where a line may end. Owns the words that must not be cut, each of which Chromium
// was seen to cut. The function runs inside the page.

/** Words of official names and of our own sentences. */
export const words = [
    'E-Service', 'การดำเนินงาน', 'ขับเคลื่อน', 'ขั้นตอน', 'ค่าเฉลี่ย', 'งบประมาณ', 'จัดซื้อจัดจ้าง', 'ช่องทาง', 'ดำเนินการ', 'ตรวจสอบ', 'ตัวชี้วัด', 'น้ำหนัก',
    'บางส่วน', 'ประพฤติมิชอบ', 'ผลอย่างไร', 'ผู้บริหาร', 'ผู้บังคับบัญชา', 'ผู้ประเมิน', 'ผู้มาติดต่อ', 'ผู้มีส่วนได้ส่วนเสีย', 'ผู้รับบริการ', 'ผู้รับผิดชอบ', 'ร้องเรียน', 'ระยะเวลา',
    'รูปแบบ', 'สำนักปลัด', 'ส่งเสริม', 'ส่วนตำบล', 'หน่วยงาน', 'หน้าที่', 'หลักเกณฑ์', 'หลักฐาน', 'เครื่องมือ', 'เจ้าหน้าที่', 'เปิดเผย', 'เผยแพร่', 'เสริมสร้าง', 'แก้ตัวเลข',
];

/** Each of the words that stands on two lines. */
export function brokenWords(words) {
    const faults = [];
    const range = document.createRange();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!/[\u0e01-\u0e4e-]/.test(node.data) || !element.checkVisibility() || element.closest('.vh, code, pre, svg')) continue;
        for (const word of words) {
            for (let at = node.data.indexOf(word); at >= 0; at = node.data.indexOf(word, at + 1)) {
                range.setStart(node, at);
                range.setEnd(node, at + word.length);
                const lines = [...range.getClientRects()].filter((rect) => rect.width > 0.5).map((rect) => Math.round(rect.top));
                if (new Set(lines).size > 1) faults.push({ rule: 'word-broken', selector: `${element.localName}${element.className ? `.${element.className}` : ''}`, detail: `${word} in ${node.data.trim().slice(0, 60)}` });
            }
        }
    }
    return faults;
}
