import type { Organization } from '../../access/organization';
import type { ToolQuestion, ToolRequests } from '../../words/agents';
import type { Services } from '../shared/services';
import type { ToolAnswer } from './toolAnswer';

/**
 * A tool of agents. It never changes access. A person can allow it for ever, so nothing that it does relies on the answer
 * to its question.
 */
export interface Tool<Input extends object> {
  /** Checks an input. Throws `ToolInputError`. */
  parse(input: unknown): Input;
  /** The least number of requests that it would send now. Throws `ToolRefusal`. */
  requests(organization: Organization, input: Input): number;
  /** What a person is asked before it runs. Has no effect and sends nothing. Throws `ToolRefusal`. */
  ask(organization: Organization, input: Input, requests: ToolRequests): ToolQuestion;
  /** Rejects with `APIUserAbortError` if the signal aborts, and with `ToolRefusal`. */
  run(services: Services, organization: Organization, input: Input, signal: AbortSignal): Promise<ToolAnswer>;
}
