import { createHash } from 'node:crypto';
import {
  CancellationError,
  type CancellationToken,
  LanguageModelTextPart,
  type LanguageModelToolInvocationOptions,
  LanguageModelToolResult,
  MarkdownString,
  type PreparedToolInvocation,
} from 'vscode';
import { areNamesDue } from '../../access/agents/loadForTool';
import { ToolInputError } from '../../access/agents/toolInput';
import { NoLongerShownError } from '../../access/loading/snapshot';
import type { Organization } from '../../access/organization';
import { cancelSignal } from '../../editor/questions';
import type { toolIds } from '../../ids';
import { APIUserAbortError } from '../../openai';
import { plainText } from '../../text/plainText';
import { asMarkdown } from '../../views/markdown/escape';
import { type ToolQuestion, type ToolRequests, toolInputProblem } from '../../words/agents';
import { explain, explanationInWords } from '../../words/errors';
import { organizationSwitched } from '../../words/organizations';
import { explainNoOrganization, prefixWithOrganization } from '../shared/organizationInView';
import type { Services } from '../shared/services';
import { explainAccessTool } from './explainAccess';
import { listAccess } from './listAccess';
import { ToolRefusal } from './refusal';
import { stageChanges } from './stageChanges';
import type { Tool } from './tool';
import { answerText, type ToolAnswer } from './toolAnswer';

/** A tool with its input already checked, whose type is of no more interest. */
interface Prepared {
  requests(organization: Organization): number;
  ask(organization: Organization, requests: ToolRequests): ToolQuestion;
  /** `mayLoad`: whether it may send requests. */
  run(
    services: Services,
    organization: Organization,
    mayLoad: boolean,
    signal: AbortSignal,
  ): Promise<ToolAnswer>;
}

/** Checks inputs. Throws `ToolInputError`. */
function checked<Input extends object>(tool: Tool<Input>) {
  return (value: unknown): Prepared => {
    const input = tool.parse(value);
    return {
      requests: (organization) => tool.requests(organization, input),
      ask: (organization, requests) => tool.ask(organization, input, requests),
      run: (services, organization, mayLoad, signal) =>
        tool.run(services, organization, mayLoad ? input : { ...input, load: false }, signal),
    };
  };
}

const tools = {
  listAccess: checked(listAccess),
  explainAccess: checked(explainAccessTool),
  stageChanges: checked(stageChanges),
} satisfies Record<keyof typeof toolIds, unknown>;

/** What a person was last asked about a call. */
interface Asked {
  readonly organization: WeakRef<Organization>;
  /** They were told that requests are sent. */
  readonly toldOfRequests: boolean;
}

/** The most calls that are remembered: more questions are never open. */
const mostAsked = 100;

/**
 * By tool and input. VS Code doesn't say which question a run belongs to, and a question can be open for long: until it is
 * answered, the organization may be another one, or what is loaded may have become old.
 */
const asked = new Map<string, Asked>();

function remember(name: keyof typeof toolIds, input: unknown, question: Asked): void {
  const call = callOf(name, input);
  asked.delete(call);
  asked.set(call, question);
  for (const oldest of asked.keys()) {
    if (asked.size <= mostAsked) break;
    asked.delete(oldest);
  }
}

function callOf(name: keyof typeof toolIds, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([name, input]))
    .digest('hex');
}

/** What VS Code asks a person before a tool runs. Sends nothing. Rejects with what is wrong with the input. */
export function prepareTool(
  name: keyof typeof toolIds,
  services: Services,
  input: unknown,
): Promise<PreparedToolInvocation> {
  return withErrorsInWords(async () => {
    const tool = tools[name](input);
    const organization = await organizationOf(services);
    const least = tool.requests(organization);
    const { baseURL, isSample } = organization;
    const { title, message, running } = tool.ask(organization, {
      least,
      baseURL: asMarkdown(baseURL),
      isSample,
      withNames: areNamesDue(organization),
    });
    remember(name, input, {
      organization: new WeakRef(organization),
      toldOfRequests: least > 0 && !isSample,
    });
    return {
      invocationMessage: running,
      confirmationMessages: {
        title: prefixWithOrganization(organization, title),
        message: new MarkdownString(message),
      },
    };
  });
}

/**
 * Runs a tool. Sends nothing that a person was told would not be sent, and nothing to another organization than the one
 * they were asked about. Rejects with an error whose message is for the language model.
 */
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
    const tool = tools[name](input);
    const organization = await organizationOf(services);
    const question = asked.get(callOf(name, input));
    if (question && question.organization.deref() !== organization) throw new NoLongerShownError();
    const mayLoad = organization.isSample || question === undefined || question.toldOfRequests;
    const signal = AbortSignal.any([cancelSignal(token), organization.closed]);
    if (token.isCancellationRequested) throw new CancellationError();
    const answer = await tool.run(services, organization, mayLoad, signal).catch((error: unknown) => {
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
