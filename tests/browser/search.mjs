// Search in the real browser: some hundred queries made from what the built pages show, cut and spelt in other ways, each answered by the
// real script. Owns how queries are made and what a right answer is. The cutting is the browser's own (Intl.Segmenter), not the script's.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import * as axe from './checks/axe.mjs';
import { layoutFaults } from './checks/layout.mjs';

const bounds = { script: 10_000, firstUse: 60_000, recall: 1, among: 0.95, queries: 200 };
const segmenter = new Intl.Segmenter('th', { granularity: 'grapheme' });
const graphemes = (text) => [...segmenter.segment(text)].map((one) => one.segment);
const squeeze = (text) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const bare = (text) => squeeze(text).replace(/\s/g, '').toLowerCase().replace(/[๐-๙]/g, (digit) => String('๐๑๒๓๔๕๖๗๘๙'.indexOf(digit)));
const toThai = (text) => text.replace(/\d/g, (digit) => '๐๑๒๓๔๕๖๗๘๙'[digit]);
const toArabic = (text) => text.replace(/[๐-๙]/g, (digit) => String('๐๑๒๓๔๕๖๗๘๙'.indexOf(digit)));

/** A small generator, so that each run asks the same. */
function chance(seed) {
    let state = seed;
    return (below) => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return Math.floor((state / 2 ** 32) * below);
    };
}

/** Asks the search of a site, served and from its disk, and answers as the other checks do. */
export async function* searchFaults({ browser, origin, site }) {
    const agency = site.many ? 'nongbua/' : '';
    const page = `${agency}search/`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    const words = [];
    tab.on('pageerror', (fault) => words.push(String(fault)));
    tab.on('console', (one) => words.push(one.text()));
    try {
        const blocks = await blocksOf(context, { origin, site, agency });
        const queries = queriesOf(blocks);
        await tab.goto(`${origin}/${page}`);
        yield { check: 'search waits', faults: await waits(tab) };
        yield { check: 'search finds', faults: await find(tab, { queries, site, home: `${origin}/${agency}` }) };
        yield { check: 'search keeps marks', faults: await keepsMarks(tab, blocks, `${origin}/${agency}`) };
        yield { check: 'search says nothing found', faults: await nothing(tab) };
        if (!site.many) yield { check: 'search codes', faults: await codes(tab, { blocks, site, home: `${origin}/` }) };
        yield { check: 'search from disk', faults: await fromDisk(context, { site, page, queries }) };
        yield { check: 'search keyboard', faults: await keyboard(context, `${origin}/${page}`, queries[0].query) };
        yield { check: 'search broken', faults: await broken(context, `${origin}/${page}`, queries[0].query) };
        yield { check: 'search weight', faults: await weight(context, { origin, page, site, queries }) };
        yield* looks(context, `${origin}/${page}?q=${encodeURIComponent(queries[0].query)}`);
        if (site.many) {
            yield { check: 'search agencies', faults: await agencies(context, { origin, site }) };
            yield { check: 'list of agencies', faults: await list(context, { origin, site }) };
        }
        yield { check: 'search silence', faults: words.map((detail) => ({ rule: 'console', selector: 'html', detail })) };
    } finally {
        await context.close();
    }
}

/** Before anything is asked, nothing of an answer is in sight: neither its heading, nor what to try where nothing is found. */
async function waits(tab) {
    await tab.locator('#s-q').waitFor();
    const shown = await tab.locator('.asking section').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 0).map((one) => one.innerText));
    return shown.map((text) => ({ rule: 'results are shown before a query', selector: '.asking section', detail: text.slice(0, 60) }));
}

const running = ':is(p, li, td, th, h2, h3, h4, h5)';
// Where on each kind of page the words of authors and packs stand, and which are known by their title.
const authored = {
    '/YEAR/oit/*': `[aria-labelledby=s-read-h] .prose ${running}, [aria-labelledby=s-elements-h] li > b, .file > a`,
    '/YEAR/issues/*': `[aria-labelledby=s-analysis-h] .prose ${running}, [aria-labelledby=s-measures-h] .prose :is(h3, ol li), .lead`,
    '/YEAR/scores': 'tr[id^=i] th, tr[id^=e] th', '/YEAR/measures': '.prose :is(h2, ol li)', '/PAGE': `.prose ${running}`,
};
const titled = new Set(['/YEAR/oit/*', '/YEAR/issues/*', '/items/*', '/PAGE', '/YEAR']);

/** The sentences of the built-in theme, squeezed, in both languages. */
async function sentencesOfTheme() {
    const texts = await Promise.all(['th', 'en'].map((one) => readFile(new URL(`../../themes/default/strings/${one}.yaml`, import.meta.url), 'utf8')));
    return new Set(texts.flatMap((text) => text.split('\n').map((line) => bare(line.replace(/^[\w.]+: /, '').replace(/^"|"$/g, '')))));
}

/** What the pages show, block by block, each with the pages that it stands on: titles and running text, never tables of other pages. */
async function blocksOf(context, { origin, site, agency }) {
    const bareContext = await context.browser().newContext({ javaScriptEnabled: false });
    const tab = await bareContext.newPage();
    const blocks = new Map();
    const sentences = await sentencesOfTheme();
    const kinds = /^\/(YEAR\/(oit|issues)\/\*|YEAR\/scores|YEAR\/measures|items\/\*|PAGE|YEAR)$/;
    for (const page of site.pages) {
        if (!kinds.test(page.kind) || !page.address.startsWith(agency)) continue;
        await tab.goto(`${origin}/${page.address.split('/').map(encodeURIComponent).join('/')}`);
        const kind = page.kind.replace(/\/$/, '');
        const found = await tab.evaluate(({ own, titled }) => {
            const texts = [...document.querySelectorAll(own)].map((one) => {
                const copy = one.cloneNode(true);
                copy.querySelectorAll('.vh, svg, .small, .k, .code, .note, .ref, ol, ul, p').forEach((part) => part.remove());
                return { title: false, text: copy.textContent };
            });
            const heading = titled && (document.querySelector('h1 .ph') ?? document.querySelector('h1'));
            return [...texts, ...(heading ? [{ title: true, text: heading.textContent }] : [])];
        }, { own: authored[kind] ?? 'main .none', titled: titled.has(kind) });
        for (const { title, text } of found) {
            const key = squeeze(text);
            // What the theme says is no author's text.
            if (graphemes(key).length < 8 || sentences.has(bare(key))) continue;
            const block = blocks.get(key) ?? { text: key, pages: new Set(), title };
            block.pages.add(page.address.slice(agency.length));
            blocks.set(key, block);
        }
    }
    await bareContext.close();
    return [...blocks.values()];
}

/** At least two hundred queries: pieces of the blocks, cut at graphemes, every one spelt in another way. */
function queriesOf(blocks) {
    const next = chance(7);
    const queries = [];
    const spellings = [
        (text) => text, toThai, toArabic, (text) => text.toUpperCase(), (text) => text.replaceAll('ำ', 'ํา'),
        (text) => graphemes(text).join('\u200b'), (text) => text.replace(/([ก-ฮ]) ([ก-ฮ])/g, '$1$2'),
        (text) => text.replace(/([\u0e34-\u0e37])([\u0e48-\u0e4b])/g, '$2$1'), (text) => `  ${text.replaceAll(' ', '\u00a0')}\n`,
    ];
    const rounds = Math.ceil((bounds.queries + 40) / Math.max(blocks.length, 1));
    const turns = Array.from({ length: Math.max(rounds, 1) }).flatMap(() => blocks);
    const step = Math.max(1, Math.floor(turns.length / 240));
    turns.forEach((block, at) => {
        if (at % step) return;
        const cut = graphemes(block.text);
        const length = Math.min(cut.length, 8 + next(17));
        const from = next(cut.length - length + 1);
        const piece = squeeze(cut.slice(from, from + length).join(''));
        if (graphemes(piece).length < 6) return;
        queries.push({ query: spellings[queries.length % spellings.length](piece), piece, pages: right(blocks, piece), title: block.title });
    });
    return queries;
}

/** The pages that show a piece. */
function right(blocks, piece) {
    return new Set(blocks.filter((block) => bare(block.text).includes(bare(piece))).flatMap((block) => [...block.pages]));
}

/** Types a query, sends it, and gives the pages that are found, in order. */
async function ask(tab, query, home) {
    await tab.fill('#s-q', query);
    await tab.press('#s-q', 'Enter');
    // The field keeps what a line can hold.
    const said = `“${(await tab.inputValue('#s-q')).trim()}”`;
    await tab.waitForFunction((said) => document.querySelector('#s-found-h').textContent.includes(said), said);
    for (;;) {
        const more = tab.locator('[data-more]');
        if (!(await more.isVisible())) break;
        await more.locator('button').click();
    }
    const links = await tab.evaluate(() => [...document.querySelectorAll('.hits b a')].map((one) => one.href));
    return links.map((link) => decodeURI(link).replace(decodeURI(home), '').replace(/#.*/, '').replace(/index\.html$/, ''));
}

async function find(tab, { queries, site, home }) {
    const faults = [];
    if (queries.length < bounds.queries) faults.push({ rule: 'too-few-queries', selector: 'html', detail: String(queries.length) });
    let found = 0, among = 0;
    for (const { query, pages } of queries) {
        const hits = await ask(tab, query, home);
        const place = hits.findIndex((hit) => pages.has(hit));
        if (place >= 0) found += 1;
        else faults.push({ rule: 'missed', selector: '.hits', detail: `${query} on ${[...pages].slice(0, 3)}; found ${hits.slice(0, 3)}` });
        if (place >= 0 && place < 5) among += 1;
    }
    const share = (count) => ((100 * count) / queries.length).toFixed(1);
    console.log(`${site.name}: ${queries.length} queries from its texts, found ${share(found)} %, the right page among the first five ${share(among)} %`);
    if (among < bounds.among * queries.length) faults.push({ rule: 'not-among-five', selector: '.hits', detail: `${share(among)} %` });
    return faults;
}

/** A word without its tone mark is another word: whatever is found must show it as it was asked for. */
async function keepsMarks(tab, blocks, home) {
    const faults = [];
    const tones = blocks.flatMap((block) => block.text.match(/[ก-ฮ][\u0e31-\u0e3a]?[\u0e48\u0e49][ก-ฮาเแ][ก-ฮ]/g) ?? []);
    const asked = [...new Set(tones)].slice(0, 20).map((word) => word.replace(/[\u0e48\u0e49]/, ''));
    if (asked.length === 0) faults.push({ rule: 'nothing-to-ask', selector: 'html', detail: 'no word with a tone mark' });
    const has = (text, word) => {
        const cut = graphemes(bare(text)), wanted = graphemes(word);
        return cut.some((_, at) => wanted.every((one, i) => cut[at + i] === one));
    };
    for (const word of ['ขาว', ...asked]) {
        await ask(tab, word, home);
        // Each hit shows where it has the word, and what it shows has its letters and marks.
        const marks = await tab.evaluate(() => [...document.querySelectorAll('.hits mark')].map((one) => one.textContent));
        for (const mark of marks) if (!has(mark, word)) faults.push({ rule: 'another-word', selector: 'mark', detail: `${word}: ${mark}` });
        const silent = await tab.evaluate(() => [...document.querySelectorAll('.hits > li')].filter((one) => !one.querySelector('mark')).length);
        if (silent) faults.push({ rule: 'hit-not-shown', selector: '.hits', detail: `${word}: ${silent}` });
    }
    return faults;
}

async function nothing(tab) {
    const faults = [];
    for (const query of ['ฮฮฮฮฮฮ', '"><script>', 'o999', 'ก'.repeat(280), '่', '.*', 'ๆๆๆ กกกกกกก']) {
        const hits = await ask(tab, query, '');
        const seen = await tab.evaluate(() => ({ none: !document.querySelector('[data-none]').hidden, said: document.querySelector('[role=status]').textContent }));
        if (hits.length > 0 && query !== '่') faults.push({ rule: 'found-nothing-there', selector: '.hits', detail: `${query}: ${hits[0]}` });
        if (hits.length === 0 && (!seen.none || !seen.said)) faults.push({ rule: 'nothing-not-said', selector: '[role=status]', detail: query });
    }
    return faults;
}

/** Every code of the latest edition, each in a few of the spellings of real reports; its own page comes first of its year. */
async function codes(tab, { blocks, site, home }) {
    const faults = [];
    const members = site.pages.flatMap((page) => /^(\d+)\/oit\/([a-z]\d+)\/$/.exec(page.address) ? [page.address] : []);
    const year = members.map((address) => address.slice(0, 4)).sort().at(-1);
    if (!year) return faults;
    const items = members.filter((address) => address.startsWith(year)).map((address) => ({ code: address.split('/')[2], address }));
    const scores = site.pages.find((page) => page.address === `${year}/scores/`);
    const questions = [...new Set([...(scores?.html ?? '').matchAll(/<tr[^>]* id="([ie]\d+)"/g)].map((one) => one[1]))].map((code) => ({ code, address: `${year}/scores/` }));
    const spellings = [
        (l, n) => l + n, (l, n) => l.toUpperCase() + n, (l, n) => l + toThai(n), (l, n) => `${l} ${n}`, (l, n) => `ข้อ ${n}`, (l, n) => `ข้อ ${toThai(n)}`,
        (l, n) => `${l}-${n}`, (l, n) => `${l.toUpperCase()}${n.padStart(2, '0')}`, (l, n) => `ข้อ${l}${n}`, (l, n) => `ITA-${l}${n}`,
        (l, n) => (l === 'o' ? `๐${toThai(n)}` : l + n), (l, n) => (l === 'o' ? `0 ${n}` : `${l}.${n}`), (l, n) => `${l}${n} ปี ${toThai(year)}`,
        (l, n) => `${l.toUpperCase()}IT ข้อ ${n}`, (l, n) => (l === 'e' ? `EIT ข้อที่${toThai(n)}` : `${l.toUpperCase()}IT ${n}`), (l, n) => `(${l}${n})`,
    ];
    let asked = 0, among = 0;
    for (const [at, { code, address }] of [...items, ...questions].entries()) {
        for (const spell of [spellings[0], spellings[1 + (at % (spellings.length - 1))], spellings[1 + ((at * 5 + 3) % (spellings.length - 1))]]) {
            const query = spell(code[0], code.slice(1));
            const hits = await ask(tab, query, home);
            asked += 1;
            if (!hits.includes(address)) faults.push({ rule: 'missed', selector: '.hits', detail: `${query}: ${address}` });
            if (hits.slice(0, 5).includes(address)) among += 1;
            else console.log(`${site.name}: ${query} has ${address} at ${hits.indexOf(address) + 1}`);
        }
    }
    for (const [kind, folder] of [['ประเด็น', 'issues']]) {
        for (const page of site.pages.filter((one) => one.address.startsWith(`${year}/${folder}/`) && /\d\/$/.test(one.address))) {
            const number = page.address.split('/')[2];
            const hits = await ask(tab, `${kind}ที่ ${toThai(number)}`, home);
            asked += 1;
            if (hits.slice(0, 5).includes(page.address)) among += 1;
            else faults.push({ rule: 'missed', selector: '.hits', detail: `${kind} ${number}` });
        }
    }
    // Abbreviations find what is written in full, and the other way round.
    const both = [['องค์การบริหารส่วนตำบล', 'อบต.'], ['เทศบาลเมือง', 'ทม.'], ['เทศบาลตำบล', 'ทต'], ['พ.ศ.', 'พุทธศักราช'], ['ป.ป.ช.', 'ปปช']];
    for (const [one, other] of both) {
        const [first, second] = [await ask(tab, one, home), await ask(tab, other, home)];
        const lost = first.filter((hit) => !second.includes(hit)).concat(second.filter((hit) => !first.includes(hit)));
        asked += 2;
        among += 2;
        if (lost.length > 0) faults.push({ rule: 'abbreviation', selector: '.hits', detail: `${one} and ${other}: ${lost[0]}` });
        if (blocks.some((block) => bare(block.text).includes(one)) && first.length === 0) faults.push({ rule: 'missed', selector: '.hits', detail: one });
    }
    console.log(`${site.name}: ${asked} queries by code and abbreviation, the right page among the first five ${((100 * among) / asked).toFixed(1)} %`);
    if (among < bounds.among * asked) faults.push({ rule: 'not-among-five', selector: '.hits', detail: `${among} of ${asked}` });
    return faults;
}

/** The same from a disk, by an address that somebody handed on. */
async function fromDisk(context, { site, page, queries }) {
    if (!site.fromDisk) return [];
    const faults = [];
    const tab = await context.newPage();
    tab.on('pageerror', (fault) => faults.push({ rule: 'console', selector: 'html', detail: String(fault) }));
    for (const { query, pages } of queries.filter((_, at) => at % 24 === 0)) {
        const url = pathToFileURL(join(site.root, page, 'index.html')).href;
        await tab.goto(`${url}?q=${encodeURIComponent(query)}`);
        await tab.waitForFunction(() => document.querySelector('[role=status]')?.textContent);
        if ((await tab.inputValue('#s-q')) !== query.replaceAll('\n', '')) faults.push({ rule: 'query-not-kept', selector: 'input', detail: query });
        const links = await tab.evaluate(() => [...document.querySelectorAll('.hits b a')].map((one) => one.href));
        const files = await Promise.all(links.map((link) => readFile(new URL(link.replace(/#.*/, ''))).then(() => true, () => false)));
        files.forEach((there, at) => { if (!there) faults.push({ rule: 'link-broken', selector: '.hits a', detail: links[at] }); });
        const home = pathToFileURL(join(site.root, page, '..')).href;
        const found = links.map((link) => decodeURI(link).replace(`${decodeURI(home)}/`, '').replace(/#.*/, '').replace(/index\.html$/, ''));
        if (!found.some((hit) => pages.has(hit)) && !(await tab.locator('[data-more]').isVisible())) faults.push({ rule: 'missed', selector: '.hits', detail: `${query}: ${found.slice(0, 3)}` });
    }
    await tab.close();
    return faults;
}

/** From the top of the page to the first thing found, and there, by keys alone. */
async function keyboard(context, url, query) {
    const faults = [];
    const tab = await context.newPage();
    await tab.goto(url);
    await tab.waitForSelector('#s-q');
    const reach = async (selector, most) => {
        for (let i = 0; i < most; i += 1) {
            await tab.keyboard.press('Tab');
            if (await tab.evaluate((selector) => document.activeElement.matches(selector), selector)) return true;
        }
        return false;
    };
    if (!(await reach('#s-q', 25))) faults.push({ rule: 'not-reached', selector: '#s-q', detail: 'by 25 tabs' });
    await tab.keyboard.type(query);
    await tab.keyboard.press('Enter');
    await tab.waitForSelector('.hits a');
    if (!tab.url().includes('?q=')) faults.push({ rule: 'address-not-kept', selector: 'form', detail: tab.url() });
    if (!(await reach('.hits a', 3))) faults.push({ rule: 'not-reached', selector: '.hits a', detail: 'by 3 tabs' });
    const to = await tab.evaluate(() => document.activeElement.href);
    await tab.keyboard.press('Enter');
    await tab.waitForURL(to);
    await tab.goBack();
    await tab.waitForSelector('.hits a');
    if ((await tab.inputValue('#s-q')) !== query.trim()) faults.push({ rule: 'query-not-kept', selector: '#s-q', detail: await tab.inputValue('#s-q') });
    await tab.close();
    return faults;
}

/** What the first query costs, with everything that it loads. */
async function weight(context, { origin, page, site, queries }) {
    const faults = [];
    const size = async (bytes) => (await promisify(brotliCompress)(bytes)).length;
    const script = await size(await readFile(join(site.root, 'search.js')));
    if (script > bounds.script) faults.push({ rule: 'script-too-heavy', selector: 'script', detail: `${script}` });
    let most = 0;
    const common = ['การ', 'ปี 2568', 'ข้อมูล', 'ก'];
    for (const query of [...common, ...queries.filter((_, at) => at % 40 === 0).map((one) => one.query)]) {
        const tab = await context.newPage();
        const answers = [];
        tab.on('response', (answer) => { if (answer.request().resourceType() === 'script') answers.push(answer); });
        await tab.goto(`${origin}/${page}?q=${encodeURIComponent(query)}`);
        await tab.waitForFunction(() => document.querySelector('[role=status]')?.textContent);
        const sizes = await Promise.all(answers.map(async (answer) => size(await answer.body())));
        most = Math.max(most, sizes.reduce((sum, one) => sum + one, 0));
        await tab.close();
    }
    const folder = join(site.root, page);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.js'));
    const all = (await Promise.all(files.map(async (name) => size(await readFile(join(folder, name)))))).reduce((sum, one) => sum + one, script);
    console.log(`${site.name}: the script has ${script} bytes (Brotli), the heaviest first use ${most}, all of the index with it ${all} in ${files.length} files`);
    if (most > bounds.firstUse) faults.push({ rule: 'first-use-too-heavy', selector: 'script', detail: `${most}` });
    return faults;
}

/** The page with something found on it. */
async function* looks(context, url) {
    const tab = await context.newPage();
    await tab.goto(url);
    await tab.waitForSelector('.hits mark');
    await axe.insert(tab);
    for (const width of [320, 768, 1280]) {
        await tab.setViewportSize({ width, height: 900 });
        for (const colorScheme of ['light', 'dark']) {
            await tab.emulateMedia({ colorScheme });
            yield { check: 'search results', width, scheme: colorScheme, faults: [...await axe.violations(tab), ...await tab.evaluate(layoutFaults)] };
        }
    }
    await tab.fill('#s-q', 'ฮฮฮฮฮ');
    await tab.waitForFunction(() => !document.querySelector('[data-none]').hidden);
    yield { check: 'search without results', width: 1280, scheme: 'dark', faults: await axe.violations(tab) };
    await tab.close();
}

/** The site's own search on `/search/`: agencies by name, district and province. */
async function agencies(context, { origin, site }) {
    const faults = [];
    const tab = await context.newPage();
    const names = site.pages.filter((page) => page.kind === '/').map((page) => page.address);
    for (const address of ['search/']) {
        await tab.goto(`${origin}/${address}`);
        await tab.waitForSelector('#s-q');
        const all = new Map();
        for (const name of names) {
            const html = site.pages.find((page) => page.address === name).html;
            all.set(name, /<header class="mast">[^]*?<p(?: class="long")?><a [^>]*>(.*?)<\/a>/.exec(html)?.[1].replace(/<[^>]*>/g, ''));
        }
        for (const [name, text] of all) {
            if (!text) continue;
            for (const query of [text, graphemes(text).slice(0, 20).join('')]) {
                const hits = await ask(tab, query, `${origin}/`);
                if (!hits.slice(0, 5).includes(name)) faults.push({ rule: 'missed', selector: '.hits', detail: `${query}: ${hits}` });
            }
        }
        const inside = await tab.evaluate(() => [...document.querySelectorAll('.hits > li > span a')].map((one) => one.href));
        if (inside.length === 0) faults.push({ rule: 'no-way-in', selector: '.hits', detail: address });
        faults.push(...await exactly(tab, { origin, address, all }));
    }
    await tab.close();
    return faults;
}

/** The form over all agencies on `/`: each is found by its name and by choices alone, what is found is counted, and all of it works from a disk. */
async function list(context, { origin, site }) {
    const faults = [];
    const fronts = site.pages.filter((page) => page.kind === '/');
    for (const base of [`${origin}/`, pathToFileURL(join(site.root, 'index.html')).href]) {
        if (base.startsWith('file:') && !site.fromDisk) continue;
        const tab = await context.newPage();
        await tab.goto(base);
        await tab.waitForSelector('.asking.on #s-q');
        await tab.fill('#s-q', 'ก');
        await tab.press('#s-q', 'Enter');
        await tab.waitForSelector('.hits a');
        // The list is read: from here on an answer is there before the next question.
        const told = () => tab.locator('.hits a').evaluateAll((all) => all.map((one) => new URL(one.href).pathname.split('/').filter((part) => part && part !== 'index.html').at(-1)));
        for (const page of fronts) {
            const name = /<header class="mast">[^]*?<p(?: class="long")?>(?:<img [^>]*>)?<a [^>]*>(.*?)<\/a>/.exec(page.html)?.[1].replace(/<[^>]*>/g, '');
            if (!name) continue;
            await tab.fill('#s-q', name);
            await tab.press('#s-q', 'Enter');
            const found = await told();
            if (!found.includes(page.address.split('/')[0])) faults.push({ rule: 'missed', selector: '.hits', detail: `${base}: ${name}: ${found}` });
        }
        await tab.fill('#s-q', '');
        for (const select of await tab.locator('.asking select').all()) {
            let sum = 0;
            for (const value of await select.locator('option').evaluateAll((all) => all.map((one) => one.value).filter(Boolean))) {
                await select.selectOption(value);
                sum += (await told()).length;
            }
            await select.selectOption('');
            if (sum !== fronts.length) faults.push({ rule: 'choices-do-not-part-all', selector: '.asking select', detail: `${base}: ${sum} of ${fronts.length}` });
        }
        await tab.fill('#s-q', 'qqqq zzzz');
        await tab.press('#s-q', 'Enter');
        await tab.waitForFunction(() => document.querySelector('.asking section').hidden && document.querySelector('[role=status]').textContent);
        await tab.close();
    }
    return faults;
}

/** Where no more than one may be looked at, the agency of exactly that name is the one, though a page that names it stands before it. */
async function exactly(tab, { origin, address, all }) {
    const faults = [];
    await tab.route('**/search/head.js', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replace(/"most":\d+/, '"most":1') });
    });
    await tab.goto(`${origin}/${address}`);
    await tab.waitForSelector('#s-q');
    const about = await (await fetch(`${origin}/about/`)).text();
    const named = [...all].filter(([, text]) => text && about.includes(text));
    if (named.length === 0) faults.push({ rule: 'not-asked', selector: '.hits', detail: 'no page names an agency' });
    for (const [name, text] of named) {
        const hits = await ask(tab, text, `${origin}/`);
        if (hits[0] !== name) faults.push({ rule: 'exact-missed', selector: '.hits', detail: `${text}: ${hits}` });
    }
    await tab.unroute('**/search/head.js');
    return faults;
}

/** A part that does not come, or in whose place another text comes, as the page of a network that asks for a name: that is said, and asked again. */
async function broken(context, url, query) {
    const faults = [];
    for (const file of ['head', 'part-*', 'text-*']) {
        for (const answer of [{ status: 404, body: '' }, { status: 200, contentType: 'text/javascript', body: 'window.other = 1;' }]) {
            const tab = await context.newPage();
            await tab.route(`**/search/${file}.js`, (route) => route.fulfill(answer));
            await tab.goto(`${url}?q=${encodeURIComponent(query)}`);
            await tab.waitForFunction(() => document.querySelector('[role=status]')?.textContent);
            if (await tab.locator('.hits a').count() > 0) faults.push({ rule: 'found-without-index', selector: '.hits', detail: file });
            if (!(await tab.locator('#s-index').isVisible())) faults.push({ rule: 'no-index', selector: '#s-index', detail: file });
            await tab.unroute(`**/search/${file}.js`);
            await tab.press('#s-q', 'Enter');
            await tab.waitForSelector('.hits a', { timeout: 5_000 }).catch(() => faults.push({ rule: 'not-asked-again', selector: '.hits', detail: `${file} ${answer.status}` }));
            await tab.close();
        }
    }
    return faults;
}
