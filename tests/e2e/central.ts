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
  const answer = await fetch(`${surroundings.centralUrl}${CENTRAL_PATHS.productOrder}?limit=1000`, {
    headers: { authorization: await operatorsToken(surroundings, 'tmf.read') },
  });
  return z.array(productOrderSchema).parse(await answer.json());
}

/** Places an order of the operator's own, and carries it out. */
export async function carryOut(
  surroundings: Surroundings,
  order: Pick<ProductOrder, 'relatedParty' | 'productOrderItem'>,
): Promise<void> {
  const headers = { authorization: await operatorsToken(surroundings, 'tmf.write') };
  const orders = `${surroundings.centralUrl}${CENTRAL_PATHS.productOrder}`;
  const send = async (url: string, method: string, type: string, body: object): Promise<Response> => {
    const answer = await fetch(url, {
      method,
      headers: { ...headers, 'content-type': type },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer;
  };
  const placed = await send(orders, 'POST', 'application/json', order);
  const { id } = productOrderSchema.parse(await placed.json());
  for (const state of ['inProgress', 'completed']) {
    await send(`${orders}/${id}`, 'PATCH', 'application/merge-patch+json', { state });
  }
}

async function operatorsToken(surroundings: Surroundings, scope: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...[builtProgram('central'), 'token', '--scope', scope, '--data', surroundings.centralData],
  ]);
  return `Bearer ${stdout.trim()}`;
}
