/** What somebody may call a project to break whatever shows it. What comes alive of it can be found by its own words. */
export const hostileNames = {
  html: '<img src=x onerror="globalThis.hostile=1"><script>globalThis.hostile=1</script>',
  markdown: '[click](command:hostile.run) [site](https://hostile.invalid/) **bold**',
  icon: '$(rocket) $(rocket~spin)',
  ansi: '\u001b[31mred\u001b[0m\nsecond line\r\n\tthird',
  direction: 'right\u202eot tfel\u202c \u2067isolated\u2069',
  formula: '=HYPERLINK("https://hostile.invalid","x")',
  long: `long ${'x'.repeat(10_000)}`,
} as const;

/** How each of them begins where it is shown as it reads. */
export const hostileBeginnings = [
  '<img src=x onerror=',
  '[click](command:hostile.run)',
  '$(rocket)',
  '[31mred',
  'right',
  '=HYPERLINK(',
  'long xxxxxxxx',
] as const;
