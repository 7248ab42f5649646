// What was found, as people read it. Owns the counting and the last line.

/** Collects answers; a failed one is printed when it comes. */
export class Report {
    passed = 0;
    failed = 0;

    /** An answer to one question about one page. */
    add({ page, check, width, scheme, faults }) {
        if (faults.length === 0) this.passed += 1;
        else this.failed += 1;
        for (const { rule, selector, detail } of faults) {
            const where = [width, scheme].filter((one) => one !== undefined).join(' ') || '-';
            console.log(`FAIL ${page} [${check}] ${where} ${rule} ${selector}${detail ? ` (${detail})` : ''}`);
        }
    }

    /** The last line, alone on it. */
    end() {
        console.log(`${this.passed} passed, ${this.failed} failed`);
    }
}
