import type { Disposable, LogOutputChannel } from 'vscode';
import type { RequestReport } from '../openai';
// Not from the index of `openai`: the log is loaded at activation, the client is not.
import { presentable } from '../openai/redact';

/** The output channel of the extension. Every line is redacted first. */
export class Log implements Disposable {
  constructor(private readonly channel: LogOutputChannel) {}

  /** Logs one attempt of a request on one line: method, path, status, milliseconds, request ID. */
  request(report: RequestReport, of?: 'sample'): void {
    const { method, path, status, error, ms, requestId, attempt } = report;
    const parts = [
      ...(of ? ['(sample)'] : []),
      method,
      path,
      status ?? error ?? 'no response',
      `${Math.round(ms)} ms`,
      requestId ?? '-',
    ];
    if (attempt > 0) parts.push(`(try ${attempt + 1})`);
    const line = redacted(parts.join(' '));
    if (status !== undefined && status < 400) this.channel.info(line);
    else this.channel.warn(line);
  }

  info(message: string): void {
    this.channel.info(redacted(message));
  }

  warn(message: string): void {
    this.channel.warn(redacted(message));
  }

  /** Logs a failure that was shown to the person in other words. */
  error(message: string): void {
    this.channel.error(redacted(message));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}

function redacted(text: string): string {
  return presentable(text, [], 2000);
}
