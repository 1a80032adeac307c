import { LWWMap, lwwMap } from "../shared/crdt/lww_map.ts";
import { messageToBytes, messageFrom } from "../shared/crdt/message_bytes.ts";
import { bytesOf, Writer } from "../shared/codec/writer.ts";
import { writeRecords } from "../shared/codec/records.ts";
const N=100000;
function t(name: string, f: () => void) { for (let k=0;k<3;k++) f(); const s=performance.now(); for (let k=0;k<5;k++) f(); console.log(name, ((performance.now()-s)/5/N*1e6).toFixed(0),"ns"); }
let x=0;
let m = LWWMap.startEmpty<any>("ann-4f2a91");
const msgs: any[] = [];
for (let i=0;i<N;i++) { const r = m.setValueForKey(`key-${String(i).padStart(8,"0")}`, {n:i,s:`s${i}`}); m=r.updatedCrdt; msgs.push(r.message); }
const bytes = msgs.map(q=>messageToBytes(lwwMap,q,"ann-4f2a91"));
t("messageToBytes",()=>{for(const q of msgs) x+=messageToBytes(lwwMap,q,"ann-4f2a91").length;});
t("rows",()=>{for(const q of msgs) x+=[...lwwMap.rows(q)].length;});
const w = new Writer();
t("value",()=>{for(const q of msgs) { w.clear(); for (const [,r] of q) w.value(r.value); x+=w.length;}});
t("key+change",()=>{for(const q of msgs) { w.clear(); for (const [k,r] of q) {w.string(k); lwwMap.writeChange(w,r,"a");} x+=w.length;}});
t("key",()=>{for(const q of msgs) { w.clear(); for (const [k,r] of q) {w.string(k);} x+=w.length;}});
t("records",()=>{for(const q of msgs) { w.clear(); writeRecords(w,[...q],(to: any,[k,r]: any)=>{to.string(k); lwwMap.writeChange(to,r,"a");}); x+=w.length;}});
t("finish",()=>{for(const q of msgs) x+=w.finish().length;});
t("bytesOf",()=>{for(const q of msgs) x+=bytesOf(()=>{}).length;});
t("messageFrom",()=>{for(const b of bytes) x+=(messageFrom(lwwMap,b,"ann-4f2a91") as any).size;});
t("plain writes",()=>{let m = LWWMap.startEmpty<any>("ann-4f2a91"); for(const q of msgs) for (const [k,r] of q) {m=m.setValueForKey(k,r.value).updatedCrdt;} x+=m.countKeys();});
t("plain merges",()=>{let m = LWWMap.startEmpty<any>("ann-4f2a91"); for(const q of msgs) m=m.apply(q); x+=m.countKeys();});
t("floor merges",()=>{const m = new Map<string,any>(); for(const q of msgs) for (const [k,r] of q) {const h=m.get(k); if(!h||r.timestamp>h.timestamp) m.set(k,r);} x+=m.size;});
t("floor json",()=>{for(const q of msgs) for (const [k,r] of q) x+=JSON.stringify([[k,r]]).length;});
console.log(x);
