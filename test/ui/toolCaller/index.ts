import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { toolIds } from '../../../src/ids';
import type { Workbench } from '../workbench';
import { currentSession } from '../workbench/session';
import type { ToolCall } from './extension';

const title = 'Call a Tool';

const manifest = {
  name: 'tool-caller',
  publisher: 'test',
  version: '0.0.1',
  engines: { vscode: '^1.100.0' },
  extensionKind: ['workspace'],
  main: './extension.js',
  contributes: { commands: [{ command: 'toolCaller.call', title }] },
};

/** Calls the tools in a window. */
export interface ToolCaller {
  /** Begins to call a tool, and resolves to what waits for the answer: what a language model would get, or the refusal. */
  call(workbench: Workbench, tool: keyof typeof toolIds, input: object): Promise<() => Promise<string>>;
}

/** Installs another extension that calls tools, for the windows of a `describe`. To be used before a window. */
export function useToolCaller(): ToolCaller {
  let folder = '';
  let calls = 0;
  before('install the caller of tools', async () => {
    folder = await mkdtemp(join(tmpdir(), 'tool-caller-'));
    const source = join(folder, 'source');
    const packagePath = join(folder, 'tool-caller.vsix');
    await mkdir(source);
    await cp(join(__dirname, 'extension.js'), join(source, 'extension.js'));
    await writeFile(join(source, 'package.json'), JSON.stringify(manifest));
    // Without such a file, vsce warns of what could be too much.
    await writeFile(join(source, '.vscodeignore'), '# All of this folder ships.\n');
    await createVSIX({
      cwd: source,
      packagePath,
      dependencies: false,
      allowMissingRepository: true,
      skipLicense: true,
    });
    await currentSession().server().install(packagePath);
  });
  after('uninstall the caller of tools', async () => {
    await currentSession().server().uninstall(`${manifest.publisher}.${manifest.name}`);
    await rm(folder, { recursive: true, force: true });
  });
  return {
    call: async (workbench, tool, input) => {
      calls += 1;
      const answerFile = `answer-${calls}.txt`;
      const call: ToolCall = { tool: toolIds[tool], input, answerFile };
      await workbench.writeFile('call.json', JSON.stringify(call));
      await workbench.runCommand(title);
      return async () => {
        await workbench.page.locator('.part.editor .tab.active').filter({ hasText: answerFile }).waitFor();
        return workbench.readFile(answerFile);
      };
    },
  };
}
