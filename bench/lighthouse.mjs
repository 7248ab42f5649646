// Lighthouse on a page of each kind of the sample: the median of three for performance, with its own simulation of a slow phone.
// `scripts/browser-setup && cargo build --release --locked && node bench/lighthouse.mjs`. Nothing else should run meanwhile.

import { beacon, scores } from '../tests/browser/checks/lighthouse.mjs';
import { addressOf } from '../tests/browser/checks/page.mjs';
import { oneOfEach, pagesOf } from '../tests/browser/kinds.mjs';
import { serve } from '../tests/browser/server.mjs';
import { build } from '../tests/browser/sites.mjs';

const light = await beacon();
try {
    for (const site of await build(process.argv.length > 2 ? process.argv.slice(2) : ['sample', 'many-thai'])) {
        const server = await serve(site.root, [site.base]);
        for (const page of oneOfEach(await pagesOf(site))) {
            const runs = [];
            for (let run = 0; run < 3; run += 1) runs.push((await scores(light, addressOf(server.origin, site, page), ['performance'])).performance.score);
            const median = runs.toSorted((a, b) => a - b)[1];
            console.log(`${median} ${site.name} /${page.address} (${runs.join(' ')})`);
            if (median < 100) process.exitCode = 1;
        }
        await server.end();
    }
} finally {
    await light.close();
}
