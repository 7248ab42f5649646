// All that is asked of one page, as a stream of answers: `{ check, width, scheme, faults }`. Owns the order of the steps: a page is opened
// once for each thing that needs a fresh start, and resized for the rest.

import * as axe from './axe.mjs';
import { brokenWords, words } from './breaks.mjs';
import { knowColours } from './colours.mjs';
import { inkFaults } from './ink.mjs';
import { keyboardFaults } from './keyboard.mjs';
import { layoutFaults } from './layout.mjs';
import { paleMarks } from './marks.mjs';
import { paperFaults } from './paper.mjs';
import { onDisk, placeFaults } from './places.mjs';
import { shiftFaults, watchShifts } from './shift.mjs';
import { slow } from '../server.mjs';
import { listen, weightFaults } from './weight.mjs';

export const widths = [320, 768, 1280];
const schemes = ['light', 'dark'];
const height = 900;
// The width of A4 between its margins of 20 mm, in CSS pixels.
const paper = 642;
// A window of 1280 by 1024 pixels at 400 %.
const zoomed = { width: 320, height: 256 };
// In how many ways colours may be set besides light and dark: WCAG asks that marks can be told from the ground in each.
const colours = {
    light: { colorScheme: 'light' },
    dark: { colorScheme: 'dark' },
    'more contrast': { colorScheme: 'light', contrast: 'more' },
    'more contrast, dark': { colorScheme: 'dark', contrast: 'more' },
    'forced colours': { colorScheme: 'light', contrast: 'no-preference', forcedColors: 'active' },
    'forced colours, dark': { colorScheme: 'dark', forcedColors: 'active' },
    print: { colorScheme: 'light', forcedColors: 'none', media: 'print' },
};

/**
 * What a worker looks with: a tab, one that runs no script, and one of a reader with large text. They are kept from page to page, since a new
 * window costs more than most pages.
 */
export async function desk(browser, large) {
    const [plain, bare, wide] = await Promise.all([
        browser.newContext(), browser.newContext({ javaScriptEnabled: false, viewport: { width: widths.at(-1), height } }), large.newContext(),
    ]);
    await Promise.all([watchShifts(plain), knowColours(plain)]);
    return { tab: await plain.newPage(), bare: await bare.newPage(), large: await wide.newPage() };
}

/** Looks at a page closely. `look` has the `desk`, `origin`, `site` and `page`. */
export async function* closely({ desk, origin, site, page }) {
    const { tab, bare, large } = desk;
    const url = addressOf(origin, site, page);
    const redirect = page.kind === 'redirect';
    const scripts = page.kind.endsWith('/search') || page.kind === 'site:/';
    await tab.setViewportSize({ width: widths[0], height });
    await tab.emulateMedia({ media: 'screen', colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' });
    if (!redirect) {
        await open(tab, page.address === '404.html' ? url : url.replace(`${origin}/`, origin + slow), redirect);
        yield { check: 'shift', width: widths[0], faults: await shiftFaults(tab) };
    }
    let heard = await open(tab, url, redirect);
    if (!redirect) yield { check: 'weight', faults: await weightFaults(tab, heard, { html: page.html, scripts }) };
    if (!redirect) {
        yield { check: 'keyboard', width: widths[0], faults: await keyboardFaults(tab) };
        heard = await open(tab, url, redirect);
    }
    await axe.insert(tab);
    for (const width of widths) {
        await tab.setViewportSize({ width, height });
        for (const scheme of schemes) {
            await tab.emulateMedia({ colorScheme: scheme });
            // Colours do not move anything, so one scheme shows the layout.
            if (scheme === 'light') yield { check: 'layout', width, scheme, faults: [...await tab.evaluate(layoutFaults), ...await tab.evaluate(inkFaults), ...await tab.evaluate(brokenWords, words)] };
            yield { check: 'axe', width, scheme, faults: await axe.violations(tab) };
        }
    }
    await tab.setViewportSize(zoomed);
    await tab.emulateMedia({ colorScheme: 'light' });
    yield { check: 'zoom of 400 %', width: zoomed.width, scheme: 'light', faults: await tab.evaluate(layoutFaults) };
    await tab.setViewportSize({ width: widths.at(-1), height });
    for (const [scheme, media] of Object.entries(colours)) {
        await tab.emulateMedia(media);
        yield { check: 'marks', width: widths.at(-1), scheme, faults: await tab.evaluate(paleMarks) };
    }
    await tab.emulateMedia({ media: 'screen', colorScheme: 'light', contrast: 'no-preference', forcedColors: 'none' });
    const text = await textOf(tab);
    await tab.emulateMedia({ forcedColors: 'active' });
    yield { check: 'forced colours', width: widths.at(-1), scheme: 'forced', faults: [...await tab.evaluate(layoutFaults), ...await axe.violations(tab, ['color-contrast'])] };
    await tab.setViewportSize({ width: paper, height });
    await tab.emulateMedia({ forcedColors: 'none', media: 'print' });
    yield { check: 'print', width: paper, scheme: 'print', faults: [...await tab.evaluate(layoutFaults), ...await paperFaults(tab)] };
    // After all that was done to it, the page still has nothing to say.
    if (!redirect) {
        yield { check: 'silence', faults: heard.said() };
        await bare.goto(url);
        yield { check: 'no script', width: widths.at(-1), scheme: 'light', faults: differences(text, await textOf(bare), scripts) };
    }
    await open(large, url, redirect);
    for (const width of widths) {
        await large.setViewportSize({ width, height });
        yield { check: 'text at 200 %', width, scheme: 'light', faults: await large.evaluate(layoutFaults) };
    }
}

/** Opens a page wherever its site may lie. */
export async function* everywhere({ desk, origin, site, page }) {
    // The page for what is not found is served at any depth, so its links begin at the root of the server, and it has one place.
    const lost = page.address === '404.html';
    const places = lost ? [site.base] : ['/', '/a/b/'];
    const roots = places.map((place) => origin + place);
    if (!lost) roots.push(onDisk(site.root));
    await desk.tab.emulateMedia({ media: 'screen', colorScheme: 'light', forcedColors: 'none' });
    for (const place of roots) {
        const disk = place.startsWith('file:');
        const redirect = page.kind === 'redirect';
        const heard = await open(desk.tab, place + escaped(disk ? page.rest : page.address), redirect);
        const faults = await placeFaults(desk.tab, { root: site.root, place, links: site.fromDisk || !disk });
        if (!redirect) faults.push(...heard.said());
        yield { check: disk ? 'from disk' : `at ${new URL(place).pathname}`, faults };
    }
}

const escaped = (path) => path.split('/').map(encodeURIComponent).join('/');

/**
 * Opens an address and gives what is heard of it. A page that sends its reader on is kept from doing so: 204 is an answer after which a
 * browser stays where it is.
 */
async function open(tab, url, redirect) {
    await tab.goto('about:blank');
    await tab.unrouteAll();
    if (redirect) await tab.route((one) => one.href !== url && /(\/|\.html)$/.test(one.pathname), (route) => route.fulfill({ status: 204 }));
    const heard = listen(tab);
    await tab.goto(url);
    heard.enough();
    return heard;
}

/** Where a page is served. */
export function addressOf(origin, site, page) {
    const place = page.address === '404.html' ? site.base : '/';
    return origin + place + escaped(page.address);
}

async function textOf(tab) {
    return (await tab.evaluate(() => document.body.innerText)).split('\n').map((line) => line.trim()).filter(Boolean);
}

/** The lines that are there with a script alone, or without one alone. Where a script may stand it may add, never take away. */
function differences(text, bare, scripts) {
    const lost = text.filter((line) => !bare.includes(line));
    const gone = bare.filter((line) => !text.includes(line));
    return (scripts ? gone : [...lost, ...gone]).slice(0, 3).map((line) => ({ rule: 'text-needs-script', selector: 'body', detail: line }));
}
