import { FileStorage } from '../access/journal/fileStorage';
import { Journal } from '../access/journal/journal';
import { MemoryStorage } from '../access/journal/storage';

/** The journal of what is changed in real organizations, in a folder that all windows share. */
export function journalIn(folder: string): Journal {
  return new Journal(new FileStorage(folder));
}

/** The journal of a sample organization, which lasts as long as its changes do. */
export function journalInMemory(): Journal {
  return new Journal(new MemoryStorage());
}
