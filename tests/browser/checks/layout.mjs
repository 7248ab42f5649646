// What a reader would see go wrong: a page that scrolls sideways, text that is cut off or lies beside the screen, texts that lie on each
// other or are cut into single letters. Owns the measuring; the function runs inside the page.

/** The faults of the page as it stands: rule, selector, detail. */
export function layoutFaults() {
    const faults = [];
    const told = new Set();
    const selector = (element) => {
        const parts = [];
        for (let at = element; at && at !== document.body && parts.length < 4; at = at.parentElement) {
            const classes = typeof at.className === 'string' && at.className ? `.${at.className.trim().split(/\s+/).join('.')}` : '';
            parts.unshift(at.id ? `#${at.id}` : at.localName + classes);
            if (at.id) break;
        }
        return parts.join(' > ') || 'body';
    };
    const fault = (rule, element, detail) => {
        const where = selector(element);
        if (told.has(rule + where)) return;
        told.add(rule + where);
        faults.push({ rule, selector: where, detail });
    };
    const root = document.scrollingElement;
    const width = root.clientWidth;

    // Text for screen readers is a clipped box of one pixel; a skip link waits above the page.
    const kinds = new Map();
    const about = (element) => {
        if (!element || element === document.documentElement) return { hidden: false, boxes: [] };
        const known = kinds.get(element);
        if (known) return known;
        const above = about(element.parentElement);
        const style = getComputedStyle(element);
        const box = element.getBoundingClientRect();
        const svg = element.namespaceURI === 'http://www.w3.org/2000/svg' && element.localName !== 'svg';
        const hidden = above.hidden || style.visibility !== 'visible' || style.display === 'none'
            || (style.position === 'absolute' && (box.bottom + scrollY <= 0 || (box.width <= 1 && box.height <= 1)));
        const boxes = svg ? above.boxes : [...above.boxes];
        if (!svg && element !== document.body && (style.overflowX !== 'visible' || style.overflowY !== 'visible')) {
            const scrolls = [style.overflowX, style.overflowY].some((way) => way === 'auto' || way === 'scroll');
            boxes.push({ left: box.left, right: box.right, top: box.top, bottom: box.bottom, scrolls });
        }
        const found = { hidden, boxes };
        kinds.set(element, found);
        return found;
    };

    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!node.data.trim() || !element.checkVisibility() || ['SCRIPT', 'STYLE', 'title'].includes(element.nodeName)) continue;
        const { hidden, boxes } = about(element);
        if (hidden) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        range.selectNodeContents(node);
        const letters = node.data.trim();
        const rows = new Set([...range.getClientRects()].map((rect) => Math.round(rect.top))).size;
        if (letters.length >= 8 && rows > letters.length / 2) fault('text-shredded', element, `${rows} lines: ${letters.slice(0, 40)}`);
        for (const rect of range.getClientRects()) {
            // A space at the end of a line hangs over it.
            if (rect.width < 1) continue;
            const scrolled = boxes.some((box) => box.scrolls);
            if (!scrolled && (rect.right > width + 1.5 || rect.left < -1.5)) fault('text-outside', element, `${Math.round(rect.left)}–${Math.round(rect.right)} of ${width}`);
            // Marks above and below the letters reach the ends of the text's box.
            const slack = 0.15 * size + 1;
            const cut = boxes.find((box) => !box.scrolls && (rect.right > box.right + 1.5 || rect.left < box.left - 1.5 || rect.top < box.top - slack || rect.bottom > box.bottom + slack));
            if (cut) fault('text-clipped', element, node.data.trim().slice(0, 40));
            // The band that letters without marks fill: lines stand closer than their boxes are tall.
            const middle = (rect.top + rect.bottom) / 2;
            if (!scrolled) lines.push({ node, element, left: rect.left, right: rect.right, top: middle - size / 4, bottom: middle + size / 4 });
        }
    }
    // A mark of a chart that lies on the text of the same chart.
    for (const mark of document.querySelectorAll('svg circle')) {
        const svg = mark.closest('svg');
        const rect = mark.getBoundingClientRect();
        const under = lines.find((line) => line.element.closest('svg') === svg && Math.min(line.right, rect.right) - Math.max(line.left, rect.left) > 2
            && Math.min(line.bottom, rect.bottom) - Math.max(line.top, rect.top) > 2);
        if (under) fault('mark-on-text', mark, under.node.data.trim().slice(0, 20));
    }
    lines.sort((a, b) => a.top - b.top);
    for (let i = 0; i < lines.length; i += 1) {
        for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom - 1; j += 1) {
            const [a, b] = [lines[i], lines[j]];
            if (a.node !== b.node && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2) fault('text-overlap', a.element, `on ${selector(b.element)}: ${a.node.data.trim().slice(0, 20)} / ${b.node.data.trim().slice(0, 20)}`);
        }
    }
    if (root.scrollWidth > root.clientWidth) {
        const widest = [...document.body.querySelectorAll('*')].filter((element) => !about(element).hidden && element.getBoundingClientRect().right > width + 0.5).at(-1);
        fault('sideways-scroll', widest ?? document.body, `${root.scrollWidth} > ${root.clientWidth}`);
    }
    return faults;
}
