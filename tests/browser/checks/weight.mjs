// What a page costs and what it asks for: bytes, requests, scripts, words on the console. The bounds are promises.

import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';

const bounds = { html: 30_000, style: 10_000, script: 10_000, requests: 5 };
const compressed = new Map();

async function brotli(bytes) {
    const key = bytes.toString('latin1');
    if (!compressed.has(key)) compressed.set(key, (await promisify(brotliCompress)(bytes)).length);
    return compressed.get(key);
}

const listening = new WeakMap();

/** Listens from before the page is opened, until the same tab is listened to again. */
export function listen(tab) {
    const requests = [];
    const words = [];
    const ears = {
        request: (one) => requests.push(one),
        console: (one) => words.push(one.text()),
        pageerror: (one) => words.push(String(one)),
        requestfailed: (one) => words.push(`${one.url()} ${one.failure()?.errorText}`),
    };
    for (const [event, ear] of Object.entries(listening.get(tab) ?? {})) tab.off(event, ear);
    for (const [event, ear] of Object.entries(ears)) tab.on(event, ear);
    listening.set(tab, ears);
    return {
        requests,
        // axe asks for the style once more; that is no request of the page.
        enough: () => tab.off('request', ears.request),
        said: () => words.map((detail) => ({ rule: 'console', selector: 'html', detail })),
    };
}

/** The faults of the page that was opened, from what was heard. `scripts`: whether this kind of page may have one. */
export async function weightFaults(page, heard, { html, scripts }) {
    const faults = [];
    const say = (rule, selector, detail) => faults.push({ rule, selector, detail });
    const urls = heard.requests.map((one) => one.url());
    // A browser without a window may leave out the icon; a reader's asks for it.
    const icon = await page.evaluate(() => document.querySelector('link[rel=icon]')?.href);
    if (icon && !urls.includes(icon)) urls.push(icon);
    if (urls.length > bounds.requests) say('too-many-requests', 'html', `${urls.length}: ${urls.join(' ')}`);
    // Another host is refused by the policy that the page is served with, and the browser says so.
    faults.push(...heard.said());
    const size = await brotli(Buffer.from(html));
    if (size > bounds.html) say('html-too-heavy', 'html', `${size} bytes`);
    for (const request of heard.requests) {
        const bound = { stylesheet: bounds.style, script: bounds.script }[request.resourceType()];
        const answer = bound && (await request.response());
        if (!answer?.ok()) continue;
        const bytes = await brotli(await answer.body());
        if (bytes > bound) say(`${request.resourceType()}-too-heavy`, 'html', `${request.url()} ${bytes} bytes`);
    }
    const found = await page.evaluate(() => [...document.scripts].filter((one) => one.type !== 'application/ld+json').length); // data is no script
    if (found > 0 && !scripts) say('script', 'script', `${found} on a page that needs none`);
    return faults;
}

/** Sizes for the summary: the heaviest page and style. */
export async function heaviest(pages, style) {
    const sizes = await Promise.all(pages.map(async (page) => [await brotli(Buffer.from(page.html)), page]));
    const [size, page] = sizes.reduce((a, b) => (b[0] > a[0] ? b : a));
    return { size, page, style: await brotli(await readFile(style)) };
}
