// All that is asked of one page, as a stream of answers: `{ check, width, scheme, faults }`. Owns the order of the steps: one page is opened
// once for each thing that needs a fresh start, and resized for the rest.

import * as axe from './axe.mjs';
import { layoutFaults } from './layout.mjs';
import { onDisk, placeFaults } from './places.mjs';
import { listen, weightFaults } from './weight.mjs';

export const widths = [320, 768, 1280];
const schemes = ['light', 'dark'];
// The width of A4 between its margins of 20 mm, in CSS pixels.
const paper = 642;

/**
 * Looks at a page closely. `look` has `browser`, `large` (the same with text of twice the size), `origin`, `site` and `page`.
 */
export async function* closely({ browser, large, origin, site, page }) {
    const url = addressOf(origin, site, page);
    const context = await browser.newContext({ viewport: { width: widths[0], height: 900 } });
    try {
        const tab = await context.newPage();
        const heard = listen(tab);
        if (page.kind === 'redirect') await stay(tab, url);
        await tab.goto(url);
        heard.enough();
        const scripts = page.kind.endsWith('/search') || page.kind === 'site:/';
        if (page.kind !== 'redirect') yield { check: 'weight', faults: await weightFaults(tab, heard, { html: page.html, scripts }) };
        await axe.insert(tab);
        for (const width of widths) {
            await tab.setViewportSize({ width, height: 900 });
            for (const scheme of schemes) {
                await tab.emulateMedia({ colorScheme: scheme });
                // Colours do not move anything, so one scheme shows the layout.
                if (scheme === 'light') yield { check: 'layout', width, scheme, faults: await tab.evaluate(layoutFaults) };
                yield { check: 'axe', width, scheme, faults: await axe.violations(tab) };
            }
        }
        await tab.emulateMedia({ colorScheme: 'light' });
        const text = await textOf(tab);
        await tab.emulateMedia({ forcedColors: 'active' });
        yield { check: 'forced colours', width: 1280, scheme: 'forced', faults: [...await tab.evaluate(layoutFaults), ...await axe.violations(tab, ['color-contrast'])] };
        await tab.setViewportSize({ width: paper, height: 900 });
        await tab.emulateMedia({ forcedColors: 'none', media: 'print' });
        yield { check: 'print', width: paper, scheme: 'print', faults: [...await tab.evaluate(layoutFaults), ...await printed(tab)] };
        // After all that was done to it, the page still has nothing to say.
        const said = heard.words.map((words) => ({ rule: 'console', selector: 'html', detail: words }));
        if (page.kind !== 'redirect') yield { check: 'silence', faults: said };
        if (page.kind !== 'redirect') yield { check: 'no script', width: 1280, scheme: 'light', faults: await withoutScript({ browser, url, text, scripts }) };
    } finally {
        await context.close();
    }
    const wide = await large.newContext({ viewport: { width: widths[0], height: 900 } });
    try {
        const tab = await wide.newPage();
        if (page.kind === 'redirect') await stay(tab, url);
        await tab.goto(url);
        for (const width of widths) {
            await tab.setViewportSize({ width, height: 900 });
            yield { check: 'text at 200 %', width, scheme: 'light', faults: await tab.evaluate(layoutFaults) };
        }
    } finally {
        await wide.close();
    }
}

/** Opens a page wherever its site may lie. */
export async function* everywhere({ browser, origin, site, page }) {
    // The page for what is not found is served at any depth, so its links begin at the root of the server, and it has one place.
    const lost = page.address === '404.html';
    const places = lost ? [site.base] : ['/', '/a/b/'];
    const roots = places.map((place) => origin + place);
    if (!lost) roots.push(onDisk(site.root));
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    try {
        for (const place of roots) {
            const tab = await context.newPage();
            const heard = listen(tab);
            const disk = place.startsWith('file:');
            const address = place + (disk ? page.rest : page.address).split('/').map(encodeURIComponent).join('/');
            const links = site.fromDisk || !disk;
            if (page.kind === 'redirect') await stay(tab, address);
            await tab.goto(address);
            const faults = await placeFaults(tab, { root: site.root, place, links });
            if (page.kind !== 'redirect') faults.push(...heard.words.map((words) => ({ rule: 'console', selector: 'html', detail: words })));
            yield { check: disk ? 'from disk' : `at ${new URL(place).pathname}`, faults };
            await tab.close();
        }
    } finally {
        await context.close();
    }
}

function addressOf(origin, site, page) {
    const place = page.address === '404.html' ? site.base : '/';
    return origin + place + page.address.split('/').map(encodeURIComponent).join('/');
}

/** Keeps a page that sends its reader on from doing so. */
async function stay(tab, url) {
    await tab.route((one) => one.href !== url && /(\/|\.html)$/.test(one.pathname), (route) => route.abort());
}

async function textOf(tab) {
    return (await tab.evaluate(() => document.body.innerText)).split('\n').map((line) => line.trim()).filter(Boolean);
}

async function withoutScript({ browser, url, text, scripts }) {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
    try {
        const tab = await context.newPage();
        await tab.goto(url);
        const bare = await textOf(tab);
        // Where a script may stand it may add, never take away.
        const lost = text.filter((line) => !bare.includes(line));
        const gone = bare.filter((line) => !text.includes(line));
        const differs = (scripts ? gone : [...lost, ...gone]).slice(0, 3);
        return differs.map((line) => ({ rule: 'text-needs-script', selector: 'body', detail: line }));
    } finally {
        await context.close();
    }
}

/** The page as a PDF: made at all, and every sheet A4. */
async function printed(tab) {
    const pdf = (await tab.pdf({ preferCSSPageSize: true, format: 'A4' })).toString('latin1');
    const sheets = [...pdf.matchAll(/\/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]/g)];
    const a4 = ([, width, height]) => Math.abs(width - 595) < 2 && Math.abs(height - 842) < 2;
    if (sheets.length === 0) return [{ rule: 'not-printed', selector: 'html', detail: `${pdf.length} bytes` }];
    return sheets.filter((sheet) => !a4(sheet)).map((sheet) => ({ rule: 'paper-size', selector: 'html', detail: sheet[0] }));
}
