/** Compares names as people order them: step 16 before step 120, and without regard to case and accents. */
export const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
