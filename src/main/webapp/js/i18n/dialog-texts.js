import en from './en-dialogs.js';
import { LANGUAGES } from './i18n.js';
import zhCN from './zh-CN-dialogs.js';

// What the dialogs say loads with them.
Object.assign(LANGUAGES.en, en);
Object.assign(LANGUAGES['zh-CN'], zhCN);
