import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import type { Organization } from '../../../src/access/organization';
import { pageMessageText } from '../../../src/protocol/accessPage';
import type { PageActions } from '../../../src/views/access/actions';
import { accessPageHtml } from '../../../src/views/access/html';
import { PageSession } from '../../../src/views/access/pageSession';
import { actions } from '../../tabDependencies';

/** The page of the access matrix in a browser, as built for shipping, talking to the session that the extension runs. */
export interface MatrixPage {
  readonly page: Page;
  /** Errors of the page, and violations of its content security policy. */
  readonly faults: readonly string[];
  close(): Promise<void>;
}

/** The theme colors that the page draws with. A missing color would not be painted. */
const colors = {
  foreground: '#cccccc',
  descriptionForeground: '#9d9d9d',
  'editor-background': '#1f1f1f',
  'editorWidget-background': '#202020',
  'editorWidget-border': '#313131',
  'charts-green': '#89d185',
  'charts-blue': '#3794ff',
  focusBorder: '#0078d4',
  'list-hoverBackground': '#2a2d2e',
  'editor-selectionBackground': '#264f78',
};

/** Replacement for VS Code in the page. The extension's side is a function that Playwright exposes. */
const standIn = `
  let state;
  globalThis.acquireVsCodeApi = () => {
    for (const [name, color] of Object.entries(${JSON.stringify(colors)}))
      document.documentElement.style.setProperty('--vscode-' + name, color);
    return {
      postMessage: (message) => void globalThis.toExtension(message),
      getState: () => state,
      setState: (kept) => { state = kept; },
    };
  };
`;

/** Opens the page of an organization's matrix in a new window. */
export async function openMatrixPage(
  browser: Browser,
  organization: Organization,
  some: Partial<PageActions> = {},
): Promise<MatrixPage> {
  const server = createServer(async (request, response) => {
    const [, name = '', kind = ''] = /^\/(access-page\.(js|css))$/.exec(request.url ?? '') ?? [];
    const type = kind === '' ? 'html' : kind === 'js' ? 'javascript' : 'css';
    response.setHeader('content-type', `text/${type}; charset=utf-8`);
    response.end(name ? await readFile(`dist/${name}`) : html());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const html = (): string =>
    accessPageHtml({
      script: `${origin}/access-page.js`,
      style: `${origin}/access-page.css`,
      language: 'en',
      source: origin,
      organization: 'bench',
    });

  const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const session = new PageSession(organization.name, {
    post: (message) => void page.evaluate(`postMessage(${JSON.stringify(pageMessageText(message))})`),
    actionsOf: () => actions(some),
    switchOrganization: () => undefined,
    close: () => undefined,
    schedule: (act) => {
      const timer = setTimeout(act, 30);
      return () => clearTimeout(timer);
    },
  });
  await page.exposeFunction('toExtension', (message: unknown) => session.receive(message));
  await page.addInitScript(standIn);
  session.setVisible(true);
  session.bind(organization);
  await page.goto(`${origin}/`);
  return {
    page,
    faults,
    async close() {
      session.dispose();
      await page.close();
      server.close();
    },
  };
}
