import {
  CancellationError,
  type CancellationToken,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  MarkdownString,
  type PreparedToolInvocation,
} from 'vscode';
import { ToolInputError } from '../../access/agents/toolInput';
import { NoLongerShownError } from '../../access/loading/snapshot';
import type { Organization } from '../../access/organization';
import { cancelSignal } from '../../editor/questions';
import type { toolIds } from '../../ids';
import { APIUserAbortError } from '../../openai';
import { plainText } from '../../text/plainText';
import { toolInputProblem } from '../../words/agents';
import { explain, explanationInWords } from '../../words/errors';
import { organizationSwitched } from '../../words/organizations';
import { explainNoOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { explainAccessTool } from './explainAccess';
import { listAccess } from './listAccess';
import { ToolRefusal } from './refusal';
import { stageChanges } from './stageChanges';
import type { Tool } from './tool';
import { answerText } from './toolAnswer';

function checked<Input>(tool: Tool<Input>) {
  return {
    ask: (organization: Organization, input: unknown) => tool.ask(organization, tool.parse(input)),
    run: (services: Services, organization: Organization, input: unknown, signal: AbortSignal) =>
      tool.run(services, organization, tool.parse(input), signal),
    parse: (input: unknown) => void tool.parse(input),
  };
}

const tools = {
  listAccess: checked(listAccess),
  explainAccess: checked(explainAccessTool),
  stageChanges: checked(stageChanges),
} satisfies Record<keyof typeof toolIds, unknown>;

/** What VS Code asks a person before a tool runs. Sends nothing. Rejects with what is wrong with the input. */
export function prepareTool(
  name: keyof typeof toolIds,
  services: Services,
  input: unknown,
): Promise<PreparedToolInvocation> {
  return withErrorsInWords(async () => {
    tools[name].parse(input);
    const { title, message, running } = tools[name].ask(await organizationOf(services), input);
    return {
      invocationMessage: running,
      confirmationMessages: { title, message: new MarkdownString(message) },
    };
  });
}

/** Runs a tool. Rejects with an error whose message is for the language model. */
export function invokeTool(
  name: keyof typeof toolIds,
  services: Services,
  {
    input,
    tokenizationOptions,
  }: Pick<LanguageModelToolInvocationOptions<unknown>, 'input' | 'tokenizationOptions'>,
  token: CancellationToken,
): Promise<LanguageModelToolResult> {
  return withErrorsInWords(async () => {
    tools[name].parse(input);
    const organization = await organizationOf(services);
    const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
    if (token.isCancellationRequested) throw new CancellationError();
    const answer = await tools[name].run(services, organization, input, signal).catch((error: unknown) => {
      throw token.isCancellationRequested ? new CancellationError() : error;
    });
    if (!(await services.current.isShown(organization))) throw new NoLongerShownError();
    return new LanguageModelToolResult([
      new LanguageModelTextPart(await answerText(answer, tokenizationOptions, token)),
    ]);
  });
}

async function organizationOf(services: Services): Promise<Organization> {
  const active = await services.current.get();
  if (active.kind === 'organization') return active.organization;
  throw new ToolRefusal(explainNoOrganization(services, active));
}

async function withErrorsInWords<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof CancellationError) throw error;
    throw new ToolRefusal(plainText(messageOf(error), 800));
  }
}

function messageOf(error: unknown): string {
  if (error instanceof ToolRefusal) return error.message;
  if (error instanceof ToolInputError) return toolInputProblem(error.problem);
  // The signal of an organization that is no longer shown.
  if (error instanceof NoLongerShownError || error instanceof APIUserAbortError)
    return organizationSwitched();
  const { what, next } = explain(error);
  return explanationInWords({ what, next });
}
