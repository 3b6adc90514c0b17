import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { build } from 'esbuild';

interface Parser {
  parseWorkflow(
    file: { name: string; content: string },
    trace: unknown,
  ): {
    context: { errors: { getErrors(): readonly { readonly message: string }[] } };
    value: unknown;
  };
  convertWorkflowTemplate(context: unknown, value: unknown): Promise<unknown>;
  readonly NoOperationTraceWriter: new () => unknown;
}

/**
 * What GitHub's own parser, with GitHub's own schema of workflows, finds wrong with a workflow. The package imports its
 * schema in a way that Node.js refuses, so it is bundled first.
 *
 * @returns a function from the text of a workflow to its faults, in the parser's words
 */
export async function workflowParser(): Promise<(content: string) => Promise<string[]>> {
  const { outputFiles } = await build({
    stdin: { contents: "export * from '@actions/workflow-parser';", resolveDir: resolve('.') },
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    logLevel: 'warning',
  });
  const module = { exports: {} as Parser };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
    module,
    module.exports,
    createRequire(resolve('package.json')),
  );
  const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = module.exports;
  return async (content) => {
    const { context, value } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
    // What the jobs need of each other is checked only here.
    if (value !== undefined) await convertWorkflowTemplate(context, value);
    return context.errors.getErrors().map(({ message }) => message);
  };
}
