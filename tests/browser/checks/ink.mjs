// Thai marks stand in up to two storeys above a letter and one below. Owns that the lines of every size of text are far enough apart for
// the tallest stacks of its own font, so that no mark touches the line above or is cut off. The function runs inside the page.

/** The texts whose lines are closer than their ink. */
export function inkFaults() {
    const context = document.createElement('canvas').getContext('2d');
    const faults = new Map();
    const known = new Map();
    // As a share of the size of the letters: measured large, since small boxes are rounded to whole pixels.
    const ink = ({ fontWeight, fontFamily }) => {
        const font = `${fontWeight} 1000px ${fontFamily}`;
        if (!known.has(font)) {
            context.font = font;
            const box = context.measureText('ที่ ปู่ เยี่ยม ญี่ปุ่น ฎุ');
            known.set(font, (box.actualBoundingBoxAscent + box.actualBoundingBoxDescent) / 1000);
        }
        return known.get(font);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement;
        if (!/[\u0e01-\u0e4e]/.test(node.data) || !element.checkVisibility() || element.closest('svg, script, style')) continue;
        const style = getComputedStyle(element);
        const block = (() => {
            let at = element;
            while (getComputedStyle(at).display.startsWith('inline') && !getComputedStyle(at).display.includes('block') && at.parentElement) at = at.parentElement;
            return at;
        })();
        // An inline box shares the lines of its block, which are at least as high as either asks.
        const height = Math.max(...[element, block].map((one) => parseFloat(getComputedStyle(one).lineHeight) || Infinity));
        const needed = ink(style) * parseFloat(style.fontSize);
        // Text for screen readers alone has no lines.
        if (element.closest('.vh')) continue;
        if (height < needed) faults.set(`${element.localName}.${element.className}`, {
            rule: 'lines-too-close', selector: `${element.localName}${element.className ? `.${element.className}` : ''}`, detail: `${height.toFixed(1)} px for ${needed.toFixed(1)} px of ink: ${node.data.trim().slice(0, 20)}`,
        });
    }
    return [...faults.values()];
}
