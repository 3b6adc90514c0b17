import { inertText } from '../editor/plainText';
import type { Profile } from '../organizations/profile';
import type { Services } from './services';

/** Whether there is but one organization, so that sentences need not say which. */
export function isOnlyOne({ profiles }: Pick<Services, 'profiles'>): boolean {
  return profiles.all.length === 1;
}

/** What tells an organization from all others, in quotation marks, for sentences. */
export function quoted({ profiles }: Pick<Services, 'profiles'>, profile: Profile): string {
  return `“${inertText(profiles.label(profile), 120)}”`;
}
