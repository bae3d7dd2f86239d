export { DEMO_PASSWORD, DemoSeed } from './demo/demo-seed.service';
export { DemoModule } from './demo/demo.module';
