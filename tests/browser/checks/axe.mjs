// axe-core: every rule of A, AA, AAA and best practice, those too that axe leaves out unless asked.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21a', 'wcag21aa', 'wcag21aaa', 'wcag22a', 'wcag22aa', 'wcag22aaa', 'best-practice'];

/** Puts axe into the page; it stays until the page is left. */
export const insert = (page) => page.evaluate(source);

/** What axe finds; `only` names the rules to ask, else all. */
export async function violations(page, only = []) {
    return page.evaluate(async ({ tags, only }) => {
        const rules = Object.fromEntries(globalThis.axe.getRules(tags).map((rule) => [rule.ruleId, { enabled: true }]));
        const options = only.length > 0 ? { runOnly: { type: 'rule', values: only } } : { runOnly: { type: 'tag', values: tags }, rules };
        const found = await globalThis.axe.run(document, { ...options, resultTypes: ['violations'] });
        return found.violations.flatMap((one) => one.nodes.map((node) => ({
            rule: `axe:${one.id}`, selector: node.target.flat().join(' '), detail: node.failureSummary?.split('\n').slice(1, 3).join(' ').trim(),
        })));
    }, { tags, only });
}
