// The pages of built sites in a real browser. `node run.mjs [--shots DIR] [SITE…]`: all sites without names; with `--shots` pictures
// of the pages that were looked at closely are left in DIR. Needs what `scripts/browser-setup` installs, and the program built for release.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { start } from './browser.mjs';
import { beacon, lighthouseFaults } from './checks/lighthouse.mjs';
import * as nu from './checks/nu.mjs';
import { addressOf, closely, desk, everywhere } from './checks/page.mjs';
import { heaviest } from './checks/weight.mjs';
import { oneOfEach, pagesOf, someOfEach } from './kinds.mjs';
import { Report } from './report.mjs';
import { searchFaults } from './search.mjs';
import { testTheTests } from './selftest.mjs';
import { serve } from './server.mjs';
import { shoot } from './shots.mjs';
import { build, work } from './sites.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { shots: { type: 'string' } } });
const began = Date.now();
const since = () => `${Math.round((Date.now() - began) / 1000)} s`;
const report = new Report();

await mkdir(work, { recursive: true });
const sites = await build(positionals);
const [browser, large, light] = await Promise.all([start(), start(32), beacon()]);
try {
    await testTheTests({ browser, large, light, report });
    console.log(`the tests themselves: ${report.passed} passed, ${report.failed} failed, ${since()}`);

    const jobs = [];
    for (const site of sites) {
        site.pages = await pagesOf(site);
        site.server = await serve(site.root, ['/a/b/', site.base]);
        const close = new Set(someOfEach(site.pages));
        for (const page of site.everyPage ? site.pages : close) jobs.push({ site, page, close: close.has(page) });
        const kinds = [...new Set(site.pages.map((page) => page.kind))].sort();
        console.log(`${site.name}: ${site.pages.length} pages, ${close.size} looked at closely, of the kinds ${kinds.join(' ')}`);
    }

    const checked = Promise.all([checkWithNu(sites), shine(sites)]);
    // The largest first, so that no worker is left alone with one at the end.
    let done = 0;
    const queue = jobs.toSorted((a, b) => Number(b.close) - Number(a.close) || b.page.html.length - a.page.html.length);
    const step = () => { if (++done % 50 === 0) console.log(`${done} of ${jobs.length} pages, ${since()}`); };
    await Promise.all([worker(queue, step), worker(queue, step)]);
    await checked;
    for (const site of sites.filter((one) => one.searched)) {
        for await (const answer of searchFaults({ browser, origin: site.server.origin, site })) report.add({ page: `${site.name} search`, ...answer });
        console.log(`${site.name}: searched, ${since()}`);
    }
    for (const site of sites) {
        const most = await heaviest(site.pages, join(site.root, 'style.css'));
        console.log(`${site.name}: the heaviest page has ${most.size} bytes of HTML (Brotli), /${most.page.address}; the style has ${most.style}`);
        await site.server.end();
    }
} finally {
    await Promise.all([browser.close(), large.close(), light.close()]);
}
console.log(`took ${since()}`);
report.end();
process.exitCode = report.failed > 0 ? 1 : 0;

async function worker(queue, step) {
    const mine = await desk(browser, large);
    for (let job = queue.shift(); job; job = queue.shift()) {
        const { site, page } = job;
        const look = { desk: mine, origin: site.server.origin, site, page };
        const name = `${site.name} /${page.address}`;
        try {
            if (job.close) for await (const answer of closely(look)) report.add({ page: name, ...answer });
            for await (const answer of everywhere(look)) report.add({ page: name, ...answer });
            if (values.shots && job.close && page.kind !== 'redirect') await shoot({ browser, origin: site.server.origin, site, page }, values.shots);
        } catch (fault) {
            report.add({ page: name, check: 'opened', faults: [{ rule: 'not-finished', selector: 'html', detail: String(fault.stack ?? fault) }] });
        }
        step();
    }
}

/** Lighthouse, on a page of each kind of a site of one agency and of a site of several. It can't look at two pages at once. */
async function shine(sites) {
    for (const site of sites.filter((one) => one.lighthouse)) {
        for (const page of oneOfEach(site.pages)) {
            const faults = await lighthouseFaults(light, addressOf(site.server.origin, site, page)).catch((fault) => [{ rule: 'not-finished', selector: 'html', detail: String(fault) }]);
            report.add({ page: `${site.name} /${page.address}`, check: 'Lighthouse', faults });
        }
    }
    console.log(`Lighthouse is done, ${since()}`);
}

/** Every page of every site, and the style and the icon once. */
async function checkWithNu(sites) {
    const style = await nu.readable(join(sites[0].root, 'style.css'), join(work, 'style.css'));
    const names = new Map([[nu.named(style), 'style.css']]);
    names.set(nu.named(join(sites[0].root, 'icon.svg')), 'icon.svg');
    for (const site of sites) for (const page of site.pages) names.set(nu.named(page.file), `${site.name} /${page.address}`);
    const files = [style, join(sites[0].root, 'icon.svg'), ...sites.flatMap((site) => site.pages.map((page) => page.file))];
    const found = await nu.messages(files);
    for (const [url, page] of names) report.add({ page, check: 'Nu checker', faults: found.get(url) ?? [] });
    for (const url of found.keys()) if (!names.has(url)) report.add({ page: url, check: 'Nu checker', faults: found.get(url) });
}
