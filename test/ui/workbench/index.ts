// Index of the helpers of the UI tests.
export type { Dialog } from './dialog';
export { expect } from './expect';
export { useWorkbench } from './hooks';
export type { Matrix } from './matrix';
export type { Menu } from './menu';
export type { QuickInput } from './quickInput';
export type { RowState } from './rowState';
export { step } from './step';
export type { Theme } from './themes';
export type { Toast, Toasts } from './toasts';
export { tracesOf } from './traces';
export type { Row, Tree } from './tree';
export type { View } from './view';
export type { WindowOptions, Workbench } from './workbench';
