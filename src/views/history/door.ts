// What the view of the history loads when it is first looked at.
export { historyItem, historyTooltip } from './items';
export { messageOfHistory } from './message';
export { rowsOf } from './rows';
