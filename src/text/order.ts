/** Natural order of names: step 16 before step 120, ignoring case and accents. */
export const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
