// A web server for the tests, on the loopback alone. Owns serving a folder at `/` and below it at other places, under the strictest policy
// for content that a page of ours has to live with.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';

const types = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png',
    '.js': 'text/javascript; charset=utf-8', '.json': 'application/json', '.csv': 'text/csv; charset=utf-8', '.txt': 'text/plain; charset=utf-8',
    '.xml': 'application/xml',
};

/** Below this address a page comes as over a slow line: in pieces, each long enough after the other that a browser paints between them. */
export const slow = '/slow/';
const piece = { bytes: 1500, milliseconds: 20 };

async function inPieces(answer, bytes) {
    for (let at = 0; at < bytes.length && !answer.destroyed; at += piece.bytes) {
        answer.write(bytes.subarray(at, at + piece.bytes));
        await new Promise((done) => setTimeout(done, piece.milliseconds));
    }
    answer.end();
}

/** Serves a folder at `/`, at each of `places` and, in pieces, at [`slow`]. */
export async function serve(root, places) {
    const server = createServer(async (request, answer) => {
        let path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
        const place = [...places, slow].find((one) => one !== '/' && path.startsWith(one));
        if (place) path = `/${path.slice(place.length)}`;
        const file = await fileAt(root, path);
        answer.setHeader('Content-Security-Policy', "default-src 'self'");
        // Each page is weighed as if it were the first that is opened.
        answer.setHeader('Cache-Control', 'no-store');
        answer.setHeader('Content-Type', types[file ? extname(file) : '.txt'] ?? 'application/octet-stream');
        // A browser asks for this one by itself where a page names no icon.
        answer.writeHead(file ? 200 : path === '/favicon.ico' ? 204 : 404);
        const bytes = file ? await readFile(file) : Buffer.from('not found');
        if (place === slow && file?.endsWith('.html')) await inPieces(answer, bytes);
        else answer.end(bytes);
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        end: () => new Promise((done) => { server.closeAllConnections(); server.close(done); }),
    };
}

/** The file that answers a path, or nothing. A folder answers with its page, if its closing slash is there: without it links would break. */
export async function fileAt(root, path) {
    const file = join(root, normalize(path));
    if (!file.startsWith(root)) return null;
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return file;
    return found?.isDirectory() && path.endsWith('/') ? fileAt(root, `${path}index.html`) : null;
}
