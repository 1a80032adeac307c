// deno-lint-ignore-file no-explicit-any no-unused-vars -- the user's example says `any`
/**
 * The to-do app of the source document, exactly as its author wrote it: not a
 * character of the literal is ours, so it is neither formatted nor changed.
 *
 * @module
 */

import type { LWWRegisterState } from "../../shared/crdt/lww_register.ts";
import type {
  AppSpec,
  RunningNode,
  ZEvent,
} from "../../shared/spec/app_spec.ts";

// deno-fmt-ignore
export const todo: AppSpec = {
zones: {
db: {
all_todos: {
crdtType: "LWWMap",
valueType: "object",
init: () => (new Map())
},
calculate_user_count: (dbNode: RunningNode, event: ZEvent) => ({
nodeId: event.nodeId,
path: '/server/user_count',
msg: {
nodeId: dbNode.id,
timestamp: dbNode.getTimestamp(),
value: dbNode.state.all_todos.countKeys()
}
})
},
server: {
user_count: {
crdtType: "LWWRegister",
valueType: "number",
computer: '/db/calculate_user_count',
depends_on: ['/db/all_todos']
},
filter_todos_for_user: (serverNode: RunningNode, event: ZEvent) => ({
nodeId: event.nodeId,
path: '/client/my_todos',
msg: {
nodeId: serverNode.id,
timestamp: serverNode.getTimestamp(),
value: serverNode.state.all_todos.getValueForKey(event.session.claims.user_id) || []
}
}),
},
client: {
my_todos: {
crdtType: "LWWRegister",
valueType: "array",
computer: '/server/filter_todos_for_user',
depends_on: ['/db/all_todos']
},
task_input: {
crdtType: "LWWRegister",
valueType: "string",
init: () => ""
},
ui: {
crdtType: "LWWMap",
valueType: "object",
computer: '/client/render',
depends_on: ['/client/my_todos']
},
render: (clientNode: RunningNode, event: ZEvent) => ({
nodeId: event.nodeId,
path: '/client/ui',
msg: new Map<string, LWWRegisterState<any>>()
})
}
},
channels: [
{type: "websocket", fromZone: "server", toZone: "client"},
{type: "websocket", fromZone: "db", toZone: "server"},
]
}
