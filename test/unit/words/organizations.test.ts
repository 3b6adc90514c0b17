import assert from 'node:assert/strict';
import { sampleName, unnamedOrganization } from '../../../src/words/organizationNames';
import {
  keyForOtherHost,
  noAdminKey,
  type OrganizationToRemove,
  organizationAdded,
  organizationInPicker,
  organizationQuestions,
  organizationRemoved,
  organizationSwitched,
  organizationsAdded,
  removedWithOrganization,
  removeOrganizationQuestion,
  renamePrompt,
  sampleInPicker,
  savedKeyGone,
  savedOrganizationsInPicker,
  stillApplying,
} from '../../../src/words/organizations';

const saved = { savedFor: 'https://a.test', now: 'https://b.test' };

describe('organizations in words', () => {
  it('have names', () => {
    assert.equal(unnamedOrganization, 'Unnamed organization');
    assert.equal(sampleName('Harbor Labs'), 'Harbor Labs (sample)');
  });

  it('without a key say what to do', () => {
    assert.equal(noAdminKey(undefined), 'No admin API key is set. Set one, or open the sample organization.');
    assert.equal(noAdminKey('Main'), 'No admin API key is set for “Main”. Set one, or switch organizations.');
  });

  it('whose key is for another host say which, and what to do', () => {
    assert.equal(
      keyForOtherHost({ ...saved, isAdded: false }),
      "The saved admin API key is for https://a.test, so it wasn't sent to https://b.test. Set a key for https://b.test, or change the Base URL setting.",
    );
    assert.equal(
      keyForOtherHost({ ...saved, isAdded: false, organization: 'Main' }),
      "The saved admin API key of “Main” is for https://a.test, so it wasn't sent to https://b.test. Set a key for https://b.test, or change the Base URL setting.",
    );
    assert.equal(
      keyForOtherHost({ ...saved, isAdded: true, organization: 'Other' }),
      "The saved admin API key of “Other” is for https://a.test, so it wasn't sent to https://b.test. Set a key for https://b.test, or switch organizations.",
    );
  });

  it('that were switched stop what was under way', () => {
    assert.equal(
      organizationSwitched(),
      'You switched organizations or keys, so nothing was sent. Start again from the Checkpoints view.',
    );
    assert.equal(
      organizationSwitched("The key was checked, but it wasn't saved."),
      "You switched organizations or keys. The key was checked, but it wasn't saved.",
    );
  });

  it('in a picker say their host and whether they are shown', () => {
    assert.equal(organizationInPicker(undefined, false), '');
    assert.equal(organizationInPicker('a.test', false), 'a.test');
    assert.equal(organizationInPicker('a.test', true), 'a.test · shown now');
    assert.equal(organizationInPicker(undefined, true), 'shown now');
    assert.equal(sampleInPicker(false), 'sample organization');
    assert.equal(sampleInPicker(true), 'sample organization · shown now');
  });

  it('whose keys are saved on this computer can be added', () => {
    assert.equal(organizationsAdded(['Main']), 'Organization Main added');
    assert.equal(organizationsAdded(['Main', 'Other']), '2 organizations added');
    assert.equal(savedOrganizationsInPicker(1), 'keys of 1 more organization are saved on this computer');
    assert.equal(savedOrganizationsInPicker(2), 'keys of 2 more organizations are saved on this computer');
  });

  it('Truth 21: whose saved key is gone say so, and what to do', () => {
    const why =
      "VS Code's secret storage no longer has it. This can happen without a system keyring, or in a browser with several tabs.";
    assert.equal(
      savedKeyGone(undefined),
      `The saved admin API key is gone. ${why} Set the key again, or open the sample organization.`,
    );
    assert.equal(
      savedKeyGone('Main'),
      `The saved admin API key of “Main” is gone. ${why} Set the key again, or switch organizations.`,
    );
  });

  it('are named and renamed', () => {
    assert.equal(organizationAdded('Main'), 'Organization Main added');
    assert.equal(renamePrompt(undefined), 'The name is used only in VS Code.');
    assert.equal(
      renamePrompt('api.openai.com'),
      'The name is used only in VS Code. Leave it empty to show the host, api.openai.com.',
    );
    assert.match(organizationQuestions.baseURL, /Change it only if you use a gateway\./);
  });

  const nothing: OrganizationToRemove = {
    adminKey: 'none',
    projectKeys: [],
    checkpoints: 0,
    history: { kind: 'none' },
    isAdded: true,
  };

  it('are removed after a question that lists what is deleted: nothing much', () => {
    assert.equal(removeOrganizationQuestion('Main'), 'Remove the organization “Main” from VS Code?');
    assert.equal(
      removedWithOrganization(nothing),
      `No one's access changes, and nothing is sent.

This is deleted from this computer:
• Checkpoint list (empty)
• Name and base URL

Keys stay valid until you delete them in your OpenAI organization settings.`,
    );
    assert.equal(organizationRemoved('Main'), 'Removed “Main” from VS Code');
  });

  it('are removed after a question that lists what is deleted: one of each', () => {
    assert.equal(
      removedWithOrganization({
        adminKey: { origin: 'https://a.test' },
        projectKeys: ['Website'],
        checkpoints: 1,
        history: { kind: 'changes', count: 1, interrupted: 1, applying: 1 },
        isAdded: false,
      }),
      `No one's access changes, and nothing is sent.

This is deleted from this computer:
• Admin API key for https://a.test
• 1 project API key: Website
• Checkpoint list (1 checkpoint)
• Change history (1 change, which can't be undone here afterward)
• 1 interrupted change, which can't be resumed afterward
• 1 change that may be in progress in another window, which stops
• Name (the Base URL setting stays)

To keep the history as a file, use Export Access… first.

Keys are deleted for all VS Code profiles on this computer.

Keys stay valid until you delete them in your OpenAI organization settings.`,
    );
  });

  it('are removed after a question that lists what is deleted: several', () => {
    assert.equal(
      removedWithOrganization({
        adminKey: 'unreadable',
        projectKeys: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
        checkpoints: 1200,
        history: { kind: 'changes', count: 3, interrupted: 2, applying: 2 },
        isAdded: true,
      }),
      `No one's access changes, and nothing is sent.

This is deleted from this computer:
• Admin API key
• 7 project API keys: a, b, c, d, e, and 2 more
• Checkpoint list (1,200 checkpoints)
• Change history (3 changes, which can't be undone here afterward)
• 2 interrupted changes, which can't be resumed afterward
• 2 changes that may be in progress in another window, which stop
• Name and base URL

To keep the history as a file, use Export Access… first.

Keys are deleted for all VS Code profiles on this computer.

Keys stay valid until you delete them in your OpenAI organization settings.`,
    );
  });

  it('are removed with a change history that cannot be read, which is said', () => {
    const why = { what: 'It failed', next: 'Try again.' };
    assert.match(
      removedWithOrganization({ ...nothing, history: { kind: 'unreadable', why } }),
      /• Change history, which can't be loaded now: It failed\. Try again\.\n/,
    );
  });

  it('that another window still works on are deleted later', () => {
    assert.equal(
      stillApplying(1),
      '1 change may still be in progress in another window. Its record will be deleted when it finishes.',
    );
    assert.equal(
      stillApplying(2),
      '2 changes may still be in progress in another window. Their records will be deleted when they finish.',
    );
  });
});
