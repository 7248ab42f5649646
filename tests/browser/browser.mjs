// The browser. Owns finding it and how it is started: nothing of it may speak to the world.

import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const places = [
    process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Starts it. `textSize` is what a reader has set as the size of plain text, 16 unless told; `more` are further arguments. */
export async function start(textSize = 16, more = []) {
    const executablePath = places.find((path) => path && existsSync(path));
    if (!executablePath) throw new Error('there is no Chromium: run scripts/browser-setup, or name one in CHROMIUM');
    const args = [
        '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
        `--blink-settings=defaultFontSize=${textSize}`, ...more,
    ];
    // The sandbox of Chromium refuses to run as root.
    if (process.getuid?.() === 0) args.push('--no-sandbox');
    return chromium.launch({ executablePath, args });
}
