// Which pages there are and of which kind. Owns reading a kind off an address; a pattern that is not known here is a kind of its own, so
// that a new page is looked at without a word about it.

import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

// Folders whose pages are all alike.
const alike = new Set(['names', 'provinces', 'kinds', 'levels', 'issues', 'oit', 'items']);
// Names of the program beside an agency's front page; any other is a page that an author wrote.
const own = new Set(['items', 'changes', 'search', 'names', 'provinces', 'kinds', 'levels', 'about-data', 'glossary', 'verify', '404.html']);

/** All pages of a built site: address, file, bytes, kind. */
export async function pagesOf(site) {
    const pages = [];
    const agencies = site.many ? await agenciesOf(site.root) : new Set();
    const walk = async (folder, address) => {
        for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) => (a.name < b.name ? -1 : 1))) {
            const path = join(folder, entry.name);
            if (entry.isDirectory() && !entry.name.startsWith('.')) await walk(path, `${address}${entry.name}/`);
            if (!entry.isFile() || !entry.name.endsWith('.html')) continue;
            const html = await readFile(path, 'utf8');
            const name = address + (entry.name === 'index.html' ? '' : entry.name);
            pages.push({ address: name, file: path, rest: address + entry.name, html, kind: kind(name, html, { agencies, many: site.many }) });
        }
    };
    await walk(site.root, '');
    return pages;
}

async function agenciesOf(root) {
    const found = new Set();
    for (const entry of await readdir(root)) {
        if (await stat(join(root, entry, 'manifest.json')).catch(() => null)) found.add(entry);
    }
    return found;
}

function kind(address, html, { agencies, many }) {
    if (/<meta http-equiv="refresh"/.test(html)) return 'redirect';
    const parts = address.split('/').filter(Boolean);
    const agency = agencies.has(parts[0]);
    const rest = agency ? parts.slice(1) : parts;
    const shown = rest.map((part, at) => {
        if (/^\d{4}$/.test(part)) return 'YEAR';
        if (at > 0 && alike.has(rest[at - 1])) return '*';
        return at === 0 && !own.has(part) ? 'PAGE' : part;
    });
    const front = many && !agency ? 'site:' : '';
    return `${front}/${shown.join('/')}`;
}

/** Some pages of each kind: the largest and the smallest. */
export function someOfEach(pages) {
    const kinds = new Map();
    for (const page of pages) kinds.set(page.kind, [...(kinds.get(page.kind) ?? []), page]);
    return [...kinds.values()].flatMap((list) => {
        const bySize = list.toSorted((a, b) => a.html.length - b.html.length || (a.address < b.address ? -1 : 1));
        return [...new Set([bySize.at(-1), bySize[0]])];
    });
}

/** The largest page of each kind that readers stay on: neither one that sends them on nor the one for what is not found. */
export function oneOfEach(pages) {
    const kinds = new Map();
    for (const page of pages.filter(({ kind, address }) => kind !== 'redirect' && address !== '404.html')) {
        if (!kinds.has(page.kind) || kinds.get(page.kind).html.length < page.html.length) kinds.set(page.kind, page);
    }
    return [...kinds.values()];
}
