// What comes out of the printer. Owns reading the PDF back: its text is the page's, letter by letter; each sheet is A4 and numbered; no row
// of a table is cut, its header stands on each sheet that has one of its rows, and no heading is the last on a sheet.

import { execFile } from 'node:child_process';

/** The faults of the page that is open, in the medium of print. */
export async function paperFaults(tab) {
    const pdf = await tab.pdf({ preferCSSPageSize: true, format: 'A4' });
    const sizes = [...pdf.toString('latin1').matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    const a4 = ([, width, height]) => Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2;
    if (sizes.length === 0) return [{ rule: 'not-printed', selector: 'html', detail: `${pdf.length} bytes` }];
    const faults = sizes.filter((size) => !a4(size)).map((size) => ({ rule: 'paper-size', selector: 'html', detail: size[0] }));
    const sheets = (await textOf(pdf)).split('\f').slice(0, -1);
    const seen = await tab.evaluate(parts);
    const say = (rule, selector, detail) => faults.push({ rule, selector, detail });
    // The number in the margin comes first in the file.
    const bodies = sheets.map((sheet, at) => {
        const number = new RegExp(`^\\s*${at + 1} / ${sheets.length}\\s*\\n|\\n\\s*${at + 1} / ${sheets.length}\\s*$`);
        if (seen.styled && !number.test(sheet)) say('sheet-without-number', 'html', `sheet ${at + 1} of ${sheets.length}`);
        return letters(sheet.replace(number, '\n'));
    });
    const whole = bodies.join('');
    for (const line of seen.lines.filter(readable)) if (!whole.includes(letters(line).slice(0, longest))) say('text-lost-in-print', 'body', line.slice(0, 60));
    // Where each sheet begins in the whole text. Rows come in their order, and the text of one may stand elsewhere too.
    const starts = bodies.map((_, at) => bodies.slice(0, at).join('').length);
    const sheetOf = (at) => starts.findLastIndex((start) => start <= at);
    let from = 0;
    for (const table of seen.tables) {
        const on = new Set();
        for (const row of table.rows.filter(readable).map(letters).filter(Boolean)) {
            const at = whole.indexOf(row, from);
            if (at < 0 || sheetOf(at) !== sheetOf(at + row.length - 1)) say('row-cut', table.selector, row.slice(0, 60));
            if (at < 0) continue;
            on.add(sheetOf(at));
            from = at + row.length;
        }
        const head = letters(table.head);
        for (const [at, body] of bodies.entries()) if (head && at + 1 < bodies.length && body.endsWith(head)) say('header-at-the-foot', table.selector, `sheet ${at + 1}: ${table.head.slice(0, 40)}`);
        for (const at of on.size > 1 && head ? on : []) if (!bodies[at].includes(head)) say('header-not-repeated', table.selector, `sheet ${at + 1}: ${table.head.slice(0, 40)}`);
    }
    for (const heading of seen.headings.filter(readable).map(letters)) {
        const at = bodies.findIndex((body) => body.endsWith(heading));
        if (at >= 0 && at + 1 < bodies.length) say('heading-at-the-foot', 'h2, h3, h4', `sheet ${at + 1}: ${heading.slice(0, 40)}`);
    }
    return faults;
}

// How many letters of a paragraph are looked for: a word without an end is cut wherever there is room.
const longest = 400;

/** Letters without the spaces that lines and columns add; ำ is two characters in the one text and one in the other. */
const letters = (text) => text.normalize('NFKC').replaceAll('\u0e33', '\u0e4d\u0e32').replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '');

const textOf = (pdf) => new Promise((done, failed) => {
    const child = execFile('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { maxBuffer: 64 << 20 }, (fault, text) => (fault ? failed(fault) : done(text)));
    child.stdin.end(pdf);
});

// The reader of PDFs puts letters from the right in an order of its own, and knows no pictures among letters.
const readable = (text) => !/[\u0590-\u08ff\u200d]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text);

/** Runs in the page: what should be on the paper. */
function parts() {
    const shown = (element) => element.checkVisibility() && !element.closest('.vh, .skip');
    const name = (table) => `table.${table.className.trim().split(/\s+/).join('.')}`;
    const line = (element) => [...element.children].map((cell) => text(cell)).join(' ');
    const text = (element) => {
        const parts = [];
        const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) if (shown(node.parentElement)) parts.push(node.data);
        return parts.join('').trim();
    };
    const blocks = [...document.querySelectorAll('p, li, dt, dd, h1, h2, h3, h4, h5, h6, caption, th, td')].filter((one) => shown(one) && !one.querySelector('p, li, dt, dd, svg text'));
    return {
        styled: document.querySelector('link[rel=stylesheet]') !== null,
        // The address of a file is printed behind its name.
        lines: blocks.flatMap((one) => (one.querySelector('.file a') || one.closest('.file') ? [...one.querySelectorAll('a, span')].filter(shown) : [one])).map(text).filter(Boolean),
        headings: [...document.querySelectorAll('h2, h3, h4, h5, h6, caption')].filter(shown).map(text).filter(Boolean),
        tables: [...document.querySelectorAll('table')].filter(shown).map((table) => ({
            selector: name(table),
            // Where cells are stacked, each has its own label.
            head: table.tHead && getComputedStyle(table.tHead).display !== 'block' ? [...table.tHead.rows].map(line).join(' ') : '',
            // A row that is longer than a sheet has to be cut.
            rows: [...table.tBodies].flatMap((body) => [...body.rows].filter((row) => shown(row) && row.getBoundingClientRect().height < 900).map(line)),
        })),
    };
}
