// What is drawn can be seen. Owns the contrast of the marks of charts and of the shapes of states with what they stand on, in each way in
// which colours may be set: WCAG 2.2, 1.4.11. The function runs inside the page.

/** The marks of the page whose outline and filling both have a contrast under 3. */
export function paleMarks() {
    const { channels, contrast } = globalThis.colours;
    const ground = (element) => globalThis.colours.ground(element)
        ?? channels(getComputedStyle(document.documentElement).getPropertyValue('--paper')).slice(0, 3);
    // What a symbol holds is painted where it is used, with the colours of its own classes.
    const used = new Map([...document.querySelectorAll('use')].map((use) => [document.querySelector(use.getAttribute('href')), use]));
    const faults = new Map();
    for (const shape of document.querySelectorAll('svg :is(circle, ellipse, rect, line, path, polyline, polygon)')) {
        const symbol = shape.closest('symbol');
        if (shape.closest('defs, clipPath, mask, pattern') || (symbol && !used.has(symbol))) continue;
        const svg = symbol ? used.get(symbol) : shape;
        if (!svg.closest('svg').checkVisibility() || getComputedStyle(shape).display === 'none') continue;
        const style = getComputedStyle(shape);
        const paper = ground(svg.closest('svg').parentElement);
        const over = (colour, opacity) => {
            const [r, g, b, alpha] = channels(colour);
            const share = alpha * Number(opacity);
            return [r, g, b].map((one, at) => one * share + paper[at] * (1 - share));
        };
        const paints = [];
        // A pattern shows as its lines do.
        const pattern = document.querySelector(/^url\("(#.+)"\)/.exec(style.fill)?.[1] ?? ':not(*)');
        for (const line of pattern?.children ?? []) paints.push(over(getComputedStyle(line).stroke, getComputedStyle(line).strokeOpacity));
        if (!pattern && style.fill !== 'none' && !['line', 'polyline'].includes(shape.localName)) paints.push(over(style.fill, style.fillOpacity));
        if (style.stroke !== 'none' && parseFloat(style.strokeWidth) > 0) paints.push(over(style.stroke, style.strokeOpacity));
        const best = Math.max(0, ...paints.map((paint) => contrast(paint, paper)));
        const name = `${shape.localName}${shape.getAttribute('class') ? `.${shape.getAttribute('class').split(' ').join('.')}` : ''}`;
        if (best < 3) faults.set(name, { rule: 'mark-unseen', selector: `${symbol ? `#${symbol.id} ` : ''}${name}`, detail: `contrast ${best.toFixed(2)}` });
    }
    return [...faults.values()];
}
