import { z } from 'zod';

// zod tries eval with each schema that is made otherwise, which the page's policy forbids.
z.config({ jitless: true });
