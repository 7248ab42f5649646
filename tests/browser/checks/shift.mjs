// Nothing jumps while a page loads. Owns the watch for layout shifts, which has to begin before the page does, and that every image says
// its size, so that room is kept for it.

// Half of what counts as good: below it are lines that end elsewhere once the rest of their paragraph has come. https://web.dev/articles/cls
const most = 0.05;

/** Has every page of a context counted from its start. */
export const watchShifts = (context) => context.addInitScript(() => {
    globalThis.shifts = [];
    const keep = (entries) => {
        for (const one of entries) {
            const node = one.sources?.[0]?.node;
            globalThis.shifts.push({ value: one.value, at: node?.localName ? `${node.localName}.${node.className}` : '#text' });
        }
    };
    const watch = new PerformanceObserver((list) => keep(list.getEntries()));
    watch.observe({ type: 'layout-shift', buffered: true });
    globalThis.lateShifts = () => keep(watch.takeRecords());
});

/** What has shifted since the page began, once all images are there, where it is more than a reader bears. */
export async function shiftFaults(tab) {
    const found = await tab.evaluate(async () => {
        // Images far down are fetched when a reader comes near.
        for (const image of document.images) {
            image.scrollIntoView({ block: 'end' });
            await image.decode().catch(() => {});
        }
        // What was asked for before the end of loading comes within some frames.
        for (let frame = 0; frame < 5; frame += 1) await new Promise((done) => requestAnimationFrame(done));
        globalThis.lateShifts();
        scrollTo(0, 0);
        return {
            shifts: globalThis.shifts,
            sizeless: [...document.images].filter((one) => !one.hasAttribute('width') || !one.hasAttribute('height')).map((one) => one.getAttribute('src')),
        };
    });
    const jumps = found.shifts.reduce((sum, one) => sum + one.value, 0) > most ? found.shifts : [];
    return [
        ...jumps.map((one) => ({ rule: 'layout-shift', selector: one.at, detail: one.value.toFixed(4) })),
        ...found.sizeless.map((src) => ({ rule: 'image-without-size', selector: `img[src="${src}"]`, detail: '' })),
    ];
}
