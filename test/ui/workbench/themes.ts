import type { Lane } from '../../host/vscode/pieces';

/** The themes that come with VS Code. */
export type Theme = 'light' | 'dark' | 'high contrast' | 'high contrast light';

const names: Record<Theme, Record<Lane, string>> = {
  light: { current: 'Light Modern', oldest: 'Default Light Modern' },
  dark: { current: 'Dark Modern', oldest: 'Default Dark Modern' },
  'high contrast': { current: 'Default High Contrast', oldest: 'Default High Contrast' },
  'high contrast light': { current: 'Default High Contrast Light', oldest: 'Default High Contrast Light' },
};

const classes: Record<Theme, string> = {
  light: 'vs',
  dark: 'vs-dark',
  'high contrast': 'hc-black',
  'high contrast light': 'hc-light',
};

/** The settings that select a theme. */
export function themeSetting(theme: Theme, lane: Lane): Record<string, unknown> {
  return { 'workbench.colorTheme': names[theme][lane], 'window.autoDetectColorScheme': false };
}

/** The CSS selector that matches the workbench once the theme is active. */
export function themeSelector(theme: Theme): string {
  return `.monaco-workbench.${classes[theme]}`;
}
