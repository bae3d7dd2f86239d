import { byteMutated } from './byte-inputs';
import { Dice } from './dice';
import type { Facts } from './facts';
import { formInput } from './form-inputs';
import { httpInput } from './http-inputs';
import type { Input } from './input';
import { rpcInput, rpcMethodInput } from './rpc-inputs';

/** The input with this number: the same in every run with the same seed. */
export function inputAt(seed: number, index: number, facts: Facts): Input {
  const dice = new Dice(seed, index);
  return dice.way([
    [50, () => rpcInput(dice, facts)],
    [4, () => rpcMethodInput(dice, facts)],
    [20, () => formInput(dice, facts)],
    [13, () => httpInput(dice, facts)],
    [10, () => byteMutated(dice, rpcInput(dice, facts))],
    [3, () => byteMutated(dice, formInput(dice, facts))],
  ]);
}
