// The tests of the tests: pages without a fault, of which nothing may be said, and for each thing that is asked a page with that one fault,
// which must be the first that is told. A check that can't fail is caught here.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { lighthouseFaults } from './checks/lighthouse.mjs';
import * as nu from './checks/nu.mjs';
import { closely, desk, everywhere } from './checks/page.mjs';
import { pagesOf } from './kinds.mjs';
import { serve } from './server.mjs';
import { work } from './sites.mjs';

const style = `:root { color-scheme: light dark; --paper: #fff; }
body { margin: 0; background: var(--paper); color: #000; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #000; } body { color: #fff; } a { color: #ccf; } }
@media screen and (prefers-color-scheme: light) { a { color: #006; } }
body { line-height: 1.75; }
a:focus-visible { outline: 3px solid; }
.skip { position: absolute; top: -9rem; } .skip:focus { top: 0; }
@page { margin: 20mm; @bottom-right { content: counter(page) " / " counter(pages); } }
@media print { tr { break-inside: avoid; } h2 { break-after: avoid; } }
`;
const html = ({ head = '', body = '', sheet = 'style.css' }) => `<!doctype html>
<html lang="th">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>หน้าทดสอบ</title>
<link rel="stylesheet" href="${sheet}">
${head}</head>
<body>
<main id="main"><h1>หน้าทดสอบ</h1>
<p id="here">ข้อความ <a href="good.html#here">ลิงก์</a> <a href="https://example.org/">ที่อื่น</a></p>
${body}</main>
</body>
</html>
`;
const sized = (rule) => ({ css: rule, body: '<p class="x">ผู้ใหญ่ ที่นี่ เพิ่ม</p>' });
const table = (rows, cell) => `<table class="x"><thead><tr><th scope="col">รหัส</th><th scope="col">ข้อความ</th></tr></thead><tbody>${Array.from({ length: rows }, (_, at) => `<tr><td>ก${at}</td><td>${cell}</td></tr>`).join('')}</tbody></table>`;
const pictures = (count) => Array.from({ length: count }, (_, at) => `<img src="dot.svg?${at}" alt="" width="9" height="9">`).join('');

/** Looked at closely: what the page has, and the fault that is told first. */
const close = {
    'no text of an image': [{ body: '<img src="dot.svg" width="9" height="9">' }, { rule: 'axe:image-alt', width: 320, scheme: 'light' }],
    'contrast of 2.8': [sized('.x { color: #999; } @media (prefers-color-scheme: dark) { .x { color: #fff; } }'), { rule: 'axe:color-contrast', scheme: 'light' }],
    'contrast of 5.7': [sized('.x { color: #666; } @media (prefers-color-scheme: dark) { .x { color: #fff; } }'), { rule: 'axe:color-contrast-enhanced', scheme: 'light' }],
    'contrast of the dark scheme': [sized('@media screen and (prefers-color-scheme: dark) { .x { color: #333; } }'), { rule: 'axe:color-contrast', width: 320, scheme: 'dark' }],
    'contrast at one width': [sized('@media screen and (width > 1000px) { .x { color: #777; background: #666; } }'), { rule: 'axe:color-contrast', width: 1280 }],
    'a target of 8 pixels': [{ css: '.x { font-size: 8px; line-height: 1.5; } .x a { display: block; width: 8px; height: 8px; overflow: visible; }', body: '<ul class="x"><li><a href="good.html">ก</a></li><li><a href="style.css">ข</a></li></ul>' }, { rule: 'axe:target-size' }],
    'a heading left out': [{ body: '<h4>หัวข้อ</h4>' }, { rule: 'axe:heading-order' }],
    'wider than a phone': [sized('.x { min-width: 400px; }'), { rule: 'sideways-scroll', width: 320 }],
    'wider than a tablet': [sized('@media screen and (width > 700px) { .x { min-width: 1000px; } }'), { rule: 'sideways-scroll', width: 768 }],
    'a long word': [{ body: `<p>${'supercalifragilistic'.repeat(5)}</p>` }, { rule: 'text-outside', width: 320 }],
    'text beside the screen': [sized('.x { position: relative; left: -40px; }'), { rule: 'text-outside', width: 320 }],
    'text cut off': [sized('.x { width: 3em; overflow: hidden; white-space: nowrap; }'), { rule: 'text-clipped' }],
    'marks cut off': [sized('.x { line-height: .7; overflow: hidden; }'), { rule: 'text-clipped' }],
    'text on text': [sized('.x { margin-top: -2.4em; }'), { rule: 'text-overlap' }],
    'a mark on text': [{ body: '<svg width="90" height="30" aria-hidden="true"><text x="10" y="20" fill="#000">คะแนน</text><circle cx="25" cy="15" r="6"/></svg>' }, { rule: 'mark-on-text' }],
    'one letter a line': [{ css: '.x { width: 1px; overflow-wrap: anywhere; }', body: '<p class="x">interdepartmental</p>' }, { rule: 'text-shredded' }],
    'six requests': [{ body: pictures(5) }, { rule: 'too-many-requests', check: 'weight' }],
    'a style in the markup': [{ body: '<p style="color: #000">ก</p>' }, { rule: 'console', check: 'weight' }],
    'a picture of another host': [{ body: '<img src="https://example.org/dot.svg" alt="" width="9" height="9">' }, { rule: 'console', check: 'weight' }],
    'a script': [{ body: '<script src="quiet.js"></script>' }, { rule: 'script', check: 'weight' }],
    'a script that throws': [{ body: '<script src="throws.js"></script>', search: true }, { rule: 'console', check: 'weight' }],
    'text by script alone': [{ body: '<script src="adds.js"></script>' }, { rule: 'text-needs-script' }, 'script'],
    'text taken away by a script': [{ body: '<p id="gone">เดิม</p><script src="takes.js"></script>', search: true }, { rule: 'text-needs-script' }],
    'heavy HTML': [{ body: `<!-- ${randomBytes(45_000).toString('base64url').replaceAll('-', '_')} -->` }, { rule: 'html-too-heavy', check: 'weight' }],
    'a heavy style': [{ css: `/* ${randomBytes(15_000).toString('base64url')} */` }, { rule: 'stylesheet-too-heavy', check: 'weight' }],
    'a heavy script': [{ body: '<script src="heavy.js"></script>', search: true }, { rule: 'script-too-heavy', check: 'weight' }],
    'a jump while it loads': [{ css: '.x { height: 40px; } .x.late { height: 300px; } p { height: 400px; }', body: '<div class="x"></div><p>ต่อไป</p><script src="late.js"></script>', search: true }, { rule: 'layout-shift', check: 'shift' }],
    'an image without its size': [{ body: '<img src="dot.svg" alt="">' }, { rule: 'image-without-size', check: 'shift' }],
    'a focus that is not seen': [{ css: 'a:focus { outline: none; }', body: '' }, { rule: 'focus-unseen', check: 'keyboard' }],
    'a pale focus': [{ css: 'a:focus { outline: 3px solid #ddd; }', body: '' }, { rule: 'focus-pale', check: 'keyboard' }],
    'a focus cut off': [{ css: '.x { overflow: hidden; } a:focus-visible { outline: 3px solid #000; outline-offset: 8px; }', body: '<p class="x"><a href="style.css">ก</a></p>' }, { rule: 'focus-clipped', check: 'keyboard' }],
    'an order of its own': [{ body: '<p><a href="style.css" tabindex="2">ก</a></p>' }, { rule: 'focus-out-of-order', check: 'keyboard' }],
    'order against the eye': [{ css: '.x { display: flex; flex-direction: column-reverse; }', body: '<ul class="x"><li><a href="style.css">ก</a></li><li><a href="dot.svg">ข</a></li></ul>' }, { rule: 'focus-jumps-back', check: 'keyboard' }],
    'a trap': [{ body: '<p><a href="dot.svg" id="trap">ก</a> <a href="style.css">ข</a></p><script src="trap.js"></script>', search: true }, { rule: 'not-reached', check: 'keyboard' }],
    'a skip link that stays away': [{ css: '.skip:focus { top: -9rem; }', body: '<a class="skip" href="#main">ข้าม</a>' }, { rule: 'focus-off-screen', check: 'keyboard' }],
    'a skip link to nothing': [{ body: '<a class="skip" href="#none">ข้าม</a>' }, { rule: 'skip-link-does-nothing', check: 'keyboard' }],
    'details that stay shut': [{ body: '<details><summary>เพิ่มเติม</summary><p>ก</p></details><script src="shut.js"></script>', search: true }, { rule: 'details-not-opened', check: 'keyboard' }],
    'no room when zoomed': [sized('@media (height < 300px) { .x { width: 30rem; } }'), { rule: 'sideways-scroll', check: 'zoom of 400 %' }],
    'lines too close for Thai': [sized('.x { line-height: 1.2; }'), { rule: 'lines-too-close', check: 'layout' }],
    'a word cut in two': [{ css: '.x { width: 3.5em; }', body: '<p class="x">งบประมาณ</p>' }, { rule: 'word-broken', check: 'layout' }],
    'a pale mark': [{ css: '.x { fill: #ddd; } @media (prefers-color-scheme: dark) { .x { fill: #fff; } }', body: '<svg width="30" height="30" aria-hidden="true"><circle class="x" cx="15" cy="15" r="9"/></svg>' }, { rule: 'mark-unseen', check: 'marks', scheme: 'light' }],
    'a mark lost in forced colours': [{ css: '.x { fill: var(--paper); stroke: #000; } @media (forced-colors: none) and (prefers-color-scheme: dark) { .x { stroke: #fff; } } @media (forced-colors: active) { .x { stroke: Canvas; } }', body: '<svg width="30" height="30" aria-hidden="true"><circle class="x" cx="15" cy="15" r="9"/></svg>' }, { rule: 'mark-unseen', check: 'marks', scheme: 'forced colours' }],
    'sheets without numbers': [{ css: '@page { @bottom-right { content: none; } }' }, { rule: 'sheet-without-number', check: 'print' }],
    'a row that is cut': [{ css: '@media print { .x tr { break-inside: auto; } }', body: table(4, 'หนึ่ง<br>'.repeat(20)) }, { rule: 'row-cut', check: 'print' }],
    'a header once': [{ css: '@media print { .x thead { display: table-row-group; } .x tr { break-inside: avoid; } }', body: table(60, 'ก') }, { rule: 'header-not-repeated', check: 'print' }],
    'a header at the foot': [{ css: '@media print { .x tbody { break-before: page; } }', body: table(2, 'ก').replace('<thead>', '<caption>ตาราง</caption><thead>') }, { rule: 'header-at-the-foot', check: 'print' }],
    'a heading at the foot': [{ css: '@media print { .x { height: 200mm; } h2 { break-after: auto; } p.y { break-inside: avoid; height: 50mm; } }', body: '<div class="x"></div><h2>หัวข้อ</h2><p class="y">ข้อความ</p>' }, { rule: 'heading-at-the-foot', check: 'print' }],
    'too wide for paper': [sized('@media print { .x { width: 200mm; } }'), { rule: 'sideways-scroll', check: 'print' }],
    'paper of another size': [{ css: '@page { size: A5; }' }, { rule: 'paper-size', check: 'print' }],
    'pale text in forced colours': [sized('@media (forced-colors: active) { .x { forced-color-adjust: none; color: #ccc; background: #fff; } }'), { rule: 'axe:color-contrast', check: 'forced colours' }],
    'no room for large text': [sized('@media screen { .x { width: 20rem; } }'), { rule: 'sideways-scroll', check: 'text at 200 %', width: 320 }],
};

/** Opened wherever the site may lie. */
const placed = {
    'a style from the root': [{ sheet: '/style.css' }, { rule: 'leaves-the-place', check: 'at /a/b/' }],
    'a style that is not there': [{ sheet: 'none.css' }, { rule: 'style-not-loaded', check: 'at /' }],
    'a picture that is not there': [{ body: '<img src="none.svg" alt="" width="9" height="9">' }, { rule: 'picture-not-loaded', check: 'at /' }],
    'a link that leads nowhere': [{ body: '<a href="none.html">ก</a>' }, { rule: 'link-broken', check: 'at /' }],
    'an anchor that is not there': [{ body: '<a href="good.html#none">ก</a>' }, { rule: 'anchor-broken', check: 'at /' }],
    'a link from the root': [{ body: '<a href="/good.html">ก</a>' }, { rule: 'leaves-the-place', check: 'at /a/b/' }],
    'a link that names a folder': [{ body: '<a href="folder/">ก</a>' }, { rule: 'link-broken', check: 'from disk' }],
};

/** Told by the Nu checker: the content of the file, and the rule. */
const checked = {
    'error.html': [html({ body: '<p><div>ก</div></p>' }), 'nu:error'],
    'warning.html': [html({ body: '<section><p>ก</p></section>' }), 'nu:warning'],
    'plain.css': ['.x { colour: #000; }', 'nu:error'],
    'inside-container.css': ['@container (width >= 36rem) { .x { colour: #000; } }', 'nu:error'],
    'error.svg': ['<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>', 'nu:error'],
};

/** Holds that each fault is told, and told first, and that nothing is said of pages without one. */
export async function testTheTests({ browser, large, light, report }) {
    const root = join(work, 'faulty');
    await rm(root, { recursive: true, force: true });
    await mkdir(join(root, 'folder'), { recursive: true });
    const put = (name, text) => writeFile(join(root, name), text);
    await put('good.html', html({ body: '<p>ปู่ย่า ผู้ใหญ่ ที่นี่</p>' }));
    await put('folder/index.html', html({ sheet: '../style.css' }).replace('good.html', '../good.html'));
    await put('style.css', style);
    await put('dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>');
    await put('quiet.js', '');
    await put('throws.js', 'throw new Error("on purpose")');
    await put('adds.js', 'document.querySelector("main").append("ข้อความใหม่")');
    await put('takes.js', 'document.getElementById("gone").remove()');
    await put('late.js', 'requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector(".x").classList.add("late")))');
    await put('trap.js', 'addEventListener("keydown", (event) => { if (event.key === "Tab" && document.activeElement.id === "trap") event.preventDefault(); })');
    await put('shut.js', 'document.querySelector("summary").addEventListener("click", (event) => event.preventDefault())');
    await put('heavy.js', `/* ${randomBytes(15_000).toString('base64url')} */`);
    await put('onward.html', html({ head: '<meta http-equiv="refresh" content="0; url=good.html">\n' }));
    await put('with-script.html', html({ body: '<script src="quiet.js"></script>' }));
    const fine = [{ name: 'good' }, { name: 'onward' }, { name: 'with-script', search: true }];
    const cases = fine.flatMap((one) => [{ ...one, look: closely }, { ...one, look: everywhere }]);
    for (const [list, look] of [[close, closely], [placed, everywhere]]) {
        for (const [title, [page, expected, after]] of Object.entries(list)) {
            const name = title.replaceAll(/[ .]/g, '-');
            if (page.css) await put(`${name}.css`, style + page.css);
            await put(`${name}.html`, html({ ...page, sheet: page.css ? `${name}.css` : page.sheet }));
            cases.push({ name, look, expected, after, search: page.search });
        }
    }
    const site = { name: 'faulty', root, base: '/', fromDisk: true };
    const server = await serve(root, ['/a/b/']);
    const pages = new Map((await pagesOf(site)).map((page) => [page.address, page]));
    const next = async () => {
        const mine = await desk(browser, large);
        for (let one = cases.shift(); one; one = cases.shift()) {
            const page = { ...pages.get(`${one.name}.html`), ...(one.search ? { kind: '/search' } : {}) };
            const told = await first(one.look({ desk: mine, origin: server.origin, site, page }), one.after);
            report.add({ page: `faulty /${one.name}`, check: 'told', faults: differs(told, one.expected) });
        }
    };
    const dim = async () => {
        await put('dim.html', html({ head: '<meta name="robots" content="noindex">\n' }));
        const told = await lighthouseFaults(light, `${server.origin}/dim.html`);
        report.add({ page: 'faulty /dim', check: 'told', faults: differs(told.length > 0 ? { faults: told } : null, { rule: 'lighthouse:seo' }) });
    };
    await Promise.all([next(), next(), dim(), nuTold(join(work, 'faulty-nu'), report)]);
    await server.end();
}

/** The first answer with a fault; `after` is a rule that is passed over. */
async function first(answers, after) {
    for await (const answer of answers) {
        const faults = answer.faults.filter((fault) => fault.rule !== after);
        if (faults.length > 0) return { ...answer, faults };
    }
    return null;
}

function differs(told, expected) {
    if (!told && !expected) return [];
    const all = told?.faults.map((fault) => ({ ...told, ...fault })) ?? [];
    const fits = expected && all.some((fault) => Object.entries(expected).every(([key, value]) => fault[key] === value));
    const words = all.map((fault) => `${fault.check} ${fault.width ?? ''} ${fault.scheme ?? ''} ${fault.rule} ${fault.selector} ${fault.detail}`).join('; ');
    return fits ? [] : [{ rule: 'not-told', selector: JSON.stringify(expected ?? 'nothing'), detail: words || 'nothing was told' }];
}

async function nuTold(folder, report) {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const good = { 'good.html': [html({})], 'good.css': [style] };
    const files = [];
    for (const [name, [text]] of Object.entries({ ...checked, ...good })) {
        const file = join(folder, name);
        await writeFile(file, text);
        files.push(name.endsWith('.css') ? await nu.readable(file, file) : file);
    }
    const found = await nu.messages(files);
    for (const [name, [, rule]] of Object.entries({ ...checked, ...good })) {
        const told = found.get(nu.named(join(folder, name))) ?? [];
        const right = rule ? told.some((one) => one.rule === rule) : told.length === 0;
        report.add({ page: `faulty ${name}`, check: 'told', faults: right ? [] : [{ rule: 'not-told', selector: rule ?? 'nothing', detail: JSON.stringify(told) }] });
    }
}
