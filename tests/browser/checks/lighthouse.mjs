// Lighthouse, over a browser of its own. Owns how it is run and what counts as a fault: each category is whole, or the audits that cost
// points are named.

import { createServer } from 'node:net';
import lighthouse from 'lighthouse';
import { start } from '../browser.mjs';

/** What the test suite asks for. Performance depends on the machine: `bench/lighthouse.mjs` takes the median of several runs. */
export const categories = ['accessibility', 'best-practices', 'seo'];

// The page is small and is there at once.
const quick = {
    output: 'json', logLevel: 'silent', throttlingMethod: 'simulate', disableFullPageScreenshot: true, skipAboutBlank: true,
    pauseAfterFcpMs: 0, pauseAfterLoadMs: 0, networkQuietThresholdMs: 100, cpuQuietThresholdMs: 100,
};

/** A browser that Lighthouse can drive. It empties the stores of the whole browser, so it shares one with nobody. */
export async function beacon() {
    const port = await freePort();
    const browser = await start(16, [`--remote-debugging-port=${port}`]);
    return { port, close: () => browser.close() };
}

/** Scores from 0 to 100 by category, and the audits that cost points. */
export async function scores({ port }, url, onlyCategories = categories) {
    // Throttling is simulated, that is, reckoned afterwards: with a real one, or none, Lighthouse sits out five seconds three times.
    const { lhr } = await lighthouse(url, { port, onlyCategories, ...quick });
    if (lhr.runtimeError) throw new Error(`${url}: ${lhr.runtimeError.code} ${lhr.runtimeError.message}`);
    return Object.fromEntries(Object.entries(lhr.categories).map(([id, category]) => [id, {
        score: Math.round((category.score ?? 0) * 100),
        lost: category.auditRefs.filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 1 && lhr.audits[ref.id].scoreDisplayMode !== 'notApplicable')
            .map((ref) => `${ref.id} ${detail(lhr.audits[ref.id])}`.trim()),
    }]));
}

/** The faults of a page: a line for each category that is not whole. */
export async function lighthouseFaults(light, url) {
    const found = await scores(light, url);
    return Object.entries(found).filter(([, { score }]) => score < 100)
        .map(([id, { score, lost }]) => ({ rule: `lighthouse:${id}`, selector: 'html', detail: `${score}: ${lost.join('; ')}` }));
}

/** What an audit says of the first thing that it found. */
function detail(audit) {
    const first = audit.details?.items?.[0];
    const words = [audit.displayValue, audit.explanation, first?.node?.selector, first?.description, first?.source].filter((one) => typeof one === 'string');
    return words.length > 0 ? `(${words.join(', ')})` : '';
}

async function freePort() {
    const server = createServer();
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address();
    await new Promise((done) => server.close(done));
    return port;
}
