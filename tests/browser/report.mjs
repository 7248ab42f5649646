// What was found, as people read it. Owns the counting and the last line.

// A table that is too wide is so in each of its rows.
const enough = 5;

/** Collects answers; a failed one is printed when it comes. */
export class Report {
    passed = 0;
    failed = 0;

    /** An answer to one question about one page. */
    add({ page, check, width, scheme, faults }) {
        if (faults.length === 0) this.passed += 1;
        else this.failed += 1;
        const where = [width, scheme].filter((one) => one !== undefined).join(' ') || '-';
        const told = new Map();
        for (const { rule, selector, detail } of faults) {
            told.set(rule, (told.get(rule) ?? 0) + 1);
            if (told.get(rule) <= enough) console.log(`FAIL ${page} [${check}] ${where} ${rule} ${selector}${detail ? ` (${detail})` : ''}`);
        }
        for (const [rule, count] of told) if (count > enough) console.log(`FAIL ${page} [${check}] ${where} ${rule} … and ${count - enough} more`);
    }

    /** The last line, alone on it. */
    end() {
        console.log(`${this.passed} passed, ${this.failed} failed`);
    }
}
