import { isAnythingKept } from '../organizations/kept';
import { defaultProfile, type Profile } from '../organizations/profile';
import type { Services } from './services';

/**
 * The organizations that the person has set up, with what another window has changed. The default one is among them when
 * anything of it is saved; a keyring that cannot tell counts as a yes.
 */
export async function savedProfiles({ profiles, keys, memories }: Services): Promise<readonly Profile[]> {
  profiles.reload();
  const isThere =
    profiles.isNamed(defaultProfile) ||
    isAnythingKept(memories, defaultProfile) ||
    (await keys.get(defaultProfile).then(
      (saved) => saved !== undefined,
      () => true,
    ));
  return profiles.all.filter(({ id }) => id !== defaultProfile || isThere);
}
