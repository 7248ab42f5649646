// Pictures of pages, for a person to look at.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, widths } from './checks/page.mjs';

/** Leaves `SITE/ADDRESS-WIDTH.png` in a folder, light; the widest dark and in forced colours too; and the page as a PDF. */
export async function shoot({ browser, origin, site, page }, folder) {
    const context = await browser.newContext({ viewport: { width: widths[0], height: 900 } });
    try {
        const tab = await context.newPage();
        await tab.goto(addressOf(origin, site, page));
        await mkdir(join(folder, site.name), { recursive: true });
        const name = page.address.replace(/\/$/, '').replaceAll('/', '-') || 'front';
        for (const [width, look, media] of [
            ...widths.map((one) => [one, '', { colorScheme: 'light' }]), [widths.at(-1), '-dark', { colorScheme: 'dark' }],
            [widths.at(-1), '-forced', { colorScheme: 'light', forcedColors: 'active' }],
        ]) {
            await tab.emulateMedia(media);
            await tab.setViewportSize({ width, height: 900 });
            await tab.screenshot({ path: join(folder, site.name, `${name}-${width}${look}.png`), fullPage: true });
        }
        await tab.emulateMedia({ media: 'print', forcedColors: 'none' });
        await tab.pdf({ path: join(folder, site.name, `${name}.pdf`), preferCSSPageSize: true, format: 'A4' });
    } finally {
        await context.close();
    }
}
