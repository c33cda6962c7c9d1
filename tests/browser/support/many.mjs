// A site of very many providers, of which only what home and the desk fetch is built.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { OWN, workplace } from "./site.mjs";

const FIRST = [..."安邦宝博昌诚川达德东鼎方飞丰福富高冠广国海汉航和恒宏华汇惠吉佳嘉建江杰金锦京晶精景聚君凯康科乐立利联良龙隆美民明宁鹏平普启"];
const LAST = [..."乾强庆融瑞森山商盛石时世顺思泰腾天通同万旺伟文祥新信兴星旭亚扬易益银永友宇元源远云运泽展兆哲珍正志智中众洲卓资子"];
const KIND = ["支付", "商服", "通", "科技"];

/** The name of a provider, from its number: no two are the same. */
export function nameOf(number) {
  const [last, kind] = [Math.floor(number / FIRST.length), Math.floor(number / FIRST.length / LAST.length)];
  return FIRST[number % FIRST.length] + LAST[last % LAST.length] + KIND[kind];
}

/**
 * Builds home and the index of a site of so many providers, and sets beside them the desk of the repository's own site and the
 * data of one of its guides.
 */
export function buildMany(count, own) {
  const work = workplace(OWN);
  const providers = join(work.root, "content/providers");
  const provider = readFileSync(join(providers, "leshua/provider.yaml"), "utf8").replace(/^aliases: .*\n/m, "");
  rmSync(providers, { recursive: true });
  // What those providers were released with is not promised here.
  rmSync(join(work.root, "content/releases"), { recursive: true });
  for (let number = 0; number < count; number++) {
    const folder = join(providers, `p${String(number).padStart(5, "0")}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "provider.yaml"), provider.replace("name: 乐刷\n", `name: ${nameOf(number)}\nlegal_name: {value: ${nameOf(number)}支付服务股份有限公司}\n`));
    writeFileSync(join(folder, "deregistration.yaml"), "extends: deregistration\n");
  }
  const out = join(work.root, "public");
  // The first of very many parts has the first page, which is home, and the first file, which is the index.
  work.run("build", "--out", out, "--shard", "1/1000000");
  for (const part of ["agent", "assets"]) cpSync(join(own, part), join(out, part), { recursive: true });
  const data = "deregistration/index.json";
  cpSync(join(own, "leshua", data), join(out, "p00000", data));
  return out;
}
