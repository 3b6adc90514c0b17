// The Access page: shows the data that the extension sends as messages, and sends the person's actions back. All data
// that it shows comes from these messages.
import './access.css';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import '@vscode-elements/elements/dist/vscode-tab-header/index.js';
import '@vscode-elements/elements/dist/vscode-tab-panel/index.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import { setDisplayLanguage } from '../../text/language';
import { createShell } from './shell';

setDisplayLanguage(document.documentElement.dataset.language ?? '');
createShell();
