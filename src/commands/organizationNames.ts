import { inertText } from '../editor/plainText';
import type { Profile } from '../organizations/profile';
import type { Services } from './services';

/** Whether there is but one organization, so that sentences need not say which. */
export function isOnlyOne({ profiles }: Pick<Services, 'profiles'>): boolean {
  return profiles.all.length === 1;
}

/** A title for a picker about an organization, named as `titled` does. */
export function titledFor(services: Pick<Services, 'profiles'>, profile: Profile, title: string): string {
  return isOnlyOne(services) ? title : `${inertText(services.profiles.label(profile), 80)}: ${title}`;
}

/** What tells an organization from all others, in quotation marks, for sentences. */
export function quoted({ profiles }: Pick<Services, 'profiles'>, profile: Profile): string {
  return `“${inertText(profiles.label(profile), 120)}”`;
}
