import type { Disposable, LogOutputChannel } from 'vscode';
import type { RequestReport } from '../openai';
import { plainText } from '../text/plainText';

/** The output channel of the extension. Every line is without the keys in use. Texts of servers and of the system are redacted where they come in. */
export class Log implements Disposable {
  /** The last failure that was shown to the person, as the log has it. */
  lastError: string | undefined;
  /** The line of the last request that failed. */
  lastFailedRequest: string | undefined;

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
    const line = plainText(parts.join(' '), 2000);
    if (status !== undefined && status < 400) this.channel.info(line);
    else {
      this.lastFailedRequest = line;
      this.channel.warn(line);
    }
  }

  info(message: string): void {
    this.channel.info(plainText(message, 2000));
  }

  warn(message: string): void {
    this.channel.warn(plainText(message, 2000));
  }

  /** Logs a failure that was shown to the person in other words. */
  error(message: string): void {
    this.lastError = plainText(message, 2000);
    this.channel.error(this.lastError);
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.channel.dispose();
  }
}
