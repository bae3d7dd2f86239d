export { MissingPageFilter } from './missing-page.filter';
export { WebModule } from './web.module';
