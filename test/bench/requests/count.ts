import { isDeepStrictEqual } from 'node:util';
import { newSetting } from './setting';
import type { Task, Way } from './task';

/** How many requests the server counted for a task. */
export interface RequestCount {
  readonly title: string;
  readonly ours: number;
  readonly sdk: number;
  readonly sdkByDefault: number;
  /** See {@link Task}. */
  readonly defaultKnowsLess: boolean;
}

/** Does a task in each way and counts. @throws Error if the ways do not come to the same. */
export async function countRequests(task: Task): Promise<RequestCount> {
  const { title, defaultKnowsLess = false } = task;
  const ours = await take(task, task.ours);
  const sdk = await take(task, task.sdk);
  const sdkByDefault = await take(task, task.sdkByDefault);
  const others = defaultKnowsLess ? [sdk] : [sdk, sdkByDefault];
  if (others.some(({ known }) => !isDeepStrictEqual(known, ours.known)))
    throw new Error(`Answers differ: ${title}.`);
  return {
    title,
    defaultKnowsLess,
    ours: ours.requests,
    sdk: sdk.requests,
    sdkByDefault: sdkByDefault.requests,
  };
}

/** True if we took more requests than the SDK at its best. */
export function takesTooMany({ ours, sdk }: RequestCount): boolean {
  return ours > sdk;
}

async function take({ arrange }: Task, way: Way): Promise<{ known: unknown; requests: number }> {
  const setting = await newSetting();
  try {
    arrange(setting);
    const known = await way(setting);
    return { known, requests: setting.emulator.requests.length };
  } finally {
    await setting.end();
  }
}
