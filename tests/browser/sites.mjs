// Which sites are looked at. Owns building them with the real program into `target/browser/`; the six years are written here, since six
// folders of nearly the same figures say less than the rule that makes them.

import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = join(here, '..', '..');
const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');
/** The program that is tested. */
export const program = process.env.PRONGSAI ?? join(target, 'release', 'prongsai');

/** Where built sites and whatever else a run leaves behind lie. */
export const work = join(target, 'browser');

/** The environment of each run: the day on which the sites are built, since what is due depends on it. */
export const day = { SOURCE_DATE_EPOCH: String(Date.UTC(2025, 8, 1) / 1000) };

/**
 * The sites. `folder` holds `content/`; `everyPage`: all pages are opened, not some of each kind; `fromDisk`: links name files, so they
 * lead somewhere without a server; `many`: several agencies; `lighthouse`: Lighthouse looks at it too; `searched`: its search is asked.
 */
const sites = [
    { name: 'sample', folder: () => repository, everyPage: true, lighthouse: true, searched: true },
    { name: 'little', folder: () => join(here, 'sites', 'little') },
    { name: 'constructs', folder: () => join(here, 'sites', 'constructs') },
    { name: 'years', folder: sixYears, searched: true },
    { name: 'odd', folder: oddTexts },
    { name: 'themed', folder: ownTheme },
    { name: 'many', folder: () => join(here, 'sites', 'many'), many: true, fromDisk: false },
    { name: 'many-thai', folder: manyInThai, many: true, lighthouse: true, searched: true },
];

/** Builds the sites whose names are asked for, all of them without names. */
export async function build(names) {
    const unknown = names.find((name) => !sites.some((site) => site.name === name));
    if (unknown) throw new Error(`no site is called ${unknown}: ${sites.map((site) => site.name).join(', ')}`);
    const wanted = sites.filter((site) => names.length === 0 || names.includes(site.name));
    await rm(join(work, 'public'), { recursive: true, force: true });
    const built = [];
    for (const site of wanted) {
        const folder = await site.folder();
        const root = join(work, 'public', site.name);
        await mkdir(join(work, 'public'), { recursive: true });
        try {
            await promisify(execFile)(program, ['build', '--lang', 'en', '--site', folder, '--out', root], {
                env: { ...process.env, ...day },
                maxBuffer: 64 << 20,
            });
        } catch (fault) {
            throw new Error(`${site.name} was not built\n${fault.stderr || ''}${fault.stdout || fault.message}`);
        }
        built.push({ everyPage: false, fromDisk: true, many: false, ...site, folder, root, base: await baseOf(folder) });
    }
    return built;
}

/** The path of the site's `base_url`, at which its page for what is not found wants to be served. */
async function baseOf(folder) {
    const url = /^base_url: (\S+)/m.exec(await readFile(join(folder, 'content', 'site.yaml'), 'utf8'));
    return url ? new URL(url[1]).pathname : '/';
}

/** The sample with a theme of three files, colours and a logo of its own. */
async function ownTheme() {
    const folder = join(work, 'sites', 'themed');
    const theme = join(folder, 'themes', 'council');
    await rm(folder, { recursive: true, force: true });
    await cp(join(repository, 'content'), join(folder, 'content'), { recursive: true });
    await mkdir(join(theme, 'strings'), { recursive: true });
    const settings = join(folder, 'content', 'site.yaml');
    const own = 'theme: council\naccent: "#7a1f5c"\naccent_dark: "#e79acb"\nlogo: files/logo.svg\n';
    await writeFile(settings, (await readFile(settings, 'utf8')) + own);
    await mkdir(join(folder, 'content', 'files'), { recursive: true });
    await writeFile(join(folder, 'content', 'files', 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60" viewBox="0 0 90 60"><rect width="90" height="60" rx="8" fill="#7a1f5c"/></svg>\n');
    await writeFile(join(theme, 'base.html'), '{% extends "default/base.html" %}\n{% block foot %}{{ super() }}<p>{{ t("foot.council") }}</p>{% endblock %}\n');
    await writeFile(join(theme, 'strings', 'th.yaml'), 'foot.council: สภาตำบลรับทราบแล้ว\n');
    const style = await readFile(join(repository, 'themes', 'default', 'style.css'), 'utf8');
    await writeFile(join(theme, 'style.css'), `${style}\n.sec { border-top-style: double; }\n:root { --measure: 36em; }\n`);
    return folder;
}

/** The site of several agencies once more: in Thai, and with links that name files. */
async function manyInThai() {
    const folder = join(work, 'sites', 'many-thai');
    await rm(folder, { recursive: true, force: true });
    await cp(join(here, 'sites', 'many'), folder, { recursive: true });
    await writeFile(
        join(folder, 'content', 'site.yaml'),
        'title: การเปิดเผยข้อมูลของหน่วยงานในสองจังหวัด\nbase_url: https://ita.example/north/\n',
    );
    return folder;
}

// What a measure's period may be: whole, of one side, years long, in words.
const periods = (year) => [
    `{from: ${year}-10-01, to: ${year + 1}-09-30}`,
    `{from: ${year}-12-01}`,
    `{from: ${year}-10-01, to: ${year + 10}-09-30}`,
    `{to: ${year + 1}-03-31}`,
    'ตลอดปีงบประมาณ',
];

// How many items the pack of each year has, and whether it knows of questions and issues.
const sixPacks = [
    { year: 2564, pack: 'ita-2568', items: 28, whole: true },
    { year: 2565, pack: 'ita-2568', items: 28, whole: true },
    { year: 2566, pack: 'ita-2566', items: 43, whole: false },
    { year: 2567, pack: 'ita-2567', items: 35, whole: false },
    { year: 2568, pack: 'ita-2568', items: 28, whole: true },
    { year: 2569, pack: 'ita-2569', items: 26, whole: false },
];

/**
 * One agency through six years, the last four each by the pack of its year: figures rise and fall, layers are missing here and there, one
 * year is under 80 so that its axis is longer, and documents are in every state.
 */
async function sixYears() {
    const folder = join(work, 'sites', 'years');
    const content = join(folder, 'content');
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(content, 'files'), { recursive: true });
    const write = (path, lines) => writeFile(join(content, path), `${lines.join('\n')}\n`);
    await write('site.yaml', ['title: หกปีของเทศบาลเมืองปู่เจ้า', 'base_url: https://pu-chao.example/', 'license: {name: CC BY 4.0}']);
    await write('agency.yaml', [
        'name: {th: เทศบาลเมืองปู่เจ้า, en: Pu Chao Town Municipality}',
        'short_name: ทม.ปู่เจ้า',
        'kind: local',
        'district: พระประแดง',
        'province: สมุทรปราการ',
        'website: https://pu-chao.example/',
        'contact: {address: 1 ถนนปู่เจ้า, phone: "0 0000 0000", email: ita@pu-chao.example, facebook: เทศบาลเมืองปู่เจ้า}',
    ]);
    await write('files/plan.txt', ['แผน']);
    const states = ['published', 'partial', 'missing', 'not-applicable', 'unrecorded'];
    for (const [index, { year, pack, items, whole }] of sixPacks.entries()) {
        await mkdir(join(content, String(year), 'issues'), { recursive: true });
        const score = (number) => (index === 1 ? 41 : 83) + ((index * 7 + number * 3) % 15) + number / 100;
        const many = (count, line) => Array.from({ length: count }, (_, at) => line(at + 1));
        await write(`${year}/assessment.yaml`, [
            `framework: ${pack}`,
            `announced: ${year}-08-01`,
            'source: {title: รายงานผลการประเมิน, publisher: สำนักงาน ป.ป.ช.}',
            `overall: ${score(4).toFixed(2)}`,
            `level: ${index === 1 ? 'ไม่ผ่าน' : 'ผ่านดี'}`,
            `instruments: {IIT: ${score(1)}, EIT1: ${score(2)}, EIT2: ${score(3)}, OIT: ${score(5)}}`,
            ...(index === 2 ? [] : ['indicators:', ...many(10, (n) => `  ${n}: ${score(n)}`)]),
            ...(whole
                ? [
                      'questions:',
                      ...(index === 1 ? [] : many(15, (n) => `  i${n}: ${score(n)}`)),
                      ...many(9, (n) => `  e${n}: {ep: ${score(n)}, es: ${score(n + 1)}, mean: ${score(n + 2)}}`),
                  ]
                : []),
            'items:',
            ...many(items, (n) => `  o${n}: ${(n + index) % 9 ? 100 : 0}`),
            ...(year === 2568 ? ['corrections:', '  - {date: 2568-08-20, code: e6, was: 91.12, now: 91.17, reason: พิมพ์สลับหลัก}'] : []),
            'respondents: {IIT: 35, EIT1: 120}',
        ]);
        await write(
            `${year}/disclosures.yaml`,
            many(items, (n) => {
                const state = states[(n + index) % states.length];
                const links = state === 'published' || state === 'partial'
                    ? [`  links: [{title: เอกสาร o${n} ปี ${year}, url: files/plan.txt}, https://pu-chao.example/${year}/o${n}]`, `  updated: ${year}-03-14`, `  review_by: ${year}-09-20`]
                    : [];
                return [`o${n}:`, `  status: ${state}`, '  owner: สำนักปลัดเทศบาล กองยุทธศาสตร์และงบประมาณ', ...links].join('\n');
            }),
        );
        // Measures and commentary belong to issues.
        if (!whole) continue;
        await write(
            `${year}/measures.yaml`,
            many(7, (n) =>
                [
                    `- issue: ${n}`,
                    `  id: m${n}`,
                    `  method: ปรับปรุงเรื่องที่ ${n} ให้ดีขึ้น`,
                    '  steps: [สำรวจ, แก้ไข, รายงานผล]',
                    '  responsible: [สำนักปลัดเทศบาล]',
                    `  period: ${periods(year)[n % 5]}`,
                    `  status: ${['planned', 'in-progress', 'done', 'dropped'][n % 4]}`,
                    ...(n % 3 === 0 ? [`  progress: [{date: ${year + 1}-02-15, text: สำรวจแล้ว}, {date: ${year + 1}-06-30, text: แก้ไขแล้ว}]`] : []),
                ].join('\n'),
            ),
        );
        for (let n = 1; n <= 6; n += 1) {
            await write(`${year}/issues/${n}.md`, ['## ดีอยู่แล้ว', '', `ข้อ o1 ได้ {{ score("o1") }} ${index === 1 ? '' : 'เฉลี่ย {{ issue_mean() }}'}`, '', '## ต้องทำต่อ', '', 'รายงานผลทุกไตรมาส']);
        }
    }
    return folder;
}

/**
 * What nobody expects of a text: names of 300 letters, with and without spaces, marks that turn or hide what stands around them, pictures
 * among letters, words that never end, lists in lists, tables of 40 columns, 60 links, one figure and no measures.
 */
async function oddTexts() {
    const folder = join(work, 'sites', 'odd');
    const content = join(folder, 'content');
    await rm(folder, { recursive: true, force: true });
    await mkdir(join(content, '2568', 'issues'), { recursive: true });
    await mkdir(join(content, '2568', 'items'), { recursive: true });
    await mkdir(join(content, 'files'), { recursive: true });
    const write = (path, lines) => writeFile(join(content, path), `${lines.join('\n')}\n`);
    const quoted = (text) => JSON.stringify(text);
    const long = 'องค์การบริหารส่วนตำบลที่มีชื่อยาวที่สุดในประเทศ'.repeat(7).slice(0, 300);
    const endless = 'x'.repeat(2000);
    const thai = 'ปู่'.repeat(700);
    // Zero width, right-to-left override without its end, an isolate without its end, a letter that is written from the right.
    const turned = 'ก\u200bข \u202eกลับ\u200fด้าน \u2067שלום ค';
    const emoji = '👩🏽‍🌾🇹🇭 ตลาด🍉';
    await write('site.yaml', [`title: ${quoted(`${emoji} ${turned}`)}`, 'base_url: https://odd.example/', 'digits: thai']);
    await write('agency.yaml', [`name: ${quoted(long)}`, `short_name: ${quoted(`อบต.${turned}`)}`, 'kind: local', `district: ${quoted(emoji)}`, `province: ${quoted(turned)}`, 'website: https://odd.example/', `contact: {address: ${quoted(thai)}}`]);
    await write('2568/assessment.yaml', ['framework: ita-2568', 'questions:', '  i1: 99.5']);
    await write('2568/disclosures.yaml', [
        'o1:', `  title: ${quoted(`${turned} ${emoji}`)}`, `  owner: ${quoted(turned)}`, `  note: ${quoted(thai)}`, '  updated: 2568-03-14', '  links:',
        ...Array.from({ length: 60 }, (_, at) => `    - {title: ${quoted(at % 3 ? `เอกสาร ${at} ${turned}` : `${emoji} ${at}`)}, url: "https://odd.example/${at}/${'a'.repeat(at * 4)}"}`),
        'o2:', `  title: ${quoted(long)}`, `  owner: ${quoted('ก'.repeat(2000))}`, '  links: [https://odd.example/2]',
    ]);
    const columns = (count, cell) => `|${Array.from({ length: count }, (_, at) => ` ${cell(at)} |`).join('')}`;
    const deep = Array.from({ length: 12 }, (_, at) => `${'  '.repeat(at)}- ชั้น ${at + 1} ${turned}`);
    const text = (title) => [
        `## ${title}`, '', `${turned} แล้วข้อความต่อไปยังอ่านได้ตามปกติ ${emoji}`, '', endless, '', thai, '', ...deep, '',
        columns(40, (at) => `หัวข้อ ${at + 1}`), columns(40, () => '---'), columns(40, (at) => (at % 5 ? `${at}` : turned)), columns(40, (at) => (at === 7 ? endless.slice(0, 300) : emoji)), '',
        `### ${'หัวเรื่องที่ยาวมาก '.repeat(28).trim()}`, '', 'ข้อความใต้หัวเรื่อง', '', `> ${turned}`, '', `[${turned}](https://odd.example/turned) และ [${endless.slice(0, 400)}](https://odd.example/endless) ต่อท้าย`, '',
    ];
    await write('2568/issues/1.md', text(`ดีอยู่แล้ว ${emoji}`));
    await write('2568/items/o1.md', text(turned));
    await write('2568/report.md', text('หลักการและเหตุผล'));
    await write('odd.md', ['---', `title: ${quoted(`${turned} ${long}`)}`, '---', ...text('หัวเรื่อง')]);
    return folder;
}
