export { area, choice, errorSummary, facts, field, hidden, note, radios, table } from './forms.view';
export { type Html, html } from './html';
export type { Page } from './layout.view';
export { messagePage } from './message.view';
export { moment } from './moment.view';
export { Pages } from './pages';
export { PagesModule } from './pages.module';
export { signInPage } from './sign-in.view';
