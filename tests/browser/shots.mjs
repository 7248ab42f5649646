// Pictures of pages, for a person to look at.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { widths } from './checks/page.mjs';

/** Leaves `SITE/ADDRESS-WIDTH.png` in a folder, light; the widest dark too. */
export async function shoot({ browser, origin, site, page }, folder) {
    const context = await browser.newContext({ viewport: { width: widths[0], height: 900 } });
    try {
        const tab = await context.newPage();
        await tab.goto(origin + (page.address === '404.html' ? site.base : '/') + page.address.split('/').map(encodeURIComponent).join('/'));
        await mkdir(join(folder, site.name), { recursive: true });
        const name = page.address.replace(/\/$/, '').replaceAll('/', '-') || 'front';
        for (const [width, scheme] of [...widths.map((one) => [one, 'light']), [widths.at(-1), 'dark']]) {
            await tab.emulateMedia({ colorScheme: scheme });
            await tab.setViewportSize({ width, height: 900 });
            await tab.screenshot({ path: join(folder, site.name, `${name}-${width}${scheme === 'dark' ? '-dark' : ''}.png`), fullPage: true });
        }
    } finally {
        await context.close();
    }
}
