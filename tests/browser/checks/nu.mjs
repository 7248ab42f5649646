// The Nu checker over files, in one Java process for all of them. Its parser of styles does not know container queries; it is given the
// style with each of them as a media query of the same width, so that what stands inside is checked like the rest.

import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build', 'dist', 'vnu.jar');

/** Errors and warnings by file, as the checker names it. HTML, CSS and SVG may be mixed: each is checked as what its name says. */
export async function messages(files) {
    const java = ['-Xss8m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg'];
    const { stdout } = await promisify(execFile)('java', [...java, ...files], { maxBuffer: 256 << 20 });
    const { messages: found } = JSON.parse(stdout);
    const byFile = new Map();
    for (const one of found) {
        if (one.type === 'info' && one.subType !== 'warning') continue;
        const fault = { rule: `nu:${one.subType ?? one.type}`, selector: `${one.lastLine ?? 0}:${one.lastColumn ?? 0}`, detail: one.message };
        byFile.set(one.url, [...(byFile.get(one.url) ?? []), fault]);
    }
    return byFile;
}

/** The name under which the checker speaks of a file. */
export const named = (file) => pathToFileURL(file).href.replace('file:///', 'file:/');

/** Writes the style as the checker can read it. */
export async function readable(style, to) {
    const css = await readFile(style, 'utf8');
    await writeFile(to, css.replace(/@container \(/g, '@media (').replace(/container-type: inline-size;?/g, ''));
    return to;
}
