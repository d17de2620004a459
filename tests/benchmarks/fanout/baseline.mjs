// Node's `ws`, broadcasting bytes to everybody: the baseline of the fan-out benchmark. `COUNT INTERVAL_MS SIZE` on
// standard input makes it send so many messages of so many bytes.
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { createInterface } from "node:readline";

const { WebSocketServer } = createRequire(process.argv[2] + "/")("ws");
const server = createServer();
const sockets = new WebSocketServer({ server });
server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, () => {
  console.log(JSON.stringify({ port: server.address().port }));
});

createInterface({ input: process.stdin })
  .on("line", (line) => {
    const [count, interval, size] = line.split(" ").map(Number);
    const began = performance.now();
    let sent = 0;
    const next = () => {
      const message = Buffer.alloc(size, "x");
      for (const client of sockets.clients) client.send(message, { binary: false });
      sent += 1;
      if (sent === count) console.log("sent 0");
      else setTimeout(next, Math.max(0, began + sent * interval - performance.now()));
    };
    next();
  })
  .on("close", () => process.exit(0));
