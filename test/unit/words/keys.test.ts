import assert from 'node:assert/strict';
import {
  adminKeySaved,
  type KeyOwner,
  keptWithoutAdminKey,
  keptWithoutSavedKeys,
  keyNotSaved,
  keyPrompt,
  noAdminKeyToRemove,
  noKey,
  organizationOfKeys,
  projectKeySaved,
  projectKeysRemoved,
  removeAdminKeyQuestion,
  removeSavedKeysQuestion,
  savedKeyInPicker,
  savedKeysInWords,
  savedKeysRemoved,
  saveUnverifiedKey,
  unusualKey,
} from '../../../src/words/keys';

const origin = 'https://api.openai.com';
const only: KeyOwner = { kind: 'admin API key' };
const named: KeyOwner = { kind: 'admin API key', organization: 'Main $(x)' };
const project: KeyOwner = { kind: 'project API key', project: 'Website' };

describe('keys in words', () => {
  it('are asked for with where they go', () => {
    const goes =
      "It's checked at https://api.openai.com, stored in VS Code's secret storage, and sent nowhere else.";
    assert.equal(keyPrompt(only, origin), `Paste an admin API key of your organization. ${goes}`);
    assert.equal(keyPrompt(named, origin), `Paste an admin API key of “Main $\u200b(x)”. ${goes}`);
    assert.equal(keyPrompt(project, origin), `Paste an API key of the project “Website”. ${goes}`);
  });

  it('are judged while they are typed', () => {
    assert.equal(
      noKey,
      "That's not a valid key: it contains spaces or unsupported characters. Copy only the key.",
    );
    assert.deepEqual(unusualKey, {
      'admin API key': 'Admin API keys usually start with “sk-admin-”. Press Enter to check this key anyway.',
      'project API key':
        "This looks like an admin API key, which can't see inside a project. Press Enter to check it anyway.",
    });
  });

  it('may be saved although they were not verified, which says why', () => {
    assert.equal(
      saveUnverifiedKey(only, 'notAllowed'),
      "Couldn't verify this key: it isn't allowed to list admin API keys. Save it anyway?",
    );
    assert.equal(
      saveUnverifiedKey(only, 'noSuchList'),
      "Couldn't verify this key: the API has no list of admin API keys. Save it anyway?",
    );
    assert.equal(
      saveUnverifiedKey(named, 'notAllowed'),
      "Couldn't verify this key of “Main $\u200b(x)”: it isn't allowed to list admin API keys. Save it anyway?",
    );
    assert.equal(
      saveUnverifiedKey(named, 'noSuchList'),
      "Couldn't verify this key of “Main $\u200b(x)”: the API has no list of admin API keys. Save it anyway?",
    );
    assert.equal(
      saveUnverifiedKey(project, 'notAllowed'),
      "Couldn't verify this key of “Website”: it isn't allowed to list models. Save it anyway?",
    );
    assert.equal(
      saveUnverifiedKey(project, 'noSuchList'),
      "Couldn't verify this key of “Website”: the API has no list of models. Save it anyway?",
    );
  });

  it('that were refused are not saved, with the reason', () => {
    const why = { what: 'It failed', next: 'Try again.' };
    assert.equal(keyNotSaved('admin API key', why), "The admin API key wasn't saved. It failed. Try again.");
    assert.equal(
      keyNotSaved('project API key', why),
      "The project API key wasn't saved. It failed. Try again.",
    );
  });

  it('that were saved say for what', () => {
    assert.equal(adminKeySaved(origin, undefined), 'Admin API key saved for https://api.openai.com');
    assert.equal(adminKeySaved(origin, 'Main'), 'Admin API key of “Main” saved for https://api.openai.com');
    assert.equal(
      projectKeySaved('Website'),
      'The key of the project “Website” was saved. Find Checkpoints… can now find what its fine-tuning jobs created.',
    );
  });

  it('are removed after a question', () => {
    assert.equal(noAdminKeyToRemove(undefined), 'No admin API key is saved. Nothing was removed.');
    assert.equal(noAdminKeyToRemove('Main'), 'No admin API key is saved for “Main”. Nothing was removed.');
    assert.equal(removeAdminKeyQuestion(undefined, undefined), 'Remove the saved admin API key?');
    assert.equal(
      removeAdminKeyQuestion(undefined, origin),
      'Remove the saved admin API key for https://api.openai.com?',
    );
    assert.equal(removeAdminKeyQuestion('Main', undefined), 'Remove the saved admin API key of “Main”?');
    assert.equal(
      removeAdminKeyQuestion('Main', origin),
      'Remove the saved admin API key of “Main” for https://api.openai.com?',
    );
  });

  it('stay valid when they are removed, and what is beside them stays', () => {
    const kept =
      'The key stays valid until you delete it in your OpenAI organization settings. Your checkpoint list and change history are kept. Use Remove Organization… to delete them, too.';
    assert.equal(keptWithoutAdminKey(0), kept);
    assert.equal(
      keptWithoutAdminKey(1),
      `${kept} 1 project API key stays saved. Use Remove Project API Key… to remove it.`,
    );
    assert.equal(
      keptWithoutAdminKey(2),
      `${kept} 2 project API keys stay saved. Use Remove Project API Key… to remove them.`,
    );
  });

  it('of projects are counted when they are removed', () => {
    assert.equal(projectKeysRemoved(1), 'Project API key removed');
    assert.equal(projectKeysRemoved(3), '3 project API keys removed');
  });

  it('of all organizations are listed and removed', () => {
    assert.equal(savedKeysInWords(true, 0), 'Admin API key');
    assert.equal(savedKeysInWords(true, 1), 'Admin API key and 1 project API key');
    assert.equal(savedKeysInWords(true, 2), 'Admin API key and 2 project API keys');
    assert.equal(savedKeysInWords(false, 1), '1 project API key');
    assert.equal(organizationOfKeys('Main', true), 'Main');
    assert.equal(organizationOfKeys('Main', false), 'Main (not in this VS Code profile)');
    assert.equal(organizationOfKeys(undefined, false), 'Unknown organization');
    assert.equal(savedKeyInPicker(undefined), 'Admin API key');
    assert.equal(savedKeyInPicker('Website'), 'Project API key of “Website”');
    assert.equal(removeSavedKeysQuestion(1), 'Remove 1 saved API key from this computer?');
    assert.equal(removeSavedKeysQuestion(2), 'Remove 2 saved API keys from this computer?');
    assert.equal(savedKeysRemoved(1), 'API key removed');
    assert.equal(savedKeysRemoved(2), '2 API keys removed');
    assert.equal(
      keptWithoutSavedKeys,
      'The keys are removed for all VS Code profiles on this computer. They stay valid until you delete them in your OpenAI organization settings. Checkpoint lists and change histories are kept. Use Remove Organization… to delete them, too.',
    );
  });
});
