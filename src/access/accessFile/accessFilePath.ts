/** Where the file is, from the root of a repository. On its own, because activation knows nothing else of the file. */
export const accessFilePath = '.openai/checkpoint-access.jsonc';
