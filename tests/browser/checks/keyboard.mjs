// A page by keyboard alone. Owns what a reader without a pointer meets: Tab reaches each link and control once, in the order of the page,
// each shows that it has the focus, nothing holds it, the skip link leads past the masthead, `details` open by Enter.

// A page of ours has fewer; a trap has no end.
const most = 1200;

/** The faults of the page that is open. The width should be a phone's: one column, so the order of the page is the order on the screen. */
export async function keyboardFaults(tab) {
    const faults = [];
    const say = (rule, selector, detail) => faults.push({ rule, selector, detail });
    await tab.evaluate(watch);
    const count = await tab.evaluate(() => globalThis.keyboard.wanted.length);
    for (let at = 0; at < Math.min(count + 1, most); at += 1) await tab.keyboard.press('Tab');
    faults.push(...await tab.evaluate(judge));
    await tab.evaluate(() => { document.activeElement?.blur(); scrollTo(0, 0); });
    // The skip link: seen when it has the focus, and Tab goes on inside what it leads to.
    const skip = await tab.evaluate(() => {
        const link = document.querySelector('a.skip');
        if (!link) return null;
        link.focus();
        const box = link.getBoundingClientRect();
        return { seen: box.top >= 0 && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight, to: link.hash.slice(1) };
    });
    if (skip) {
        if (!skip.seen) say('skip-link-unseen', 'a.skip', 'it has the focus and is not on the screen');
        await tab.keyboard.press('Enter');
        await tab.keyboard.press('Tab');
        const inside = await tab.evaluate((to) => {
            const main = document.getElementById(to);
            if (!main) return false;
            const has = globalThis.keyboard.wanted.some((one) => main.contains(one));
            return !has || main.contains(document.activeElement);
        }, skip.to);
        if (!inside) say('skip-link-does-nothing', 'a.skip', `after Enter, Tab is not inside #${skip.to}`);
    }
    for (let at = 0, shut = 1; at < shut; at += 1) {
        shut = await tab.evaluate((at) => {
            const all = [...document.querySelectorAll('details > summary:first-of-type')];
            all[at]?.focus();
            if (all[at]) globalThis.keyboard.was = all[at].parentElement.open;
            return all.length;
        }, at);
        if (shut === 0) break;
        await tab.keyboard.press('Enter');
        const turned = await tab.evaluate((at) => {
            const one = document.querySelectorAll('details > summary:first-of-type')[at];
            return document.activeElement === one && one.parentElement.open !== globalThis.keyboard.was;
        }, at);
        if (!turned) say('details-not-opened', 'summary', `number ${at + 1}`);
    }
    return faults;
}

/** Runs in the page: what should be reached, and a diary of what is. */
function watch() {
    const usual = 'a[href], button:not(:disabled), input:not(:disabled):not([type=hidden]), select:not(:disabled), textarea:not(:disabled), summary, [tabindex]';
    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0;
    const wanted = [...document.querySelectorAll(usual)].filter(seen);
    const path = (one) => {
        const parts = [];
        for (let at = one; at && at !== document.body && parts.length < 3; at = at.parentElement) {
            parts.unshift(at.id ? `#${at.id}` : at.localName + (typeof at.className === 'string' && at.className ? `.${at.className.trim().split(/\s+/).join('.')}` : ''));
        }
        return parts.join(' > ');
    };
    const { channels, contrast } = globalThis.colours;
    const ground = (element) => globalThis.colours.ground(element) ?? [255, 255, 255, 1];
    const diary = [];
    addEventListener('focusin', ({ target }) => {
        const style = getComputedStyle(target);
        const box = target.getBoundingClientRect();
        const width = parseFloat(style.outlineWidth) || 0;
        const reach = width + (parseFloat(style.outlineOffset) || 0);
        const clip = (() => {
            for (let at = target.parentElement; at && at !== document.body; at = at.parentElement) {
                const { overflowX, overflowY } = getComputedStyle(at);
                const edge = at.getBoundingClientRect();
                const cut = { x: overflowX !== 'visible' && (box.left - reach < edge.left - 0.5 || box.right + reach > edge.right + 0.5),
                    y: overflowY !== 'visible' && (box.top - reach < edge.top - 0.5 || box.bottom + reach > edge.bottom + 0.5) };
                if (cut.x || cut.y) return path(at);
            }
            return box.left - reach < -0.5 || box.right + reach > document.documentElement.clientWidth + 0.5 ? 'the screen' : null;
        })();
        const first = target.getClientRects()[0] ?? box;
        diary.push({
            target, clip, top: first.top + scrollY, left: first.left, bottom: first.bottom + scrollY,
            fixed: style.position === 'absolute' || style.position === 'fixed',
            ring: style.outlineStyle !== 'none' && width >= 2 ? contrast(channels(style.outlineColor), ground(target.parentElement ?? target)) : 0,
            onScreen: box.bottom > 0 && box.top < innerHeight && box.width > 0,
        });
    }, true);
    document.activeElement?.blur();
    scrollTo(0, 0);
    getSelection().removeAllRanges();
    globalThis.keyboard = { wanted, diary, path };
}

/** Runs in the page: what the diary says. */
function judge() {
    const { wanted, diary, path } = globalThis.keyboard;
    const faults = [];
    const say = (rule, element, detail) => faults.push({ rule, selector: path(element), detail });
    // After the last one the focus leaves the page, or starts anew.
    const reached = diary.slice(0, wanted.length);
    for (const [at, one] of wanted.entries()) {
        const found = reached[at]?.target;
        if (found === one) continue;
        say(reached.some(({ target }) => target === one) ? 'focus-out-of-order' : 'not-reached', one, `Tab ${at + 1} reached ${found ? path(found) : 'nothing'}`);
        break;
    }
    let last = null;
    for (const one of reached) {
        if (one.ring === 0) say('focus-unseen', one.target, 'no outline of two pixels');
        else if (one.ring < 3) say('focus-pale', one.target, `contrast ${one.ring.toFixed(2)}`);
        if (one.clip) say('focus-clipped', one.target, `by ${one.clip}`);
        if (!one.onScreen) say('focus-off-screen', one.target, `at ${Math.round(one.top)}`);
        if (one.fixed) continue;
        if (last && one.bottom <= last.top + 1) say('focus-jumps-back', one.target, `from ${Math.round(last.top)} up to ${Math.round(one.top)}`);
        last = one;
    }
    return faults;
}
