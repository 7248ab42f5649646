// Colours as a browser computes them, for checks that run inside the page. Owns the contrast of two colours (WCAG 2.2) and the ground that
// an element stands on.

/** Gives every page of a context `globalThis.colours`. */
export const knowColours = (context) => context.addInitScript(() => {
    const channels = (colour) => {
        const found = colour.match(/[\d.]+/g)?.map(Number) ?? [];
        if (found.length < 3) return [0, 0, 0, 0];
        const alpha = found[3] ?? 1;
        return colour.startsWith('color(srgb') ? [...found.slice(0, 3).map((one) => one * 255), alpha] : [...found.slice(0, 3), alpha];
    };
    const light = ([r, g, b]) => {
        const [x, y, z] = [r, g, b].map((one) => (one / 255 <= 0.04045 ? one / 255 / 12.92 : ((one / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const contrast = (a, b) => {
        const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
        return (high + 0.05) / (low + 0.05);
    };
    const ground = (element) => {
        for (let at = element; at; at = at.parentElement) {
            const colour = channels(getComputedStyle(at).backgroundColor);
            if (colour[3] > 0.99) return colour;
        }
        return undefined;
    };
    globalThis.colours = { channels, contrast, ground };
});
