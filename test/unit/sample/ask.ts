import type { SampleOrganization } from '../../../src/sample';
import { splitTarget } from '../../../src/sample/answers/exchange';

export interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON unless it is text. */
  readonly body?: unknown;
  readonly key?: string;
}

/** Sends a request to an organization. `target` starts after `/v1`. The JSON is untyped: tests assert its shape. */
export function ask(organization: SampleOrganization, target: string, question: Question = {}) {
  const { method = 'GET', headers, body, key = organization.adminAPIKey } = question;
  const answer = organization.answer({
    method,
    ...splitTarget(`/v1${target}`),
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: whatever came is what the test looks at.
  return { ...answer, json: JSON.parse(answer.body) as any };
}
