/**
 * The profile that the key, the list and the cache belong to. There is one for now; it is part of every stored name, so
 * that more can come without touching what people have saved.
 */
export const defaultProfile = 'default';
