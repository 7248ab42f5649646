// Where a site may lie: at `/`, in a folder of a server, on a disk. Owns that a page opened there has its style and its pictures, and that
// each of its links leads to something that is there, without leaving the place.

import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { fileAt } from '../server.mjs';

/** The faults of the page that is open. `place` is the address of the site's root; `links`: whether they are followed. */
export async function placeFaults(page, { root, place, links }) {
    // Pictures far down the page are fetched when a reader comes near.
    await page.evaluate(() => Promise.all([...document.images].map((one) => {
        one.loading = 'eager';
        return one.decode().catch(() => {});
    })));
    const seen = await page.evaluate(() => ({
        styled: !document.querySelector('link[rel=stylesheet]') || getComputedStyle(document.documentElement).getPropertyValue('--paper') !== '',
        loads: [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], img, script')].map((one) => one.href || one.src).filter(Boolean),
        pictures: [...document.images].filter((one) => !one.complete || one.naturalWidth === 0).map((one) => one.src),
        links: [...document.querySelectorAll('a[href]')].map((one) => [one.href, one.getAttribute('href')]),
    }));
    const faults = [];
    if (!seen.styled) faults.push({ rule: 'style-not-loaded', selector: 'link[rel=stylesheet]', detail: place });
    for (const url of seen.pictures) faults.push({ rule: 'picture-not-loaded', selector: 'img', detail: url });
    for (const url of seen.loads) if (!url.startsWith(place)) faults.push({ rule: 'leaves-the-place', selector: 'link, img, script', detail: url });
    for (const [url, written] of links ? seen.links : []) {
        const own = url.startsWith('file:') || url.startsWith(new URL(place).origin);
        if (!own) continue;
        const fault = url.startsWith(place) ? await follow(url, root, place) : 'leaves-the-place';
        if (fault) faults.push({ rule: fault, selector: `a[href="${written}"]`, detail: decodeURI(url) });
    }
    return faults;
}

const followed = new Map();

async function follow(url, root, place) {
    if (!followed.has(url)) followed.set(url, target(url, root, place));
    return followed.get(url);
}

async function target(url, root, place) {
    const { hash } = new URL(url);
    const plain = url.slice(0, url.length - hash.length).split('?')[0];
    // A disk shows the list of a folder where a server shows its page.
    const path = decodeURIComponent(plain.slice(place.length));
    const file = place.startsWith('file:') && path.endsWith('/') ? null : await fileAt(root, `/${path}`);
    if (!file) return 'link-broken';
    if (hash === '') return null;
    const id = decodeURIComponent(hash.slice(1));
    return (await readFile(file, 'utf8')).includes(` id="${id}"`) ? null : 'anchor-broken';
}

/** The address of a folder on the disk. */
export const onDisk = (root) => pathToFileURL(`${root}/`).href;
