import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { builtProgram } from '../../tools/build.mjs';
import type { Surroundings } from '../setup/surroundings.ts';

/** The orders that central has under a receipt number. */
export async function ordersAtCentral(surroundings: Surroundings, receiptNumber: string): Promise<ProductOrder[]> {
  const orders = await allOrdersAtCentral(surroundings);
  return orders.filter((order) => order.application?.receiptNumber === receiptNumber);
}

/** Read with an operator's token. */
export async function allOrdersAtCentral(surroundings: Surroundings): Promise<ProductOrder[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[builtProgram('central'), 'token', '--scope', 'tmf.read', '--data', surroundings.centralData],
  ]);
  const answer = await fetch(`${surroundings.centralUrl}${CENTRAL_PATHS.productOrder}?limit=1000`, {
    headers: { authorization: `Bearer ${stdout.trim()}` },
  });
  return z.array(productOrderSchema).parse(await answer.json());
}
