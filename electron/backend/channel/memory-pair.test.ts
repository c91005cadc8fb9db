import { openMemoryPage } from '../testing/memory-page.ts';
import { contractSuite } from './contract.suite.ts';

contractSuite('the in-memory pair', (shop) => Promise.resolve(openMemoryPage(shop.backend)));
