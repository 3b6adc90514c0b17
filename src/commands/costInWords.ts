import { count } from './names';

/** Requests a minute that the API was seen to allow (API reference §1 trap 4). */
const seldom = 7;
const often = 10;

/** What so many requests cost: `At least 9 requests, about 1 to 2 minutes at the 7 to 10 a minute that the API was seen to allow`. */
export function requestsInWords(least: number): string {
  const requests = `At least ${count(least, 'request')}`;
  if (least <= seldom) return requests;
  const [from, to] = [Math.ceil(least / often), Math.ceil(least / seldom)];
  const minutes = from === to ? count(from, 'minute') : `${from} to ${to} minutes`;
  return `${requests}, about ${minutes} at the ${seldom} to ${often} a minute that the API was seen to allow`;
}
